import type { RouterUtils } from '@orpc/tanstack-query'
import {
  hashKey,
  type InfiniteData,
  type Query,
  type QueryClient,
  type QueryKey,
} from '@tanstack/react-query'
import type { Change, Status } from '../src-preload/contract/live.ts'
import type { PrinterStatus, PrintJob } from '../src-preload/contract/printing.ts'
import type { Desk } from '../src-preload/contract/staff.ts'
import type { Connection, KauntaClient } from './connection.ts'
import { timeLineLimit } from './first-questions.ts'

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

/** Puts a row in the place of its older edition on whichever page it stands; the same object when it stands on none. */
export function replaceInPages<T extends Row>(
  data: InfiniteData<Page<T>> | undefined,
  row: T,
): InfiniteData<Page<T>> | undefined {
  const shown = data?.pages.some(({ rows }) => rows.some(({ id }) => id === row.id)) ?? false
  if (data === undefined || !shown) return data
  const pages = data.pages.map((page) =>
    page.rows.some(({ id }) => id === row.id) ? { ...page, rows: upsert(page.rows, row) } : page,
  )
  return { ...data, pages }
}

function upsertPage<T extends Row>(page: Page<T> | undefined, row: T): Page<T> | undefined {
  return page === undefined ? undefined : { ...page, rows: upsert(page.rows, row) }
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
  cache.setQueryData(key, sale)
  void cache.invalidateQueries({ queryKey: queries.sales.list.key() })
  void cache.invalidateQueries({ queryKey: queries.sales.today.key() })
  if (sale.source === 'api') void cache.invalidateQueries({ queryKey: queries.sales.handedOver.key() })
}

/** Asks again for what one change made stale. */
export type Ask = (key: QueryKey) => void

type ChangeOf<T extends Change['topic']> = Change & { topic: T }

function applyPayment(
  { payment }: ChangeOf<'payment'>,
  cache: QueryClient,
  queries: KauntaQueries,
  ask: Ask,
): void {
  const input = { saleId: payment.saleId, limit: timeLineLimit }
  cache.setQueryData(queries.payments.list.queryKey({ input }), (page) => upsertPage(page, payment))
  const lists = { queryKey: queries.payments.list.key({ type: 'infinite' }) }
  cache.setQueriesData<InfiniteData<Page<typeof payment>>>(lists, (data) => replaceInPages(data, payment))
  ask(lists.queryKey)
  ask(queries.payments.get.key({ input: { id: payment.id } }))
  ask(queries.payments.totals.key())
  ask(queries.payments.attention.key())
}

/** Who is at the counter now. Another person may see other things, so that everything shown is asked again. */
export function takeDesk(desk: Desk, cache: QueryClient, queries: KauntaQueries): void {
  const key = queries.staff.desk.queryKey()
  const before = cache.getQueryData(key)
  cache.setQueryData(key, desk)
  // Where nobody's desk was known yet, all that was asked was asked for this one.
  if (before === undefined || desk.staff === null || before.staff?.id === desk.staff.id) return
  const own = hashKey(key)
  void cache.invalidateQueries({ predicate: ({ queryHash }) => queryHash !== own })
}

type MoneyTopic = 'payment' | 'unread' | 'notice' | 'transfer' | 'reconciliation'

function applyMoney(
  change: ChangeOf<MoneyTopic>,
  cache: QueryClient,
  queries: KauntaQueries,
  ask: Ask,
): void {
  switch (change.topic) {
    case 'payment':
      applyPayment(change, cache, queries, ask)
      return
    case 'unread':
      ask(queries.payments.attention.key())
      return
    case 'notice':
      ask(queries.notices.key())
      ask(queries.payments.attention.key())
      return
    case 'transfer': {
      const { transfer } = change
      if (transfer.paymentId !== null) {
        const input = { paymentId: transfer.paymentId, limit: timeLineLimit }
        cache.setQueryData(queries.transfers.list.queryKey({ input }), (page) => upsertPage(page, transfer))
      }
      ask(queries.transfers.list.key({ type: 'infinite' }))
      ask(queries.transfers.get.key({ input: { id: transfer.id } }))
      ask(queries.payments.attention.key())
      return
    }
    case 'reconciliation':
      ask(queries.reconciliations.key())
      return
    default:
      change satisfies never
  }
}

function applyPrintJob(job: PrintJob, cache: QueryClient, queries: KauntaQueries): void {
  const { saleId } = job
  for (const input of saleId === null ? [{}] : [{}, { saleId }]) {
    cache.setQueryData(queries.printing.list.queryKey({ input }), (jobs) =>
      jobs === undefined ? undefined : upsert(jobs, job),
    )
  }
}

/** Puts a printer's newest word in the place of the one before; the same list when it already knows better. */
function latestStatuses(known: readonly PrinterStatus[], told: PrinterStatus): PrinterStatus[] {
  const before = known.find(({ printerId }) => printerId === told.printerId)
  if (before !== undefined && before.at > told.at) return [...known]
  return [...known.filter((one) => one !== before), told]
}

function applyRow(
  change: ChangeOf<'message' | 'printJob'>,
  cache: QueryClient,
  queries: KauntaQueries,
): void {
  switch (change.topic) {
    case 'message': {
      const { message } = change
      if (message.saleId !== null) {
        const input = { saleId: message.saleId, limit: timeLineLimit }
        cache.setQueryData(queries.messages.list.queryKey({ input }), (page) => upsertPage(page, message))
      }
      return
    }
    case 'printJob':
      applyPrintJob(change.printJob, cache, queries)
      return
    default:
      change satisfies never
  }
}

/** What stops an account is told of it in Settings too. */
function takeStatus(status: Status, cache: QueryClient, queries: KauntaQueries): void {
  const key = queries.live.status.queryKey()
  const before = cache.getQueryData(key)
  cache.setQueryData(key, status)
  const stops = ({ stops: all }: Status) =>
    all.map(({ accountId, reason }) => `${accountId} ${reason}`).join()
  if (before !== undefined && stops(before) !== stops(status))
    void cache.invalidateQueries({ queryKey: queries.accounts.key() })
}

/** Writes one change straight into the cache, so that a callback is on screen without a second question. */
export function applyChange(change: Change, cache: QueryClient, queries: KauntaQueries, ask: Ask): void {
  switch (change.topic) {
    case 'sale':
      applySale(change, cache, queries)
      return
    case 'status':
      takeStatus(change.status, cache, queries)
      ask(queries.outbox.key())
      return
    case 'accounts':
      void cache.invalidateQueries({ queryKey: queries.accounts.key() })
      void cache.invalidateQueries({ queryKey: queries.payments.networks.key() })
      return
    case 'desk':
      takeDesk(change.desk, cache, queries)
      return
    case 'settings':
      void cache.invalidateQueries({ queryKey: queries.staff.list.key() })
      for (const room of [queries.settings, queries.printers, queries.templates, queries.apiKeys]) {
        void cache.invalidateQueries({ queryKey: room.key() })
      }
      return
    case 'printerStatus':
      cache.setQueryData(queries.printers.statuses.queryKey(), (known) =>
        known === undefined ? undefined : latestStatuses(known, change.printerStatus),
      )
      return
    case 'message':
    case 'printJob':
      applyRow(change, cache, queries)
      ask(queries.outbox.key())
      return
    default:
      // A topic that means nothing to it either is an error of the compiler.
      applyMoney(change, cache, queries, ask)
      ask(queries.outbox.key())
  }
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
 * @param openStream the first stream where it was opened already, null from then on
 */
export function followChanges(
  kaunta: Kaunta,
  cache: QueryClient,
  signal: AbortSignal,
  openStream: () => ReturnType<KauntaClient['live']['watch']> | null = () => null,
): Promise<void> {
  const { client, connection, queries } = kaunta
  const ask = createAsk(cache)
  let last = 0
  return followStream({
    connection,
    subscribe: () => openStream() ?? client.live.watch(undefined, { signal }),
    onItem({ number, change }) {
      // What was left out is not known: this page was too slow.
      if (number !== last + 1) void cache.invalidateQueries()
      last = number
      applyChange(change, cache, queries, ask)
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
