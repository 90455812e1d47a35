import type { Host } from './host.ts'
import type { Money } from './join-money.ts'

/** What waits may bear a time so far ahead of ours that no clock was set back. */
const clockToleranceMs = 60_000

/** A clock that was set, here or while the program was off, must leave nothing waiting for a day that comes twice. */
export function followClock({ database, clock, outbox, onFault, whenClockSet }: Host, money: Money): void {
  const shift = (byMs: number) => {
    database
      .persist((tx) => {
        outbox.clockSet(tx, byMs)
        money.clockSet(tx, byMs)
      })
      .catch((error: unknown) => onFault('working out anew when things are due', error))
  }
  const ahead = Math.max(outbox.newestLive() ?? 0, money.newestOpen()) - clock.now()
  if (ahead >= clockToleranceMs) shift(-ahead)
  whenClockSet(shift)
}
