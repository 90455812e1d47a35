import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useMemo } from 'react'
import type { Status } from '../../src-preload/contract/live.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import type { Desk } from '../../src-preload/contract/staff.ts'
import { useKaunta } from '../kaunta.tsx'

interface Seat {
  readonly desk: Desk | undefined
  /** When it was told, epoch ms. */
  readonly toldAt: number
}

export const ShopContext = createContext<Shop | undefined>(undefined)
export const StatusContext = createContext<Status | undefined>(undefined)
export const SeatContext = createContext<Seat>({ desk: undefined, toldAt: 0 })

/**
 * What nearly every part of the page reads: the shop, how things stand, who is at the counter. Watched here once for all
 * of them: sixty watchers of these three were a quarter of the counter's first drawing.
 */
export function FactsProvider({ children }: { readonly children: ReactNode }) {
  const { queries } = useKaunta()
  const { data: shop } = useQuery(queries.settings.get.queryOptions())
  const { data: status } = useQuery(queries.live.status.queryOptions())
  const { data: desk, dataUpdatedAt: toldAt } = useQuery(queries.staff.desk.queryOptions())
  const seat = useMemo(() => ({ desk, toldAt }), [desk, toldAt])
  return (
    <ShopContext value={shop}>
      <StatusContext value={status}>
        <SeatContext value={seat}>{children}</SeatContext>
      </StatusContext>
    </ShopContext>
  )
}
