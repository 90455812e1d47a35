import type { Seat } from '../implement.ts'
import type { Clock, Stop } from '../ports.ts'
import { KauntaError } from '../problem.ts'

/** A shift ends after so long, whoever is still typing. */
const shiftMs = 12 * 3_600_000

/** A seat that the staff room can put somebody in. */
export interface StaffSeat extends Seat {
  sit(staffId: string): void
  /** Somebody did something at this screen. */
  touch(): void
  leave(): void
}

export interface SeatDeps {
  readonly clock: Clock
  /** Minutes without a key until the counter is locked; 0: never. Null while nobody could unlock it. */
  readonly idleMinutes: () => number | null
  readonly onLocked: () => void
}

/** Who sits at one screen, in memory only: a new connection asks for the PIN again, and so does a restart. */
export function createSeat({ clock, idleMinutes, onLocked }: SeatDeps): StaffSeat {
  let stay = new AbortController()
  stay.abort(new KauntaError('NOT_SIGNED_IN'))
  let held: { readonly staffId: string; readonly since: number; seen: number } | null = null
  let stopTimer: Stop = () => {}

  const endsAt = (): number => {
    const minutes = idleMinutes()
    if (held === null || minutes === null) return Number.POSITIVE_INFINITY
    const idleMs = minutes * 60_000
    const idleEnd = idleMs === 0 ? Number.POSITIVE_INFINITY : held.seen + idleMs
    return Math.min(held.since + shiftMs, idleEnd)
  }
  const end = (): void => {
    held = null
    stopTimer()
    stay.abort(new KauntaError('NOT_SIGNED_IN'))
  }

  const watch = (): void => {
    stopTimer()
    const until = endsAt()
    if (until === Number.POSITIVE_INFINITY) return
    stopTimer = clock.after(Math.max(0, until - clock.monotonic()), () => {
      if (endsAt() > clock.monotonic()) watch()
      else if (held !== null) {
        end()
        onLocked()
      }
    })
  }

  return {
    current: () => (held !== null && clock.monotonic() < endsAt() ? held.staffId : null),
    until: () => stay.signal,
    sit(staffId) {
      end()
      stay = new AbortController()
      held = { staffId, since: clock.monotonic(), seen: clock.monotonic() }
      watch()
    },
    touch() {
      if (held !== null) held.seen = clock.monotonic()
    },
    leave: end,
  }
}
