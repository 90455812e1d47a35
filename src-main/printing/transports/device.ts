import { closeSync, constants, openSync, readSync, statSync, writeSync } from 'node:fs'
import { isatty } from 'node:tty'
import type { Clock } from '../../ports.ts'
import {
  closingMs,
  describe,
  offline,
  refusal,
  type Wire,
  type WireEvents,
  type WireOpener,
  within,
} from './line.ts'

/** How often a device that takes nothing, or says nothing, is tried again, ms. */
const pollMs = 10

/**
 * Every call is non-blocking: a printer without paper lets a blocking write hang for hours, and in the thread pool of fs
 * four of those stop every file of this program.
 */
const { O_NOCTTY, O_NONBLOCK, O_RDWR, O_WRONLY, O_APPEND } = constants

/** Null when the device says "not now". */
function orLater(call: () => number): number | null {
  try {
    return call()
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EAGAIN' || error.code === 'EINTR')) {
      return null
    }
    throw error
  }
}

function flagsFor(path: string): { readonly flags: number; readonly twoWay: boolean } | null {
  const kind = statSync(path)
  if (kind.isCharacterDevice()) return { flags: O_RDWR | O_NONBLOCK | O_NOCTTY, twoWay: true }
  if (kind.isFIFO()) return { flags: O_WRONLY | O_NONBLOCK, twoWay: false }
  return kind.isFile() ? { flags: O_WRONLY | O_APPEND | O_NONBLOCK, twoWay: false } : null
}

interface Opened {
  readonly descriptor: number
  /** A terminal that reads as ended was hung up; of a printer that is an empty answer. */
  readonly terminal: boolean
}

/** Reads what is there; false when this device has nothing to say, ever (usblp: EINVAL without a bulk IN). */
function readOnce({ descriptor, terminal }: Opened, into: Uint8Array, events: WireEvents): boolean {
  try {
    const count = orLater(() => readSync(descriptor, into))
    if (count === 0 && terminal) throw new Error('the terminal was hung up')
    if (count !== null && count > 0) events.data(into.slice(0, count))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EINVAL') return false
    throw error
  }
}

function wireOver(opened: Opened, twoWay: boolean, events: WireEvents, clock: Clock): Wire {
  const { descriptor } = opened
  const waiting: { bytes: Uint8Array; taken: (count: number) => void }[] = []
  const buffer = new Uint8Array(256)
  let closed = false
  let closeBy = Number.POSITIVE_INFINITY
  let scheduled = false
  let released = () => {}
  const close = () => {
    if (closed) return
    closed = true
    closeSync(descriptor)
    released()
  }
  const guarded = (work: () => void) => {
    if (closed) return
    try {
      work()
    } catch (error) {
      close()
      events.lost(describe(error))
    }
  }
  /** True when everything was taken. */
  const push = (): boolean => {
    for (let piece = waiting[0]; piece !== undefined; piece = waiting[0]) {
      const { bytes, taken } = piece
      const count = orLater(() => writeSync(descriptor, bytes))
      if (count === null) return false
      piece.bytes = bytes.subarray(count)
      if (piece.bytes.length === 0) waiting.shift()
      taken(count)
    }
    return true
  }
  // usblp cancels on close what is still on its way to the printer; an empty write tells whether something is.
  const drained = () => push() && orLater(() => writeSync(descriptor, new Uint8Array(0))) !== null
  const work = () => {
    scheduled = false
    guarded(() => {
      const done = closeBy === Number.POSITIVE_INFINITY ? push() : drained() || clock.monotonic() >= closeBy
      if (done && closeBy !== Number.POSITIVE_INFINITY) close()
      else if (!done) schedule()
    })
  }
  const schedule = () => {
    if (scheduled) return
    scheduled = true
    clock.after(pollMs, work)
  }
  const listen = () =>
    guarded(() => {
      if (readOnce(opened, buffer, events)) clock.after(pollMs, listen)
    })
  if (twoWay) clock.after(0, listen)

  return {
    twoWay,
    write(bytes, taken) {
      waiting.push({ bytes, taken })
      if (!scheduled) work()
    },
    end: () =>
      new Promise((resolve) => {
        if (closed) return resolve()
        released = resolve
        closeBy = clock.monotonic() + closingMs
        if (!scheduled) work()
      }),
  }
}

/** A device file of Linux' usblp driver, as `/dev/usb/lp0`; a FIFO or a plain file takes bytes and never answers. */
export const openDevice: WireOpener<{ readonly path: string }> = ({ path }, events, options) =>
  within(options, () => {
    try {
      const how = flagsFor(path)
      if (how === null) return Promise.resolve(offline(`${path} is no device`))
      const descriptor = openSync(path, how.flags)
      const opened = { descriptor, terminal: isatty(descriptor) }
      return Promise.resolve({ ok: true, wire: wireOver(opened, how.twoWay, events, options.clock) })
    } catch (error) {
      return Promise.resolve(refusal(error))
    }
  })
