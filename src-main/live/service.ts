import type { Change, Status } from '../../src-preload/contract/live.ts'
import type { Clock, Stop } from '../ports.ts'
import type { Hub } from './hub.ts'

/** What one screen hears. */
export interface WatchingScreen {
  /** What it must know as it is now, beside the status: it may have changed between the page's question and its stream. */
  readonly opening: () => readonly Change[]
  /** What it may see of a change now; null: nothing. */
  readonly shown: (change: Change) => Change | null
}

export interface Live {
  status(): Status
  watch(signal: AbortSignal | undefined, screen: WatchingScreen): AsyncGenerator<Change>
  /** The status may have changed: screens are told soon, once for many changes. */
  touched(): void
  /** The program is ending: nothing more is read or told. */
  stop(): void
}

/** What moves the figures of the status line without going through the outbox. */
const money: ReadonlySet<Change['topic']> = new Set(['payment', 'notice', 'transfer'])

/** Bursts of changes (a campaign, a drained queue) share one new status. */
const settleMs = 100

export function createLive(deps: {
  readonly hub: Hub
  readonly clock: Clock
  readonly status: () => Status
}): Live {
  let pending: Stop | null = null
  let stopped = false
  const live: Live = {
    status: deps.status,
    async *watch(signal, { opening, shown }) {
      const changes = deps.hub.subscribe(signal)
      yield { topic: 'status', status: deps.status() }
      yield* opening()
      for await (const change of changes) {
        const part = shown(change)
        if (part !== null) yield part
      }
    },
    stop() {
      stopped = true
      unlisten()
      pending?.()
    },
    touched() {
      if (stopped) return
      pending ??= deps.clock.after(settleMs, () => {
        pending = null
        deps.hub.publish({ topic: 'status', status: deps.status() })
      })
    },
  }
  const unlisten = deps.hub.listen(({ topic }) => {
    if (money.has(topic)) live.touched()
  })
  return live
}
