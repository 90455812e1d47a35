import { type Currency, minorPerMajor } from '../../src-preload/contract/money.ts'
import type { Payment } from '../../src-preload/contract/payments.ts'
import type { Accounts } from '../accounts/service.ts'
import type { CallbackReader } from '../callbacks/service.ts'
import type { Customers } from '../customers/service.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Hub } from '../live/hub.ts'
import { formatMoney } from '../money.ts'
import type { Outbox } from '../outbox/service.ts'
import type { Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import type { MobileMoney } from '../providers/mobile-money.ts'
import type { Receipts } from '../receipts/service.ts'
import { promptKind, promptLane } from './effect.ts'
import { applyEvidence, keepUnconfirmed } from './evidence.ts'
import type { PaymentRow, PaymentStore } from './store.ts'
import type { Watcher } from './watcher.ts'

export interface PromptWish {
  readonly saleId: string
  readonly phone: string
  readonly amountMinor?: number | undefined
  readonly accountId?: string | undefined
}

export interface Payments {
  raise(wish: PromptWish): Payment
  /** Within the caller's transaction, with the caller's id. */
  raiseIn(tx: Transaction, id: string, wish: PromptWish): void
  get(id: string): Payment & { events: ReturnType<PaymentStore['events']> }
  list: PaymentStore['list']
  checkNow(id: string): Promise<Payment>
  decide(
    id: string,
    decision: { outcome: 'paid' | 'notPaid'; receiptCode?: string | undefined; note: string },
  ): Payment
  watch(id: string, signal: AbortSignal | undefined): AsyncGenerator<Payment>
  /** Reads the callbacks of one mobile-money account. */
  callbackReader(money: MobileMoney): CallbackReader
}

export interface PaymentsDeps {
  readonly database: Database
  readonly random: Randomness
  readonly hub: Hub
  readonly store: PaymentStore
  readonly accounts: Accounts
  readonly outbox: Outbox
  readonly receipts: Receipts
  readonly customers: Customers
  readonly watcher: Watcher
}

export function createPayments(deps: PaymentsDeps): Payments {
  const { database, store, accounts, outbox, receipts, customers, watcher } = deps
  const evidenceDeps = { store, receipts, outbox: () => outbox }

  const raiseIn = (tx: Transaction, id: string, wish: PromptWish): void => {
    const account = accounts.pick('mobileMoney', wish.accountId)
    const money = accounts.readers(account.id).mobileMoney
    if (money === undefined) throw new KauntaError('ACCOUNT_MISSING', { channel: account.label })
    const alive = store.openOf(wish.saleId)
    if (alive !== undefined) throw new KauntaError('PROMPT_ALIVE', { state: alive.state })
    const { phone, country, national } = customers.readPhone(wish.phone)
    if (!money.countries.includes(country)) {
      throw new KauntaError('PHONE_NOT_SERVED', { field: 'phone', provider: account.label, value: national })
    }
    const sale = receipts.recordIn(tx, wish.saleId)
    const owed = sale.totalMinor - sale.paidMinor
    if (owed <= 0) throw new KauntaError('SALE_PAID')
    const amountMinor = wish.amountMinor ?? owed
    checkAmount(money, account.label, amountMinor, sale.currency, owed)
    if (sale.customer.phone === null) receipts.setPhoneIn(tx, sale.id, phone)
    const effectId = outbox.enqueue(tx, {
      lane: promptLane(account.id),
      kind: promptKind,
      subjectId: id,
      title: `${national} · ${formatMoney(amountMinor, sale.currency, 'en')}`,
      payload: { paymentId: id },
      priority: 0,
    })
    store.insert(tx, {
      id,
      saleId: sale.id,
      accountId: account.id,
      effectId,
      provider: account.provider,
      phone,
      amountMinor,
      currency: sale.currency,
      state: 'pending',
      reason: null,
      detail: null,
      providerReference: null,
      receiptCode: null,
      needsDecision: false,
      promptedAt: null,
    })
  }

  /** The payment that a callback speaks of: by the provider's reference, else by our id in its path. */
  const find = (accountId: string, reference: string, subject: string | null): PaymentRow | null => {
    const known = store.byReference(accountId, reference)
    if (known !== undefined) return known
    if (subject === null) return null
    const row = store.row(subject)
    return row.accountId === accountId && row.providerReference === null ? row : null
  }

  return {
    raiseIn,
    list: (page) => store.list(page),
    get: (id) => ({ ...store.get(id), events: store.events(id) }),
    raise(wish) {
      const id = deps.random.id()
      database.transact((tx) => raiseIn(tx, id, wish))
      return store.get(id)
    },
    async checkNow(id) {
      store.row(id)
      await watcher.askNow(id)
      return store.get(id)
    },
    decide(id, { outcome, receiptCode, note }) {
      const row = store.row(id)
      if (row.state !== 'unknown') throw new KauntaError('PAYMENT_SETTLED', { state: row.state })
      const code = receiptCode === undefined || receiptCode === '' ? null : receiptCode.toUpperCase()
      if (code !== null && store.byReceiptCode(row.provider, code) !== undefined) {
        throw new KauntaError('RECEIPT_CODE_USED', { field: 'receiptCode', code })
      }
      database.transact((tx) => {
        applyEvidence(evidenceDeps, tx, id, {
          source: 'person',
          detail: note,
          reading:
            outcome === 'paid'
              ? { state: 'completed', receiptCode: code, amountMinor: null }
              : { state: 'failed', reason: 'personDecided', detail: note },
        })
      })
      watcher.watch(id)
      return store.get(id)
    },
    async *watch(id, signal) {
      const changes = deps.hub.subscribe(signal)
      yield store.get(id)
      for await (const change of changes)
        if (change.topic === 'payment' && change.payment.id === id) yield change.payment
    },
    callbackReader: (money) => ({
      reply: money.acknowledgement,
      handle(tx, account, raw, subject) {
        const callback = money.readCallback(raw)
        if (callback === null) return { used: false, note: 'not readable as a callback' }
        const row = find(account.id, callback.providerReference, subject)
        if (row === null) return { used: false, note: 'no payment with this reference' }
        if (row.providerReference === null)
          store.update(tx, row.id, { providerReference: callback.providerReference })
        const { reading } = callback
        const evidence = {
          source: 'callback',
          reading,
          detail: 'detail' in reading ? reading.detail : null,
        } as const
        if (
          reading.state === 'completed' &&
          money.callbackTrust === 'confirm' &&
          money.queryPrompt !== undefined
        ) {
          if (row.state === 'completed') applyEvidence(evidenceDeps, tx, row.id, evidence)
          else keepUnconfirmed(store, tx, row, evidence)
          tx.afterCommit(() => watcher.follow(row.id))
          return { used: true, note: 'unsigned: the provider is asked' }
        }
        applyEvidence(evidenceDeps, tx, row.id, evidence)
        tx.afterCommit(() => watcher.watch(row.id))
        return { used: true, note: null }
      },
    }),
  }
}

function checkAmount(
  money: MobileMoney,
  provider: string,
  amountMinor: number,
  currency: Currency,
  owedMinor: number,
): void {
  const { minMinor, maxMinor, wholeUnits } = money.amount
  const text = (minor: number) => formatMoney(minor, currency, 'en')
  if (!money.currencies.includes(currency)) {
    throw new KauntaError('CURRENCY_MISMATCH', {
      field: 'currency',
      currency,
      provider,
      accepted: money.currencies.join(', '),
    })
  }
  if (amountMinor <= 0 || amountMinor < minMinor)
    throw new KauntaError('AMOUNT_ZERO', { field: 'amountMinor' })
  if (wholeUnits && amountMinor % minorPerMajor[currency] !== 0) {
    throw new KauntaError('AMOUNT_NOT_WHOLE', { field: 'amountMinor', provider, amount: text(amountMinor) })
  }
  const limit = Math.min(maxMinor, owedMinor)
  if (amountMinor > limit) {
    throw new KauntaError('AMOUNT_ABOVE_LIMIT', {
      field: 'amountMinor',
      provider,
      amount: text(amountMinor),
      limit: text(limit),
    })
  }
}
