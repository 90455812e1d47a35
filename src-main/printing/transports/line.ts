import { connect, type Socket } from 'node:net'
import type { Clock } from '../ports.ts'
import { createReplyReader, type PrinterReply } from './status.ts'

export interface PrinterAddress {
  readonly host: string
  readonly port: number
}

/** Something that ends a wait. */
export type LineEvent =
  | { readonly kind: 'reply'; readonly reply: PrinterReply }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'lost'; readonly detail: string }

/** One open connection to a printer. */
export interface PrinterLine {
  /** Bytes of `send` that this machine's network stack has taken. */
  accepted(): number
  /** Hands bytes over without waiting and answers how many `accepted` will reach once they are taken. */
  send(bytes: Uint8Array): number
  /** The first matching event from now on, the loss of the line, or null after `ms` milliseconds. */
  next(match: (event: LineEvent) => boolean, ms: number): Promise<LineEvent | null>
  /** Ends our side and lets what was sent drain; never cuts it off. */
  end(): void
}

export type Opened =
  | { readonly ok: true; readonly line: PrinterLine }
  | { readonly ok: false; readonly detail: string; readonly cancelled: boolean }

/** How long a printer may take to close its side before the socket is given up, ms. */
const closingMs = 2_000

interface Waiter {
  readonly match: (event: LineEvent) => boolean
  readonly settle: (event: LineEvent | null) => void
}

function describe(error: Error & { code?: string }): string {
  return error.code === undefined ? error.message : `${error.code}: ${error.message}`
}

function lineOver(socket: Socket, clock: Clock, signal: AbortSignal | undefined): PrinterLine {
  const waiters = new Set<Waiter>()
  const read = createReplyReader()
  let handed = 0
  let taken = 0
  let lost: LineEvent | null = null
  const emit = (event: LineEvent) => {
    for (const waiter of waiters) if (event.kind === 'lost' || waiter.match(event)) waiter.settle(event)
  }
  const lose = (detail: string) => {
    lost ??= { kind: 'lost', detail }
    emit(lost)
  }
  const onAbort = () => lose('cancelled')
  socket.on('data', (bytes: Buffer) => {
    for (const reply of read(bytes)) emit({ kind: 'reply', reply })
  })
  socket.on('error', (error) => lose(describe(error)))
  socket.on('end', () => lose('the printer closed the connection'))
  socket.on('close', () => {
    signal?.removeEventListener('abort', onAbort)
    lose('the connection was closed')
  })
  signal?.addEventListener('abort', onAbort, { once: true })

  return {
    accepted: () => taken,
    send(bytes) {
      handed += bytes.length
      socket.write(bytes, (error) => {
        if (error !== undefined && error !== null) return
        taken += bytes.length
        emit({ kind: 'accepted' })
      })
      return handed
    },
    next(match, ms) {
      if (lost !== null) return Promise.resolve(lost)
      return new Promise((resolve) => {
        const stop = clock.after(ms, () => waiter.settle(null))
        const waiter: Waiter = {
          match,
          settle(event) {
            waiters.delete(waiter)
            stop()
            resolve(event)
          },
        }
        waiters.add(waiter)
      })
    },
    end() {
      socket.end()
      const stop = clock.after(closingMs, () => socket.destroy())
      socket.once('close', stop)
    },
  }
}

/** Connects by raw TCP; never throws, and leaves nothing open when it fails. */
export function openLine(
  printer: PrinterAddress,
  options: { clock: Clock; connectTimeoutMs: number; signal?: AbortSignal | undefined },
): Promise<Opened> {
  const { clock, connectTimeoutMs, signal } = options
  if (signal?.aborted === true) return Promise.resolve({ ok: false, detail: 'cancelled', cancelled: true })
  return new Promise((resolve) => {
    const socket = connect({ host: printer.host, port: printer.port, noDelay: true })
    const finish = (opened: Opened) => {
      stop()
      signal?.removeEventListener('abort', onAbort)
      socket.off('error', onError)
      if (!opened.ok) {
        // A late error of a socket that was given up concerns nobody.
        socket.on('error', () => {})
        socket.destroy()
      }
      resolve(opened)
    }
    const fail = (detail: string, cancelled = false) => finish({ ok: false, detail, cancelled })
    const onError = (error: Error) => fail(describe(error))
    const onAbort = () => fail('cancelled', true)
    const stop = clock.after(connectTimeoutMs, () => fail(`no connection within ${connectTimeoutMs} ms`))
    signal?.addEventListener('abort', onAbort, { once: true })
    socket.on('error', onError)
    socket.once('connect', () => finish({ ok: true, line: lineOver(socket, clock, signal) }))
  })
}
