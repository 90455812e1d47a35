import { eq, gt } from 'drizzle-orm'
import type { EventType, JournalEvent } from '../../src-preload/contract/events.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { Database, Transaction } from '../database/open.ts'
import { troubleOf } from '../database/trouble.ts'
import type { Clock, Randomness, Stop } from '../ports.ts'
import type { Journal } from './journal.ts'
import { journalConsumer, journalFault } from './tables.ts'

/** In the transaction that also keeps how far its reader has come: all of it, or none. */
export type Take = (tx: Transaction, event: JournalEvent) => void

export interface Consumers {
  /**
   * A reader that takes up each event of these types exactly once, in order, however often the program dies.
   * @param name kept in the file: another name is another reader
   * @param from where a reader that the file does not know begins
   */
  consume(name: string, types: readonly EventType[], take: Take, from: 'beginning' | 'now'): void
  /** Numbers that the slowest reader has yet to look at. */
  behind(): number
  /** Of the newest events those that could not be taken up and were set aside; null while all is well. */
  warning(): Sentence | null
  start(): void
  stop(): void
}

/** So many numbers are looked at in one commit, */
const span = 500
/** and for so long: a sale may be waiting. */
const turnMs = 4
/** Then all else has its turn. */
const restMs = 2
/** A reader that has nothing to do keeps its place only this seldom: its place alone is not worth a commit. */
const idleNumbers = 5_000
const againMs = 1_000
/** While so many events come, a screen says that something was set aside. */
const toldNumbers = 10_000

interface Consumer {
  readonly name: string
  readonly types: readonly EventType[]
  readonly take: Take
  readonly from: 'beginning' | 'now'
  cursor: number
  kept: number
}

export interface ConsumersDeps {
  readonly database: Database
  readonly journal: Journal
  readonly clock: Clock
  readonly random: Pick<Randomness, 'secret'>
  /** A reader could not take an event up, or none can be written. */
  readonly onFault: (what: string, error: unknown) => void
  /** `warning` says something else than before. */
  readonly onWarning: () => void
  /** Whoever woke us is not whose doing this is. */
  readonly asSystem: (work: () => void) => void
}

export function createConsumers(deps: ConsumersDeps): Consumers {
  const { database, journal, clock } = deps
  const { orm } = database.read
  const consumers: Consumer[] = []
  let asked = false
  let running = false
  let rest: Stop = () => {}
  let unhear: Stop = () => {}

  function keep(tx: Transaction, consumer: Consumer, cursor: number): void {
    tx.orm
      .insert(journalConsumer)
      .values({ name: consumer.name, cursor })
      .onConflictDoUpdate({ target: journalConsumer.name, set: { cursor } })
      .run()
    tx.afterCommit(() => {
      consumer.cursor = cursor
      consumer.kept = cursor
    })
  }

  /** One that cannot be taken up is set aside under a mark, and the next one comes. */
  function takeOne(tx: Transaction, consumer: Consumer, event: JournalEvent): void {
    const { connection } = database
    const after: (() => void)[] = []
    connection.exec('SAVEPOINT event')
    try {
      consumer.take({ ...tx, afterCommit: (call) => after.push(call) }, event)
    } catch (error) {
      // What stops every write is no fault of the event.
      if (troubleOf(error) !== null) throw error
      connection.exec('ROLLBACK TO event')
      after.length = 0
      const mark = deps.random.secret(6)
      const set = { consumer: consumer.name, number: event.number, mark, at: tx.now, error: String(error) }
      tx.orm.insert(journalFault).values(set).onConflictDoNothing().run()
      tx.afterCommit(() => {
        deps.onFault(`${consumer.name} could not take up an event`, { mark, error })
        deps.onWarning()
      })
    }
    connection.exec('RELEASE event')
    for (const call of after) tx.afterCommit(call)
  }

  /** @returns true when there is more */
  function turn(consumer: Consumer, newest: number): boolean {
    const { types, cursor } = consumer
    if (cursor >= newest) return false
    const end = clock.monotonic() + turnMs
    const until = Math.min(cursor + span, newest)
    const events = journal.after(cursor, { types, span, limit: span })
    if (events.length === 0 && until - consumer.kept < idleNumbers) {
      consumer.cursor = until
      return until < newest
    }
    database.transact((tx) => {
      let reached = until
      for (const event of events) {
        takeOne(tx, consumer, event)
        if (clock.monotonic() < end) continue
        reached = event.number
        break
      }
      keep(tx, consumer, reached)
    })
    return consumer.cursor < newest
  }

  function pump(): void {
    asked = false
    if (!running || !database.connection.open) return
    try {
      const newest = journal.newest()
      const more = consumers.map((consumer) => turn(consumer, newest))
      if (more.includes(true)) rest = clock.after(restMs, ask)
    } catch (error) {
      if (troubleOf(error) === null) deps.onFault('reading the journal', error)
      rest = clock.after(againMs, ask)
    }
  }

  function ask(): void {
    if (asked || !running) return
    asked = true
    deps.asSystem(() => setImmediate(pump))
  }

  function begin(consumer: Consumer): void {
    const known = orm.select().from(journalConsumer).where(eq(journalConsumer.name, consumer.name)).get()
    if (known !== undefined) {
      consumer.cursor = known.cursor
      consumer.kept = known.cursor
      return
    }
    const cursor = consumer.from === 'now' ? journal.newest() : journal.before()
    consumer.cursor = cursor
    consumer.kept = cursor
    try {
      database.transact((tx) => keep(tx, consumer, cursor))
    } catch (error) {
      // It is kept with what is taken up first.
      if (troubleOf(error) === null) throw error
    }
  }

  return {
    consume(name, types, take, from) {
      if (running) throw new Error(`${name} comes after the journal is being read`)
      if (consumers.some((one) => one.name === name))
        throw new Error(`the journal has a reader called ${name}`)
      consumers.push({ name, types, take, from, cursor: 0, kept: 0 })
    },
    behind: () => Math.max(0, ...consumers.map(({ cursor }) => journal.newest() - cursor)),
    warning() {
      const faults = orm
        .select({ mark: journalFault.mark })
        .from(journalFault)
        .where(gt(journalFault.number, journal.newest() - toldNumbers))
        .orderBy(journalFault.number)
        .all()
      const mark = faults.at(-1)?.mark
      if (mark === undefined) return null
      return {
        en: `Kaunta could not take up something that happened (${faults.length}). It is kept, and all else went on. Ask for help with the mark ${mark}.`,
        sw: `Kaunta haikuweza kushughulikia jambo lililotokea (${faults.length}). Limehifadhiwa, na mengine yote yaliendelea. Omba msaada kwa alama ${mark}.`,
      }
    },
    start() {
      for (const consumer of consumers) begin(consumer)
      running = true
      unhear = journal.onAppended(ask)
      ask()
    },
    stop() {
      running = false
      unhear()
      rest()
    },
  }
}
