import type { Socket } from 'node:net'
import type { Faults, PaperItem } from '../../src-preload/contract/practice.ts'
import type { Clock, Stop } from '../ports.ts'
import { createPaperDecoder } from './paper-decoder.ts'
import { openPrinterPort } from './paper-port.ts'
import { createPaperRoll } from './paper-roll.ts'

export type PrinterFault = Faults['printer']

export interface VirtualPrinterOptions {
  /** 0 or absent for any free port. */
  readonly port?: number
  readonly columns?: 32 | 48
  readonly clock: Clock
}

/** A network printer on a TCP port of this machine that keeps its paper. */
export interface VirtualPrinter {
  readonly host: string
  readonly port: number
  snapshot(): { readonly paper: PaperItem[]; readonly columns: number }
  /** Told soon after each change of the paper or of the printer's state. */
  subscribe(listener: () => void): Stop
  setFault(fault: PrinterFault): Promise<void>
  /** Puts in a roll of this width, in Font A characters: what is printed from now on breaks there. */
  setColumns(columns: 32 | 48): void
  /** Tears the paper off: the tape is empty again. */
  tear(): void
  /** Complete receipts so far: papers that were cut. */
  jobs(): number
  /** For tests: the next connection is reset after it brought this many bytes, status questions included. */
  disconnectAfterBytes(count: number): void
  close(): Promise<void>
}

/** Dots of one Font A character. */
const columnDots = 12

/** `DLE EOT n` answers by fixed bits 1 and 4 and what is wrong (printing facts §6). */
function statusByte(question: number, fault: PrinterFault): number {
  const fixed = 0x12
  if (question === 1) return fault === 'ready' ? fixed : fixed | 0x08
  if (question === 2) return fixed | (fault === 'coverOpen' ? 0x04 : 0) | (fault === 'noPaper' ? 0x20 : 0)
  if (question === 4) return fault === 'noPaper' ? 0x7e : fixed
  return fixed
}

/** Finds `DLE EOT n` anywhere in a stream, as printers do to answer even while busy. */
function createRealTimeReader(): (byte: number) => number | null {
  let state = 0
  return (byte) => {
    if (state === 2) {
      state = 0
      return byte
    }
    state = byte === 0x10 ? 1 : state === 1 && byte === 0x04 ? 2 : 0
    return null
  }
}

interface Mechanism {
  /** Bytes for the print head; held back while it cannot print. */
  take(byte: number): void
  /** Prints what was held back. */
  resume(): void
  abandon(): void
}

function createMechanism(
  widthDots: number,
  canPrint: () => boolean,
  output: { item(item: PaperItem): void; answer(bytes: Uint8Array): void },
): Mechanism {
  const decoder = createPaperDecoder(widthDots, output)
  let held: (number | 'end')[] = []
  const feed = (step: number | 'end') => (step === 'end' ? decoder.abandon() : decoder.push(step))
  return {
    take: (byte) => (canPrint() ? feed(byte) : void held.push(byte)),
    abandon: () => (canPrint() ? feed('end') : void held.push('end')),
    resume() {
      const steps = held
      held = []
      for (const step of steps) feed(step)
    },
  }
}

/** Bytes of one connection, up to the byte at which a test breaks it. */
function readConnection(
  socket: Socket,
  limit: number,
  heard: { question(question: number): void; byte(byte: number): void },
): void {
  const realTime = createRealTimeReader()
  let left = limit
  socket.on('data', (bytes: Buffer) => {
    for (const byte of bytes.subarray(0, left)) {
      const question = realTime(byte)
      if (question !== null) heard.question(question)
      heard.byte(byte)
    }
    left -= bytes.length
    if (left <= 0) socket.resetAndDestroy()
  })
}

/** Starts the printer on 127.0.0.1. Rejects when the port is taken. */
export async function createVirtualPrinter(options: VirtualPrinterOptions): Promise<VirtualPrinter> {
  const { clock } = options
  let columns = options.columns ?? 32
  const roll = createPaperRoll(clock)
  let fault: PrinterFault = 'ready'
  let cutOff = Number.POSITIVE_INFINITY
  const canPrint = () => fault === 'ready' || fault === 'silent'
  const answer = (bytes: Uint8Array) => {
    if (fault !== 'silent') port.answer(bytes)
  }
  const build = () =>
    createMechanism(columns * columnDots, canPrint, { answer, item: (item) => roll.print(item) })
  let mechanism = build()
  const port = await openPrinterPort(options.port ?? 0, {
    turn(socket) {
      readConnection(socket, cutOff, {
        question: (question) => answer(Uint8Array.of(statusByte(question, fault))),
        byte: (byte) => mechanism.take(byte),
      })
      cutOff = Number.POSITIVE_INFINITY
    },
    over: () => mechanism.abandon(),
  })

  return {
    host: '127.0.0.1',
    port: port.number,
    snapshot: () => ({ paper: roll.items(), columns }),
    subscribe: (listener) => roll.subscribe(listener),
    setColumns(next) {
      if (next === columns) return
      mechanism.abandon()
      columns = next
      mechanism = build()
      roll.changed()
    },
    async setFault(next) {
      fault = next
      await (next === 'off' ? port.hangUp() : port.reopen())
      if (canPrint()) mechanism.resume()
      roll.changed()
    },
    tear: () => roll.tear(),
    jobs: () => roll.cuts(),
    disconnectAfterBytes(count) {
      cutOff = count
    },
    close: () => port.hangUp(),
  }
}
