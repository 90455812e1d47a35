import { useQuery } from '@tanstack/react-query'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { useKaunta } from '../../kaunta.tsx'

const none: readonly Sale[] = Object.freeze([])

/** Sales that the shop's POS handed over and that nobody paid yet, but for the one that is shown; oldest first. */
export function useWaitingSales(shownId: string): readonly Sale[] {
  const { queries } = useKaunta()
  const { data = none } = useQuery(queries.sales.handedOver.queryOptions())
  return data.filter(({ id }) => id !== shownId)
}
