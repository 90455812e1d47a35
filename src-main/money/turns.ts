import type { Accounts } from '../accounts/service.ts'
import type { Clock } from '../ports.ts'
import { sleep } from '../sleep.ts'
import { createTokenBuckets } from '../token-bucket.ts'

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
  const bucketOf = createTokenBuckets(clock)
  return async (accountId) => {
    const perSecond = accounts.get(accountId).declaration.rate.perSecond * timeScale
    const waitMs = bucketOf(accountId, { perSecond, burst: 1 }).take()
    // Timers do not measure less than a millisecond.
    if (waitMs >= 1) await sleep(clock, waitMs)
  }
}
