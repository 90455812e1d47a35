import type { Change, Status, Topic } from '../../src-preload/contract/live.ts'
import type { Clock, Stop } from '../ports.ts'
import type { Feed } from './feed.ts'
import type { NumberedChange, Viewer } from './reader.ts'

/** What one screen hears. */
export interface Watching extends Viewer {
  /** What it must know as it is now, beside the status: it may have changed between the page's question and its stream. */
  readonly opening: () => readonly Change[]
}

export interface Live {
  status(): Status
  /** Everything that is committed after this call is told, even before the first change is read. */
  watch(signal: AbortSignal | undefined, watching: Watching): AsyncGenerator<NumberedChange>
  /** The status may have changed: screens are told soon, once for many changes. */
  touched(): void
  /** The program is ending: nothing more is read or told. */
  stop(): void
}

/** Bursts of changes (a campaign, a drained queue) share one new status: at most four a second. */
const statusPauseMs = 250

export function createLive(deps: {
  readonly feed: Feed
  readonly clock: Clock
  readonly status: { read(): Status; movedBy(topic: Topic): boolean }
}): Live {
  const { feed, status } = deps
  let pending: Stop | null = null
  let stopped = false
  const statusNow = (): Change & { topic: 'status' } => ({ topic: 'status', status: status.read() })
  const live: Live = {
    status: status.read,
    watch(signal, { opening, ...viewer }) {
      const first = [statusNow(), ...opening()].map((change, index) => ({ number: index + 1, change }))
      return thenFollow(first, feed.watch(signal, viewer, first.length))
    },
    stop() {
      stopped = true
      unlisten()
      pending?.()
      feed.stop()
    },
    touched() {
      if (stopped) return
      pending ??= deps.clock.after(statusPauseMs, () => {
        pending = null
        feed.tell('status')
      })
    },
  }
  feed.shows({ status: statusNow })
  const unlisten = feed.listen((topic) => {
    if (status.movedBy(topic)) live.touched()
  })
  return live
}

async function* thenFollow(
  first: readonly NumberedChange[],
  changes: AsyncIterableIterator<NumberedChange>,
): AsyncGenerator<NumberedChange> {
  try {
    yield* first
    yield* changes
  } finally {
    await changes.return?.()
  }
}
