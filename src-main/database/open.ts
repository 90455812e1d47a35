import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import Engine from 'better-sqlite3'
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3'
import type { EventData, EventType } from '../../src-preload/contract/events.ts'
import { type Actor, system } from '../actor.ts'
import { KauntaError } from '../problem.ts'
import { asProblem, isNoRoom, type Trouble, troubleOf } from './trouble.ts'

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
  /** Whose doing it is. */
  readonly actor: Actor
  /**
   * Tells of what happened to a row, in this transaction: to those whose rows must agree with it, and to the journal.
   * @param subject the row's id
   */
  emit<T extends EventType>(type: T, subject: string, data: EventData<T>): void
  /** Runs once after the commit is on disk; not at all after a rollback. What it throws harms neither the commit nor the others. */
  afterCommit(run: () => void): void
}

export interface Database {
  readonly file: string
  readonly connection: Connection
  readonly read: Reader
  /**
   * BEGIN IMMEDIATE … COMMIT. Synchronous: a transaction never waits for the outside world.
   * @throws KauntaError DISK_FULL, DATABASE_BUSY, DISK_FAULT; nothing was written then
   */
  transact<T>(work: (tx: Transaction) => T): T
  /**
   * For what nobody waits for: as `transact`, and tried again until the disk has room and the file is free.
   * `work` may run more than once. Rejects with what `work` throws, or when the file is closed first.
   */
  persist<T>(work: (tx: Transaction) => T): Promise<T>
  /** Checkpoints the log into the file and closes. */
  close(): void
}

/** FULL, since NORMAL loses acknowledged commits at a power cut; set and read back on every open. */
const profile: readonly (readonly [name: string, set: string, readBack: number | string])[] = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', 2],
  ['foreign_keys', 'ON', 1],
  // The till stands still for so long when another program writes: what cannot wait is refused, the rest tries again.
  ['busy_timeout', '500', 500],
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

export interface OpenOptions {
  readonly readonly?: boolean
  /** No other connection: the log's index lies in memory, which needs no room on the disk. */
  readonly alone?: boolean
}

/**
 * Opens the file with the pragma profile and proves that each pragma took.
 * @throws KauntaError DATABASE_DAMAGED when the file is no database
 */
export function openConnection(file: string, options: OpenOptions = {}): Connection {
  const connection = new Engine(file, { readonly: options.readonly ?? false })
  try {
    if (options.alone === true) connection.pragma('locking_mode = EXCLUSIVE')
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
    // It is a folder, and ours: a full disk is another matter.
    if (isNoRoom(error) && existsSync(folder)) return
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
    // In memory, since a full disk has no room for a journal, and nothing is ever written.
    lock.pragma('journal_mode = MEMORY')
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

export interface WriterHost {
  /** Calls once after `ms` milliseconds. */
  readonly after: (ms: number, run: () => void) => void
  /** A call after a commit threw: the commit stands. */
  readonly onFault: (what: string, error: unknown) => void
  /** A change could not be written. @returns true when room was made and it may be tried again at once */
  readonly onTrouble: (trouble: Trouble) => boolean
  /** A change was written. */
  readonly onWritten: () => void
  /** A change is about to begin, and with it the time that it bears. */
  readonly onBegin?: () => void
  /** Whose call is being made now; left out: nobody's. */
  readonly actor?: () => Actor
  /** Where events go; left out: nowhere. */
  readonly emit?: (tx: Transaction, event: Emitted) => void
}

/** One event as it was told. */
export interface Emitted {
  readonly type: EventType
  readonly subject: string
  readonly data: Readonly<Record<string, unknown>>
}

/** Milliseconds until what could not be written is tried again: at first, and at most. */
const persistFirstMs = 250
const persistLongestMs = 5_000

/** Nobody to tell: for programs that only write. */
const alone: WriterHost = {
  after: () => {
    throw new Error('a program without a clock cannot wait for the disk')
  },
  onFault: (_what, error) => {
    throw error
  },
  onTrouble: () => false,
  onWritten: () => {},
}

/**
 * The one writer connection of the program, over a file that is migrated already.
 * @param now UTC epoch ms
 */
export function createDatabase(
  file: string,
  connection: Connection,
  now: () => number,
  host: WriterHost = alone,
): Database {
  const orm = drizzle(cachePrepared(connection))
  const begin = connection.prepare('BEGIN IMMEDIATE')
  const commit = connection.prepare('COMMIT')
  const rollback = connection.prepare('ROLLBACK')

  /** All of it, or nothing. @returns what is to be called once it is on disk */
  function once<T>(work: (tx: Transaction) => T): { readonly value: T; readonly after: (() => void)[] } {
    const after: (() => void)[] = []
    begin.run()
    try {
      const tx: Transaction = {
        orm,
        now: now(),
        actor: host.actor?.() ?? system,
        // Of a part that may be undone by itself, this is the part.
        emit(type, subject, data) {
          host.emit?.(this, { type, subject, data })
        },
        afterCommit: (call) => after.push(call),
      }
      const value = work(tx)
      commit.run()
      return { value, after }
    } catch (error) {
      // A full disk may have undone it already.
      if (connection.inTransaction) rollback.run()
      throw error
    }
  }

  function written<T>(work: (tx: Transaction) => T, again: boolean): ReturnType<typeof once<T>> {
    try {
      const done = once(work)
      host.onWritten()
      return done
    } catch (error) {
      const trouble = troubleOf(error)
      if (trouble === null) throw error
      if (host.onTrouble(trouble) && again) return written(work, false)
      throw asProblem(trouble)
    }
  }

  function transact<T>(work: (tx: Transaction) => T): T {
    if (connection.inTransaction) throw new Error('a transaction inside a transaction')
    host.onBegin?.()
    const { value, after } = written(work, true)
    for (const call of after) {
      try {
        call()
      } catch (error) {
        host.onFault('after a commit', error)
      }
    }
    return value
  }

  function persist<T>(work: (tx: Transaction) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const attempt = (waitMs: number) => {
        try {
          if (!connection.open) throw new Error('the file was closed before this could be written')
          resolve(transact(work))
        } catch (error) {
          if (troubleOf(error) === null) reject(error)
          else host.after(waitMs, () => attempt(Math.min(2 * waitMs, persistLongestMs)))
        }
      }
      attempt(persistFirstMs)
    })
  }

  return {
    file,
    connection,
    read: { orm },
    transact,
    persist,
    close() {
      try {
        connection.pragma('wal_checkpoint(TRUNCATE)')
      } catch (error) {
        // The log stays beside the file, and the next start reads it.
        host.onFault('closing the data file', error)
      }
      connection.close()
    },
  }
}

/** Beyond so many texts of queries all are prepared anew: lists of ids have as many texts as lengths. */
const keptStatements = 500

/** drizzle prepares each query anew, which costs more than most of them; here the same text is the same statement. */
function cachePrepared(connection: Connection): Connection {
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
