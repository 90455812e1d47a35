import { useQuery } from '@tanstack/react-query'
import { useKaunta } from '../kaunta.tsx'

/** Who is at the counter, and until when PINs are refused. */
export function useStaffDesk() {
  const { queries } = useKaunta()
  const { data: desk, dataUpdatedAt } = useQuery(queries.staff.desk.queryOptions())
  const lockedUntil = desk === undefined || desk.lockedForMs === 0 ? null : dataUpdatedAt + desk.lockedForMs
  return { desk, lockedUntil }
}

/** True unless a cashier is at the counter, who needs a manager for some things. */
export function useIsManager(): boolean {
  const { desk } = useStaffDesk()
  return desk?.staff?.role !== 'cashier'
}
