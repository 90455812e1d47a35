import { and, type Column, eq, isNull, type SQL } from 'drizzle-orm'
import type { References } from '../providers/mobile-money.ts'

/** The columns by which a network's words find their row. */
export interface NamedColumns {
  readonly accountId: Column
  readonly ownReference: Column
  readonly providerReference: Column
}

/**
 * Finds rows by the names that they bear at their network.
 * @param where reads the row of a condition
 */
export function createReferences<Row extends { readonly id: string; readonly accountId: string }>(
  { accountId: account, ownReference, providerReference }: NamedColumns,
  where: (condition: SQL | undefined) => Row | undefined,
) {
  return {
    /** By our own name for it; by the network's where a report gives no other, or where the network takes no name of ours. */
    byReferences(accountId: string, { own, provider }: References): Row | undefined {
      const of = eq(account, accountId)
      const byOwn = own === null ? undefined : where(and(of, eq(ownReference, own)))
      if (byOwn !== undefined || provider === null) return byOwn
      const unnamed = own === null ? undefined : isNull(ownReference)
      return where(and(of, eq(providerReference, provider), unnamed))
    },
    /** The network's name for a row; null where another one bears it already: such an id is no key. */
    freeReference({ id, accountId }: Row, reference: string | null): string | null {
      if (reference === null) return null
      const bearer = where(and(eq(account, accountId), eq(providerReference, reference)))
      return bearer === undefined || bearer.id === id ? reference : null
    },
  }
}
