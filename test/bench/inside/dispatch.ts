import { performance } from 'node:perf_hooks'
import type { Connection, Database } from '../../../src-main/database/open.ts'
import { figureOf, printFigure } from '../figures.ts'
import { addFinished, addWaiting, freshDatabase, lane, maxEffect } from './database.ts'
import { noOpOutbox } from './stage.ts'

const jobs = 10_000
const runs = 5
const sizes = { '1e3': 1e3, '1e5': 1e5, '1e6': 1e6 } as const

/** From waiting to done with an executor that does nothing, with so many finished effects in the file. */
export async function measureDispatch(folder: string): Promise<void> {
  const twoCommits: number[] = []
  for (const [name, finished] of Object.entries(sizes)) {
    const database = freshDatabase(folder, 'dispatch')
    addFinished(database.connection, finished)
    const last = maxEffect(database.connection)
    const rates: number[] = []
    for (let run = 0; run < runs; run += 1) {
      twoCommits.push(twoCommitLoop(database.connection, last))
      rates.push(await drain(database, last))
    }
    database.close()
    printFigure(figureOf(`outbox.dispatch.rate@${name}`, '1/s', rates))
  }
  printFigure(figureOf('sqlite.twocommit.rate', '1/s', twoCommits))
}

/** @returns jobs a second */
async function drain(database: Database, last: number): Promise<number> {
  addWaiting(database.connection, jobs)
  const done = Promise.withResolvers<void>()
  let count = 0
  const outbox = noOpOutbox(database, () => {
    count += 1
    if (count === jobs) done.resolve()
  })
  const from = performance.now()
  outbox.start()
  await done.promise
  const ms = performance.now() - from
  await outbox.stop(1000)
  forget(database.connection, last)
  return (jobs / ms) * 1000
}

/** What a queue without groups must do at least: a lease in a commit, an outcome in a commit. */
function twoCommitLoop(connection: Connection, last: number): number {
  addWaiting(connection, jobs)
  const lease = connection.prepare<[number, string, number], { id: number }>(
    `UPDATE effect SET state = 'leased', lease_id = 'bare', lease_until = ?, attempts = attempts + 1
     WHERE id = (SELECT id FROM effect WHERE state = 'queued' AND lane = ? AND due_at <= ? ORDER BY priority, due_at, id LIMIT 1)
     RETURNING id`,
  )
  const end = connection.prepare(
    "UPDATE effect SET state = 'done', lease_id = NULL, lease_until = NULL, updated_at = ? WHERE id = ? AND lease_id = 'bare'",
  )
  const from = performance.now()
  for (;;) {
    const now = Date.now()
    const row = lease.get(now + 60_000, lane, now)
    if (row === undefined) break
    end.run(now, row.id)
  }
  const ms = performance.now() - from
  forget(connection, last)
  return (jobs / ms) * 1000
}

function forget(connection: Connection, last: number): void {
  connection.prepare('DELETE FROM attempt WHERE effect_id > ?').run(last)
  connection.prepare('DELETE FROM effect WHERE id > ?').run(last)
  connection.pragma('wal_checkpoint(TRUNCATE)')
}
