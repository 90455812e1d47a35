import type { Clock } from '../../ports.ts'

/** Bytes that a slow printer takes each time, and milliseconds between: 1,000 bytes a second. */
const slowBytes = 50
const slowPauseMs = 50

export interface ReceiveBufferUser {
  /** A byte came in, before those that wait ahead of it are printed. */
  arrived(byte: number): void
  /** A byte for the print head. */
  print(byte: number): void
  /** What keeps the head: nothing, its pace, or a fault. */
  head(): 'free' | 'slow' | 'stopped'
  /** Nothing waits any more. */
  drained(): void
}

/**
 * What a printer holds between its line and its head. When it is full the line waits: what the sender's side has taken
 * in the meantime has not reached the printer.
 */
export interface ReceiveBuffer {
  /** @param taken called once, when the last of these bytes has found room */
  offer(bytes: Uint8Array, taken: () => void): void
  /** Goes on when the head may have been freed. */
  resume(): void
  /** The line broke: what has found no room is gone. */
  dropLine(): void
  /** Switched off: all of it is gone. */
  clear(): void
}

/** @param capacity bytes that are held while the head stands still */
export function createReceiveBuffer(clock: Clock, capacity: number, user: ReceiveBufferUser): ReceiveBuffer {
  let held: number[] = []
  let from = 0
  let line: { readonly bytes: Uint8Array; at: number; readonly taken: () => void } | null = null
  /** Bytes that a slow head may still take before its pause. */
  let allowance = 0
  let pausing = false
  let running = false

  const waiting = () => held.length - from
  const takeIn = (): boolean => {
    if (line === null || waiting() >= capacity) return false
    const byte = line.bytes[line.at] ?? 0
    line.at += 1
    held.push(byte)
    user.arrived(byte)
    // It may have broken the line.
    if (line !== null && line.at === line.bytes.length) {
      const { taken } = line
      line = null
      taken()
    }
    return true
  }
  const pause = () => {
    if (pausing) return
    pausing = true
    clock.after(slowPauseMs, () => {
      pausing = false
      allowance = slowBytes
      resume()
    })
  }
  const printOne = (): boolean => {
    if (waiting() === 0) return false
    const head = user.head()
    if (head === 'slow' && allowance === 0) pause()
    if (head === 'stopped' || (head === 'slow' && allowance === 0)) return false
    if (head === 'slow') allowance -= 1
    const byte = held[from] ?? 0
    from += 1
    if (from === held.length || from > capacity) {
      held = held.slice(from)
      from = 0
    }
    user.print(byte)
    return true
  }
  // Each byte is printed as soon as it is in, where the head is free: the order of answers is that of the bytes.
  const resume = () => {
    if (running) return
    running = true
    let moved = true
    while (moved) {
      moved = printOne()
      moved = takeIn() || moved
    }
    running = false
    if (waiting() === 0) user.drained()
  }
  return {
    offer(bytes, taken) {
      line = { bytes, at: 0, taken }
      resume()
    },
    resume,
    dropLine() {
      line = null
    },
    clear() {
      held = []
      from = 0
      line = null
    },
  }
}
