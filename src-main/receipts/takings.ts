import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Currency } from '../../src-preload/contract/money.ts'
import type { Database, Transaction } from '../database/open.ts'
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

/** Money that came in one way, in one currency. */
export interface Taking {
  /** `cash`, or the id of the network's account. */
  readonly tender: string
  readonly currency: Currency
  readonly amountMinor: number
  readonly saleIds: readonly string[]
  /** The tenders it consists of. */
  readonly ids: readonly string[]
}

/** Values bound at a time: SQLite has a limit. */
const chunk = 500

function* chunks<T>(all: readonly T[]): Generator<T[]> {
  for (let start = 0; start < all.length; start += chunk) yield all.slice(start, start + chunk)
}

/**
 * Spelt as the partial index has it. What the POS took by card or otherwise lies elsewhere, and is in no count of a till;
 * its cash lies in the drawer with the till's own.
 */
const countable = sql`${tender.cashUpId} IS NULL AND ${tender.kind} IN ('cash', 'mobileMoney')`

/** What came in at a till and no count took in yet. Tenders are written once; only their count is added. */
export function createTakings(database: Database, paymentFacts: PaymentFacts) {
  const { orm } = database.read

  function accountsOf(paymentIds: readonly string[]): Map<string, string> {
    const found = new Map<string, string>()
    for (const some of chunks(paymentIds)) {
      for (const [id, { accountId }] of paymentFacts(some)) found.set(id, accountId)
    }
    return found
  }

  return {
    uncounted(tillId: string): Taking[] {
      const rows = orm
        .select({
          id: tender.id,
          saleId: tender.saleId,
          kind: tender.kind,
          amountMinor: tender.amountMinor,
          paymentId: tender.paymentId,
          currency: sale.currency,
        })
        .from(tender)
        .innerJoin(sale, eq(sale.id, tender.saleId))
        .where(and(countable, eq(sale.tillId, tillId)))
        .all()
      const accounts = accountsOf(rows.flatMap(({ paymentId }) => (paymentId === null ? [] : [paymentId])))
      const wayOf = (row: (typeof rows)[number]) =>
        row.kind === 'cash' ? 'cash' : (accounts.get(row.paymentId ?? '') ?? '')
      const groups = Map.groupBy(rows, (row) => `${wayOf(row)} ${row.currency}`)
      return [...groups.values()].flatMap((some) => {
        const [first] = some
        if (first === undefined) return []
        return {
          tender: wayOf(first),
          currency: first.currency,
          amountMinor: some.reduce((sum, row) => sum + row.amountMinor, 0),
          saleIds: some.map((row) => row.saleId),
          ids: some.map((row) => row.id),
        }
      })
    },
    markCounted(tx: Transaction, { ids }: Taking, cashUpId: string): void {
      for (const some of chunks(ids)) {
        tx.orm.update(tender).set({ cashUpId }).where(inArray(tender.id, some)).run()
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
