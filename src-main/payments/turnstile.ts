import type { Clock } from '../ports.ts'

/** Lets calls pass one after the other, at most so many a second; those that wait keep their order. */
export interface Turnstile {
  pass<T>(call: () => Promise<T>): Promise<T>
}

/** @param perSecond calls a second that the provider bears */
export function createTurnstile(clock: Clock, perSecond: number): Turnstile {
  const spaceMs = 1_000 / perSecond
  let free = clock.monotonic()
  return {
    async pass(call) {
      const now = clock.monotonic()
      const at = Math.max(now, free)
      free = at + spaceMs
      // Timers do not measure less than a millisecond.
      if (at - now >= 1) await new Promise<void>((resolve) => clock.after(at - now, resolve))
      return call()
    },
  }
}
