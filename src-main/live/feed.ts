import { type Change, changeSchema, type Topic, topics } from '../../src-preload/contract/live.ts'
import type { Damage } from '../database/damage.ts'
import type { Transaction } from '../database/open.ts'
import type { Stop } from '../ports.ts'
import { createReader, type NumberedChange, type Reader, type Viewer } from './reader.ts'

type ChangeOf<T extends Topic> = Extract<Change, { topic: T }>

/** How a topic's row is shown as it is now; null: it is gone. */
export type Shows = { readonly [T in Topic]: (id: string) => ChangeOf<T> | null }

/**
 * Tells that rows changed: once for each commit, however often it touched a row. The row itself is read only while
 * somebody looks, and once for all who do. Nothing is told before its commit.
 */
export interface Feed {
  /** Told after this transaction's commit; not at all after a rollback. @param id of the row; none: the topic as a whole */
  changed(tx: Transaction, topic: Topic, id?: string): void
  /** Told now: of what stands in no row, or is written without a transaction. */
  tell(topic: Topic, id?: string): void
  /** Each room says once how its topics are shown. */
  shows(shown: Partial<Shows>): void
  /** Topics that no room shows: none, once all rooms are made. */
  unshown(): Topic[]
  /** Calls at once, in the order of the commits, whoever looks. */
  listen(listener: (topic: Topic, id: string) => void): Stop
  /**
   * From this call on, not from the first time it is read. A slow reader gets each row once, as it was last; beyond
   * `waitingMax` rows their numbers are left out. Raises the signal's reason once it is aborted.
   */
  watch(signal: AbortSignal | undefined, viewer: Viewer, from?: number): AsyncIterableIterator<NumberedChange>
  /** The program is ending: no row is read any more. */
  stop(): void
}

interface Touch {
  readonly topic: Topic
  readonly id: string
}

const keyOf = ({ topic, id }: Touch): string => `${topic} ${id}`

export interface FeedDeps {
  /** A listener threw: the others hear all the same. */
  readonly onFault: (what: string, error: unknown) => void
  readonly damage: Pick<Damage, 'note'>
}

export function createFeed({ onFault, damage }: FeedDeps): Feed {
  const committing = new WeakMap<Transaction, Map<string, Touch>>()
  const listeners = new Set<(topic: Topic, id: string) => void>()
  const readers = new Set<Reader>()
  const shows = new Map<string, (id: string) => Change | null>()
  let untold = new Map<string, Touch>()
  let stopped = false

  /** Null: the row is gone, or cannot be shown, which would end the stream of every screen. */
  function show(touch: Touch): Change | null {
    try {
      const row = shows.get(touch.topic)?.(touch.id)
      if (row === null) return null
      const fit = changeSchema.safeParse(row)
      if (fit.success) return fit.data
      const misfits = fit.error.issues.map(({ message }) => message)
      damage.note([keyOf(touch)], misfits)
    } catch (error) {
      damage.note([keyOf(touch)], [String(error)])
    }
    return null
  }

  function handOut(): void {
    const touches = untold
    untold = new Map()
    if (stopped) return
    for (const [key, touch] of touches) {
      const looking = [...readers].filter(({ wants }) => wants(touch.topic, touch.id))
      const change = looking.length === 0 ? null : show(touch)
      if (change !== null) for (const reader of looking) reader.take(key, change)
    }
  }

  function tell(touch: Touch): void {
    for (const listener of listeners) {
      try {
        listener(touch.topic, touch.id)
      } catch (error) {
        onFault(`telling of a ${touch.topic}`, error)
      }
    }
    if (readers.size === 0) return
    if (untold.size === 0) queueMicrotask(handOut)
    untold.set(keyOf(touch), touch)
  }

  return {
    changed(tx, topic, id = '') {
      const touches = committing.get(tx) ?? new Map<string, Touch>()
      if (touches.size === 0) {
        committing.set(tx, touches)
        tx.afterCommit(() => {
          for (const touch of touches.values()) tell(touch)
        })
      }
      const touch = { topic, id }
      touches.set(keyOf(touch), touch)
    },
    tell: (topic, id = '') => tell({ topic, id }),
    shows(shown) {
      for (const [topic, row] of Object.entries(shown)) {
        if (shows.has(topic)) throw new Error(`two rooms show ${topic}`)
        shows.set(topic, row)
      }
    },
    unshown: () => topics.filter((topic) => !shows.has(topic)),
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    watch(signal, viewer, from = 0) {
      const reader = createReader(viewer, { from, signal, gone: () => readers.delete(reader) })
      if (signal?.aborted !== true) readers.add(reader)
      return reader.stream
    },
    stop() {
      stopped = true
      for (const reader of readers) reader.end()
    },
  }
}
