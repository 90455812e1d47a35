import {
  and,
  asc,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  isNull,
  like,
  lt,
  ne,
  or,
  type SQL,
  sql,
} from 'drizzle-orm'
import type { EvidenceSource, Payment, PaymentState } from '../../src-preload/contract/payments.ts'
import { hidden } from '../../src-preload/contract/plain-text.ts'
import { isReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Database, Transaction } from '../database/open.ts'
import { olderThan, pageFrom } from '../database/paging.ts'
import type { Feed } from '../live/feed.ts'
import { createReferences } from '../money/references.ts'
import type { Claimed } from '../money/transition.ts'
import { KauntaError } from '../problem.ts'
import type { TenderFacts } from '../receipts/service.ts'
import { payment, paymentEvent } from './tables.ts'
import { tellBirth, tellChange } from './told.ts'
import { createTotals } from './totals.ts'

export type PaymentRow = typeof payment.$inferSelect
/** What is left out is not known yet. */
type NewPayment = Omit<typeof payment.$inferInsert, 'createdAt' | 'updatedAt'>
export type PaymentStore = ReturnType<typeof createPaymentStore>

export interface PaymentFilter {
  readonly limit: number
  readonly before?: string | undefined
  readonly saleId?: string | undefined
  readonly states?: readonly PaymentState[] | undefined
  readonly accountId?: string | undefined
  readonly text?: string | undefined
  /** Epoch ms; `to` is exclusive. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export interface PaymentStoreDeps {
  readonly database: Database
  readonly feed: Feed
  readonly nameOf: (staffId: string | null) => string | null
  /** A provider as people say it. */
  readonly networkOf: (provider: string) => string
  /** What the account's network can: be asked about a prompt; hold the call while the customer types. */
  readonly networkCan: (accountId: string) => { readonly ask: boolean; readonly hold: boolean }
}

const open: PaymentState[] = ['pending', 'prompted', 'processing', 'unknown']
/** Spelt out: SQLite uses a partial index only where it can read its condition, not where a value is bound. */
const isAlive = sql`${payment.state} IN ('pending', 'prompted', 'processing', 'unknown')`
const hasExcess = sql`${payment.excessMinor} > 0`
/** A claimed code is taken while its payment lives or is paid. */
const claiming: PaymentState[] = [...open, 'completed', 'reversed']

/** Rows of payments and the evidence kept of them. */
export function createPaymentStore({ database, feed, nameOf, networkOf, networkCan }: PaymentStoreDeps) {
  const { orm } = database.read

  // Read at every step of every payment.
  const byId = orm
    .select()
    .from(payment)
    .where(eq(payment.id, sql.placeholder('id')))
    .prepare()
  const row = (id: string): PaymentRow => {
    const found = byId.get({ id })
    if (found === undefined) throw new KauntaError('PAYMENT_NOT_FOUND')
    return found
  }
  const presentAll = (rows: readonly PaymentRow[]): Payment[] => {
    const networks = new Map([...new Set(rows.map((one) => one.accountId))].map((id) => [id, networkCan(id)]))
    return rows.map((one) => ({
      id: one.id,
      saleId: one.saleId,
      saleNumber: one.saleNumber,
      provider: one.provider,
      accountId: one.accountId,
      origin: one.origin,
      phone: one.phone,
      amountMinor: one.amountMinor,
      currency: one.currency,
      state: one.state,
      reason: isReasonCode(one.reason) ? one.reason : null,
      detail: one.detail,
      receiptCode: one.receiptCode,
      claimedCode: one.claimedCode,
      toldCode: one.toldCode,
      toldAmount: one.toldAmount,
      proof: one.proof,
      excessMinor: one.excessMinor,
      reversedMinor: one.reversedMinor,
      canAsk: networks.get(one.accountId)?.ask ?? false,
      held: networks.get(one.accountId)?.hold ?? false,
      staffName: nameOf(one.staffId),
      needsDecision: one.needsDecision,
      createdAt: one.createdAt,
      promptedAt: one.promptedAt,
      updatedAt: one.updatedAt,
    }))
  }
  const get = (id: string): Payment => {
    const [one] = presentAll([row(id)])
    if (one === undefined) throw new KauntaError('PAYMENT_NOT_FOUND')
    return one
  }
  const changed = (tx: Transaction, id: string): void => feed.changed(tx, 'payment', id)
  feed.shows({ payment: (id) => ({ topic: 'payment', payment: get(id) }) })
  const where = (condition: SQL | undefined): PaymentRow | undefined =>
    orm.select().from(payment).where(condition).get()

  return {
    row,
    get,
    find: (id: string): PaymentRow | undefined => where(eq(payment.id, id)),
    presentAll,
    insert(tx: Transaction, values: NewPayment): void {
      tx.orm
        .insert(payment)
        .values({ ...values, createdAt: tx.now, updatedAt: tx.now })
        .run()
      tellBirth(tx, row(values.id))
      changed(tx, values.id)
    },
    update(tx: Transaction, id: string, set: Partial<PaymentRow>): void {
      const before = row(id)
      tx.orm
        .update(payment)
        .set({ ...set, updatedAt: tx.now })
        .where(eq(payment.id, id))
        .run()
      tellChange(tx, before, { ...before, ...set })
      changed(tx, id)
    },
    note(
      tx: Transaction,
      row: Pick<PaymentRow, 'id' | 'state'>,
      claim: Claimed<PaymentState, EvidenceSource>,
      applied: boolean,
    ): void {
      const { source, reason, detail, staffId = null } = claim
      tx.orm
        .insert(paymentEvent)
        .values({
          paymentId: row.id,
          at: tx.now,
          source,
          fromState: row.state,
          toState: claim.to,
          applied,
          reason,
          detail,
          receiptCode: claim.receiptCode ?? null,
          staffId,
        })
        .run()
    },
    openState(saleId: string): PaymentState | null {
      return this.openOf(saleId)?.state ?? null
    },
    noteLeftOpen(tx: Transaction, saleId: string, note: string, staffId: string): void {
      const alive = this.openOf(saleId)
      if (alive !== undefined) this.noteWord(tx, alive, note, staffId)
    },
    /** A person's word that moves nothing, kept with the payment. */
    noteWord(tx: Transaction, row: PaymentRow, detail: string, staffId: string | null): void {
      this.note(tx, row, { to: row.state, source: 'counter', reason: null, detail, staffId }, false)
    },
    events(id: string) {
      return orm
        .select()
        .from(paymentEvent)
        .where(eq(paymentEvent.paymentId, id))
        .orderBy(paymentEvent.id)
        .all()
        .map((event) => ({
          id: event.id,
          at: event.at,
          source: event.source,
          from: event.fromState,
          to: event.toState,
          applied: event.applied,
          reason: isReasonCode(event.reason) ? event.reason : null,
          detail: event.detail,
          staffName: nameOf(event.staffId),
        }))
    },
    /** The receipt code of the newest report that said "paid", for a proof that carries none. */
    codeFromReports(id: string): string | null {
      const found = orm
        .select({ code: paymentEvent.receiptCode })
        .from(paymentEvent)
        .where(
          and(
            eq(paymentEvent.paymentId, id),
            inArray(paymentEvent.source, ['callback', 'signed']),
            isNotNull(paymentEvent.receiptCode),
          ),
        )
        .orderBy(desc(paymentEvent.id))
        .limit(1)
        .get()
      return found?.code ?? null
    },
    ...createReferences(payment, where),
    /** Of any network: one code is money once. */
    byReceiptCode: (code: string): PaymentRow | undefined =>
      where(inArray(payment.receiptCode, formsOf(code))),
    /** The payment that bears this code, proved or claimed. */
    byAnyCode(code: string): PaymentRow | undefined {
      return (
        where(inArray(payment.receiptCode, formsOf(code))) ??
        where(and(inArray(payment.claimedCode, formsOf(code)), inArray(payment.state, claiming)))
      )
    },
    /** The newest, where a late word opened an earlier one again. */
    openOf: (saleId: string): PaymentRow | undefined =>
      orm
        .select()
        .from(payment)
        .where(and(eq(payment.saleId, saleId), isAlive))
        .orderBy(desc(payment.createdAt), desc(payment.id))
        .limit(1)
        .get(),
    /** Another prompt to this phone for this amount that is alive or unknown. */
    sameRequest: (phone: string, amountMinor: number, since: number): PaymentRow | undefined =>
      where(
        and(
          eq(payment.phone, phone),
          gte(payment.createdAt, since),
          eq(payment.amountMinor, amountMinor),
          eq(payment.origin, 'prompt'),
          isAlive,
        ),
      ),
    /** How often this phone was asked in this stretch of time, whatever came of it. */
    promptsTo: (phone: string, from: number, to: number): number =>
      orm
        .select({ n: sql<number>`count(*)` })
        .from(payment)
        .where(
          and(
            eq(payment.phone, phone),
            eq(payment.origin, 'prompt'),
            gte(payment.createdAt, from),
            lt(payment.createdAt, to),
          ),
        )
        .get()?.n ?? 0,
    /** Payments of this account and amount that a customer's own payment may belong to, newest first. */
    likeNotice(accountId: string, amountMinor: number, since: number): PaymentRow[] {
      return orm
        .select()
        .from(payment)
        .where(
          and(
            eq(payment.accountId, accountId),
            gte(payment.createdAt, since),
            eq(payment.amountMinor, amountMinor),
            isNull(payment.receiptCode),
            inArray(payment.state, [...open, 'completed']),
          ),
        )
        .orderBy(desc(payment.createdAt))
        .limit(20)
        .all()
    },
    /** The wall clock was set: what is open is as old as it was. */
    clockSet(tx: Transaction, byMs: number): void {
      const moved = (column: typeof payment.createdAt | typeof payment.promptedAt) =>
        sql`max(0, ${column} + ${byMs})`
      tx.orm
        .update(payment)
        .set({ createdAt: moved(payment.createdAt), promptedAt: moved(payment.promptedAt) })
        .where(isAlive)
        .run()
    },
    newestOpen: (): number | null =>
      orm
        .select({ at: sql<number | null>`max(${payment.createdAt})` })
        .from(payment)
        .where(isAlive)
        .get()?.at ?? null,
    allOpen: (): PaymentRow[] => orm.select().from(payment).where(isAlive).all(),
    unknown: (limit: number): PaymentRow[] =>
      orm
        .select()
        .from(payment)
        .where(eq(payment.state, 'unknown'))
        .orderBy(asc(payment.createdAt))
        .limit(limit)
        .all(),
    overpaid: (limit: number): PaymentRow[] =>
      orm.select().from(payment).where(hasExcess).orderBy(asc(payment.createdAt)).limit(limit).all(),
    counts() {
      const count = (condition: SQL | undefined) =>
        orm.select({ n: sql<number>`count(*)` }).from(payment).where(condition).get()?.n ?? 0
      return { unknown: count(eq(payment.state, 'unknown')), overpaid: count(hasExcess) }
    },
    /** What a receipt says of a tender that was a payment. */
    facts(ids: readonly string[]): ReadonlyMap<string, TenderFacts> {
      if (ids.length === 0) return new Map()
      const rows = orm
        .select({
          id: payment.id,
          code: payment.receiptCode,
          provider: payment.provider,
          accountId: payment.accountId,
          reversedMinor: payment.reversedMinor,
        })
        .from(payment)
        .where(inArray(payment.id, [...ids]))
        .all()
      return new Map(
        rows.map(({ id, provider, ...facts }) => [id, { ...facts, network: networkOf(provider) }]),
      )
    },
    totals: createTotals(database),
    /** For comparing with the network's record, oldest first. */
    between(accountId: string, from: number, to: number): PaymentRow[] {
      return orm
        .select()
        .from(payment)
        .where(and(eq(payment.accountId, accountId), gte(payment.createdAt, from), lt(payment.createdAt, to)))
        .orderBy(asc(payment.createdAt))
        .all()
    },
    list(page: PaymentFilter) {
      const rows = orm
        .select()
        .from(payment)
        .where(and(...conditionsOf(page), olderThan({ at: payment.createdAt, id: payment.id }, page.before)))
        .orderBy(desc(payment.createdAt), desc(payment.id))
        .limit(page.limit + 1)
        .all()
      return pageFrom(rows, page.limit, (one) => one.createdAt, presentAll)
    },
  }
}

/** A code as people write it: upper case, no blanks. */
export function plainCode(code: string): string {
  const seen = code.replaceAll(hidden, '').replace(/\s/g, '').toUpperCase()
  // An SMS ends it with a full stop, and a letter may put it in quotes.
  return seen.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
}

/** As it may stand in the file: sandboxes write small letters. */
function formsOf(code: string): string[] {
  const plain = plainCode(code)
  return [...new Set([code, plain, plain.toLowerCase()])]
}

function conditionsOf(page: PaymentFilter): (SQL | undefined)[] {
  return [
    page.saleId === undefined ? undefined : eq(payment.saleId, page.saleId),
    page.accountId === undefined ? undefined : eq(payment.accountId, page.accountId),
    page.from === undefined ? undefined : gte(payment.createdAt, page.from),
    page.to === undefined ? undefined : lt(payment.createdAt, page.to),
    page.states === undefined || page.states.length === 0
      ? undefined
      : inArray(payment.state, [...page.states]),
    page.text === undefined || page.text.trim() === '' ? undefined : textOf(page.text.trim()),
  ]
}

/** A code whole, a phone from its beginning or in part, or an amount in whole shillings. */
function textOf(text: string): SQL | undefined {
  const digits = text.replace(/\D/g, '')
  const national = digits.replace(/^0+/, '')
  const amount = /^[\d ,.]+$/.test(text) ? Number(text.replace(/[ ,]/g, '')) : Number.NaN
  return or(
    eq(payment.receiptCode, text.toUpperCase()),
    eq(payment.claimedCode, text.toUpperCase()),
    national.length < 5 ? undefined : like(payment.phone, `%${national}%`),
    Number.isFinite(amount) && amount > 0 ? eq(payment.amountMinor, Math.round(amount * 100)) : undefined,
    ne(sql`1`, 1),
  )
}
