import type { Change, Topic } from '../../src-preload/contract/live.ts'

/** Who reads a stream of changes. */
export interface Viewer {
  /** Is this row worth reading for him? */
  wants(topic: Topic, id: string): boolean
  /** What he may see of a change at the moment when he gets it; null: nothing, and no number is spent on it. */
  shown?(change: Change): Change | null
}

/** A change as one stream counts it: where a number is left out, something is, and all must be asked anew. */
export interface NumberedChange {
  readonly number: number
  readonly change: Change
}

export interface Reader {
  readonly wants: Viewer['wants']
  /** Puts a row's newest edition in place of the one that still waits. */
  take(key: string, change: Change): void
  readonly stream: AsyncIterableIterator<NumberedChange>
  end(): void
}

/** Rows that may wait for one slow reader. */
export const waitingMax = 1_000

/**
 * What waits for one screen: each row once, in the order of its last change. Beyond `waitingMax` rows only the newest
 * stays, and the numbers of all others are left out.
 * @param from the number before the first
 * @param gone nobody reads any more
 */
export function createReader(
  viewer: Viewer,
  { from, signal, gone }: { from: number; signal: AbortSignal | undefined; gone: () => void },
): Reader {
  const waiting = new Map<string, Change>()
  let number = from
  let ended = false
  let wake: () => void = () => {}

  const end = (): void => {
    if (ended) return
    ended = true
    waiting.clear()
    signal?.removeEventListener('abort', end)
    gone()
    wake()
  }
  signal?.addEventListener('abort', end, { once: true })

  async function next(): Promise<IteratorResult<NumberedChange, undefined>> {
    for (;;) {
      signal?.throwIfAborted()
      if (ended) return { done: true, value: undefined }
      const [first] = waiting
      if (first !== undefined) {
        waiting.delete(first[0])
        const change = viewer.shown === undefined ? first[1] : viewer.shown(first[1])
        if (change === null) continue
        number += 1
        return { done: false, value: { number, change } }
      }
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  const stream: AsyncIterableIterator<NumberedChange> = {
    next,
    return() {
      end()
      return Promise.resolve({ done: true, value: undefined })
    },
    [Symbol.asyncIterator]: () => stream,
  }
  return {
    wants: (topic, id) => viewer.wants(topic, id),
    stream,
    end,
    take(key, change) {
      if (ended) return
      waiting.delete(key)
      if (waiting.size === waitingMax) {
        number += waiting.size
        waiting.clear()
      }
      waiting.set(key, change)
      wake()
    },
  }
}
