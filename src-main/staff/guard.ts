import { eq } from 'drizzle-orm'
import type { Database } from '../database/open.ts'
import type { Clock } from '../ports.ts'
import { pinGuard } from './tables.ts'

/** Wrong tries before the first wait. */
const freeTries = 5
const firstWaitMs = 30_000
const longestWaitMs = 15 * 60_000

/** Milliseconds to wait after so many wrong tries; at most about 4 tries an hour pass. */
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
  /** Wrong tries since a manager last typed his own PIN. */
  wrong(): number
  /** Wrong tries that were ever made here. */
  tried(): number
  /** A manager's own PIN clears what went before; a cashier's must not, or he could guess on between two sign-ins. */
  passed(by: 'manager' | 'cashier'): void
}

/**
 * Counts wrong PINs of this machine. Time alone forgets none: else patience would do for guessing. Waits run on the
 * monotonic clock, so that setting the clock on ends none, and start anew at a restart, so that a kill ends none.
 */
export function createGuard(database: Database, clock: Clock): Guard {
  const { orm } = database.read
  const stored = orm.select().from(pinGuard).where(eq(pinGuard.id, 1)).get()
  let wrong = stored?.wrong ?? 0
  let tried = stored?.tried ?? 0
  let lockedUntil = clock.monotonic() + waitAfter(wrong)

  const write = (nextWrong: number, nextTried: number): void => {
    wrong = nextWrong
    tried = nextTried
    const counts = { wrong, tried }
    database.transact((tx) =>
      tx.orm
        .insert(pinGuard)
        .values({ id: 1, ...counts })
        .onConflictDoUpdate({ target: pinGuard.id, set: counts })
        .run(),
    )
  }

  return {
    lockedForMs: () => Math.max(0, Math.ceil(lockedUntil - clock.monotonic())),
    begin() {
      write(wrong + 1, tried + 1)
      lockedUntil = clock.monotonic() + waitAfter(wrong)
    },
    withdraw() {
      write(Math.max(0, wrong - 1), Math.max(0, tried - 1))
      lockedUntil = 0
    },
    left: () => Math.max(0, freeTries - wrong),
    wrong: () => wrong,
    tried: () => tried,
    passed(by) {
      write(by === 'manager' ? 0 : wrong - 1, tried - 1)
      lockedUntil = 0
    },
  }
}
