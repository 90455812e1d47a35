import { TZDate } from '@date-fns/tz'
import { startOfDay } from 'date-fns/startOfDay'
import type { Accounts } from '../accounts/service.ts'
import type { Clock, Stop } from '../ports.ts'
import type { ReconciliationRoom } from './service.ts'

export interface DayEndDeps {
  readonly clock: Clock
  readonly accounts: Accounts
  readonly reconciliation: ReconciliationRoom
  readonly zone: () => string
  /** What the machine does by itself is nobody's doing, whoever is at the counter just then. */
  readonly asSystem: <T>(work: () => T) => T
  readonly onFault: (what: string, error: unknown) => void
}

/** A look at the calendar once an hour: cheap, and right after sleep, holidays and clock changes. */
const lookEveryMs = 3_600_000
/** Yesterday is compared from so long after midnight on: networks settle late payments by then. */
const afterMidnightMs = 3_600_000

/** A machine that was off for longer is caught up with so far back. */
const longestMs = 31 * 86_400_000

/** Compares yesterday by itself, and what a closed shop left before it, once per account, as soon as the machine is on. */
export function createDayEnd(deps: DayEndDeps) {
  let stopTimer: Stop = () => {}
  let stopped = false

  async function look(): Promise<void> {
    const now = deps.clock.now()
    const today = startOfDay(new TZDate(now, deps.zone()))
    const to = today.getTime()
    const yesterday = startOfDay(new TZDate(to - 1, deps.zone())).getTime()
    if (now - to < afterMidnightMs) return
    for (const account of deps.accounts.withCapability('mobileMoney')) {
      const canAsk = deps.accounts.readers(account.id).mobileMoney?.queryPrompt !== undefined
      // What was compared while the clock stood ahead tells nothing of today.
      const done = deps.reconciliation.lastByItself(account.id, to)
      if (!canAsk || stopped || (done !== null && done >= to)) continue
      const from = done === null ? yesterday : Math.max(done, to - longestMs)
      await deps.asSystem(() => deps.reconciliation.run({ accountId: account.id, from, to }))
    }
  }

  function plan(): void {
    stopTimer = deps.clock.after(lookEveryMs, () => {
      look()
        .catch((error: unknown) => deps.onFault('comparing the day', error))
        .finally(() => {
          if (!stopped) plan()
        })
    })
  }

  return {
    start: plan,
    stop(): void {
      stopped = true
      stopTimer()
    },
  }
}
