import { performance } from 'node:perf_hooks'
import type { Connection } from '../../../src-main/database/open.ts'
import { prepareStatements } from '../../../src-main/outbox/claim.ts'
import { figureOf, printFigure, quantile } from '../figures.ts'
import { addFinished, addWaiting, freshDatabase, lane } from './database.ts'

const claims = 400
const runs = 15

/** One claim of one effect, without its commit, which costs the same however many wait. */
export function measureClaim(folder: string): void {
  const cases = [
    { name: '1e3', waiting: 1e3, finished: 0 },
    { name: '1e5', waiting: 1e5, finished: 0 },
    { name: '1e6', waiting: 1e6, finished: 0 },
    { name: '1e6+1e6', waiting: 1e6, finished: 1e6 },
  ].map((one) => ({
    ...one,
    values: Array.from<number>({ length: 0 }),
    database: freshDatabase(folder, `claim-${one.name}`),
  }))
  for (const { waiting, finished, database } of cases) {
    addFinished(database.connection, finished)
    addWaiting(database.connection, waiting)
    database.connection.pragma('wal_checkpoint(TRUNCATE)')
  }
  // In turns, so that what else the machine does falls on all of them alike.
  for (let run = 0; run < runs; run += 1) {
    for (const { values, database } of cases)
      values.push(quantile(claimAndRollBack(database.connection), 0.5))
  }
  for (const { name, values, database } of cases) {
    database.close()
    printFigure(figureOf(`outbox.claim.ms@${name}`, 'ms', values))
  }
}

function claimAndRollBack(connection: Connection): number[] {
  const { claim } = prepareStatements(connection)
  const each: number[] = []
  connection.exec('BEGIN IMMEDIATE')
  for (let count = 0; count < claims; count += 1) {
    const now = Date.now()
    const from = performance.now()
    const rows = claim.all({ lane, now, leaseId: `bench:${count}`, leaseUntil: now + 120_000, count: 1 })
    each.push(performance.now() - from)
    if (rows.length !== 1) throw new Error('nothing was claimed')
  }
  connection.exec('ROLLBACK')
  return each
}
