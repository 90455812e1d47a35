import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Clock } from '../ports.ts'
import { createTokenBucket, type Rate, type TokenBucket } from '../token-bucket.ts'
import type { LaneHold } from './policy.ts'

/** How fast one provider account or printer may be served. */
export interface LaneLimits extends Rate {
  readonly concurrency: number
}

/** What stops an account and only a person can put right: a refused key, no credit, a phone that is not linked. */
export interface Trouble {
  readonly reason: ReasonCode
  /** Epoch ms of the first call that met it. */
  readonly since: number
}

export interface Lane {
  readonly key: string
  readonly limits: LaneLimits
  /** Calls now out. */
  running: number
  readonly bucket: TokenBucket
  /** False once a claim found nothing due, until an enqueue or a timer says otherwise. */
  hasWork: boolean
  hold: { readonly why: LaneHold['why']; readonly until: number } | null
  offlineRuns: number
  /** Stays until a call got through or a person put the account right. */
  trouble: Trouble | null
}

export function createLane(key: string, limits: LaneLimits, clock: Clock): Lane {
  return {
    key,
    limits,
    running: 0,
    bucket: createTokenBucket(clock, limits),
    hasWork: true,
    hold: null,
    offlineRuns: 0,
    trouble: null,
  }
}

/** Effects that may be claimed now: free places and whole tokens, 0 while held. */
export function room(lane: Lane, monotonic: number): number {
  if (lane.hold !== null) {
    if (monotonic < lane.hold.until) return 0
    // One effect finds out whether the trouble is over; the rest wait for its news.
    return lane.running === 0 ? 1 : 0
  }
  return Math.max(0, Math.min(lane.limits.concurrency - lane.running, lane.bucket.whole()))
}

export function take(lane: Lane, count: number): void {
  lane.bucket.take(count)
  lane.running += count
}

/** Monotonic ms at which the lane may be served again though it is not now; null when only an event can change that. */
export function readyAt(lane: Lane, monotonic: number): number | null {
  if (lane.hold !== null) return lane.running === 0 ? Math.max(monotonic, lane.hold.until) : null
  if (lane.running >= lane.limits.concurrency) return null
  return monotonic + lane.bucket.readyInMs()
}
