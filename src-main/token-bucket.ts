import type { Clock } from './ports.ts'

export interface Rate {
  readonly perSecond: number
  /** So many at once, after a pause. */
  readonly burst: number
}

/** Lets so many pass a second, and `burst` of them at once; measured on a clock that nobody can set. */
export interface TokenBucket {
  /** Whole tokens that are there now. */
  whole(): number
  /** Takes one if it is there. */
  tryTake(): boolean
  /**
   * Takes so many, also those that are not there yet.
   * @returns milliseconds until they are: whoever waits so long keeps to the rate
   */
  take(count?: number): number
  /** Milliseconds until one is there; 0 now. */
  readyInMs(): number
}

export function createTokenBucket(clock: Clock, { perSecond, burst }: Rate): TokenBucket {
  let tokens = burst
  let at = clock.monotonic()
  const msFor = (missing: number) => Math.max(0, (missing / perSecond) * 1_000)
  const filled = (): number => {
    const now = clock.monotonic()
    tokens = Math.min(burst, tokens + ((now - at) * perSecond) / 1_000)
    at = now
    return tokens
  }
  return {
    whole: () => Math.max(0, Math.floor(filled())),
    tryTake() {
      if (filled() < 1) return false
      tokens -= 1
      return true
    },
    take(count = 1) {
      tokens = filled() - count
      return msFor(-tokens)
    },
    readyInMs: () => msFor(1 - filled()),
  }
}

/** A bucket for each key, made when it is first asked for. */
export function createTokenBuckets(clock: Clock): (key: string, rate: Rate) => TokenBucket {
  const buckets = new Map<string, TokenBucket>()
  return (key, rate) => {
    const bucket = buckets.get(key) ?? createTokenBucket(clock, rate)
    buckets.set(key, bucket)
    return bucket
  }
}
