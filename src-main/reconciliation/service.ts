import { stringify } from 'csv-stringify/sync'
import { and, desc, eq, isNotNull, isNull, lte, sql } from 'drizzle-orm'
import { type Misfit, misfitWords } from '../../src-preload/contract/misfits.ts'
import {
  type Reconciliation,
  type ReconciliationItem,
  type StatementReading,
  statementReadingSchema,
} from '../../src-preload/contract/reconciliation.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import type { Accounts } from '../accounts/service.ts'
import { staffIdOf } from '../actor.ts'
import type { Damage } from '../database/damage.ts'
import type { Database, Transaction } from '../database/open.ts'
import { olderThan, pageFrom } from '../database/paging.ts'
import type { Feed } from '../live/feed.ts'
import { moneyOf } from '../money/accounts.ts'
import type { Payments } from '../payments/service.ts'
import type { Clock, Randomness } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import { askEach } from './ask-each.ts'
import { type Comparison, compare, type Found } from './compare.ts'
import { readStatement, type Said } from './statement.ts'
import { reconciliation, reconciliationItem } from './tables.ts'

type Whole = Reconciliation & { items: ReconciliationItem[] }
type Row = typeof reconciliation.$inferSelect

export interface Stretch {
  readonly accountId: string
  /** Epoch ms; `to` is exclusive. */
  readonly from: number
  readonly to: number
}

/** A file to compare with; `dates` and `decimals` are a person's word where the file can be read in two ways. */
export interface StatementRequest extends Said {
  readonly accountId: string
  readonly fileName: string
  readonly text: string
  readonly from?: number | undefined
  readonly to?: number | undefined
}

export interface ReconciliationDeps {
  readonly damage: Damage
  readonly database: Database
  readonly clock: Clock
  readonly random: Randomness
  readonly feed: Feed
  readonly accounts: Accounts
  readonly payments: Payments
  readonly shop: () => Shop
  readonly timeScale: number
  readonly nameOf: (staffId: string | null) => string | null
}

const longestMs = 92 * 86_400_000
/** A payment begun so long before the list's first line may be in the list. */
const edgeMs = 15 * 60_000

/** Our payments against the network's own record, and what became of each difference. */
export function createReconciliation(deps: ReconciliationDeps) {
  const { database, accounts, payments } = deps
  const { orm } = database.read
  const running = new Set<string>()

  const rowOf = (id: string): Row => {
    const row = orm.select().from(reconciliation).where(eq(reconciliation.id, id)).get()
    if (row === undefined) throw new KauntaError('RECONCILIATION_NOT_FOUND')
    return row
  }
  const countOf = (id: string, settled: boolean): number =>
    orm
      .select({ n: sql<number>`count(*)` })
      .from(reconciliationItem)
      .where(
        and(
          eq(reconciliationItem.reconciliationId, id),
          settled ? isNotNull(reconciliationItem.settledAt) : isNull(reconciliationItem.settledAt),
        ),
      )
      .get()?.n ?? 0
  const present = (row: Row): Reconciliation => ({
    id: row.id,
    accountId: row.accountId,
    source: row.source,
    from: row.fromAt,
    to: row.toAt,
    fileName: row.fileName,
    currency: currencyOf(row.accountId),
    matched: row.matched,
    matchedMinor: row.matchedMinor,
    reading: readingOf(row),
    open: countOf(row.id, false),
    settled: countOf(row.id, true),
    staffName: deps.nameOf(row.staffId),
    startedAt: row.startedAt,
    endedAt: row.endedAt,
  })
  const readingOf = ({ id, reading }: Row): StatementReading | null => {
    if (reading === null) return null
    const read = statementReadingSchema.safeParse(jsonOf(reading))
    if (read.success) return read.data
    deps.damage.note([id], ['reading'])
    return null
  }
  const itemsOf = (id: string): ReconciliationItem[] =>
    orm
      .select()
      .from(reconciliationItem)
      .where(eq(reconciliationItem.reconciliationId, id))
      .orderBy(reconciliationItem.id)
      .all()
      .map(({ reconciliationId: _of, settledBy, ...item }) => ({
        ...item,
        settledByName: deps.nameOf(settledBy),
      }))
  const get = (id: string): Whole => ({ ...present(rowOf(id)), items: itemsOf(id) })
  const publish = (tx: Transaction, id: string) => deps.feed.changed(tx, 'reconciliation', id)
  deps.feed.shows({ reconciliation: (id) => ({ topic: 'reconciliation', id }) })

  function currencyOf(accountId: string) {
    const { currency } = deps.shop()
    const known = accounts.readers(accountId).mobileMoney?.currencies ?? []
    return known.includes(currency) ? currency : (known[0] ?? currency)
  }

  function begin(
    tx: Transaction,
    { accountId, from, to }: Stretch,
    file: { readonly name: string; readonly reading: StatementReading } | null,
  ): string {
    accounts.get(accountId)
    if (from >= to || to - from > longestMs) throw new KauntaError('RANGE_WRONG', { field: 'from' })
    if (running.has(accountId)) throw new KauntaError('RECONCILIATION_RUNNING')
    const id = deps.random.id()
    tx.orm
      .insert(reconciliation)
      .values({
        id,
        accountId,
        source: file === null ? 'query' : 'statement',
        fromAt: from,
        toAt: to,
        fileName: file?.name ?? null,
        reading: file === null ? null : JSON.stringify(file.reading),
        matched: 0,
        matchedMinor: 0,
        staffId: staffIdOf(tx.actor),
        startedAt: tx.now,
      })
      .run()
    publish(tx, id)
    return id
  }

  function end(
    tx: Transaction,
    id: string,
    counted: { matched: number; matchedMinor: number },
    found: readonly Found[],
  ) {
    for (const one of found)
      tx.orm
        .insert(reconciliationItem)
        .values({ reconciliationId: id, ...one })
        .run()
    tx.orm
      .update(reconciliation)
      .set({ ...counted, endedAt: tx.now })
      .where(eq(reconciliation.id, id))
      .run()
    tx.emit('reconciliation.finished', id, { accountId: rowOf(id).accountId, open: found.length })
    publish(tx, id)
  }

  /** What the list proves moves our payments; what it leaves open becomes an item. */
  function settleFromStatement(tx: Transaction, id: string, { matched, differences }: Comparison): void {
    const open = differences.filter((one) => {
      if (one.kind !== 'differentState' || one.paymentId === null || one.code === null) return true
      const owner = payments.byAnyCode(one.code)
      if (owner !== undefined && owner.id !== one.paymentId) return true
      const record = { code: one.code, amountMinor: one.thereMinor }
      return payments.applyRecord(tx, one.paymentId, 'statement', record) !== 'completed'
    })
    for (const { paymentId, line } of matched)
      if (!line.reversed) payments.applyRecord(tx, paymentId, 'statement', line)
    const healed = differences.length - open.length
    const healedMinor = differences
      .filter((one) => !open.includes(one))
      .reduce((sum, one) => sum + (one.thereMinor ?? 0), 0)
    const sumMinor = matched.reduce((sum, { line }) => sum + line.amountMinor, healedMinor)
    const matchedMinor = Math.min(sumMinor, Number.MAX_SAFE_INTEGER)
    end(tx, id, { matched: matched.length + healed, matchedMinor }, open)
  }

  function unreadable(
    { accountId, fileName }: StatementRequest,
    misfit: Misfit,
    allowed: string,
    limit?: number,
  ): KauntaError {
    const found = { misfit, allowed, ...(limit === undefined ? {} : { limit }) }
    return new KauntaError('STATEMENT_UNREADABLE', {
      field: 'text',
      file: fileName,
      provider: accounts.get(accountId).label,
      ...found,
      detail: misfitWords(misfit, found, 'en'),
    })
  }

  /** @throws KauntaError STATEMENT_UNREADABLE, STATEMENT_DOUBTFUL */
  function readFile(request: StatementRequest) {
    accounts.get(request.accountId)
    const format = accounts.readers(request.accountId).mobileMoney?.statement
    if (format === undefined) throw unreadable(request, 'noFormat', '')
    const read = readStatement(request.text, format, deps.clock.now(), request)
    if (read.ok === false) throw unreadable(request, read.why, read.headings)
    if (read.ok === true) return read
    const { ok: _ok, about, ...ways } = read
    throw new KauntaError('STATEMENT_DOUBTFUL', { field: about, file: request.fileName, ...ways })
  }

  async function run(stretch: Stretch): Promise<Whole> {
    const id = database.transact((tx) => begin(tx, stretch, null))
    running.add(stretch.accountId)
    try {
      const money = await moneyOf(accounts, stretch.accountId)
      const rows = payments.between(stretch.accountId, stretch.from, stretch.to)
      const { rate } = accounts.get(stretch.accountId).declaration
      const told = await askEach(rows, money, {
        clock: deps.clock,
        perSecond: rate.perSecond * deps.timeScale,
        heal: (paymentId, record) =>
          database.transact((tx) => payments.applyRecord(tx, paymentId, 'query', record)) === 'completed',
      })
      database.transact((tx) => end(tx, id, told, told.differences))
    } finally {
      running.delete(stretch.accountId)
    }
    return get(id)
  }

  return {
    get,
    run,
    importStatement(request: StatementRequest): Whole {
      const { accountId, fileName } = request
      const { lines: all, reading } = readFile(request)
      const times = all.map((line) => line.at)
      const first = request.from ?? times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
      const past = request.to ?? times.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY) + 1
      if (!Number.isFinite(first) || !Number.isFinite(past)) {
        const [torn] = reading.unread
        throw unreadable(request, torn === undefined ? 'noMoneyIn' : 'noLineRead', '', torn?.line)
      }
      const lines = all.filter((line) => line.at >= first && line.at < past)
      const near = payments.between(accountId, first - edgeMs, past + edgeMs)
      // A code is the same money however far apart the two clocks are.
      const far = lines.map((line) => payments.byAnyCode(line.code))
      const ours = [
        ...new Map(
          [...near, ...far].flatMap((one) => (one?.accountId === accountId ? [[one.id, one]] : [])),
        ).values(),
      ]
      const stretch = { accountId, from: first, to: past }
      const compared = compare(ours, lines, stretch)
      // In one commit: a comparison that fails half-way would be running for ever.
      const id = database.transact((tx) => {
        const made = begin(tx, stretch, { name: fileName, reading })
        settleFromStatement(tx, made, compared)
        return made
      })
      return get(id)
    },
    resolveDifference(itemId: number, note: string): Whole {
      const item = orm.select().from(reconciliationItem).where(eq(reconciliationItem.id, itemId)).get()
      if (item === undefined) throw new KauntaError('RECONCILIATION_NOT_FOUND')
      database.transact((tx) => {
        tx.orm
          .update(reconciliationItem)
          .set({ note, settledBy: staffIdOf(tx.actor), settledAt: tx.now })
          .where(and(eq(reconciliationItem.id, itemId), isNull(reconciliationItem.settledAt)))
          .run()
        publish(tx, item.reconciliationId)
      })
      return get(item.reconciliationId)
    },
    list(page: { limit: number; before?: string | undefined }) {
      const rows = orm
        .select()
        .from(reconciliation)
        .where(olderThan({ at: reconciliation.startedAt, id: reconciliation.id }, page.before))
        .orderBy(desc(reconciliation.startedAt), desc(reconciliation.id))
        .limit(page.limit + 1)
        .all()
      return pageFrom(
        rows,
        page.limit,
        (one) => one.startedAt,
        (some) => deps.damage.each(some, present),
      )
    },
    export(id: string): { fileName: string; csv: string } {
      const whole = get(id)
      const { zone } = deps.shop()
      const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(whole.from)
      const at = (ms: number) => new Date(ms).toISOString()
      const major = (minor: number | null) => (minor === null ? '' : (minor / 100).toFixed(2))
      const rows = whole.items.map((item) => [
        item.kind,
        at(item.at),
        freeText(item.code),
        // Digits alone, as the other side's lists have them.
        (item.phone ?? '').replace(/^\+/, ''),
        major(item.hereMinor),
        major(item.thereMinor),
        whole.currency,
        freeText(item.detail),
        freeText(item.note),
        freeText(item.settledByName),
      ])
      const head = [
        'difference',
        'at',
        'code',
        'phone',
        'here',
        'there',
        'currency',
        'state',
        'note',
        'settled by',
      ]
      // A bare line feed inside a cell is quoted too, which the library leaves out where lines end otherwise.
      const csv = stringify([head, ...rows], { quoted_match: /[\r\n]/, record_delimiter: 'windows' })
      return { fileName: `kaunta-${day}.csv`, csv }
    },
    /** The newest comparison of an account by itself that ended by then (epoch ms), so that a day is compared once. */
    lastByItself: (accountId: string, until: number): number | null =>
      orm
        .select({ to: reconciliation.toAt })
        .from(reconciliation)
        .where(
          and(
            eq(reconciliation.accountId, accountId),
            isNull(reconciliation.staffId),
            isNotNull(reconciliation.endedAt),
            lte(reconciliation.toAt, until),
          ),
        )
        .orderBy(desc(reconciliation.toAt))
        .limit(1)
        .get()?.to ?? null,
  }
}

export type ReconciliationRoom = ReturnType<typeof createReconciliation>

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** What strangers wrote must not run as a formula in a spreadsheet. */
function freeText(text: string | null): string {
  return /^[=+\-@\t\r]/.test(text ?? '') ? `'${text}` : (text ?? '')
}
