import {
  chmodSync,
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
import type { HostClock, Stop } from '../ports.ts'
import { KauntaError } from '../problem.ts'
import { type ClockWatch, watchClock } from './clock-watch.ts'
import { type Disk, giveUpBallast, watchDisk } from './disk.ts'
import { migrate } from './migrate.ts'
import { readMigrations } from './migrations.ts'
import { type Numbers, openNumbers } from './numbers.ts'
import {
  type Connection,
  createDatabase,
  type Database,
  isDamage,
  lockFolder,
  openConnection,
  prepareFolder,
  type WriterHost,
} from './open.ts'
import { newestGood, removeLeftovers, snapshotFolder, takeSnapshot } from './snapshot.ts'
import { asProblem, isNoRoom, troubleOf } from './trouble.ts'
import type { DatabaseJob } from './worker.ts'

/** A file up to this many bytes is checked whole before it is used (about 1.2 ms a megabyte); a larger one after the start, on the worker. */
const checkAtOnceBytes = 32 * 1024 * 1024
const snapshotEveryMs = 4 * 3_600_000
const firstSnapshotMs = 120_000

/** What a manager must know of the data file and its disk. */
export type DatabaseWarning = 'damaged' | 'snapshotFailed' | 'diskLow' | 'diskFull' | 'busy'

export interface StartedDatabase extends Database {
  /** The program before this one did not end in order. */
  readonly uncleanEnd: boolean
  /** Outside the file: what a restored copy must not give out again. */
  readonly numbers: Numbers
  warnings(): DatabaseWarning[]
  /** Takes and verifies a copy now, off the till's thread. */
  snapshot(): Promise<void>
}

/** Whose doing each transaction is and where its events go: told by the program, not by what writes alone. */
export interface DatabaseOptions extends Pick<WriterHost, 'actor' | 'emit'> {
  readonly folder: string
  /** Name of the file without folder; practice and live never share one. */
  readonly name: string
  readonly clock: HostClock
  /** The built `database-worker`, supplied by the door; without it the copies are made on this thread. */
  readonly worker: URL | null
  /** Put the newest good snapshot in place of a damaged file first (the damaged one is kept). */
  readonly restore: boolean
  /** Called before a copy takes the place of the file: what is kept outside of it may have to know. */
  readonly onRestore?: (numbers: Numbers) => void
  readonly onFault: (what: string, error: unknown) => void
  /** The warnings became others. */
  readonly onWarning: () => void
  /** The wall clock was set by so many ms: called before anything is written with the new time. */
  readonly onClockSet: (byMs: number) => void
  /** Stands between the program and the engine: where tests let a disk fail. */
  readonly engine?: (connection: Connection) => Connection
}

/**
 * Opens the shop's database: folder and lock, damage check, migration with a snapshot before it, then snapshots by
 * schedule. On a full disk it opens all the same, from the room that the ballast gives or else to be read only.
 * @throws KauntaError DATA_FOLDER_UNUSABLE, DATA_FOLDER_IN_USE, DATABASE_DAMAGED, DATABASE_NEWER, DATABASE_CHANGED,
 *   DISK_FULL where there is no file yet or it has to be migrated
 */
export function startDatabase(options: DatabaseOptions): StartedDatabase {
  const { folder, clock, onFault } = options
  prepareFolder(folder)
  // It is Kaunta's own: made by an earlier edition, it let others in, and its files still would.
  if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700)
  const unlock = lockFolder(folder)
  try {
    const file = join(folder, options.name)
    const snapshots = snapshotFolder(folder)
    removeLeftovers(snapshots)
    if (options.restore)
      withRoom(folder, () => restore(file, snapshots, clock.now(), () => foretell(options)))
    const marker = join(folder, 'running')
    const uncleanEnd = existsSync(marker)
    const connection = openWithRoom(options, file, snapshots)
    mark(marker)
    const told = new Set<DatabaseWarning>()
    const warn = (what: DatabaseWarning, error: unknown) => {
      onFault(what, error)
      if (told.has(what)) return
      told.add(what)
      options.onWarning()
    }
    const disk = watchDisk(folder, clock, options.onWarning)
    const watch = watchClock(clock, options.onClockSet)
    const writer = writerHost(options, disk, watch, told)
    const engine = options.engine ?? ((one) => one)
    const database = createDatabase(file, engine(connection), () => clock.now(), writer)
    const numbers = openNumbers(folder, onFault)
    const keeper = startSnapshots(file, snapshots, options, {
      uncleanEnd,
      warn,
      taken: () => told.delete('snapshotFailed'),
    })
    return {
      ...database,
      uncleanEnd,
      numbers,
      warnings: () => [...told, ...diskWarnings(disk)],
      snapshot: keeper.snapshot,
      close() {
        if (!connection.open) return
        keeper.stop()
        disk.stop()
        watch.stop()
        numbers.close()
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

function diskWarnings(disk: Disk): DatabaseWarning[] {
  const state = disk.state()
  return state === null ? [] : [state === 'full' ? 'diskFull' : 'diskLow']
}

/** What a change that cannot be written means: room is made, and whoever looks is told until one is written again. */
function writerHost(
  options: DatabaseOptions,
  disk: Disk,
  watch: ClockWatch,
  told: Set<DatabaseWarning>,
): WriterHost {
  const { actor, emit } = options
  return {
    ...(actor === undefined ? {} : { actor }),
    ...(emit === undefined ? {} : { emit }),
    onBegin: watch.look,
    after: (ms, run) => void options.clock.after(ms, run),
    onFault: options.onFault,
    onTrouble(trouble) {
      if (trouble === 'full') return disk.makeRoom()
      if (trouble === 'busy' && !told.has('busy')) {
        told.add('busy')
        options.onWarning()
      }
      return false
    },
    onWritten() {
      if (told.delete('busy')) options.onWarning()
    },
  }
}

/** Beside a full disk the mark of an unclean end has to be done without. */
function mark(marker: string): void {
  try {
    closeSync(openSync(marker, 'w', 0o600))
  } catch (error) {
    if (!isNoRoom(error)) throw error
  }
}

/** @throws KauntaError DISK_FULL when there is no room even without the ballast */
function withRoom<T>(folder: string, work: () => T): T {
  const noRoom = (error: unknown) => isNoRoom(error) || troubleOf(error) === 'full'
  try {
    return work()
  } catch (error) {
    if (!noRoom(error) || !giveUpBallast(folder)) throw noRoom(error) ? asProblem('full') : error
  }
  try {
    return work()
  } catch (error) {
    throw noRoom(error) ? asProblem('full') : error
  }
}

/** An existing file is at least read, whatever the disk says: without room its log's index is kept in memory. */
function openWithRoom(options: DatabaseOptions, file: string, snapshots: string): Connection {
  const open = (alone: boolean) => openChecked(file, snapshots, options.clock.now(), alone)
  try {
    return withRoom(options.folder, () => open(false))
  } catch (error) {
    if (troubleOf(error) !== 'full' || !existsSync(file)) throw error
    return open(true)
  }
}

function openChecked(file: string, snapshots: string, now: number, alone: boolean): Connection {
  return guard(file, snapshots, () => {
    const opened = openConnection(file, { alone })
    try {
      if (
        statSync(file).size <= checkAtOnceBytes &&
        opened.pragma('quick_check(1)', { simple: true }) !== 'ok'
      ) {
        throw damaged(file, snapshots)
      }
      migrate(opened, readMigrations(), now, () => takeSnapshot(file, snapshots, now))
      return opened
    } catch (error) {
      opened.close()
      throw error
    }
  })
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

/** On disk before the file is another: the program may be killed in between. */
function foretell({ folder, onFault, onRestore }: DatabaseOptions): void {
  const numbers = openNumbers(folder, onFault)
  onRestore?.(numbers)
  numbers.close()
}

/** The damaged file and its log are moved aside, never deleted. */
function restore(file: string, snapshots: string, now: number, foretold: () => void): void {
  const good = newestGood(snapshots)
  if (good === null) throw damaged(file, snapshots)
  foretold()
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

interface Watched {
  readonly uncleanEnd: boolean
  readonly warn: (what: DatabaseWarning, error: unknown) => void
  readonly taken: () => void
}

function startSnapshots(file: string, folder: string, options: DatabaseOptions, watched: Watched) {
  const { uncleanEnd, warn } = watched
  let stopped = false
  let timer: Stop = () => {}
  const snapshot = async () => {
    await runJob(options.worker, { job: 'snapshot', file, folder, now: options.clock.now() })
    watched.taken()
  }
  const check = async () => {
    if (statSync(file).size <= checkAtOnceBytes && !uncleanEnd) return
    if (!(await runJob(options.worker, { job: 'check', file }))) warn('damaged', damaged(file, folder))
  }
  const schedule = (ms: number) => {
    timer = options.clock.after(ms, () => {
      snapshot()
        .catch((error: unknown) => warn('snapshotFailed', error))
        .finally(() => {
          if (!stopped) schedule(snapshotEveryMs)
        })
    })
  }
  const stopCheck = options.clock.after(1000, () => {
    check().catch((error: unknown) => warn('damaged', error))
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
    thinSnapshots(job.folder)
    return true
  }
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: job })
    thread.once('message', (message: { readonly sound: boolean }) => resolve(message.sound))
    thread.once('error', reject)
    thread.once('exit', () => reject(new Error('the database worker ended without an answer')))
  })
}
