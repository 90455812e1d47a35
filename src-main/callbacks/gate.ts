import type { Clock } from '../ports.ts'

export type Gate = () => boolean

/** Lets so many a second pass, and as many at once. */
export function createGate(clock: Clock, rate: number): Gate {
  let left = rate
  let at = clock.monotonic()
  return () => {
    const now = clock.monotonic()
    left = Math.min(rate, left + ((now - at) * rate) / 1_000)
    at = now
    if (left < 1) return false
    left -= 1
    return true
  }
}
