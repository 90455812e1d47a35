import { accessSync, closeSync, constants, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Engine from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import { KauntaError } from '../problem.ts'

export type Connection = Engine.Database

/** Reads only; a room that takes this type cannot write by accident. */
export interface Reader {
  readonly orm: Omit<BetterSQLite3Database, 'insert' | 'update' | 'delete' | 'transaction' | 'run'>
}

/** Inside one transaction: all of it commits, or none. */
export interface Transaction {
  readonly orm: BetterSQLite3Database
  /** UTC epoch ms, the same for everything in this transaction. */
  readonly now: number
  /** Runs once after the commit is on disk; not at all after a rollback. */
  afterCommit(run: () => void): void
}

export interface Database {
  readonly file: string
  readonly connection: Connection
  readonly read: Reader
  /** BEGIN IMMEDIATE … COMMIT. Synchronous: a transaction never waits for the outside world. */
  transact<T>(work: (tx: Transaction) => T): T
  /** Checkpoints the log into the file and closes. */
  close(): void
}

/** FULL, since NORMAL loses acknowledged commits at a power cut; set and read back on every open. */
const profile: readonly (readonly [name: string, set: string, readBack: number | string])[] = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  ['busy_timeout', '5000', 5000],
  ['wal_autocheckpoint', '500', 500],
  ['journal_size_limit', '67108864', 67_108_864],
  ['cell_size_check', 'ON', 1],
  ['trusted_schema', 'OFF', 0],
  ['secure_delete', 'ON', 1],
  ['temp_store', 'MEMORY', 2],
]

/** macOS alone needs these: its fsync does not reach the platter. */
const appleProfile: typeof profile = [
  ['fullfsync', 'ON', 1],
  ['checkpoint_fullfsync', 'ON', 1],
]

/**
 * Opens the file with the pragma profile and proves that each pragma took.
 * @throws KauntaError DATABASE_DAMAGED when the file is no database
 */
export function openConnection(file: string, options: { readonly readonly?: boolean } = {}): Connection {
  const connection = new Engine(file, { readonly: options.readonly ?? false })
  try {
    const wanted = process.platform === 'darwin' ? [...profile, ...appleProfile] : profile
    for (const [name, set, readBack] of wanted) {
      if (options.readonly && (name === 'journal_mode' || name === 'secure_delete')) continue
      connection.pragma(`${name} = ${set}`)
      const found = connection.pragma(name, { simple: true })
      if (found !== readBack) throw new Error(`pragma ${name} is ${String(found)} where ${readBack} was set`)
    }
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

/** True for the engine's words for a file whose content is not sound. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof Engine.SqliteError &&
    (error.code.startsWith('SQLITE_CORRUPT') || error.code.startsWith('SQLITE_NOTADB'))
  )
}

/**
 * Makes the data folder (0700) where it is missing and proves that it can be written.
 * @throws KauntaError DATA_FOLDER_UNUSABLE
 */
export function prepareFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!statSync(folder).isDirectory()) throw new Error('it is not a folder')
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    const probe = openSync(join(folder, '.writable'), 'w', 0o600)
    fsyncSync(probe)
    closeSync(probe)
  } catch (error) {
    throw new KauntaError('DATA_FOLDER_UNUSABLE', {
      folder,
      detail: error instanceof Error ? error.message : String(error),
    })
  }
}

/**
 * On its way to the lock each of two starters can be in the other's way for a moment; without a little patience both
 * would give way, and nobody would serve.
 */
const lockPatienceMs = 250

/**
 * Takes the folder for this process until it ends, however it ends: the lock is the operating system's, on a file of
 * its own, so that a killed process leaves none behind.
 * @returns gives the folder back
 * @throws KauntaError DATA_FOLDER_IN_USE
 */
export function lockFolder(folder: string): () => void {
  const lock = new Engine(join(folder, 'kaunta.lock'), { timeout: lockPatienceMs })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Engine.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new KauntaError('DATA_FOLDER_IN_USE', { folder })
    }
    throw error
  }
  return () => lock.close()
}

/**
 * The one writer connection of the program, over a file that is migrated already.
 * @param now UTC epoch ms
 */
export function createDatabase(file: string, connection: Connection, now: () => number): Database {
  const orm = drizzle(keepStatements(connection))
  let committed: (() => void)[] = []
  const run = connection.transaction((work: (tx: Transaction) => unknown) =>
    work({ orm, now: now(), afterCommit: (after) => committed.push(after) }),
  )
  return {
    file,
    connection,
    read: { orm },
    transact<T>(work: (tx: Transaction) => T): T {
      if (connection.inTransaction) throw new Error('a transaction inside a transaction')
      committed = []
      let result: { value: T } | null = null
      run.immediate((tx) => {
        result = { value: work(tx) }
      })
      const after = committed
      committed = []
      for (const call of after) call()
      return taken<T>(result)
    },
    close() {
      connection.pragma('wal_checkpoint(TRUNCATE)')
      connection.close()
    },
  }
}

/** Beyond so many texts of queries all are prepared anew: lists of ids have as many texts as lengths. */
const keptStatements = 500

/** drizzle prepares each query anew, which costs more than most of them; here the same text is the same statement. */
function keepStatements(connection: Connection): Connection {
  const kept = new Map<string, Engine.Statement>()
  const prepare = (text: string): Engine.Statement => {
    const known = kept.get(text)
    if (known !== undefined) return known.reader ? known.raw(false) : known
    if (kept.size >= keptStatements) kept.clear()
    const made = connection.prepare(text)
    kept.set(text, made)
    return made
  }
  return new Proxy(connection, {
    get: (target, name): unknown => (name === 'prepare' ? prepare : Reflect.get(target, name, target)),
  })
}

function taken<T>(result: { readonly value: T } | null): T {
  if (result === null) throw new Error('the transaction ended without a result')
  return result.value
}
