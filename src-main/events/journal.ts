import { createHash } from 'node:crypto'
import type { JournalEvent } from '../../src-preload/contract/events.ts'
import type { Actor } from '../actor.ts'
import type { Numbers } from '../database/numbers.ts'
import type { Database, Emitted, Transaction } from '../database/open.ts'
import { troubleOf } from '../database/trouble.ts'
import type { Randomness, Stop } from '../ports.ts'

/** At least so many of the newest rows stay, however old a clock makes them. */
const keptRows = 100_000
/** Rows older than this may go once all have read them. */
const keptMs = 35 * 86_400_000
/** The till stands still while they go. */
const prunedAtOnce = 5_000

const epochSeries = 'journal epoch'
/** How far the numbers of an epoch came. */
const seriesOf = (epoch: number) => `journal ${epoch}`

interface Row {
  readonly number: number
  readonly id: string
  readonly at: number
  readonly type: string
  readonly subject: string
  readonly actor: string
  readonly body: string
}

/** What happened, in one order: written in the transaction that made it so, read by numbers that only rise. */
export interface Journal {
  append(tx: Transaction, event: Emitted): void
  /** Events after `number`, oldest first, of the next `span` numbers and of these types. */
  after(
    number: number,
    of: { readonly types: readonly string[]; readonly span: number; readonly limit: number },
  ): JournalEvent[]
  /** 0 before the first event. */
  newest(): number
  /** The number before the oldest event that is still there. */
  before(): number
  epoch(): number
  /** Calls after each commit that told of something. */
  onAppended(run: () => void): Stop
  /**
   * Takes up what the last run left, and lets old rows go. Where the file turns out to be a copy of before, its epoch
   * rises. A file that takes no change just now is read all the same.
   */
  start(): void
  /** Remembers outside the file how far it came. */
  stop(): void
}

export interface JournalDeps {
  readonly database: Database
  readonly random: Pick<Randomness, 'id'>
  readonly numbers: Numbers
}

/** The file is about to be put back from a copy: how far it came may be known to nobody, as after a kill. */
export function expectOlderFile(numbers: Numbers): void {
  numbers.raise(epochSeries, Math.max(1, numbers.highest(epochSeries)) + 1)
}

export function createJournal({ database, random, numbers }: JournalDeps): Journal {
  const { connection } = database
  const tail = connection.prepare<[], { number: number; hash: Buffer }>(
    'SELECT number, hash FROM journal ORDER BY number DESC LIMIT 1',
  )
  const first = connection.prepare<[], number>('SELECT min(number) FROM journal').pluck()
  const insert = connection.prepare<Row & { hash: Buffer }>(
    'INSERT INTO journal VALUES (@number, @id, @at, @type, @subject, @actor, @body, @hash)',
  )
  const epochNow = connection.prepare<[], number>('SELECT epoch FROM journal_epoch').pluck()
  const listeners = new Set<() => void>()
  const told = new WeakSet<Transaction>()

  const newest = (): number => tail.get()?.number ?? 0
  /** Counts also where the file could not take it up yet. */
  let risen = 1
  const epoch = (): number => Math.max(epochNow.get() ?? 1, risen)

  function tellAfter(tx: Transaction): void {
    if (told.has(tx)) return
    told.add(tx)
    tx.afterCommit(() => {
      for (const run of listeners) run()
    })
  }

  return {
    append(tx, { type, subject, data }) {
      const last = tail.get()
      const row: Row = {
        number: (last?.number ?? 0) + 1,
        id: random.id(),
        at: tx.now,
        type,
        subject,
        actor: actorText(tx.actor),
        body: JSON.stringify(data),
      }
      insert.run({ ...row, hash: hashOf(last?.hash ?? null, row) })
      tellAfter(tx)
    },
    after(number, { types, span, limit }) {
      const places = types.map(() => '?').join(', ')
      return connection
        .prepare<unknown[], Row>(
          `SELECT number, id, at, type, subject, actor, body FROM journal
           WHERE number > ? AND number <= ? AND type IN (${places}) ORDER BY number LIMIT ?`,
        )
        .all(number, number + span, ...types, limit)
        .map(eventOf)
    },
    newest,
    before: () => (first.get() ?? 1) - 1,
    epoch,
    onAppended(run) {
      listeners.add(run)
      return () => listeners.delete(run)
    },
    start() {
      const own = epochNow.get() ?? 1
      const known = numbers.highest(epochSeries)
      // A copy of before gives numbers a second time.
      const older = own < known || newest() < numbers.highest(seriesOf(own))
      risen = older ? Math.max(own, known) + 1 : own
      numbers.raise(epochSeries, risen)
      whereItCan(() => {
        if (older)
          database.transact(() => connection.prepare('UPDATE journal_epoch SET epoch = ?').run(risen))
        prune(database)
      })
    },
    stop() {
      if (connection.open) numbers.raise(seriesOf(epoch()), newest())
    },
  }
}

/** Another start will do it: a full disk, or a program that holds the file, must not keep the till shut. */
function whereItCan(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (troubleOf(error) === null) throw error
  }
}

/**
 * What nobody needs any more goes, a few at each start, from the oldest to the first that is young: of a hole no reader
 * would be told. Times of a clock that was ahead keep nothing.
 */
function prune(database: Database): void {
  database.transact((tx) => {
    database.connection
      .prepare(
        `DELETE FROM journal WHERE number IN (
           SELECT number FROM journal
           WHERE number < coalesce(
               (SELECT number FROM journal WHERE at BETWEEN ? AND ? ORDER BY number LIMIT 1),
               (SELECT max(number) FROM journal))
             AND number <= (SELECT max(number) FROM journal) - ?
             AND number <= (SELECT coalesce(min(cursor), 0) FROM journal_consumer)
           ORDER BY number LIMIT ?)`,
      )
      .run(tx.now - keptMs, tx.now, keptRows, prunedAtOnce)
    database.connection.exec('DELETE FROM journal_fault WHERE number < (SELECT min(number) FROM journal)')
  })
}

/** Each row seals all rows before it. */
export function hashOf(before: Uint8Array | null, row: Row): Buffer {
  const hash = createHash('sha256')
  if (before !== null) hash.update(before)
  return hash.update(JSON.stringify(Object.values(row))).digest()
}

function actorText(actor: Actor): string {
  return actor.kind === 'system' ? actor.kind : `${actor.kind}:${actor.id}`
}

function eventOf({ actor, body, ...row }: Row): JournalEvent {
  const [kind = '', id = null] = actor.split(':')
  return {
    ...row,
    actor: { kind: kind === 'staff' || kind === 'apiKey' ? kind : 'system', id },
    data: dataOf(body),
  }
}

/** A row that was damaged in the file keeps its place, with nothing in it. */
function dataOf(body: string): JournalEvent['data'] {
  try {
    const data: unknown = JSON.parse(body)
    return isRecord(data) ? data : {}
  } catch {
    return {}
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
