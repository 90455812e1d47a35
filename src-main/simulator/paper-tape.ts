import type { Socket } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { PaperItem } from '../../src-preload/contract/paper.ts'
import type { Faults } from '../../src-preload/contract/practice.ts'
import type { Clock, Stop } from '../ports.ts'
import type { StoredPictures } from './paper/language.ts'
import { openPrinterPort } from './paper/port.ts'
import { createReceiveBuffer } from './paper/receive-buffer.ts'
import { createPaperRoll, paperDots } from './paper/roll.ts'
import { isOffline, type MechanismState } from './paper/status.ts'
import { createPaperDecoder, type PaperDecoder, unreadable } from './paper-decoder.ts'

export type PrinterFault = Faults['printer']
export type PrinterLanguageName = 'escpos' | 'starprnt'
/** Font A characters across: 58 mm rolls have 32 to 35, 80 mm rolls 42 to 48. */
export type PaperColumns = 32 | 35 | 42 | 44 | 48

export interface VirtualPrinterOptions {
  /** 0 or absent for any free port. */
  readonly port?: number
  readonly columns?: PaperColumns
  readonly language?: PrinterLanguageName
  /** Bytes that it holds while it cannot print; 4,096 unless told. */
  readonly bufferBytes?: number
  readonly clock: Clock
}

/** A network printer on a TCP port of this machine that keeps its paper. */
export interface VirtualPrinter {
  readonly host: string
  readonly port: number
  snapshot(): { readonly paper: PaperItem[]; readonly columns: number; readonly fault: PrinterFault }
  /** Told soon after each change of the paper or of the printer's state. */
  subscribe(listener: () => void): Stop
  setFault(fault: PrinterFault): Promise<void>
  /** Puts in a roll of this width, in Font A characters: what is printed from now on breaks there. */
  setColumns(columns: PaperColumns): void
  /** Makes it speak another language, as a switch in the real ones does; it starts anew. */
  setLanguage(language: PrinterLanguageName): void
  /** Switches it off and on: what it held is gone, half-received commands too; paper and stored pictures stay. */
  powerCycle(): Promise<void>
  /** Tears the paper off: the tape is empty again. */
  tear(): void
  /** Complete receipts so far: papers that were cut. */
  jobs(): number
  /** Bytes of a command that has not come whole; a printer keeps it, whoever connects next, until it is switched off. */
  stuckBytes(): number
  /** For tests: the next connection is reset after it brought this many bytes, status questions included. */
  disconnectAfterBytes(count: number): void
  /** For tests: the roll ends when this many more bytes were taken by the head, status questions included. */
  runOutAfterBytes(count: number): void
  close(): Promise<void>
}

/** Printable dots across: of 12 a character, and on TM-T88 class printers the few that remain (printing facts §4). */
const rollDots: Readonly<Record<PaperColumns, number>> = { 32: 384, 35: 420, 42: 512, 44: 528, 48: 576 }
/** 25 mm: where a roll ends or a line breaks "in the middle". */
const middleDots = 200

/** What the mechanism shows of a fault. */
function mechanismOf(fault: PrinterFault): MechanismState {
  return {
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

/** Starts the printer on 127.0.0.1. Rejects when the port is taken. */
export async function createVirtualPrinter(options: VirtualPrinterOptions): Promise<VirtualPrinter> {
  const { clock } = options
  const roll = createPaperRoll(clock)
  const stored: StoredPictures = new Map()
  let columns = options.columns ?? 32
  let language = options.language ?? 'escpos'
  let fault: PrinterFault = 'ready'
  let shown: { readonly command: readonly number[]; readonly length: number } = { command: [], length: 0 }
  let cutOff = Number.POSITIVE_INFINITY

  const become = (next: PrinterFault) => {
    const before = mechanismOf(fault)
    fault = next
    middle.stop()
    if (next === 'noPaperSoon' || next === 'breaksOff') middle.start(middleDots)
    if (next !== 'off' && !isDeepStrictEqual(before, mechanismOf(next))) decoder.changed()
    roll.changed()
  }
  const breakLine = () => {
    buffer.dropLine()
    port.breakOff()
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

  const build = (): PaperDecoder =>
    createPaperDecoder(
      rollDots[columns],
      {
        item(item) {
          roll.print(item)
          middle.spend(paperDots(item))
        },
        answer(bytes) {
          if (fault !== 'silent') port.answer(bytes)
        },
        state: () => mechanismOf(fault),
      },
      { language, stored },
    )
  let decoder = build()
  const restart = () => {
    buffer.clear()
    decoder = build()
  }

  /** Whoever spoke is gone in the middle of a command: the paper says so, the printer waits for the rest of it. */
  const showStuck = () => {
    const command = decoder.pending()
    const grown = command !== shown.command || command.length > shown.length
    shown = { command, length: command.length }
    if (grown && command.length > 0) roll.print(unreadable(command))
  }
  const buffer = createReceiveBuffer(clock, options.bufferBytes ?? 4_096, {
    arrived(byte) {
      decoder.arrived(byte)
      lineEnd.spend(1)
    },
    print(byte) {
      decoder.push(byte)
      rollEnd.spend(1)
    },
    head() {
      if (fault === 'off' || isOffline(mechanismOf(fault))) return 'stopped'
      return fault === 'slow' ? 'slow' : 'free'
    },
    drained: () => {
      if (!port.busy()) showStuck()
    },
  })
  const listen = (socket: Socket) => {
    lineEnd.start(cutOff)
    cutOff = Number.POSITIVE_INFINITY
    socket.on('data', (bytes: Buffer) => {
      socket.pause()
      buffer.offer(bytes, () => socket.resume())
    })
  }
  const port = await openPrinterPort(options.port ?? 0, {
    turn: listen,
    over() {
      lineEnd.stop()
      buffer.dropLine()
      buffer.resume()
    },
  })

  return {
    host: '127.0.0.1',
    port: port.number,
    snapshot: () => ({ paper: roll.items(), columns, fault }),
    subscribe: (listener) => roll.subscribe(listener),
    setColumns(next) {
      if (next === columns) return
      decoder.abandon()
      columns = next
      decoder = build()
      roll.changed()
    },
    setLanguage(next) {
      if (next === language) return
      language = next
      restart()
    },
    async powerCycle() {
      await port.hangUp()
      restart()
      if (fault !== 'off') await port.reopen()
    },
    async setFault(next) {
      become(next)
      if (next === 'off') {
        await port.hangUp()
        restart()
      } else await port.reopen()
      buffer.resume()
    },
    tear: () => roll.tear(),
    jobs: () => roll.cuts(),
    stuckBytes: () => decoder.pending().length,
    disconnectAfterBytes(count) {
      cutOff = count
    },
    runOutAfterBytes: (count) => rollEnd.start(count),
    close: () => port.hangUp(),
  }
}
