import { skipToken, useQuery } from '@tanstack/react-query'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { recentSales } from '../../first-questions.ts'
import { useKaunta } from '../../kaunta.tsx'
import { type CountedCash, type LastFinished, lastFinishedKey } from './cash.ts'

export interface LastSale {
  readonly sale: Sale
  /** Its cash, until the next sale begins. */
  readonly cash: CountedCash | null
}

/** The sale that left the counter last, from this page or before it was opened; never the one that is shown. */
export function useLastSale(shownId: string): LastSale | null {
  const { queries } = useKaunta()
  const { data: finished } = useQuery<LastFinished | null>({ queryKey: lastFinishedKey, queryFn: skipToken })
  const { data: recent } = useQuery(queries.sales.list.queryOptions({ input: { limit: recentSales } }))
  const { data: own } = useQuery(
    queries.sales.get.queryOptions({ input: finished == null ? skipToken : { id: finished.saleId } }),
  )
  const newest = recent?.rows.find(({ state, source }) => state === 'finished' && source === 'counter')
  const sale = finished == null ? newest : own
  if (sale === undefined || sale.id === shownId) return null
  return { sale, cash: finished?.cash ?? null }
}
