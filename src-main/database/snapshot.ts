import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import Engine from 'better-sqlite3'

/** A verified copy of the whole database. */
export interface Snapshot {
  readonly file: string
  /** Counts the copies of this folder: the newest has the highest, whatever the clock said. */
  readonly order: number
  /** UTC epoch ms at which it was made, by the clock of then. */
  readonly at: number
}

/** Copies of earlier versions have no order of their own: they are older than all that have. */
const namePattern = /^kaunta-(?:(\d+)-)?(\d+)\.db$/
const retainedNewest = 2
const retainedDaily = 7
const dayMs = 86_400_000

export function snapshotFolder(dataFolder: string): string {
  return join(dataFolder, 'snapshots')
}

/**
 * Copies a live database (VACUUM INTO, its own read transaction), flushes the copy, opens it and checks it. Only a
 * copy that passed gets its final name, so that every file with that name was good when it was written; of one that
 * did not come about nothing stays.
 * Blocks its thread: about 160 ms for 50 MB; run it in the worker except before a migration.
 * @param now UTC epoch ms, becomes part of the name
 * @throws Error when the copy cannot be written or does not pass
 */
export function takeSnapshot(file: string, folder: string, now: number): Snapshot {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  removeLeftovers(folder)
  const order = nextOrder(folder)
  const partial = join(folder, `kaunta-${now}.partial`)
  const final = join(folder, `kaunta-${order}-${now}.db`)
  try {
    copyInto(file, partial)
    chmodSync(partial, 0o600)
    flush(partial)
    if (!isSound(partial)) throw new Error('the snapshot did not pass its check')
    renameSync(partial, final)
  } catch (error) {
    rmSync(partial, { force: true })
    throw error
  }
  flush(dirname(final))
  return { file: final, order, at: now }
}

function copyInto(file: string, partial: string): void {
  const source = new Engine(file, { readonly: true })
  try {
    source.prepare('VACUUM INTO ?').run(partial)
  } finally {
    source.close()
  }
}

/** What a copy that was interrupted left behind. */
export function removeLeftovers(folder: string): void {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.partial') || name.endsWith('.partial-journal'))
      rmSync(join(folder, name), { force: true })
  }
}

/** Copies are counted, since the clock by which they are named may be set back. */
function nextOrder(folder: string): number {
  return (listSnapshots(folder)[0]?.order ?? 0) + 1
}

/** True when the file opens and every page of it is in order. */
export function isSound(file: string): boolean {
  if (!existsSync(file)) return false
  try {
    const copy = new Engine(file, { readonly: true })
    try {
      const hasSchema =
        copy.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migration'").get() !== undefined
      return hasSchema && copy.pragma('quick_check(1)', { simple: true }) === 'ok'
    } finally {
      copy.close()
    }
  } catch {
    return false
  }
}

/** Newest first. */
export function listSnapshots(folder: string): Snapshot[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .flatMap((name) => {
      const [match, order = '0', at = '0'] = namePattern.exec(name) ?? []
      return match === undefined ? [] : [{ file: join(folder, name), order: Number(order), at: Number(at) }]
    })
    .toSorted((a, b) => b.order - a.order || b.at - a.at)
}

/** The newest copy that still passes its check, or null. */
export function newestGood(folder: string): Snapshot | null {
  return listSnapshots(folder).find((snapshot) => isSound(snapshot.file)) ?? null
}

/** Keeps the newest two and the newest of each of the last seven days on which copies were made; removes the rest. */
export function thinSnapshots(folder: string): void {
  const all = listSnapshots(folder)
  const keep = new Set(all.slice(0, retainedNewest).map((snapshot) => snapshot.file))
  const seenDays = new Set<number>()
  for (const snapshot of all) {
    const day = Math.floor(snapshot.at / dayMs)
    if (seenDays.size >= retainedDaily || seenDays.has(day)) continue
    seenDays.add(day)
    keep.add(snapshot.file)
  }
  for (const snapshot of all) if (!keep.has(snapshot.file)) rmSync(snapshot.file, { force: true })
}

function flush(path: string): void {
  const handle = openSync(path, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
