import { use } from 'react'
import { SeatContext } from './facts.tsx'

/** Who is at the counter, and until when PINs are refused. */
export function useStaffDesk() {
  const { desk, toldAt } = use(SeatContext)
  const lockedUntil = desk === undefined || desk.lockedForMs === 0 ? null : toldAt + desk.lockedForMs
  return { desk, lockedUntil }
}

/** True unless a cashier is at the counter, who needs a manager for some things. */
export function useIsManager(): boolean {
  const { desk } = useStaffDesk()
  return desk?.staff?.role !== 'cashier'
}
