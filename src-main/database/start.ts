import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Clock, Stop } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import { migrate } from './migrate.ts'
import { readMigrations } from './migrations.ts'
import { createDatabase, type Database, isDamage, lockFolder, openConnection, prepareFolder } from './open.ts'
import { newestGood, snapshotFolder, takeSnapshot } from './snapshot.ts'
import type { DatabaseJob } from './worker.ts'

/** A file up to this many bytes is checked whole before it is used (about 1.2 ms a megabyte); a larger one after the start, on the worker. */
const checkAtOnceBytes = 32 * 1024 * 1024
const snapshotEveryMs = 4 * 3_600_000
const firstSnapshotMs = 120_000

export interface StartedDatabase extends Database {
  /** The program before this one did not end in order. */
  readonly uncleanEnd: boolean
  /** Takes and verifies a copy now, off the till's thread. */
  snapshot(): Promise<void>
}

export interface DatabaseOptions {
  readonly folder: string
  /** Name of the file without folder; practice and live never share one. */
  readonly name: string
  readonly clock: Clock
  /** The built `database-worker`, supplied by the door; without it the copies are made on this thread. */
  readonly worker: URL | null
  /** Put the newest good snapshot in place of a damaged file first (the damaged one is kept). */
  readonly restore: boolean
  /** Told when a background check finds damage, or a snapshot fails. */
  readonly onTrouble: (what: 'damaged' | 'snapshotFailed', error: unknown) => void
}

/**
 * Opens the shop's database: folder and lock, damage check, migration with a snapshot before it, then snapshots by
 * schedule.
 * @throws KauntaError DATA_FOLDER_UNUSABLE, DATA_FOLDER_IN_USE, DATABASE_DAMAGED, DATABASE_NEWER, DATABASE_CHANGED
 */
export function startDatabase(options: DatabaseOptions): StartedDatabase {
  prepareFolder(options.folder)
  const unlock = lockFolder(options.folder)
  try {
    const file = join(options.folder, options.name)
    const snapshots = snapshotFolder(options.folder)
    if (options.restore) restore(file, snapshots, options.clock.now())
    const marker = join(options.folder, 'running')
    const uncleanEnd = existsSync(marker)
    const connection = guard(file, snapshots, () => {
      const opened = openConnection(file)
      try {
        if (
          statSync(file).size <= checkAtOnceBytes &&
          opened.pragma('quick_check(1)', { simple: true }) !== 'ok'
        ) {
          throw damaged(file, snapshots)
        }
        const now = options.clock.now()
        migrate(opened, readMigrations(), now, () => takeSnapshot(file, snapshots, now))
        return opened
      } catch (error) {
        opened.close()
        throw error
      }
    })
    closeSync(openSync(marker, 'w', 0o600))
    const database = createDatabase(file, connection, () => options.clock.now())
    const keeper = keepSnapshots(file, snapshots, options, uncleanEnd)
    return {
      ...database,
      uncleanEnd,
      snapshot: keeper.snapshot,
      close() {
        if (!connection.open) return
        keeper.stop()
        database.close()
        rmSync(marker, { force: true })
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

function guard<T>(file: string, snapshots: string, open: () => T): T {
  try {
    return open()
  } catch (error) {
    throw isDamage(error) ? damaged(file, snapshots) : error
  }
}

function damaged(file: string, snapshots: string): KauntaError {
  const good = newestGood(snapshots)
  return new KauntaError('DATABASE_DAMAGED', {
    file,
    snapshot: good === null ? '–' : `${basename(good.file)} (${new Date(good.at).toISOString()})`,
  })
}

/** The damaged file and its log are moved aside, never deleted. */
function restore(file: string, snapshots: string, now: number): void {
  const good = newestGood(snapshots)
  if (good === null) throw damaged(file, snapshots)
  const aside = join(snapshots, `damaged-${now}`)
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, join(aside, basename(file) + suffix))
  }
  copyFileSync(good.file, `${file}.restoring`)
  const handle = openSync(`${file}.restoring`, 'r+')
  fsyncSync(handle)
  closeSync(handle)
  renameSync(`${file}.restoring`, file)
}

function keepSnapshots(file: string, folder: string, options: DatabaseOptions, uncleanEnd: boolean) {
  let stopped = false
  let timer: Stop = () => {}
  const snapshot = async () => {
    await runJob(options.worker, { job: 'snapshot', file, folder, now: options.clock.now() })
  }
  const check = async () => {
    if (statSync(file).size <= checkAtOnceBytes && !uncleanEnd) return
    if (!(await runJob(options.worker, { job: 'check', file })))
      options.onTrouble('damaged', damaged(file, folder))
  }
  const schedule = (ms: number) => {
    timer = options.clock.after(ms, () => {
      snapshot()
        .catch((error: unknown) => options.onTrouble('snapshotFailed', error))
        .finally(() => {
          if (!stopped) schedule(snapshotEveryMs)
        })
    })
  }
  const stopCheck = options.clock.after(1000, () => {
    check().catch((error: unknown) => options.onTrouble('damaged', error))
  })
  schedule(firstSnapshotMs)
  return {
    snapshot,
    stop() {
      stopped = true
      stopCheck()
      timer()
    },
  }
}

/** @returns what the check said; true for a snapshot that was taken */
async function runJob(worker: URL | null, job: DatabaseJob): Promise<boolean> {
  if (worker === null) {
    const { isSound, takeSnapshot: take, thinSnapshots } = await import('./snapshot.ts')
    if (job.job === 'check') return isSound(job.file)
    take(job.file, job.folder, job.now)
    thinSnapshots(job.folder, job.now)
    return true
  }
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: job })
    thread.once('message', (message: { readonly sound: boolean }) => resolve(message.sound))
    thread.once('error', reject)
    thread.once('exit', () => reject(new Error('the database worker ended without an answer')))
  })
}
