import { useQuery } from '@tanstack/react-query'
import type { Notice } from '../../../src-preload/contract/payments.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { useKaunta } from '../../kaunta.tsx'

const none: readonly Notice[] = Object.freeze([])

/** Money that customers paid by themselves and that may be this sale's; asked again when the sale's sums change. */
export function useFittingNotices(sale: Sale): readonly Notice[] {
  const { client, queries } = useKaunta()
  const { id, totalMinor, paidMinor, customer } = sale
  const input = { id }
  const { data = none } = useQuery({
    queryKey: [...queries.notices.forSale.queryKey({ input }), totalMinor, paidMinor, customer.phone],
    queryFn: ({ signal }) => client.notices.forSale(input, { signal }),
    enabled: totalMinor > paidMinor,
    placeholderData: (before) => before,
    gcTime: 30_000,
  })
  return totalMinor > paidMinor ? data : none
}
