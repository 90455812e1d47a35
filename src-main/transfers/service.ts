import type { Balance, Transfer } from '../../src-preload/contract/transfers.ts'
import type { AccountRow, Accounts } from '../accounts/service.ts'
import { staffIdOf } from '../actor.ts'
import type { Customers } from '../customers/service.ts'
import type { Database, Transaction } from '../database/open.ts'
import { callbackUrl, moneyLane, moneyOf } from '../money/accounts.ts'
import { accountFor, checkAmount } from '../money/networks.ts'
import { formatMoney } from '../money.ts'
import type { Handled, Payments } from '../payments/service.ts'
import type { Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import type { MobileMoney, Report } from '../providers/mobile-money.ts'
import { transferKind } from './effect.ts'
import { claimFrom, keepUnconfirmed, moveTransfer, type TransferEvidenceDeps } from './evidence.ts'
import type { TransferRow, TransferStore } from './store.ts'
import type { TransferWatcher } from './watcher.ts'

export interface ReverseRequest {
  /** Of the one who asks: the same id is the same request. */
  readonly id: string
  readonly paymentId: string
  readonly amountMinor?: number | undefined
  readonly note: string
  readonly managerPin: string
}

export interface PayOutRequest {
  /** Of the one who asks: the same id is the same request. */
  readonly id: string
  readonly accountId: string
  readonly phone: string
  readonly name: string
  readonly amountMinor: number
  readonly note: string
  readonly managerPin: string
  /** The same amount to the same phone again, shortly after, is meant. */
  readonly again: boolean
}

/** The same phone and amount again within so long is a mistake, unless it is said to be none. */
const samePayoutMs = 10 * 60_000

export interface Transfers {
  /** @throws KauntaError TRANSFER_ID_USED, REVERSE_UNABLE, REVERSE_NOT_PAID, REVERSE_ALIVE, REVERSE_NEEDS_CODE, REVERSE_WHOLE_ONLY, REVERSE_TOO_MUCH */
  reverse(request: ReverseRequest): Promise<Transfer>
  payOut(request: PayOutRequest): Promise<Transfer>
  get(id: string): Transfer & { events: ReturnType<TransferStore['events']> }
  list: TransferStore['list']
  checkNow(id: string): Promise<Transfer>
  decide(
    id: string,
    decision: { outcome: 'done' | 'notDone'; note: string; managerPin: string },
  ): Promise<Transfer>
  balances(): Balance[]
  refreshBalances(accountId: string): Promise<Balance[]>
  uncountedReversals: TransferStore['uncountedReversals']
  /** A count took this reversal in. */
  markCounted: TransferStore['markCounted']
  /** A report about a reversal or payout, or a balance; null when it means nothing of ours. */
  handle(tx: Transaction, account: AccountRow, report: Report, subject: string | null): Handled | null
}

export interface TransfersDeps extends TransferEvidenceDeps {
  readonly database: Database
  readonly random: Randomness
  readonly accounts: Accounts
  readonly customers: Customers
  readonly payments: Payments
  readonly watcher: TransferWatcher
  readonly publicAddress: () => string
  readonly currency: () => 'TZS' | 'KES'
  readonly approve: (pin: string | undefined, always: boolean) => Promise<string>
}

export function createTransfers(deps: TransfersDeps): Transfers {
  const { database, store, accounts, payments } = deps

  type Wanted = Pick<
    TransferRow,
    'kind' | 'accountId' | 'provider' | 'paymentId' | 'phone' | 'name' | 'amountMinor' | 'currency' | 'note'
  >

  /** True when this request was taken already. @throws KauntaError TRANSFER_ID_USED */
  function isTaken(id: string, isSame: (known: TransferRow) => boolean): boolean {
    const known = store.find(id)
    if (known !== undefined && !isSame(known)) throw new KauntaError('TRANSFER_ID_USED')
    return known !== undefined
  }

  function insert(tx: Transaction, id: string, wanted: Wanted, approvedBy: string): void {
    const money = accounts.readers(wanted.accountId).mobileMoney
    const effectId = deps.outbox.enqueue(tx, {
      lane: moneyLane(wanted.accountId),
      kind: transferKind,
      subjectId: id,
      title: `${wanted.phone === '' ? wanted.kind : wanted.phone} · ${formatMoney(wanted.amountMinor, wanted.currency, 'en')}`,
      payload: { transferId: id },
      priority: 1,
    })
    store.insert(tx, {
      ...wanted,
      id,
      effectId,
      state: 'pending',
      reason: null,
      detail: null,
      ownReference: money?.ownReference(id) ?? null,
      providerReference: null,
      receiptCode: null,
      toldAt: null,
      toldAmount: null,
      needsDecision: false,
      staffId: staffIdOf(tx.actor),
      approvedBy,
      sentAt: null,
      completedAt: null,
      cashUpId: null,
    })
  }

  /** What a report says of one transfer: believed where it is signed or nobody can be asked, else the network is asked. */
  function told(tx: Transaction, row: TransferRow, report: Report & { about: 'money' }) {
    const named = store.freeReference(row, report.references.provider)
    if (row.providerReference === null && named !== null)
      store.update(tx, row.id, { providerReference: named })
    const source = report.trust === 'signed' ? 'signed' : 'callback'
    const claim = claimFrom(row, report.reading, source)
    const doubted = source === 'callback' && deps.watcher.askable(store.row(row.id))
    const asks = doubted && row.state !== 'completed'
    if (asks) keepUnconfirmed(deps, tx, row, claim)
    else moveTransfer(deps, tx, row.id, claim)
    tx.afterCommit(() => (asks ? deps.watcher.follow(row.id) : deps.watcher.watch(row.id)))
    const contradicts = row.state === 'completed' && claim.to === 'failed' && !doubted
    return { used: true, note: asks ? 'unsigned: the provider is asked' : null, contradicts }
  }

  async function connected(accountId: string) {
    const account = accounts.get(accountId)
    return { account, money: await moneyOf(accounts, accountId) }
  }

  /** @throws KauntaError as `reverse` */
  function checkReversal(
    paid: ReturnType<Payments['row']>,
    amountMinor: number,
    able: NonNullable<MobileMoney['reverse']>,
    provider: string,
  ): void {
    const left = paid.amountMinor - paid.reversedMinor
    const text = (minor: number) => formatMoney(minor, paid.currency, 'en')
    const field = 'amountMinor'
    if (paid.state !== 'completed') throw new KauntaError('REVERSE_NOT_PAID', { state: paid.state })
    if (store.openOf(paid.id) !== undefined) throw new KauntaError('REVERSE_ALIVE')
    if (able.needsCode && paid.receiptCode === null) throw new KauntaError('REVERSE_NEEDS_CODE', { provider })
    if (!able.partial && amountMinor !== paid.amountMinor) {
      throw new KauntaError('REVERSE_WHOLE_ONLY', { field, provider, amount: text(paid.amountMinor) })
    }
    if (amountMinor <= 0) throw new KauntaError('AMOUNT_ZERO', { field })
    if (amountMinor > left) throw new KauntaError('REVERSE_TOO_MUCH', { field, amount: text(left) })
  }

  return {
    get: (id) => ({ ...store.present(store.row(id)), events: store.events(id) }),
    list: (page) => store.list(page),
    balances: () => store.balances(),
    uncountedReversals: store.uncountedReversals,
    markCounted: store.markCounted,
    async reverse({ id, paymentId, note, managerPin, amountMinor: wanted }) {
      const approvedBy = await deps.approve(managerPin, true)
      const first = payments.row(paymentId)
      const { account, money } = await connected(first.accountId)
      const able = money?.reverse
      if (able === undefined) throw new KauntaError('REVERSE_UNABLE', { provider: account.label })
      database.transact((tx) => {
        const isSame = (one: TransferRow) =>
          one.paymentId === paymentId && (wanted === undefined || one.amountMinor === wanted)
        if (isTaken(id, isSame)) return
        const paid = payments.row(paymentId)
        const amountMinor = wanted ?? paid.amountMinor - paid.reversedMinor
        checkReversal(paid, amountMinor, able, account.label)
        insert(
          tx,
          id,
          {
            kind: 'reversal',
            accountId: paid.accountId,
            provider: paid.provider,
            paymentId,
            phone: paid.phone ?? '',
            name: '',
            amountMinor,
            currency: paid.currency,
            note,
          },
          approvedBy,
        )
      })
      return store.present(store.row(id))
    },
    async payOut({ id, accountId, phone: typed, name, amountMinor, note, managerPin, again }) {
      const approvedBy = await deps.approve(managerPin, true)
      const info = deps.customers.readPhone(typed)
      const { account, money } = await connected(accountId)
      if (money?.payOut === undefined) throw new KauntaError('PAYOUT_UNABLE', { provider: account.label })
      const [only] = money.currencies
      const currency = money.currencies.includes(deps.currency())
        ? deps.currency()
        : (only ?? deps.currency())
      const chosen = accountFor(accounts, info, currency, { accountId })
      checkAmount(chosen, money.payOut.amount, amountMinor, currency, Number.POSITIVE_INFINITY)
      const { phone } = info
      const isSame = (one: TransferRow) =>
        one.kind === 'payout' &&
        one.accountId === accountId &&
        one.phone === phone &&
        one.amountMinor === amountMinor
      database.transact((tx) => {
        if (isTaken(id, isSame)) return
        if (!again && store.samePayout(phone, amountMinor, tx.now - samePayoutMs)) {
          const amount = formatMoney(amountMinor, currency, 'en')
          throw new KauntaError('PAYOUT_SOON', { phone: info.national, amount })
        }
        const { provider } = account
        const wanted = {
          kind: 'payout',
          accountId,
          phone,
          amountMinor,
          provider,
          name,
          currency,
          note,
        } as const
        insert(tx, id, { ...wanted, paymentId: null }, approvedBy)
      })
      return store.present(store.row(id))
    },
    async checkNow(id) {
      await deps.watcher.askNow(id)
      return store.present(store.row(id))
    },
    async decide(id, { outcome, note, managerPin }) {
      const staffId = await deps.approve(managerPin, true)
      const row = store.row(id)
      if (row.state !== 'unknown') throw new KauntaError('TRANSFER_SETTLED', { state: row.state })
      database.transact((tx) =>
        moveTransfer(deps, tx, id, {
          to: outcome === 'done' ? 'completed' : 'failed',
          source: 'person',
          reason: 'personDecided',
          detail: note,
          staffId,
        }),
      )
      return store.present(store.row(id))
    },
    async refreshBalances(accountId) {
      const { account, money } = await connected(accountId)
      if (money?.balance === undefined) throw new KauntaError('BALANCE_UNABLE', { provider: account.label })
      const answer = await money.balance({
        reference: deps.random.id(),
        callbackUrl: callbackUrl(deps.publicAddress(), account, null),
      })
      if (!answer.ok) {
        const offline = answer.error.kind === 'offline'
        throw offline
          ? new KauntaError('PROVIDER_UNREACHABLE', { provider: account.label })
          : new KauntaError('PROVIDER_REFUSED', { provider: account.label, detail: answer.error.detail })
      }
      const { value } = answer
      if (value.kind === 'now') database.transact((tx) => store.keepBalances(tx, accountId, value.value))
      return store.balances()
    },
    handle(tx, account, report, subject) {
      if (report.about === 'balance') {
        store.keepBalances(tx, account.id, report.balances)
        return { used: true, note: null }
      }
      if (report.about !== 'money') return null
      const known = store.byReferences(account.id, report.references)
      const row = known ?? (subject === null ? undefined : store.find(subject))
      return row === undefined || row.accountId !== account.id ? null : told(tx, row, report)
    },
  }
}
