import { randomBytes } from 'node:crypto'
import { uptime } from 'node:os'
import { performance } from 'node:perf_hooks'
import { v7 } from 'uuid'
import type { HostClock, Randomness } from './ports.ts'

/** setTimeout's own limit; a longer wait would fire at once. */
const longestTimerMs = 2_147_483_647

/** This machine's clocks. */
export function systemClock(): HostClock {
  return {
    now: () => Date.now(),
    monotonic: () => performance.now(),
    elapsed: () => uptime() * 1000,
    after(ms, run) {
      const timer = setTimeout(run, Math.min(Math.max(0, ms), longestTimerMs))
      timer.unref()
      return () => clearTimeout(timer)
    },
  }
}

/** This machine's randomness. */
export function systemRandomness(): Randomness {
  return {
    id: () => v7(),
    fraction: () => Math.random(),
    secret: (bytes) => randomBytes(bytes).toString('base64url'),
  }
}
