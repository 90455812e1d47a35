import { contract } from '../../src-preload/contract/index.ts'
import type { Change } from '../../src-preload/contract/live.ts'
import type { Desk } from '../../src-preload/contract/staff.ts'
import { implementRoom, type Seat, seatOf } from '../implement.ts'
import type { Live } from './service.ts'

export function liveProcedures(live: Live, deskOf: (seat: Seat) => Desk) {
  const os = implementRoom(contract.live)
  /** A locked screen hears of the status and of its own desk; once somebody sits there, the page asks for the rest anew. */
  const deskAt = (seat: Seat): Change => ({ topic: 'desk', desk: deskOf(seat) })
  const shownAt = (seat: Seat, change: Change): Change | null => {
    if (change.topic === 'status') return change
    if (change.topic === 'desk') return deskAt(seat)
    return seat.current() === null ? null : change
  }
  return os.router({
    status: os.status.handler(() => live.status()),
    watch: os.watch.handler(({ signal, context }) => {
      const seat = seatOf(context)
      return live.watch(signal, {
        opening: () => [deskAt(seat)],
        shown: (change) => shownAt(seat, change),
      })
    }),
  })
}
