import type { HostClock, Stop } from '../ports.ts'

/** A difference to a clock that nobody can set which is no slow one any more. */
const jumpMs = 60_000
const lookEveryMs = 30_000

export interface ClockWatch {
  /** Notices a wall clock that was set since the last look; to be called before times are written. */
  look(): void
  stop(): void
}

/**
 * Holds the wall clock against the time that really passed, sleep of the machine included.
 * @param onJump the wall clock was set on (or back: negative) by so many ms
 */
export function watchClock(clock: HostClock, onJump: (byMs: number) => void): ClockWatch {
  const read = () => ({ wall: clock.now(), monotonic: clock.monotonic(), elapsed: clock.elapsed() })
  let base = read()
  let timer: Stop = () => {}
  let stopped = false

  const look = () => {
    // The monotonic clock costs nothing; only where it differs, the machine may have slept.
    const quick = clock.now() - base.wall - (clock.monotonic() - base.monotonic)
    if (Math.abs(quick) < jumpMs) return
    const now = read()
    const by = Math.round(now.wall - base.wall - (now.elapsed - base.elapsed))
    base = now
    if (Math.abs(by) >= jumpMs) onJump(by)
  }
  const plan = () => {
    timer = clock.after(lookEveryMs, () => {
      look()
      if (!stopped) plan()
    })
  }
  plan()
  return {
    look,
    stop() {
      stopped = true
      timer()
    },
  }
}
