import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { migrate } from '../../../src-main/database/migrate.ts'
import { readMigrations } from '../../../src-main/database/migrations.ts'
import {
  type Connection,
  createDatabase,
  type Database,
  openConnection,
} from '../../../src-main/database/open.ts'

export const lane = 'sms:0192f0c1-2d3e-7a4b-8c5d-0123456789ab'
const account = lane.slice(4)

/** A fresh migrated file with the product's pragmas, and one account that messages can name. */
export function freshDatabase(folder: string, name: string): Database {
  const file = join(folder, `${name}.db`)
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true })
  const connection = openConnection(file)
  migrate(connection, readMigrations(), Date.now(), () => {})
  connection
    .prepare(
      `INSERT INTO account (id, provider, label, environment, settings, callback_secret, enabled, created_at)
       VALUES (?, 'africas-talking', 'bench', 'practice', '{}', 'x', 1, 0)`,
    )
    .run(account)
  return createDatabase(file, connection, () => Date.now())
}

const effectOf = (state: 'queued' | 'done', attempts: 0 | 1) => `
  INSERT INTO effect (lane, kind, subject_id, title, state, priority, due_at, deadline_at, attempts, tries, payload, created_at, updated_at)
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
  SELECT '${lane}', 'message', printf('0192f0c1-2d3e-7a4b-8c5d-%012d', i), '0712 345 678 · ' || printf('%06d', i), '${state}', 5,
    1700000000000 + i, 1900000000000, ${attempts}, ${attempts},
    printf('{"messageId":"0192f0c1-2d3e-7a4b-8c5d-%012d"}', i), 1700000000000 + i, 1700000000000 + i FROM n`

/** `count` effects that stand in line, due long ago. */
export function addWaiting(connection: Connection, count: number): void {
  connection.prepare(effectOf('queued', 0)).run(count)
}

/** `count` effects that are done, each with its one attempt. */
export function addFinished(connection: Connection, count: number): void {
  connection.transaction(() => {
    const before = maxEffect(connection)
    connection.prepare(effectOf('done', 1)).run(count)
    connection
      .prepare(
        `INSERT INTO attempt (effect_id, number, lease_id, started_at, ended_at, outcome)
         SELECT id, 1, '0192f0c1-2d3e-7a4b-8c5d-0123456789ab:1', created_at, created_at + 400, 'accepted' FROM effect WHERE id > ?`,
      )
      .run(before)
  })()
  connection.pragma('wal_checkpoint(TRUNCATE)')
}

export function maxEffect(connection: Connection): number {
  return connection.prepare<[], number>('SELECT coalesce(max(id), 0) FROM effect').pluck().get() ?? 0
}
