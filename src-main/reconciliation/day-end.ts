import { TZDate } from '@date-fns/tz'
import { startOfDay } from 'date-fns'
import type { Accounts } from '../accounts/service.ts'
import type { Clock, Stop } from '../ports.ts'
import type { ReconciliationRoom } from './service.ts'

export interface DayEndDeps {
  readonly clock: Clock
  readonly accounts: Accounts
  readonly reconciliation: ReconciliationRoom
  readonly zone: () => string
  readonly onFault: (what: string, error: unknown) => void
}

/** A look at the calendar once an hour: cheap, and right after sleep, holidays and clock changes. */
const lookEveryMs = 3_600_000
/** Yesterday is compared from so long after midnight on: networks settle late payments by then. */
const afterMidnightMs = 3_600_000

/** Compares yesterday by itself, once per account, as soon as the machine is on after the day's end. */
export function createDayEnd(deps: DayEndDeps) {
  let stopTimer: Stop = () => {}
  let stopped = false

  async function look(): Promise<void> {
    const now = deps.clock.now()
    const today = startOfDay(new TZDate(now, deps.zone()))
    const to = today.getTime()
    const from = startOfDay(new TZDate(to - 1, deps.zone())).getTime()
    if (now - to < afterMidnightMs) return
    for (const account of deps.accounts.withCapability('mobileMoney')) {
      const canAsk = deps.accounts.readers(account.id).mobileMoney?.queryPrompt !== undefined
      const done = deps.reconciliation.lastByItself(account.id)
      if (!canAsk || stopped || (done !== null && done >= to)) continue
      await deps.reconciliation.run({ accountId: account.id, from, to })
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
