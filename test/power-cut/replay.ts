import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Engine from 'better-sqlite3'
import type { Chance } from '../fixtures/chance.ts'
import { folderItself, type Step } from './trace.ts'

/** What 2,000 power cuts left behind. */
export interface Losses {
  readonly images: number
  /** Images that cannot be opened or are not in order. */
  readonly corrupt: number
  /** Images in which an acknowledged sale is missing. */
  readonly losing: number
  /** Acknowledged sales missing in the worst image. */
  readonly worst: number
  /** Acknowledged sales that the images had to hold, in sum: a replay that compares nothing would show 0. */
  readonly compared: number
}

type Change = Exclude<Step, { kind: 'acknowledge' } | { kind: 'sync' }>

/** A file's bytes in a buffer with room to grow, for a log grows by some bytes thousands of times. */
interface Content {
  room: Buffer
  size: number
}
type Files = Map<string, Content>

interface Disk {
  /** What survives whatever happens. */
  readonly safe: Files
  /** Given to the operating system and not yet flushed. */
  pending: Change[]
  acknowledged: number
}

/** Disks write 512 bytes or nothing; larger blocks may be torn. */
const sectorBytes = 512

/**
 * Cuts the power at `images` random moments. Flushed writes are kept; each other one is kept, dropped or torn, on its
 * own, since a disk may reorder what was not flushed. That a file was created counts as flushed with the creation.
 * @param scratch a folder for the images
 */
export function cutPower(steps: readonly Step[], images: number, chance: Chance, scratch: string): Losses {
  const disk: Disk = { safe: new Map(), pending: [], acknowledged: 0 }
  const cuts = Array.from({ length: images }, () => Math.floor(chance.upTo(steps.length + 1))).toSorted(
    (a, b) => a - b,
  )
  const missing: number[] = []
  let corrupt = 0
  let compared = 0
  let done = 0
  for (const cut of cuts) {
    for (; done < cut; done += 1) advance(disk, steps[done])
    compared += disk.acknowledged
    const found = survivors(disk, chance, scratch)
    if (found === null) corrupt += 1
    else if (found < disk.acknowledged) missing.push(disk.acknowledged - found)
  }
  return { images, corrupt, losing: missing.length, worst: Math.max(0, ...missing), compared }
}

function advance(disk: Disk, step: Step | undefined): void {
  if (step === undefined) return
  if (step.kind === 'acknowledge') disk.acknowledged = step.number
  else if (step.kind === 'sync') flush(disk, step.file)
  else disk.pending.push(step)
}

function flush(disk: Disk, file: string): void {
  if (file === folderItself) {
    const names = disk.pending.flatMap((change) => (change.kind === 'unlink' ? [change.file] : []))
    for (const name of names) {
      const last = disk.pending.findLastIndex((change) => change.kind === 'unlink' && change.file === name)
      disk.safe.delete(name)
      // What was written into the file before it went is gone with it.
      disk.pending = disk.pending.filter((change, index) => index > last || change.file !== name)
    }
    return
  }
  for (const change of disk.pending) if (change.file === file) apply(disk.safe, change)
  disk.pending = disk.pending.filter((change) => change.file !== file)
}

/** @returns how many sales the image holds, or null when it is no sound database */
function survivors(disk: Disk, chance: Chance, scratch: string): number | null {
  const files: Files = new Map()
  for (const [name, { room, size }] of disk.safe) files.set(name, { room: Buffer.from(room), size })
  for (const change of disk.pending) strike(files, change, chance)
  const path = join(scratch, 'kaunta.db')
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true })
  for (const [name, { room, size }] of files) writeFileSync(join(scratch, name), room.subarray(0, size))
  return files.has('kaunta.db') ? countSales(path) : 0
}

function strike(files: Files, change: Change, chance: Chance): void {
  const fate = chance.fraction()
  if (fate < 1 / 3) apply(files, change)
  else if (fate < 2 / 3 && change.kind === 'write') {
    for (let from = 0; from < change.bytes.length; from += sectorBytes) {
      if (!chance.hits(0.5)) continue
      const bytes = change.bytes.subarray(from, from + sectorBytes)
      apply(files, { ...change, offset: change.offset + from, bytes })
    }
  }
}

function apply(files: Files, change: Change): void {
  if (change.kind === 'unlink') {
    files.delete(change.file)
    return
  }
  const content = files.get(change.file) ?? { room: Buffer.alloc(65_536), size: 0 }
  files.set(change.file, content)
  if (change.kind === 'truncate') {
    content.room.fill(0, change.size)
    grow(content, change.size)
    content.size = change.size
    return
  }
  grow(content, change.offset + change.bytes.length)
  change.bytes.copy(content.room, change.offset)
}

function grow(content: Content, size: number): void {
  if (size > content.room.length) {
    const larger = Buffer.alloc(size * 2)
    content.room.copy(larger)
    content.room = larger
  }
  content.size = Math.max(content.size, size)
}

function countSales(path: string): number | null {
  let database: Engine.Database | null = null
  try {
    database = new Engine(path)
    if (database.pragma('integrity_check', { simple: true }) !== 'ok') return null
    const known = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'sale_line'").get()
    if (known === undefined) return 0
    return wholeSales(database)
  } catch {
    return null
  } finally {
    database?.close()
  }
}

/** The sales 1, 2, 3 … with all their lines, and the till that counts them; a half sale is no sound database. */
function wholeSales(database: Engine.Database): number | null {
  const sales = database
    .prepare<[], { number: number; lines: number }>(
      'SELECT number, (SELECT count(*) FROM sale_line WHERE sale_id = sale.id) AS lines FROM sale ORDER BY number',
    )
    .all()
  const last = database.prepare<[], number>('SELECT coalesce(sum(last_number), 0) FROM till').pluck().get()
  const whole = sales.every(({ number, lines }, index) => number === index + 1 && lines === 1 + (number % 12))
  return whole && last === sales.length ? sales.length : null
}
