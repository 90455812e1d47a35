import type { Accounts } from '../accounts/service.ts'
import type { Clock } from '../ports.ts'
import { sleep } from '../sleep.ts'
import { createTokenBucket, type TokenBucket } from '../token-bucket.ts'

/** Waits until the account may be asked again. */
export type Turn = (accountId: string) => Promise<void>

/** Callbacks come in crowds, and each unsigned one wants a question; the provider bears only so many, one after the other. */
export function createTurns({
  accounts,
  clock,
  timeScale,
}: {
  readonly accounts: Accounts
  readonly clock: Clock
  readonly timeScale: number
}): Turn {
  const buckets = new Map<string, TokenBucket>()
  return async (accountId) => {
    const perSecond = accounts.get(accountId).declaration.rate.perSecond * timeScale
    const bucket = buckets.get(accountId) ?? createTokenBucket(clock, { perSecond, burst: 1 })
    buckets.set(accountId, bucket)
    const waitMs = bucket.take()
    // Timers do not measure less than a millisecond.
    if (waitMs >= 1) await sleep(clock, waitMs)
  }
}
