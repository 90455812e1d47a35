import { contract } from '../../src-preload/contract/index.ts'
import type { Change, Topic } from '../../src-preload/contract/live.ts'
import type { Desk } from '../../src-preload/contract/staff.ts'
import { implementRoom, type Seat, seatOf } from '../implement.ts'
import type { Live } from './service.ts'

/** A locked screen hears of the status and of its own desk; once somebody sits there, the page asks for the rest anew. */
const toldToAll: ReadonlySet<Topic> = new Set(['status', 'desk'])

export function liveProcedures(live: Live, deskOf: (seat: Seat) => Desk) {
  const os = implementRoom(contract.live)
  const deskAt = (seat: Seat): Change => ({ topic: 'desk', desk: deskOf(seat) })
  return os.router({
    status: os.status.handler(() => live.status()),
    watch: os.watch.handler(({ signal, context }) => {
      const seat = seatOf(context)
      const wants = (topic: Topic) => toldToAll.has(topic) || seat.current() !== null
      return live.watch(signal, {
        opening: () => [deskAt(seat)],
        wants,
        // He may have left since it was read.
        shown: (change) => {
          if (!wants(change.topic)) return null
          return change.topic === 'desk' ? deskAt(seat) : change
        },
      })
    }),
  })
}
