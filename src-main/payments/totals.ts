import { and, eq, gte, lt, type SQL, sql } from 'drizzle-orm'
import type { Currency } from '../../src-preload/contract/money.ts'
import type { PaymentState } from '../../src-preload/contract/payments.ts'
import type { Database } from '../database/open.ts'
import { payment, paymentDay } from './tables.ts'

export interface TotalsAsked {
  /** Epoch ms of the payment's beginning; `to` is exclusive. */
  readonly from: number
  readonly to: number
  readonly accountId?: string | undefined
}

/** Payments of one state and currency. */
export interface StateTotal {
  readonly state: PaymentState
  readonly currency: Currency
  readonly count: number
  /** Minor units. */
  readonly sumMinor: number
}

const dayMs = 86_400_000
/** Days of `payment_day` begin at midnight in Dar es Salaam and Nairobi, as its triggers have it. */
const dayBeginsMs = 3 * 3_600_000

/**
 * Sums by state and currency. Whole days come from `payment_day`, which triggers keep in the writer's own transaction;
 * what a stretch has of a day at its ends is counted from the payments, so that any stretch is exact.
 */
export function createTotals({ read: { orm } }: Database) {
  const counted = (from: number, to: number, accountId: string | undefined): StateTotal[] => {
    if (from >= to) return []
    const own = accountId === undefined ? undefined : eq(payment.accountId, accountId)
    return orm
      .select({
        state: payment.state,
        currency: payment.currency,
        count: sql<number>`count(*)`,
        sumMinor: sql<number>`sum(${payment.amountMinor})`,
      })
      .from(payment)
      .where(and(gte(payment.createdAt, from), lt(payment.createdAt, to), own))
      .groupBy(payment.state, payment.currency)
      .all()
  }
  const kept = (first: number, past: number, accountId: string | undefined): StateTotal[] => {
    const own: SQL | undefined = accountId === undefined ? undefined : eq(paymentDay.accountId, accountId)
    return orm
      .select({
        state: paymentDay.state,
        currency: paymentDay.currency,
        count: sql<number>`sum(${paymentDay.count})`,
        sumMinor: sql<number>`sum(${paymentDay.sumMinor})`,
      })
      .from(paymentDay)
      .where(and(gte(paymentDay.day, first), lt(paymentDay.day, past), own))
      .groupBy(paymentDay.state, paymentDay.currency)
      .all()
  }

  return ({ from, to, accountId }: TotalsAsked): StateTotal[] => {
    const first = Math.ceil((from + dayBeginsMs) / dayMs)
    const past = Math.floor((to + dayBeginsMs) / dayMs)
    if (first >= past) return counted(from, to, accountId)
    const begins = (day: number) => day * dayMs - dayBeginsMs
    const parts = [
      ...counted(from, begins(first), accountId),
      ...kept(first, past, accountId),
      ...counted(begins(past), to, accountId),
    ]
    const sums = new Map<string, StateTotal>()
    for (const part of parts) {
      const key = `${part.state} ${part.currency}`
      const before = sums.get(key)
      const count = (before?.count ?? 0) + part.count
      if (count > 0) sums.set(key, { ...part, count, sumMinor: (before?.sumMinor ?? 0) + part.sumMinor })
    }
    return [...sums.values()]
  }
}
