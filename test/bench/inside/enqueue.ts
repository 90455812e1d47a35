import { performance } from 'node:perf_hooks'
import type { Database } from '../../../src-main/database/open.ts'
import { systemRandomness } from '../../../src-main/system-ports.ts'
import { figureOf, printFigure, quantile } from '../figures.ts'
import { freshDatabase, lane } from './database.ts'
import { noOpOutbox } from './stage.ts'

const rows = 4_000
const runs = 9
const title = '0712 345 678 · 000123'
const body = 'Duka la Asha: risiti 000123, jumla TZS 13,525. Asante kwa kununua kwetu, karibu tena!'

/** Durable enqueues, one commit each, with the message's row in the same commit; against a bare insert of the effect's row. */
export function measureEnqueue(folder: string): void {
  const bare: number[] = []
  const ours: number[] = []
  const p99: number[] = []
  for (let run = 0; run < runs; run += 1) {
    bare.push((rows / sum(bareInserts(freshDatabase(folder, 'insert')))) * 1000)
    const each = enqueues(freshDatabase(folder, 'enqueue'))
    ours.push((rows / sum(each)) * 1000)
    p99.push(quantile(each, 0.99))
  }
  printFigure(figureOf('sqlite.insert.rate', '1/s', bare))
  printFigure(figureOf('outbox.enqueue.rate', '1/s', ours))
  printFigure(figureOf('outbox.enqueue.p99', 'ms', p99))
}

/** @returns milliseconds of each insert */
function bareInserts(database: Database): number[] {
  const { connection } = database
  const random = systemRandomness()
  const insert = connection.prepare(
    `INSERT INTO effect (lane, kind, subject_id, title, state, priority, due_at, deadline_at, payload, created_at, updated_at)
     VALUES (?, 'message', ?, ?, 'queued', 5, ?, ?, ?, ?, ?)`,
  )
  return timed(database, () => {
    const id = random.id()
    const now = Date.now()
    insert.run(lane, id, title, now, now + 86_400_000, JSON.stringify({ messageId: id }), now, now)
  })
}

/** @returns milliseconds of each enqueue, the message's row included */
function enqueues(database: Database): number[] {
  const outbox = noOpOutbox(database)
  const random = systemRandomness()
  const message = database.connection.prepare(
    `INSERT INTO message (id, account_id, effect_id, channel, phone, body, language, state, segments, created_at, updated_at)
     VALUES (?, ?, ?, 'sms', '+255712345678', ?, 'sw', 'queued', 1, ?, ?)`,
  )
  return timed(database, () => {
    const id = random.id()
    database.transact((tx) => {
      const effectId = outbox.enqueue(tx, {
        lane,
        kind: 'message',
        subjectId: id,
        title,
        payload: { messageId: id },
        priority: 5,
      })
      message.run(id, lane.slice(4), effectId, body, tx.now, tx.now)
    })
  })
}

function timed(database: Database, work: () => void): number[] {
  const each: number[] = []
  for (let row = 0; row < rows; row += 1) {
    const from = performance.now()
    work()
    each.push(performance.now() - from)
  }
  database.close()
  return each
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
