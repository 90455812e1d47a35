import type { Foundations } from './foundations.ts'
import type { MoneyRooms } from './money-rooms.ts'
import type { Outbox } from './outbox/service.ts'

/** What waits may bear a time so far ahead of ours that no clock was set back. */
const clockToleranceMs = 60_000

/** A clock that was set, here or while the program was off, must leave nothing waiting for a day that comes twice. */
export function keepTime({ base, whenClockSet }: Foundations, outbox: Outbox, money: MoneyRooms): void {
  const shift = (byMs: number) => {
    base.database
      .persist((tx) => {
        outbox.clockSet(tx, byMs)
        money.clockSet(tx, byMs)
      })
      .catch((error: unknown) => base.onFault('working out anew when things are due', error))
  }
  const ahead = Math.max(outbox.newestLive() ?? 0, money.newestOpen()) - base.clock.now()
  if (ahead >= clockToleranceMs) shift(-ahead)
  whenClockSet(shift)
}
