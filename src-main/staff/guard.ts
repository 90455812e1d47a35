import { eq } from 'drizzle-orm'
import type { Database } from '../database/open.ts'
import type { Clock } from '../ports.ts'
import { pinGuard } from './tables.ts'

/** Wrong tries before the first wait. */
const freeTries = 5
const firstWaitMs = 30_000
const longestWaitMs = 15 * 60_000
/** One wrong try is forgotten after so long of running. */
const forgetMs = 15 * 60_000

/** Milliseconds to wait after so many wrong tries; at most about 10 tries an hour pass. */
export function waitAfter(wrong: number): number {
  return wrong < freeTries ? 0 : Math.min(longestWaitMs, firstWaitMs * 2 ** (wrong - freeTries))
}

export interface Guard {
  /** Milliseconds until a PIN may be tried; 0 now. */
  lockedForMs(): number
  /** Counts a try as wrong, on disk, before anybody looks at the PIN: a kill in between gives no try away. */
  begin(): void
  /** The try could not be judged (no keychain): it does not count. */
  withdraw(): void
  /** Tries that are left before the next wait. */
  left(): number
  /** A manager's own PIN clears what went before; a cashier's must not, or he could guess on between two sign-ins. */
  passed(by: 'manager' | 'cashier'): void
}

/**
 * Counts wrong PINs of this machine. Waits run on the monotonic clock, so that setting the clock on ends none, and start
 * anew at a restart, so that a kill ends none.
 */
export function createGuard(database: Database, clock: Clock): Guard {
  const { orm } = database.read
  let lockedUntil = 0
  let forgetFrom = clock.monotonic()
  const stored = () => orm.select().from(pinGuard).where(eq(pinGuard.id, 1)).get()?.wrong ?? 0
  let wrong = stored()
  lockedUntil = clock.monotonic() + waitAfter(wrong)

  const write = (count: number): void => {
    wrong = count
    database.transact((tx) =>
      tx.orm
        .insert(pinGuard)
        .values({ id: 1, wrong: count })
        .onConflictDoUpdate({ target: pinGuard.id, set: { wrong: count } })
        .run(),
    )
  }

  return {
    lockedForMs: () => Math.max(0, Math.ceil(lockedUntil - clock.monotonic())),
    begin() {
      const forgotten = Math.floor((clock.monotonic() - forgetFrom) / forgetMs)
      forgetFrom += forgotten * forgetMs
      write(Math.max(0, wrong - forgotten) + 1)
      lockedUntil = clock.monotonic() + waitAfter(wrong)
    },
    withdraw() {
      write(Math.max(0, wrong - 1))
      lockedUntil = 0
    },
    left: () => Math.max(0, freeTries - wrong),
    passed(by) {
      write(by === 'manager' ? 0 : wrong - 1)
      lockedUntil = 0
    },
  }
}
