import { and, desc, eq, inArray, isNotNull, like, lt, or } from 'drizzle-orm'
import type { Payment, PaymentState } from '../../src-preload/contract/payments.ts'
import { isReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Database, Transaction } from '../database/open.ts'
import type { Hub } from '../live/hub.ts'
import { KauntaError } from '../problem.ts'
import { payment, paymentEvent } from './tables.ts'

export type PaymentRow = typeof payment.$inferSelect
export type PaymentStore = ReturnType<typeof createPaymentStore>

const open: PaymentState[] = ['pending', 'prompted', 'processing', 'unknown']

/** Rows of payments and the evidence kept of them. */
export function createPaymentStore(database: Database, hub: Hub) {
  const { orm } = database.read

  const row = (id: string): PaymentRow => {
    const found = orm.select().from(payment).where(eq(payment.id, id)).get()
    if (found === undefined) throw new KauntaError('PAYMENT_NOT_FOUND')
    return found
  }
  const get = (id: string): Payment => present(row(id))
  const changed = (tx: Transaction, id: string): void =>
    tx.afterCommit(() => hub.publish({ topic: 'payment', payment: get(id) }))

  return {
    row,
    get,
    changed,
    insert(tx: Transaction, values: Omit<PaymentRow, 'createdAt' | 'updatedAt'>): void {
      tx.orm
        .insert(payment)
        .values({ ...values, createdAt: tx.now, updatedAt: tx.now })
        .run()
      changed(tx, values.id)
    },
    update(tx: Transaction, id: string, set: Partial<PaymentRow>): void {
      tx.orm
        .update(payment)
        .set({ ...set, updatedAt: tx.now })
        .where(eq(payment.id, id))
        .run()
      changed(tx, id)
    },
    note(tx: Transaction, event: Omit<typeof paymentEvent.$inferInsert, 'at' | 'id'>): void {
      tx.orm
        .insert(paymentEvent)
        .values({ ...event, at: tx.now })
        .run()
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
        }))
    },
    /** The receipt code of the newest callback that said "paid", for a proof that carries none. */
    codeFromCallbacks(id: string): string | null {
      const found = orm
        .select({ code: paymentEvent.receiptCode })
        .from(paymentEvent)
        .where(
          and(
            eq(paymentEvent.paymentId, id),
            eq(paymentEvent.source, 'callback'),
            isNotNull(paymentEvent.receiptCode),
          ),
        )
        .orderBy(desc(paymentEvent.id))
        .limit(1)
        .get()
      return found?.code ?? null
    },
    byReference(accountId: string, providerReference: string): PaymentRow | undefined {
      return orm
        .select()
        .from(payment)
        .where(and(eq(payment.accountId, accountId), eq(payment.providerReference, providerReference)))
        .get()
    },
    byReceiptCode(provider: string, code: string): PaymentRow | undefined {
      return orm
        .select()
        .from(payment)
        .where(and(eq(payment.provider, provider), eq(payment.receiptCode, code)))
        .get()
    },
    openOf(saleId: string): PaymentRow | undefined {
      return orm
        .select()
        .from(payment)
        .where(and(eq(payment.saleId, saleId), inArray(payment.state, open)))
        .get()
    },
    allOpen(): PaymentRow[] {
      return orm.select().from(payment).where(inArray(payment.state, open)).all()
    },
    codes(ids: readonly string[]): ReadonlyMap<string, string> {
      if (ids.length === 0) return new Map()
      const rows = orm
        .select({ id: payment.id, code: payment.receiptCode })
        .from(payment)
        .where(inArray(payment.id, [...ids]))
        .all()
      return new Map(rows.flatMap(({ id, code }) => (code === null ? [] : [[id, code] as const])))
    },
    list(page: { limit: number; before?: string | undefined; saleId?: string | undefined; text?: string }) {
      const digits = (page.text ?? '').replace(/\D/g, '').replace(/^0+/, '')
      const found =
        page.text === undefined
          ? undefined
          : or(
              eq(payment.receiptCode, page.text.trim().toUpperCase()),
              digits.length < 5 ? undefined : like(payment.phone, `%${digits}%`),
            )
      const rows = orm
        .select()
        .from(payment)
        .where(
          and(
            page.saleId === undefined ? undefined : eq(payment.saleId, page.saleId),
            found,
            page.before === undefined ? undefined : lt(payment.effectId, Number(page.before)),
          ),
        )
        .orderBy(desc(payment.effectId))
        .limit(page.limit + 1)
        .all()
      const shown = rows.slice(0, page.limit)
      return {
        rows: shown.map(present),
        cursor: rows.length > page.limit ? String(shown.at(-1)?.effectId) : null,
      }
    },
  }
}

function present(row: PaymentRow): Payment {
  return {
    id: row.id,
    saleId: row.saleId,
    provider: row.provider,
    accountId: row.accountId,
    phone: row.phone,
    amountMinor: row.amountMinor,
    currency: row.currency,
    state: row.state,
    reason: isReasonCode(row.reason) ? row.reason : null,
    detail: row.detail,
    receiptCode: row.receiptCode,
    needsDecision: row.needsDecision,
    createdAt: row.createdAt,
    promptedAt: row.promptedAt,
    updatedAt: row.updatedAt,
  }
}
