import { isDeepStrictEqual } from 'node:util'
import type { Faults } from '../../src-preload/contract/practice.ts'
import type { Clock } from '../ports.ts'
import type { StoredPictures } from './paper/language.ts'
import { createReceiveBuffer } from './paper/receive-buffer.ts'
import { type PaperRoll, paperDots } from './paper/roll.ts'
import { isOffline, type MechanismState } from './paper/status.ts'
import { createPaperDecoder, type PaperDecoder, unreadable } from './paper-decoder.ts'

export type PrinterFault = Faults['printer']
export type PrinterLanguageName = 'escpos' | 'starprnt'
/** Font A characters across: 58 mm rolls have 32 to 35, 80 mm rolls 42 to 48. */
export type PaperColumns = 32 | 35 | 42 | 44 | 48

export interface MechanismOptions {
  readonly clock: Clock
  readonly columns: PaperColumns
  readonly language: PrinterLanguageName
  /** Bytes that are held while it cannot print. */
  readonly bufferBytes: number
}

/** The line to whoever is connected. */
export interface PrinterLine {
  answer(bytes: Uint8Array): void
  /** Resets it, as a broken cable does. */
  breakOff(): void
  busy(): boolean
}

/** The printer behind its network card: what it holds, what it makes of it, and what is wrong with it. */
export interface Mechanism {
  /** Somebody's turn has come. */
  connected(): void
  /** @param taken called once, when the last of these bytes has found room */
  take(bytes: Uint8Array, taken: () => void): void
  disconnected(): void
  fault(): PrinterFault
  become(fault: PrinterFault): void
  /** Prints what it held back, where it can. */
  resume(): void
  /** Switched off and on: what it held is gone, half-received commands too; stored pictures stay. */
  restart(): void
  columns(): PaperColumns
  setColumns(columns: PaperColumns): void
  setLanguage(language: PrinterLanguageName): void
  stuckBytes(): number
  disconnectAfterBytes(count: number): void
  runOutAfterBytes(count: number): void
}

/** Printable dots across: of 12 a character, and on TM-T88 class printers the few that remain (printing facts §4). */
const rollDots: Readonly<Record<PaperColumns, number>> = { 32: 384, 35: 420, 42: 512, 44: 528, 48: 576 }
/** 25 mm: where a roll ends or a line breaks "in the middle". */
const middleDots = 200
/** Milliseconds until somebody pushes the drawer shut. */
const drawerOpenMs = 4_000

/** What the mechanism shows of a fault. */
function mechanismOf(fault: PrinterFault, drawerOpen: boolean): MechanismState {
  return {
    drawerOpen,
    coverOpen: fault === 'coverOpen',
    paperOut: fault === 'noPaper',
    paperLow: fault === 'paperLow',
    cutterError: fault === 'cutterError',
  }
}

/** Counts down to something that happens once. */
function createCountdown(run: () => void) {
  let left = Number.POSITIVE_INFINITY
  return {
    start(amount: number) {
      left = amount
    },
    stop() {
      left = Number.POSITIVE_INFINITY
    },
    spend(amount: number) {
      left -= amount
      if (left > 0) return
      left = Number.POSITIVE_INFINITY
      run()
    },
  }
}

/** What it reads bytes with: made anew for another roll or language, and when it is switched on. */
function createReader(
  options: MechanismOptions,
  roll: PaperRoll,
  output: Parameters<typeof createPaperDecoder>[1],
) {
  const stored: StoredPictures = new Map()
  let { columns, language } = options
  let shown: { readonly command: readonly number[]; readonly length: number } = { command: [], length: 0 }
  const build = (): PaperDecoder => createPaperDecoder(rollDots[columns], output, { language, stored })
  let decoder = build()
  return {
    decoder: () => decoder,
    columns: () => columns,
    restart() {
      decoder = build()
    },
    /** False when it has that roll already. */
    setColumns(next: PaperColumns): boolean {
      if (next === columns) return false
      decoder.abandon()
      columns = next
      decoder = build()
      return true
    },
    setLanguage(next: PrinterLanguageName): boolean {
      const changed = next !== language
      language = next
      return changed
    },
    /** Whoever spoke is gone in the middle of a command: the paper says so, the printer waits for the rest of it. */
    showStuck() {
      const command = decoder.pending()
      const changed = command !== shown.command || command.length > shown.length
      shown = { command, length: command.length }
      if (changed && command.length > 0) roll.print(unreadable(command))
    },
  }
}

export function createMechanism(options: MechanismOptions, roll: PaperRoll, line: PrinterLine): Mechanism {
  let fault: PrinterFault = 'ready'
  let drawerOpen = false
  const state = () => mechanismOf(fault, drawerOpen)
  const setDrawer = (open: boolean) => {
    if (drawerOpen === open) return
    drawerOpen = open
    if (fault !== 'off') reader.decoder().changed()
  }
  let cutOff = Number.POSITIVE_INFINITY
  const become = (next: PrinterFault) => {
    const before = state()
    fault = next
    middle.stop()
    if (next === 'noPaperSoon' || next === 'breaksOff') middle.start(middleDots)
    if (next !== 'off' && !isDeepStrictEqual(before, state())) reader.decoder().changed()
    roll.changed()
  }
  const breakLine = () => {
    buffer.dropLine()
    line.breakOff()
  }
  const middle = createCountdown(() => {
    if (fault === 'noPaperSoon') return become('noPaper')
    // What was on its way has not arrived.
    buffer.clear()
    breakLine()
    become('ready')
  })
  const rollEnd = createCountdown(() => become('noPaper'))
  const lineEnd = createCountdown(breakLine)
  const reader = createReader(options, roll, {
    item(item) {
      roll.print(item)
      middle.spend(paperDots(item))
      if (item.kind !== 'drawer') return
      setDrawer(true)
      options.clock.after(drawerOpenMs, () => setDrawer(false))
    },
    answer(bytes) {
      if (fault !== 'silent') line.answer(bytes)
    },
    state,
  })
  const buffer = createReceiveBuffer(options.clock, options.bufferBytes, {
    arrived(byte) {
      reader.decoder().arrived(byte)
      lineEnd.spend(1)
    },
    print(byte) {
      reader.decoder().push(byte)
      rollEnd.spend(1)
    },
    head() {
      if (fault === 'off' || isOffline(state())) return 'stopped'
      return fault === 'slow' ? 'slow' : 'free'
    },
    drained: () => {
      if (!line.busy()) reader.showStuck()
    },
  })
  const restart = () => {
    buffer.clear()
    reader.restart()
  }
  return {
    connected() {
      lineEnd.start(cutOff)
      cutOff = Number.POSITIVE_INFINITY
    },
    take: (bytes, taken) => buffer.offer(bytes, taken),
    disconnected() {
      lineEnd.stop()
      buffer.dropLine()
      buffer.resume()
    },
    fault: () => fault,
    become,
    resume: () => buffer.resume(),
    restart,
    columns: () => reader.columns(),
    setColumns(next) {
      if (reader.setColumns(next)) roll.changed()
    },
    setLanguage(next) {
      if (reader.setLanguage(next)) restart()
    },
    stuckBytes: () => reader.decoder().pending().length,
    disconnectAfterBytes(count) {
      cutOff = count
    },
    runOutAfterBytes: (count) => rollEnd.start(count),
  }
}
