import type { Change, Status } from '../../src-preload/contract/live.ts'
import type { Clock, Stop } from '../ports.ts'
import type { Hub } from './hub.ts'

export interface Live {
  status(): Status
  /** @param shown what this screen may see of a change now; null: nothing */
  watch(signal: AbortSignal | undefined, shown: (change: Change) => Change | null): AsyncGenerator<Change>
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
    async *watch(signal, shown) {
      const changes = deps.hub.subscribe(signal)
      yield { topic: 'status', status: deps.status() }
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
