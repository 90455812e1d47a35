import type { RouterUtils } from '@orpc/tanstack-query'
import type { Query, QueryClient } from '@tanstack/react-query'
import type { Change } from '../src-preload/contract/live.ts'
import type { Sale } from '../src-preload/contract/receipts.ts'
import type { Connection, KauntaClient } from './connection.ts'

type KauntaQueries = RouterUtils<KauntaClient>

/** What screens reach the main process by. */
export interface Kaunta {
  readonly connection: Connection
  readonly client: KauntaClient
  /** Query keys and options of every procedure, for TanStack Query. */
  readonly queries: KauntaQueries
}

interface Row {
  readonly id: string
  readonly createdAt: number
  readonly updatedAt: number
}

interface Page<T> {
  readonly rows: T[]
  readonly cursor: string | null
}

/** Puts a row in its place, newest first; an older edition of a row already there is ignored. */
export function upsert<T extends Row>(rows: readonly T[], row: T): T[] {
  const known = rows.findIndex((candidate) => candidate.id === row.id)
  const present = rows[known]
  if (present !== undefined) {
    return present.updatedAt > row.updatedAt ? [...rows] : rows.with(known, row)
  }
  const place = rows.findIndex((candidate) => candidate.createdAt <= row.createdAt)
  return place === -1 ? [...rows, row] : rows.toSpliced(place, 0, row)
}

function upsertPage<T extends Row>(page: Page<T> | undefined, row: T): Page<T> | undefined {
  return page === undefined ? undefined : { ...page, rows: upsert(page.rows, row) }
}

/** Rows of one sale's time line, as one query each asks for them. */
export const timeLineLimit = 50

/** Where the newest sale handed over by the shop's POS waits for the counter to take it up. */
export const handedOverKey = ['handedOver'] as const

const handOverMs = 10_000

/** A sale of the POS as it arrives, not one that only changed: nothing was paid on it yet. */
function isHandedOver(sale: Sale): boolean {
  const { source, state, tenders, createdAt, updatedAt } = sale
  return (
    source === 'api' && state === 'recorded' && tenders.length === 0 && updatedAt - createdAt < handOverMs
  )
}

function applySale(change: Change & { topic: 'sale' }, cache: QueryClient, queries: KauntaQueries): void {
  const { sale } = change
  const currentKey = queries.sales.current.queryKey()
  const current = cache.getQueryData(currentKey)
  if (current?.id === sale.id && sale.state !== 'finished') {
    if (current.updatedAt <= sale.updatedAt) cache.setQueryData(currentKey, sale)
  } else if (current !== undefined) {
    // Another till window finished it, or the shop's POS sent one: which sale is on the counter is main's to say.
    void cache.invalidateQueries({ queryKey: currentKey })
  }
  const key = queries.sales.get.queryKey({ input: { id: sale.id } })
  if (isHandedOver(sale) && cache.getQueryData(key) === undefined) cache.setQueryData(handedOverKey, sale)
  cache.setQueryData(key, sale)
  void cache.invalidateQueries({ queryKey: queries.sales.list.key() })
}

function applyRow(change: Change, cache: QueryClient, queries: KauntaQueries): void {
  switch (change.topic) {
    case 'message': {
      const { message } = change
      if (message.saleId !== null) {
        const input = { saleId: message.saleId, limit: timeLineLimit }
        cache.setQueryData(queries.messages.list.queryKey({ input }), (page) => upsertPage(page, message))
      }
      return
    }
    case 'payment': {
      const { payment } = change
      const input = { saleId: payment.saleId, limit: timeLineLimit }
      cache.setQueryData(queries.payments.list.queryKey({ input }), (page) => upsertPage(page, payment))
      void cache.invalidateQueries({ queryKey: queries.payments.list.key({ type: 'infinite' }) })
      void cache.invalidateQueries({ queryKey: queries.payments.get.key({ input: { id: payment.id } }) })
      return
    }
    case 'printJob': {
      const { printJob } = change
      if (printJob.saleId !== null) {
        const input = { saleId: printJob.saleId }
        cache.setQueryData(queries.printing.list.queryKey({ input }), (jobs) =>
          jobs === undefined ? undefined : upsert(jobs, printJob),
        )
      }
      return
    }
    default:
      return
  }
}

/** Writes one change straight into the cache, so that a callback is on screen without a second question. */
export function applyChange(change: Change, cache: QueryClient, queries: KauntaQueries): void {
  switch (change.topic) {
    case 'sale':
      applySale(change, cache, queries)
      return
    case 'status':
      cache.setQueryData(queries.live.status.queryKey(), change.status)
      void cache.invalidateQueries({ queryKey: queries.outbox.key() })
      return
    case 'accounts':
      void cache.invalidateQueries({ queryKey: queries.accounts.key() })
      return
    case 'settings':
      for (const room of [queries.settings, queries.printers, queries.templates, queries.apiKeys]) {
        void cache.invalidateQueries({ queryKey: room.key() })
      }
      return
    default:
      applyRow(change, cache, queries)
      void cache.invalidateQueries({ queryKey: queries.outbox.key() })
  }
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

/** Feeds the cache from `live.watch`; after a lost connection everything shown is asked again. */
export function followChanges(kaunta: Kaunta, cache: QueryClient, signal: AbortSignal): Promise<void> {
  const { client, connection, queries } = kaunta
  return followStream({
    connection,
    subscribe: () => client.live.watch(undefined, { signal }),
    onItem: (change) => applyChange(change, cache, queries),
    onOpen: (again) => {
      // The first opening finds only the questions that were asked in vain while the door was shut.
      const asked = again ? {} : { predicate: (query: Query) => query.state.status === 'error' }
      void cache.invalidateQueries(asked)
    },
    signal,
  })
}
