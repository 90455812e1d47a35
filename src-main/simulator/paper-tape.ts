import { createServer, type Server, type Socket } from 'node:net'
import type { Faults, PaperItem } from '../../src-preload/contract/practice.ts'
import type { Clock, Stop } from '../ports.ts'
import { createPaperDecoder } from './paper-decoder.ts'

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
  /** Tears the paper off: the tape is empty again. */
  tear(): void
  /** Complete receipts so far: papers that were cut. */
  jobs(): number
  /** For tests: the next connection is reset after it brought this many bytes, status questions included. */
  disconnectAfterBytes(count: number): void
  close(): Promise<void>
}

/** Paper items kept; the oldest go first. */
const longestTape = 5_000
/** Changes within this many milliseconds are told once. */
const noticeMs = 16
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

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

/** Starts the printer on 127.0.0.1. Rejects when the port is taken. */
export async function createVirtualPrinter(options: VirtualPrinterOptions): Promise<VirtualPrinter> {
  const { clock, columns = 32 } = options
  let paper: PaperItem[] = []
  let cuts = 0
  let fault: PrinterFault = 'ready'
  let cutOff: number | null = null
  let current: Socket | null = null
  const waiting: Socket[] = []
  const listeners = new Set<() => void>()
  let noticeDue = false

  const changed = () => {
    if (noticeDue) return
    noticeDue = true
    clock.after(noticeMs, () => {
      noticeDue = false
      for (const listener of listeners) listener()
    })
  }
  const answer = (bytes: Uint8Array) => {
    if (fault !== 'silent' && current !== null && !current.destroyed) current.write(bytes)
  }
  const canPrint = () => fault === 'ready' || fault === 'silent'
  const mechanism = createMechanism(columns * columnDots, canPrint, {
    answer,
    item(item) {
      paper.push(item)
      if (paper.length > longestTape) paper = paper.slice(-longestTape)
      if (item.kind === 'cut') cuts += 1
      changed()
    },
  })

  const serveNext = () => {
    do current = waiting.shift() ?? null
    while (current?.destroyed === true)
    if (current !== null) serve(current)
  }
  const serve = (socket: Socket) => {
    const realTime = createRealTimeReader()
    let left = cutOff ?? Number.POSITIVE_INFINITY
    cutOff = null
    socket.on('data', (bytes: Buffer) => {
      for (const byte of bytes) {
        if (left <= 0) break
        left -= 1
        const question = realTime(byte)
        if (question !== null) answer(Uint8Array.of(statusByte(question, fault)))
        mechanism.take(byte)
      }
      if (left <= 0) socket.resetAndDestroy()
    })
    socket.once('close', () => {
      mechanism.abandon()
      serveNext()
    })
    socket.resume()
  }
  // One connection prints, the others wait their turn, as on a real network card.
  const accept = (socket: Socket) => {
    socket.on('error', () => socket.destroy())
    socket.on('end', () => socket.end())
    waiting.push(socket)
    if (current === null) serveNext()
  }
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, accept)
  const port = await listen(server, options.port ?? 0)

  const hangUp = () =>
    new Promise<void>((resolve) => {
      if (!server.listening) return resolve()
      server.close(() => resolve())
      for (const socket of [...waiting.splice(0), ...(current === null ? [] : [current])]) socket.destroy()
    })

  return {
    host: '127.0.0.1',
    port,
    snapshot: () => ({ paper: [...paper], columns }),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    async setFault(next) {
      fault = next
      if (next === 'off') await hangUp()
      else if (!server.listening) await listen(server, port)
      if (canPrint()) mechanism.resume()
      changed()
    },
    tear() {
      paper = []
      changed()
    },
    jobs: () => cuts,
    disconnectAfterBytes(count) {
      cutOff = count
    },
    close: hangUp,
  }
}
