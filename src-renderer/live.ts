import type { Query, QueryClient, QueryKey } from '@tanstack/react-query'
import type { Ask, Meaning } from './changes.ts'
import type { Connection, KauntaClient, KauntaQueries } from './connection.ts'

/** What screens reach the main process by. */
export interface Kaunta {
  readonly connection: Connection
  readonly client: KauntaClient
  /** Query keys and options of every procedure, for TanStack Query. */
  readonly queries: KauntaQueries
}

const askPauseMs = 200

/**
 * Asks for each key at once, and then at most once in each pause: a burst of five hundred callbacks in a second is five
 * questions, not five hundred.
 */
export function createAsk(cache: QueryClient): Ask {
  const resting = new Map<string, { readonly key: QueryKey; again: boolean }>()
  const ask: Ask = (key) => {
    const name = JSON.stringify(key)
    const before = resting.get(name)
    if (before !== undefined) {
      before.again = true
      return
    }
    const rest = { key, again: false }
    resting.set(name, rest)
    void cache.invalidateQueries({ queryKey: key })
    window.setTimeout(() => {
      resting.delete(name)
      if (rest.again) ask(key)
    }, askPauseMs)
  }
  return ask
}

function untilOpen(connection: Connection, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (connection.state() !== 'open' && !signal.aborted) return
      stop()
      signal.removeEventListener('abort', look)
      resolve()
    }
    const stop = connection.subscribe(look)
    signal.addEventListener('abort', look)
    look()
  })
}

const pauseAfterFailureMs = 500

export interface Following<T> {
  readonly connection: Connection
  readonly subscribe: () => Promise<AsyncIterable<T>>
  readonly onItem: (item: T) => void
  /** Called before the first item of each opened stream; `again` is true from the second time on. */
  readonly onOpen?: (again: boolean) => void
  /** The stream has a natural end (a linked account): it is not opened again after that. */
  readonly ends?: boolean
  readonly signal: AbortSignal
}

/** Follows a stream for as long as `signal` allows, asking for it again after the connection was lost. */
export async function followStream<T>(following: Following<T>): Promise<void> {
  const { connection, subscribe, onItem, onOpen, ends = false, signal } = following
  let again = false
  while (!signal.aborted) {
    await untilOpen(connection, signal)
    if (signal.aborted) return
    try {
      const stream = await subscribe()
      onOpen?.(again)
      again = true
      for await (const item of stream) {
        if (signal.aborted) return
        onItem(item)
      }
      if (ends && connection.state() === 'open') return
    } catch {
      // A broken stream is shown by the connection's state; what it would have told is asked again on reopening.
    }
    if (!signal.aborted) await new Promise((resolve) => window.setTimeout(resolve, pauseAfterFailureMs))
  }
}

/**
 * Feeds the cache from `live.watch`; after a lost connection, or a number left out, everything shown is asked again.
 * @param meanings what each change means, for whichever screen
 * @param openStream the first stream where it was opened already, null from then on
 */
export function followChanges(
  kaunta: Kaunta,
  cache: QueryClient,
  meanings: readonly Meaning[],
  signal: AbortSignal,
  openStream: () => ReturnType<KauntaClient['live']['watch']> | null = () => null,
): Promise<void> {
  const { client, connection, queries } = kaunta
  const known = { cache, queries, ask: createAsk(cache) }
  let last = 0
  return followStream({
    connection,
    subscribe: () => openStream() ?? client.live.watch(undefined, { signal }),
    onItem({ number, change }) {
      // What was left out is not known: this page was too slow.
      if (number !== last + 1) void cache.invalidateQueries()
      last = number
      for (const { apply } of meanings) apply(change, known)
    },
    onOpen(again) {
      last = 0
      // The first opening finds only the questions that were asked in vain while the door was shut.
      const asked = again ? {} : { predicate: (query: Query) => query.state.status === 'error' }
      void cache.invalidateQueries(asked)
    },
    signal,
  })
}
