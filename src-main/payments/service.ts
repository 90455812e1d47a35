import type {
  MoneyNetwork,
  Payment,
  PaymentState,
  UnreadReport,
} from '../../src-preload/contract/payments.ts'
import type { Transfer } from '../../src-preload/contract/transfers.ts'
import type { AccountRow, Accounts } from '../accounts/service.ts'
import { staffIdOf } from '../actor.ts'
import type { Customers } from '../customers/service.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Feed } from '../live/feed.ts'
import { moneyLane, moneyOf } from '../money/accounts.ts'
import { accountFor, checkAmount, describeNetworks, type NamedNetwork } from '../money/networks.ts'
import { detailOf, transition } from '../money/transition.ts'
import { formatMoney } from '../money.ts'
import type { Clock, Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import type { Report } from '../providers/mobile-money.ts'
import { applyCode, readSubject, wantCode } from './codes/code.ts'
import { type CodeRequest, enterCode } from './codes/enter-code.ts'
import { promptKind } from './effect.ts'
import { applyEvidence, contradictsPaid, type EvidenceDeps, keepUnconfirmed } from './evidence.ts'
import type { Notices } from './notices.ts'
import { type PaymentFilter, type PaymentRow, type PaymentStore, plainCode } from './store.ts'
import type { Unread } from './unread.ts'
import type { PaymentWatcher } from './watcher.ts'

export interface PromptRequest extends NamedNetwork {
  readonly saleId: string
  readonly phone: string
  readonly amountMinor?: number | undefined
}

export interface Decision {
  readonly outcome: 'paid' | 'notPaid'
  readonly receiptCode?: string | undefined
  readonly note: string
  readonly managerPin?: string | undefined
}

/** What became of a report: was it of ours? `note` stays with the raw request. */
export interface Handled {
  readonly used: boolean
  readonly note: string | null
  /** It says that no money moved, of money that is counted on a word no stronger than its own: a person must look. */
  readonly contradicts?: boolean
}

export interface Payments {
  networks(): Promise<MoneyNetwork[]>
  raise(request: PromptRequest): Payment
  /** Within the caller's transaction, with the caller's id. */
  raiseIn(tx: Transaction, id: string, request: PromptRequest): void
  get(id: string): Payment & { events: ReturnType<PaymentStore['events']> }
  list(filter: PaymentFilter): ReturnType<PaymentStore['list']>
  totals: PaymentStore['totals']
  checkNow(id: string): Promise<Payment>
  enterCode(request: CodeRequest): Promise<Payment>
  decide(id: string, decision: Decision): Promise<Payment>
  writeOffExcess(id: string, note: string, managerPin: string | undefined): Promise<Payment>
  attention(): {
    unknown: Payment[]
    overpaid: Payment[]
    notices: ReturnType<Notices['forSale']>
    unread: UnreadReport[]
    transfers: Transfer[]
  }
  watch(id: string, signal: AbortSignal | undefined): AsyncGenerator<Payment>
  /** A report about a prompt or a typed code; null when no payment of ours is meant. */
  handle(tx: Transaction, account: AccountRow, report: Report, subject: string | null): Handled | null
  /** Is money with this code in our books, or waiting in the list? */
  knowsCode(code: string): boolean
  /** A report that nobody could read or match is kept for a person. */
  keepUnread: Unread['keep']
  /** Rows for other rooms' own rules; @throws KauntaError PAYMENT_NOT_FOUND */
  row(id: string): PaymentRow
  between: PaymentStore['between']
  byAnyCode: PaymentStore['byAnyCode']
  /** So much of a payment went back: whole, it is reversed. */
  markReversed(
    tx: Transaction,
    id: string,
    amountMinor: number,
    source: 'reply' | 'query' | 'signed' | 'callback' | 'person',
    detail: string | null,
  ): void
  /** The network's own record says that it was paid. @returns the payment's state afterwards */
  applyRecord(
    tx: Transaction,
    id: string,
    source: 'statement' | 'query',
    record: { readonly code: string | null; readonly amountMinor: number | null },
  ): PaymentState
}

export interface PaymentsDeps extends EvidenceDeps {
  readonly database: Database
  readonly clock: Clock
  readonly random: Randomness
  readonly feed: Feed
  readonly accounts: Accounts
  readonly customers: Customers
  readonly watcher: PaymentWatcher
  readonly notices: Notices
  readonly unread: Unread
  readonly zone: () => 'Africa/Dar_es_Salaam' | 'Africa/Nairobi'
  /** Is a manager at the counter of this call? */
  readonly managed: () => boolean
  /** @throws KauntaError where no manager stands behind it */
  readonly approve: (pin: string | undefined, always: boolean) => Promise<string>
  readonly openTransfers: () => Transfer[]
}

/** The same phone and amount again within so long is a second prompt by mistake. */
const sameRequestMs = 120_000
/** Without a manager at the counter one phone is asked so often in so long, whoever asks: a cashier or the POS. */
const promptsAllowed = 3
const tooManyMs = 60_000
const listed = 200

export function createPayments(deps: PaymentsDeps): Payments {
  const { database, store, outbox, accounts, receipts, customers, watcher, notices } = deps

  /** A phone that rings without end is nobody's customer; a manager may have a reason. */
  const refuseTooMany = (phone: string, national: string): void => {
    const now = deps.clock.now()
    // Not what bears a time to come: the clock may have been set back.
    const count = store.promptsTo(phone, now - tooManyMs, now + tooManyMs)
    if (count >= promptsAllowed && !deps.managed())
      throw new KauntaError('PROMPTS_TOO_MANY', { phone: national, count })
  }

  const refuseSecond = (saleId: string, phone: string, national: string, amountMinor: number): void => {
    const alive = store.openOf(saleId)
    if (alive !== undefined) throw new KauntaError('PROMPT_ALIVE', { state: alive.state })
    const same = store.sameRequest(phone, amountMinor, deps.clock.now() - sameRequestMs)
    if (same === undefined) {
      refuseTooMany(phone, national)
      return
    }
    const amount = formatMoney(amountMinor, same.currency, 'en')
    throw new KauntaError('SAME_PROMPT_SOON', { phone: national, amount })
  }

  const raiseIn = (tx: Transaction, id: string, request: PromptRequest): void => {
    const info = customers.readPhone(request.phone)
    const { phone, national } = info
    const draft = receipts.get(request.saleId)
    const chosen = accountFor(accounts, info, draft.currency, request)
    const { account, money } = chosen
    const sale = receipts.recordIn(tx, request.saleId)
    const owed = sale.totalMinor - sale.paidMinor
    if (store.openOf(sale.id) === undefined && owed <= 0) throw new KauntaError('SALE_PAID')
    const amountMinor = request.amountMinor ?? owed
    refuseSecond(sale.id, phone, national, amountMinor)
    checkAmount(chosen, money.amount, amountMinor, sale.currency, owed)
    if (sale.customer.phone === null) receipts.setPhoneIn(tx, sale.id, phone)
    const effectId = outbox.enqueue(tx, {
      lane: moneyLane(account.id),
      kind: promptKind,
      subjectId: id,
      title: `${national} · ${formatMoney(amountMinor, sale.currency, 'en')}`,
      payload: { paymentId: id },
      priority: 0,
    })
    store.insert(tx, {
      id,
      origin: 'prompt',
      state: 'pending',
      saleId: sale.id,
      saleNumber: sale.number,
      accountId: account.id,
      effectId,
      provider: account.provider,
      phone,
      amountMinor,
      currency: sale.currency,
      ownReference: money.ownReference(id),
      staffId: staffIdOf(tx.actor),
    })
  }

  /** The payment that a report speaks of: by either name, else by our id in its path. */
  const find = (accountId: string, report: Report & { about: 'money' | 'code' }, subject: string | null) => {
    const known = store.byReferences(accountId, report.references)
    if (known !== undefined || subject === null) return known ?? null
    const row = store.find(subject)
    if (row === undefined || row.accountId !== accountId) return null
    // A report that names another transaction than ours is not about this payment, whatever its path says.
    const { provider } = report.references
    return report.about === 'code' || row.providerReference === null || provider === null ? row : null
  }

  const handle: Payments['handle'] = (tx, account, report, subject) => {
    if (report.about === 'customerPayment') {
      const fresh = notices.receive(tx, account, report.payment, report.trust === 'signed')
      return { used: true, note: fresh ? null : 'known already' }
    }
    if (report.about !== 'money' && report.about !== 'code') return null
    const { id, code: asked } = readSubject(subject)
    const row = find(account.id, report, id)
    if (row === null) return null
    const source = report.trust === 'signed' ? 'signed' : 'callback'
    if (report.about === 'money') return told(tx, row, report, source)
    applyCode(deps, tx, row, { reading: report.reading, asked, source })
    return { used: true, note: null }
  }

  /** What a report says of one payment: believed where it is signed or nobody can be asked, else the network is asked. */
  function told(
    tx: Transaction,
    row: PaymentRow,
    { references, reading }: Report & { about: 'money' },
    source: 'signed' | 'callback',
  ): Handled {
    const named = store.freeReference(row, references.provider)
    if (row.providerReference === null && named !== null)
      store.update(tx, row.id, { providerReference: named })
    const evidence = { source, reading, detail: detailOf(reading) } as const
    const now = store.row(row.id)
    // Nobody was asked to pay here: a result that comes under its address is about a question, and says nothing of the money.
    if (now.origin !== 'prompt') return { used: false, note: 'not about the customer’s payment' }
    const asks = source === 'callback' && now.state !== 'completed' && watcher.askable(now)
    if (asks) keepUnconfirmed(store, tx, now, evidence)
    else applyEvidence(deps, tx, row.id, evidence)
    const open = reading.state === 'processing' || reading.state === 'unknown'
    tx.afterCommit(() =>
      asks || (open && watcher.askable(now)) ? watcher.follow(row.id) : watcher.watch(row.id),
    )
    const note = asks ? 'unsigned: the provider is asked' : null
    return { used: true, note, contradicts: contradictsPaid(now, reading, source) }
  }

  /** A code that a manager gives to a payment. @throws KauntaError RECEIPT_CODE_USED, CODE_AMOUNT */
  function checkCode(row: PaymentRow, code: string): void {
    const owner = store.byAnyCode(code)
    const told = notices.byCode(code)
    const elsewhere = told !== undefined && told.state !== 'waiting' && told.paymentId !== row.id
    if ((owner !== undefined && owner.id !== row.id) || elsewhere)
      throw new KauntaError('RECEIPT_CODE_USED', { field: 'receiptCode', code })
    if (told === undefined || told.amountMinor === row.amountMinor) return
    const paid = formatMoney(told.amountMinor, told.currency, 'en')
    const owed = formatMoney(row.amountMinor, row.currency, 'en')
    throw new KauntaError('CODE_AMOUNT', { field: 'receiptCode', code, paid, owed })
  }

  return {
    raiseIn,
    handle,
    row: store.row,
    between: store.between,
    byAnyCode: store.byAnyCode,
    keepUnread: deps.unread.keep,
    knowsCode: (code) => store.byAnyCode(code) !== undefined || notices.byCode(plainCode(code)) !== undefined,
    totals: store.totals,
    networks: () => describeNetworks(accounts),
    list: (page) => store.list(page),
    get: (id) => ({ ...store.get(id), events: store.events(id) }),
    raise(request) {
      const id = deps.random.id()
      database.transact((tx) => raiseIn(tx, id, request))
      return store.get(id)
    },
    async checkNow(id) {
      const row = store.row(id)
      if (row.state === 'unknown' && row.claimedCode !== null) await askCode(row)
      await watcher.askNow(id)
      return store.get(id)
    },
    enterCode: (request) => enterCode(deps, request),
    async decide(id, { outcome, receiptCode, note, managerPin }) {
      const staffId = await deps.approve(managerPin, false)
      const row = store.row(id)
      if (row.state !== 'unknown') throw new KauntaError('PAYMENT_SETTLED', { state: row.state })
      const typed = plainCode(receiptCode || row.claimedCode || row.toldCode || '') || null
      if (outcome === 'paid' && typed !== null) checkCode(row, typed)
      database.transact((tx) => {
        applyEvidence(deps, tx, id, {
          source: 'person',
          detail: note,
          staffId,
          reading:
            outcome === 'paid'
              ? { state: 'completed', receiptCode: typed, amountMinor: null }
              : { state: 'failed', reason: 'personDecided', detail: note },
        })
      })
      watcher.watch(id)
      return store.get(id)
    },
    async writeOffExcess(id, note, managerPin) {
      const staffId = await deps.approve(managerPin, false)
      const row = store.row(id)
      if (row.excessMinor === 0) throw new KauntaError('PAYMENT_SETTLED', { state: row.state })
      database.transact((tx) => {
        store.noteWord(tx, row, note, staffId)
        store.update(tx, id, { excessMinor: 0 })
      })
      return store.get(id)
    },
    attention: () => ({
      unknown: store.presentAll(store.unknown(listed)),
      overpaid: store.presentAll(store.overpaid(listed)),
      notices: notices.waiting(listed).map(notices.present),
      unread: deps.unread.waiting(listed),
      transfers: deps.openTransfers(),
    }),
    async *watch(id, signal) {
      const now = store.get(id)
      const changes = deps.feed.watch(signal, { wants: (topic, of) => topic === 'payment' && of === id })
      try {
        yield now
        for await (const { change } of changes) if (change.topic === 'payment') yield change.payment
      } finally {
        // An answer that ended in order never aborts its signal.
        await changes.return?.()
      }
    },
    markReversed(tx, id, amountMinor, source, detail) {
      const row = store.row(id)
      const reversedMinor = Math.min(row.amountMinor, row.reversedMinor + amountMinor)
      const whole = reversedMinor === row.amountMinor
      const claim = { to: whole ? 'reversed' : row.state, source, reason: null, detail } as const
      transition(store, tx, row, claim, true, {
        reversedMinor,
        excessMinor: Math.max(0, row.excessMinor - amountMinor),
        ...(whole ? { state: 'reversed' as const } : {}),
      })
      receipts.changed(tx, row.saleId)
    },
    applyRecord: (tx, id, source, { code, amountMinor }) =>
      applyEvidence(deps, tx, id, {
        source,
        detail: code,
        reading: { state: 'completed', receiptCode: code, amountMinor },
      }),
  }

  /** A question that went unanswered is asked anew, as an effect of its own. */
  async function askCode(row: PaymentRow): Promise<void> {
    if ((await moneyOf(accounts, row.accountId))?.queryCode === undefined) return
    database.transact((tx) => {
      const code = row.claimedCode ?? ''
      wantCode(outbox, tx, { paymentId: row.id, code, accountId: row.accountId, title: code })
      store.update(tx, row.id, { needsDecision: false, reason: 'codeUnproved' })
    })
  }
}
