import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Clock, Stop } from '../ports.ts'

/** What the disk has to say to a person; null when all is well. */
export type DiskState = 'low' | 'full' | null

/** Bytes kept back, so that a full disk leaves room for the work that is under way: some thousand sales. */
const ballastBytes = 4 * 1024 * 1024
/** Free bytes under which a person is told, long before anything stops. */
const lowBytes = 512 * 1024 * 1024
const lookEveryMs = 5 * 60_000
const lookWhenFullMs = 5_000

export interface Disk {
  state(): DiskState
  /** The disk is full. @returns true when the ballast made room */
  makeRoom(): boolean
  stop(): void
}

/**
 * Watches the room on the data folder's disk and keeps a ballast there, which is given up when the disk is full and
 * laid again when there is room.
 * @param changed the state became another than at the start
 */
export function watchDisk(folder: string, clock: Clock, changed: () => void): Disk {
  let state: DiskState = null
  let timer: Stop = () => {}
  let stopped = false
  let looked = false

  const become = (next: DiskState) => {
    if (next === state) return
    state = next
    if (looked) changed()
  }
  const look = () => {
    const free = freeBytes(folder)
    if (free !== null) {
      // Laid only where as much again is left.
      if (free > 2 * ballastBytes) layBallast(folder)
      if (state !== 'full' || free > ballastBytes) become(free < lowBytes ? 'low' : null)
    }
    timer()
    if (!stopped) timer = clock.after(state === 'full' ? lookWhenFullMs : lookEveryMs, look)
  }
  look()
  looked = true
  return {
    state: () => state,
    makeRoom() {
      const made = giveUpBallast(folder)
      if (state !== 'full') {
        become('full')
        timer()
        if (!stopped) timer = clock.after(lookWhenFullMs, look)
      }
      return made
    },
    stop() {
      stopped = true
      timer()
    },
  }
}

/** @returns true when there was a ballast, and its room is free now */
export function giveUpBallast(folder: string): boolean {
  const file = ballastOf(folder)
  if (!existsSync(file)) return false
  rmSync(file, { force: true })
  return true
}

function ballastOf(folder: string): string {
  return join(folder, 'ballast')
}

/** Random bytes, since a file system may keep zeros without keeping room for them. */
function layBallast(folder: string): void {
  const file = ballastOf(folder)
  if (existsSync(file)) return
  const handle = openSync(file, 'wx', 0o600)
  try {
    writeSync(handle, randomBytes(ballastBytes))
    fsyncSync(handle)
  } catch {
    rmSync(file, { force: true })
  } finally {
    closeSync(handle)
  }
}

/** Bytes that this user may still write; null where the system does not tell. */
function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
