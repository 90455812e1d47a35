import type { Balance, Transfer } from '../../src-preload/contract/transfers.ts'
import type { AccountRow, Accounts } from '../accounts/service.ts'
import type { Customers } from '../customers/service.ts'
import type { Database, Transaction } from '../database/open.ts'
import { formatMoney } from '../money.ts'
import {
  accountFor,
  callbackUrl,
  checkAmount,
  moneyOf,
  type Payments,
  promptLane,
} from '../payments/service.ts'
import type { Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import type { Report } from '../providers/mobile-money.ts'
import { transferKind } from './effect.ts'
import { claimFrom, moveTransfer, type TransferEvidenceDeps } from './evidence.ts'
import type { TransferRow, TransferStore } from './store.ts'
import type { TransferWatcher } from './watcher.ts'

export interface ReverseWish {
  readonly paymentId: string
  readonly amountMinor?: number | undefined
  readonly note: string
  readonly managerPin: string
}

export interface PayOutWish {
  readonly accountId: string
  readonly phone: string
  readonly name: string
  readonly amountMinor: number
  readonly note: string
  readonly managerPin: string
}

export interface Transfers {
  reverse(wish: ReverseWish): Promise<Transfer>
  payOut(wish: PayOutWish): Promise<Transfer>
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
  handle(
    tx: Transaction,
    account: AccountRow,
    report: Report,
    subject: string | null,
  ): { readonly used: boolean; readonly note: string | null } | null
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
  readonly actor: () => string | null
  readonly approve: (pin: string | undefined, always: boolean) => Promise<string>
}

export function createTransfers(deps: TransfersDeps): Transfers {
  const { database, store, accounts, payments } = deps

  type Wanted = Pick<
    TransferRow,
    'kind' | 'accountId' | 'provider' | 'paymentId' | 'phone' | 'name' | 'amountMinor' | 'currency' | 'note'
  >

  function insert(tx: Transaction, wanted: Wanted, approvedBy: string): string {
    const id = deps.random.id()
    const money = accounts.readers(wanted.accountId).mobileMoney
    const effectId = deps.outbox().enqueue(tx, {
      lane: promptLane(wanted.accountId),
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
      needsDecision: false,
      staffId: deps.actor(),
      approvedBy,
      sentAt: null,
      completedAt: null,
      cashUpId: null,
    })
    return id
  }

  async function connected(accountId: string) {
    const account = accounts.get(accountId)
    return { account, money: await moneyOf(accounts, accountId) }
  }

  return {
    get: (id) => ({ ...store.present(store.row(id)), events: store.events(id) }),
    list: (page) => store.list(page),
    balances: () => store.balances(),
    uncountedReversals: store.uncountedReversals,
    markCounted: store.markCounted,
    async reverse({ paymentId, note, managerPin, amountMinor: wanted }) {
      const approvedBy = await deps.approve(managerPin, true)
      const first = payments.row(paymentId)
      const { account, money } = await connected(first.accountId)
      const able = money?.reverse
      if (able === undefined) throw new KauntaError('REVERSE_UNABLE', { provider: account.label })
      const id = database.transact((tx) => {
        const paid = payments.row(paymentId)
        const left = paid.amountMinor - paid.reversedMinor
        const amountMinor = wanted ?? left
        const text = (minor: number) => formatMoney(minor, paid.currency, 'en')
        if (paid.state !== 'completed') throw new KauntaError('REVERSE_NOT_PAID', { state: paid.state })
        if (store.openOf(paymentId) !== undefined) throw new KauntaError('REVERSE_ALIVE')
        if (able.needsCode && paid.receiptCode === null)
          throw new KauntaError('REVERSE_NEEDS_CODE', { provider: account.label })
        if (!able.partial && amountMinor !== paid.amountMinor) {
          const values = { field: 'amountMinor', provider: account.label, amount: text(paid.amountMinor) }
          throw new KauntaError('REVERSE_WHOLE_ONLY', values)
        }
        if (amountMinor <= 0) throw new KauntaError('AMOUNT_ZERO', { field: 'amountMinor' })
        if (amountMinor > left)
          throw new KauntaError('REVERSE_TOO_MUCH', { field: 'amountMinor', amount: text(left) })
        return insert(
          tx,
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
    async payOut({ accountId, phone: typed, name, amountMinor, note, managerPin }) {
      const approvedBy = await deps.approve(managerPin, true)
      const info = deps.customers.readPhone(typed)
      const { account, money } = await connected(accountId)
      if (money?.payOut === undefined) throw new KauntaError('PAYOUT_UNABLE', { provider: account.label })
      const [only] = money.currencies
      const currency = money.currencies.includes(deps.currency())
        ? deps.currency()
        : (only ?? deps.currency())
      const chosen = accountFor(accounts, info, currency, accountId)
      checkAmount(chosen, money.payOut.amount, amountMinor, currency, Number.POSITIVE_INFINITY)
      const id = database.transact((tx) =>
        insert(
          tx,
          {
            kind: 'payout',
            accountId,
            provider: account.provider,
            paymentId: null,
            phone: info.phone,
            name,
            amountMinor,
            currency,
            note,
          },
          approvedBy,
        ),
      )
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
        callbackUrl: callbackUrl(deps.publicAddress(), account.id, account.callbackSecret, null),
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
      if (row === undefined || row.accountId !== account.id) return null
      const { provider } = report.references
      if (row.providerReference === null && provider !== null)
        store.update(tx, row.id, { providerReference: provider })
      const source = report.trust === 'signed' ? 'signed' : 'callback'
      moveTransfer(deps, tx, row.id, claimFrom(row, report.reading, source))
      tx.afterCommit(() => deps.watcher.watch(row.id))
      return { used: true, note: null }
    },
  }
}
