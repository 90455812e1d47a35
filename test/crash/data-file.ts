import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Engine from 'better-sqlite3'

/** The file of a data folder in practice mode. */
export function databaseFile(dataFolder: string): string {
  return join(dataFolder, 'practice', 'kaunta.db')
}

/** A dead product's file, copied. */
export interface Remains {
  readonly file: string
  /** Answers 'ok', or what is wrong with it. */
  check(): string
}

/**
 * Copies the file and its log as a dead product left them, without the shared-memory index, so that looking changes
 * nothing for the next start.
 * @returns null before there is a file
 */
export function takeRemains(dataFolder: string, scratch: string): Remains | null {
  const file = databaseFile(dataFolder)
  if (!existsSync(file)) return null
  mkdirSync(scratch, { recursive: true })
  const copy = join(scratch, 'remains.db')
  for (const suffix of ['', '-wal', '-shm']) rmSync(copy + suffix, { force: true })
  copyFileSync(file, copy)
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`)
  return { file: copy, check: () => checkFile(copy) }
}

/** @returns 'ok', or what is wrong with the file */
export function checkFile(file: string): string {
  const database = new Engine(file)
  try {
    const verdict = String(database.pragma('integrity_check', { simple: true }))
    if (verdict !== 'ok') return verdict
    const dangling = database.pragma('foreign_key_check')
    if (Array.isArray(dangling) && dangling.length > 0)
      return `dangling references: ${JSON.stringify(dangling[0])}`
    return holdsSales(database) ? checkNumbers(database) : 'ok'
  } catch (error) {
    return String(error)
  } finally {
    database.close()
  }
}

/** False for the file of a product that was killed before its first migration was committed. */
export function hasSchema(file: string): boolean {
  const database = new Engine(file, { readonly: true })
  try {
    return holdsSales(database)
  } finally {
    database.close()
  }
}

function holdsSales(database: Engine.Database): boolean {
  return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sale'").get() !== undefined
}

/** Receipt numbers run without gaps at every moment, not only at the end. */
function checkNumbers(database: Engine.Database): string {
  const gap = database
    .prepare<[], string>(
      `SELECT till.id || ': ' || last_number || ' given, ' || count(sale.number) || ' found' FROM till
       LEFT JOIN sale ON sale.till_id = till.id
       GROUP BY till.id HAVING count(sale.number) <> last_number OR coalesce(max(sale.number), 0) <> last_number`,
    )
    .pluck()
    .get()
  return gap ?? 'ok'
}

/** What is under way in a file. */
export interface Motion {
  /** Ends by itself, soon. */
  readonly moving: number
  /** Money that is asked about, or that a report may still end. */
  readonly open: number
  /** Messages that were taken and wait for a report, which may never come. */
  readonly unreported: number
}

/** A person's decisions are waited for in neither. */
export function readMotion(file: string): Motion {
  const database = new Engine(file, { readonly: true })
  try {
    const counts = database
      .prepare<[], Motion>(
        `SELECT (SELECT count(*) FROM effect WHERE state IN ('queued', 'leased'))
             + (SELECT count(*) FROM effect WHERE state = 'unknown' AND needs_decision = 0 AND kind IN ('message', 'code'))
             + (SELECT count(*) FROM payment WHERE state IN ('pending', 'prompted', 'processing'))
             + (SELECT count(*) FROM transfer WHERE state = 'pending')
             + (SELECT count(*) FROM callback WHERE state = 'stored') AS moving,
             (SELECT count(*) FROM payment WHERE state = 'unknown' AND needs_decision = 0)
             + (SELECT count(*) FROM transfer WHERE state IN ('processing', 'unknown') AND needs_decision = 0) AS open,
             (SELECT count(*) FROM message WHERE state = 'queued') AS unreported`,
      )
      .get()
    return counts ?? { moving: 0, open: 0, unreported: 0 }
  } finally {
    database.close()
  }
}
