import { and, eq, gte, lt, sql } from 'drizzle-orm'
import type { Database } from '../database/open.ts'
import { sale, tender } from './tables.ts'

/** What a receipt says of a tender that was a payment. */
export interface TenderFacts {
  readonly code: string | null
  readonly network: string
  readonly accountId: string
  /** Minor units that went back to the customer. */
  readonly reversedMinor: number
}

/** By payment id. */
export type PaymentFacts = (paymentIds: readonly string[]) => ReadonlyMap<string, TenderFacts>

/** Minor units, by how they came in. */
export interface Takings {
  readonly sales: number
  readonly cashMinor: number
  readonly byAccount: ReadonlyMap<string, number>
}

/** Payments looked up at a time: SQLite binds a limited number of values. */
const chunk = 500

/** What came in at a till, from its tenders: they are written once and never changed. */
export function createTakings(database: Database, paymentFacts: PaymentFacts) {
  const { orm } = database.read
  return {
    takings(tillId: string, from: number, to: number): Takings {
      const rows = orm
        .select({
          saleId: tender.saleId,
          kind: tender.kind,
          amountMinor: tender.amountMinor,
          paymentId: tender.paymentId,
        })
        .from(tender)
        .innerJoin(sale, eq(sale.id, tender.saleId))
        .where(and(gte(tender.at, from), lt(tender.at, to), eq(sale.tillId, tillId)))
        .all()
      const byAccount = new Map<string, number>()
      const paid = rows.filter((row) => row.paymentId !== null)
      for (let start = 0; start < paid.length; start += chunk) {
        const some = paid.slice(start, start + chunk)
        const facts = paymentFacts(some.map((row) => row.paymentId ?? ''))
        for (const { paymentId, amountMinor } of some) {
          const accountId = facts.get(paymentId ?? '')?.accountId
          if (accountId !== undefined) byAccount.set(accountId, (byAccount.get(accountId) ?? 0) + amountMinor)
        }
      }
      const cash = rows.filter((row) => row.kind === 'cash')
      return {
        sales: new Set(rows.map((row) => row.saleId)).size,
        cashMinor: cash.reduce((sum, row) => sum + row.amountMinor, 0),
        byAccount,
      }
    },
    firstTender: (tillId: string): number | null =>
      orm
        .select({ at: sql<number | null>`min(${tender.at})` })
        .from(tender)
        .innerJoin(sale, eq(sale.id, tender.saleId))
        .where(eq(sale.tillId, tillId))
        .get()?.at ?? null,
  }
}
