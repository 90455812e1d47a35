import { performance } from 'node:perf_hooks'
import type { Database } from '../../../src-main/database/open.ts'
import { systemRandomness } from '../../../src-main/system-ports.ts'
import { figureOf, printFigure, quantile } from '../figures.ts'
import { freshDatabase, lane } from './database.ts'
import { noOpOutbox } from './stage.ts'

const runs = 9
/** Rows in one turn, and turns in one run: what else the disk does falls on both alike. */
const rows = 250
const turns = 16
const title = '0712 345 678 · 000123'
const body = 'Duka la Asha: risiti 000123, jumla TZS 13,525. Asante kwa kununua kwetu, karibu tena!'
const insertMessage = `INSERT INTO message (id, account_id, effect_id, channel, address, body, language, state, segments, created_at, updated_at)
     VALUES (?, ?, ?, 'sms', '+255712345678', ?, 'sw', 'queued', 1, ?, ?)`

interface Contender {
  readonly database: Database
  /** Puts one request on disk, in one commit. */
  readonly write: () => void
}

/** Durable enqueues, one commit each, with the message's row in the same commit; against a bare insert of the effect's row. */
export function measureEnqueue(folder: string): void {
  const bare: number[] = []
  const bareBoth: number[] = []
  const ours: number[] = []
  const p99: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const contenders = [bareInsert(folder), bareInsertOfBoth(folder), enqueue(folder)]
    const [insert = [], both = [], product = []] = inTurns(contenders)
    bare.push(rateOf(insert))
    bareBoth.push(rateOf(both))
    ours.push(rateOf(product))
    p99.push(quantile(product, 0.99))
    for (const { database } of contenders) database.close()
  }
  printFigure(figureOf('sqlite.insert.rate', '1/s', bare))
  printFigure(figureOf('sqlite.insert-both.rate', '1/s', bareBoth))
  printFigure(figureOf('outbox.enqueue.rate', '1/s', ours))
  printFigure(figureOf('outbox.enqueue.p99', 'ms', p99))
}

/** @returns milliseconds of each write, for each contender */
function inTurns(contenders: readonly Contender[]): number[][] {
  const all = contenders.map((): number[] => [])
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [at, { write }] of contenders.entries()) {
      for (let row = 0; row < rows; row += 1) {
        const from = performance.now()
        write()
        all[at]?.push(performance.now() - from)
      }
    }
  }
  return all
}

function rateOf(each: readonly number[]): number {
  return (each.length / each.reduce((total, ms) => total + ms, 0)) * 1000
}

function prepareEffect({ connection }: Database) {
  const insert = connection.prepare(
    `INSERT INTO effect (lane, kind, subject_id, title, state, priority, due_at, deadline_at, payload, created_at, updated_at)
     VALUES (?, 'message', ?, ?, 'queued', 5, ?, ?, ?, ?, ?)`,
  )
  return (id: string, now: number) =>
    insert.run(lane, id, title, now, now + 86_400_000, JSON.stringify({ messageId: id }), now, now)
}

function bareInsert(folder: string): Contender {
  const database = freshDatabase(folder, 'insert')
  const random = systemRandomness()
  const insert = prepareEffect(database)
  return { database, write: () => insert(random.id(), Date.now()) }
}

/** What the domain row costs where nothing of ours runs. */
function bareInsertOfBoth(folder: string): Contender {
  const database = freshDatabase(folder, 'insert-both')
  const random = systemRandomness()
  const insert = prepareEffect(database)
  const message = database.connection.prepare(insertMessage)
  const both = database.connection.transaction((id: string, now: number) => {
    const { lastInsertRowid } = insert(id, now)
    message.run(id, lane.slice(4), lastInsertRowid, body, now, now)
  })
  return { database, write: () => both.immediate(random.id(), Date.now()) }
}

function enqueue(folder: string): Contender {
  const database = freshDatabase(folder, 'enqueue')
  const outbox = noOpOutbox(database)
  const random = systemRandomness()
  const message = database.connection.prepare(insertMessage)
  const write = () => {
    const id = random.id()
    database.transact((tx) => {
      const payload = { messageId: id }
      const request = { lane, kind: 'message', subjectId: id, title, payload, priority: 5 }
      message.run(id, lane.slice(4), outbox.enqueue(tx, request), body, tx.now, tx.now)
    })
  }
  return { database, write }
}
