import type { OpenLog } from '../logging/log.ts'
import type { Clock } from '../ports.ts'
import { type HandOver, startAgain } from './take-over.ts'

/** A run that took another's place and fails so soon would fail for ever. */
const soonMs = 10 * 60_000
/** Closing in order takes no longer, or is given up: what was accepted is on disk either way. */
const closingMs = 15_000

/**
 * Ends in order at a signal. After an error that nobody foresaw, nothing in memory can be trusted: it is written down,
 * everything is closed in order, and the program starts again, once.
 * @param handOver what the next run needs; null: this run took another's place itself
 */
export function endInOrder(deps: {
  readonly close: () => Promise<void>
  readonly log: OpenLog
  readonly clock: Clock
  readonly tookOver: boolean
  readonly handOver: () => HandOver
}): void {
  const { log, clock, tookOver } = deps
  const started = clock.monotonic()
  let ending = false
  const end = (then: () => void) => {
    if (ending) return
    ending = true
    // Timers hold no program open by themselves, and the doors are shut first: it would be gone before its last words.
    const holding = setInterval(() => {}, 1_000)
    const closed = deps.close().then(
      () => true,
      () => false,
    )
    const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), closingMs))
    void Promise.race([closed, late]).then(() => {
      clearInterval(holding)
      then()
    })
  }
  process.on('SIGINT', () => end(() => process.exit(0)))
  process.on('SIGTERM', () => end(() => process.exit(0)))
  process.on('uncaughtException', (error) => {
    log.error('uncaught', { error })
    if (tookOver && clock.monotonic() - started < soonMs) end(() => process.exit(1))
    else {
      const handOver = deps.handOver()
      end(() => startAgain(handOver))
    }
  })
}
