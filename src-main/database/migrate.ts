import { createHash } from 'node:crypto'
import { KauntaError } from '../problem.ts'
import type { Migration } from './migrations.ts'
import type { Connection } from './open.ts'

interface Applied {
  readonly version: number
  readonly hash: string
}

/**
 * Brings a file to today's schema: all pending steps in one transaction, so that a kill leaves the old schema or the
 * new one. Refuses a file from a newer program, and one whose applied steps differ from ours, touching neither.
 * @param before called once before the first change of a file that holds data (the snapshot)
 * @param now UTC epoch ms
 * @throws KauntaError DATABASE_NEWER, DATABASE_CHANGED
 */
export function migrate(
  connection: Connection,
  steps: readonly Migration[],
  now: number,
  before: (fromVersion: number) => void,
): { readonly from: number; readonly to: number } {
  const applied = readApplied(connection)
  const newest = applied.at(-1)?.version ?? 0
  const known = steps.at(-1)?.version ?? 0
  if (newest > known) throw new KauntaError('DATABASE_NEWER', { found: newest, known })
  for (const row of applied) {
    const step = steps[row.version - 1]
    if (step === undefined || hashOf(step) !== row.hash) {
      throw new KauntaError('DATABASE_CHANGED', { version: row.version })
    }
  }
  const pending = steps.slice(newest)
  if (pending.length === 0) return { from: newest, to: newest }
  if (newest > 0) before(newest)
  applyAll(connection, pending, now)
  return { from: newest, to: known }
}

function applyAll(connection: Connection, pending: readonly Migration[], now: number): void {
  // Rebuilding a table drops rows that others point at; the check below takes the place of enforcement.
  connection.pragma('foreign_keys = OFF')
  try {
    connection
      .transaction(() => {
        connection.exec(
          'CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
        )
        const note = connection.prepare('INSERT INTO migration VALUES (?, ?, ?, ?)')
        for (const step of pending) {
          connection.exec(step.sql)
          note.run(step.version, step.name, hashOf(step), now)
        }
        const dangling = connection.pragma('foreign_key_check')
        if (Array.isArray(dangling) && dangling.length > 0)
          throw new Error('a migration left dangling references')
        const verdict = connection.pragma('quick_check(1)', { simple: true })
        if (verdict !== 'ok') throw new Error(`a migration left the file damaged: ${String(verdict)}`)
      })
      .immediate()
  } finally {
    connection.pragma('foreign_keys = ON')
  }
}

function readApplied(connection: Connection): Applied[] {
  const exists = connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migration'").get()
  if (exists === undefined) return []
  return connection.prepare<[], Applied>('SELECT version, hash FROM migration ORDER BY version').all()
}

function hashOf(step: Migration): string {
  return createHash('sha256').update(step.sql.replaceAll('\r\n', '\n')).digest('hex')
}
