import type { Clock, Stop } from '../ports.ts'

/** A shift ends after so long, whoever is still typing. */
const shiftMs = 12 * 3_600_000

export interface SessionDeps {
  readonly clock: Clock
  /** Minutes without a key until the counter is locked; 0: never. Null while nobody could unlock it. */
  readonly idleMinutes: () => number | null
  readonly onLocked: () => void
}

/** Who is at the counter, in memory only: a restart asks for the PIN again. */
export function createSession({ clock, idleMinutes, onLocked }: SessionDeps) {
  let held: { readonly staffId: string; readonly since: number; seen: number } | null = null
  let stopTimer: Stop = () => {}

  const endsAt = (): number => {
    const minutes = idleMinutes()
    if (held === null || minutes === null) return Number.POSITIVE_INFINITY
    const idleMs = minutes * 60_000
    const idleEnd = idleMs === 0 ? Number.POSITIVE_INFINITY : held.seen + idleMs
    return Math.min(held.since + shiftMs, idleEnd)
  }
  const watch = (): void => {
    stopTimer()
    const end = endsAt()
    if (end === Number.POSITIVE_INFINITY) return
    stopTimer = clock.after(Math.max(0, end - clock.monotonic()), () => {
      if (endsAt() > clock.monotonic()) watch()
      else if (held !== null) {
        held = null
        onLocked()
      }
    })
  }

  return {
    current: (): string | null => (held !== null && clock.monotonic() < endsAt() ? held.staffId : null),
    open(staffId: string): void {
      held = { staffId, since: clock.monotonic(), seen: clock.monotonic() }
      watch()
    },
    /** Somebody did something at the counter. */
    touch(): void {
      if (held === null) return
      held.seen = clock.monotonic()
    },
    close(): void {
      held = null
      stopTimer()
    },
  }
}
