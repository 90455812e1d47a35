import type { PaperItem } from '../../src-preload/contract/paper.ts'
import type { Clock, Stop } from '../ports.ts'
import { openPrinterPort } from './paper/port.ts'
import { createPaperRoll } from './paper/roll.ts'
import {
  createMechanism,
  type PaperColumns,
  type PrinterFault,
  type PrinterLanguageName,
} from './paper-mechanism.ts'

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

/** Bytes that it holds while it cannot print, as a TM-T88 does. */
const usualBufferBytes = 4_096

/** Starts the printer on 127.0.0.1. Rejects when the port is taken. */
export async function createVirtualPrinter(options: VirtualPrinterOptions): Promise<VirtualPrinter> {
  const { clock, columns = 32, language = 'escpos', bufferBytes = usualBufferBytes } = options
  const roll = createPaperRoll(clock)
  const mechanism = createMechanism({ clock, columns, language, bufferBytes }, roll, {
    answer: (bytes) => port.answer(bytes),
    breakOff: () => port.breakOff(),
    busy: () => port.busy(),
  })
  const port = await openPrinterPort(options.port ?? 0, {
    turn(socket) {
      mechanism.connected()
      socket.on('data', (bytes: Buffer) => {
        // It flows again when there is room: until then the bytes behind wait on the other side.
        socket.pause()
        mechanism.take(bytes, () => socket.resume())
      })
    },
    over: () => mechanism.disconnected(),
  })
  return {
    host: '127.0.0.1',
    port: port.number,
    snapshot: () => ({ paper: roll.items(), columns: mechanism.columns(), fault: mechanism.fault() }),
    subscribe: (listener) => roll.subscribe(listener),
    setColumns: (next) => mechanism.setColumns(next),
    setLanguage: (next) => mechanism.setLanguage(next),
    async powerCycle() {
      await port.hangUp()
      mechanism.restart()
      if (mechanism.fault() !== 'off') await port.reopen()
    },
    async setFault(next) {
      mechanism.become(next)
      if (next === 'off') {
        await port.hangUp()
        mechanism.restart()
      } else await port.reopen()
      mechanism.resume()
    },
    tear: () => roll.tear(),
    jobs: () => roll.cuts(),
    stuckBytes: () => mechanism.stuckBytes(),
    disconnectAfterBytes: (count) => mechanism.disconnectAfterBytes(count),
    runOutAfterBytes: (count) => mechanism.runOutAfterBytes(count),
    close: () => port.hangUp(),
  }
}
