import { performance } from 'node:perf_hooks'
import { createConsumers } from '../../../src-main/events/consumers.ts'
import { createJournal } from '../../../src-main/events/journal.ts'
import { systemClock, systemRandomness } from '../../../src-main/system-ports.ts'
import { figureOf, printFigure, quantile } from '../figures.ts'
import { freshDatabase } from './database.ts'

const events = 1_000_000
const saleEveryMs = 10

const fill = `
  WITH RECURSIVE n (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n WHERE number < ${events})
  INSERT INTO journal SELECT number, printf('0192f0c1-2d3e-7a4b-8c5d-%012d', number), 1700000000000 + number,
    'message.delivered', printf('0192f0c1-2d3e-7a4b-8c5d-%012d', number), 'system',
    '{"saleId":null,"channel":"sms","reason":null}', zeroblob(32) FROM n`

/**
 * A reader a million events behind, which adds each to a sum in its own table, while every 10 ms something is written at
 * the counter: how fast it comes to the end, and how long the counter waits for its turn.
 */
export async function measureJournal(folder: string): Promise<void> {
  const database = freshDatabase(folder, 'journal')
  database.connection.exec(fill)
  database.connection.pragma('wal_checkpoint(TRUNCATE)')
  const random = systemRandomness()
  const numbers = { highest: () => 0, raise: () => {}, close: () => {} }
  const journal = createJournal({ database, random, numbers })
  const consumers = createConsumers({
    database,
    journal,
    clock: systemClock(),
    random,
    onFault(what, error) {
      throw new Error(what, { cause: error })
    },
    onWarning: () => {},
    asSystem: (work) => work(),
  })
  const sum = database.connection.prepare(
    `INSERT INTO setting VALUES ('sum', '1', 0) ON CONFLICT (key) DO UPDATE SET updated_at = updated_at + 1`,
  )
  consumers.consume('bench', ['message.delivered'], () => void sum.run(), 'beginning')
  const waits: number[] = []
  const sale = database.connection.prepare(`INSERT OR REPLACE INTO setting VALUES ('sale', '1', ?)`)
  const from = performance.now()
  consumers.start()
  await new Promise<void>((resolve) => {
    let due = performance.now() + saleEveryMs
    const sell = () => {
      database.transact((tx) => sale.run(tx.now))
      waits.push(performance.now() - due)
      if (consumers.behind() === 0) {
        resolve()
        return
      }
      due = performance.now() + saleEveryMs
      setTimeout(sell, saleEveryMs)
    }
    setTimeout(sell, saleEveryMs)
  })
  const seconds = (performance.now() - from) / 1_000
  consumers.stop()
  printFigure(figureOf('journal.catch-up.rate@1e6', '1/s', [events / seconds]))
  printFigure(figureOf('journal.sale.late.p99.ms', 'ms', [quantile(waits, 0.99)]))
  printFigure(figureOf('journal.sale.late.max.ms', 'ms', [quantile(waits, 1)]))
  database.close()
}
