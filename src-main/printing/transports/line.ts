import type { Clock } from '../../ports.ts'
import { createEchoWatch } from './echo.ts'
import type { PrinterReply, ReplyReader } from './status.ts'

/** Why a connection did not come about. */
export interface NotOpened {
  readonly ok: false
  readonly reason: 'printerOffline' | 'printerForbidden' | 'cancelledHere'
  readonly detail: string
}

/** What one kind of connection must be able to do; everything else is the same for all of them. */
export interface Wire {
  /** False where no answer can ever come back. */
  readonly twoWay: boolean
  /** Takes one piece without waiting; `taken` is told, in one step or several, how many of its bytes the system took. */
  write(bytes: Uint8Array, taken: (count: number) => void): void
  /**
   * Lets what was taken drain and closes, by force after a bound; to be called once. Resolves when the same port may be
   * opened again. Never rejects.
   */
  end(): Promise<void>
}

export interface WireEvents {
  data(bytes: Uint8Array): void
  /** Nothing more will go out or come in. */
  lost(detail: string): void
}

export interface WireOptions {
  readonly clock: Clock
  /** Milliseconds. */
  readonly connectTimeoutMs: number
  readonly signal: AbortSignal | undefined
}

export type OpenedWire = { readonly ok: true; readonly wire: Wire } | NotOpened

/** Opens one kind of connection. Never rejects, and leaves nothing open when it fails. */
export type WireOpener<C> = (connection: C, events: WireEvents, options: WireOptions) => Promise<OpenedWire>

/** How long a connection may take to close before it is cut off, ms. */
export const closingMs = 2_000

export function offline(detail: string): NotOpened {
  return { ok: false, reason: 'printerOffline', detail }
}

/** The system's word for a failure; a port that it keeps from us is a matter of rights, not of cables. */
export function refusal(error: unknown): NotOpened {
  const detail = describe(error)
  const forbidden = /\b(?:EACCES|EPERM)\b|permission denied|access (?:is )?denied/i.test(detail)
  return { ok: false, reason: forbidden ? 'printerForbidden' : 'printerOffline', detail }
}

/** Code and message of anything that was thrown. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null
  return code === null || error.message.startsWith(code) ? error.message : `${code}: ${error.message}`
}

/**
 * Runs one attempt to open a connection until it answers, time is up or the caller gives up. The attempt is told by its
 * signal; what opens too late is closed again. Answers when the same port may be opened again, at most `closingMs`
 * milliseconds after it was given up.
 */
export function within(
  options: WireOptions,
  attempt: (giveUp: AbortSignal) => Promise<OpenedWire>,
): Promise<OpenedWire> {
  const { clock, connectTimeoutMs, signal } = options
  const cancelled: NotOpened = { ok: false, reason: 'cancelledHere', detail: 'cancelled' }
  if (signal?.aborted === true) return Promise.resolve(cancelled)
  return new Promise((resolve) => {
    const given = new AbortController()
    let givenUp: NotOpened | null = null
    const giveUp = (outcome: NotOpened) => {
      givenUp = outcome
      leave()
      stop = clock.after(closingMs, () => resolve(outcome))
      given.abort()
    }
    const onAbort = () => giveUp(cancelled)
    let stop = clock.after(connectTimeoutMs, () =>
      giveUp(offline(`no connection within ${connectTimeoutMs} ms`)),
    )
    const leave = () => {
      stop()
      signal?.removeEventListener('abort', onAbort)
    }
    const settle = async (opened: OpenedWire) => {
      if (givenUp !== null && opened.ok) await opened.wire.end()
      leave()
      resolve(givenUp ?? opened)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    attempt(given.signal).then(settle, (error: unknown) => settle(refusal(error)))
  })
}

/** Something that ends a wait. */
export type LineEvent =
  | { readonly kind: 'reply'; readonly reply: PrinterReply }
  | { readonly kind: 'accepted' }
  | { readonly kind: 'lost'; readonly detail: string }

/** One open connection to a printer, whatever it runs over. */
export interface PrinterLine {
  /** False where no answer can ever come back. */
  readonly twoWay: boolean
  /** Bytes of `send` that this machine has taken. */
  accepted(): number
  /** Hands bytes over without waiting and answers how many `accepted` will reach once they are taken. */
  send(bytes: Uint8Array): number
  /** The first matching event from now on, the loss of the line, or null after `ms` milliseconds. */
  next(match: (event: LineEvent) => boolean, ms: number): Promise<LineEvent | null>
  /** Ends our side and lets what was sent drain; resolves, bounded, when the same port may be opened again. */
  end(): Promise<void>
}

interface Waiter {
  readonly match: (event: LineEvent) => boolean
  readonly settle: (event: LineEvent | null) => void
}

export interface LineOptions {
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
  readonly read: ReplyReader
  /** Told of every reply before whoever waits for it. */
  readonly heard: (reply: PrinterReply) => void
  /** The line sends back what it is sent: nothing that was heard on it is the word of a printer. */
  readonly echoed: () => void
}

/** Makes a line of a wire that is still to be opened with the returned events. */
export function createLine(options: LineOptions): {
  readonly events: WireEvents
  over(wire: Wire): PrinterLine
} {
  const { clock, signal, read, heard, echoed } = options
  const echo = createEchoWatch()
  const waiters = new Set<Waiter>()
  let handed = 0
  let taken = 0
  let lost: LineEvent | null = null
  const emit = (event: LineEvent) => {
    for (const waiter of waiters) if (event.kind === 'lost' || waiter.match(event)) waiter.settle(event)
  }
  const lose = (detail: string) => {
    signal?.removeEventListener('abort', onAbort)
    lost ??= { kind: 'lost', detail }
    emit(lost)
  }
  const onAbort = () => lose('cancelled')
  const next: PrinterLine['next'] = (match, ms) => {
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
  }
  const data = (bytes: Uint8Array) => {
    if (lost !== null) return
    const answer = echo.heard(bytes)
    if (echo.echoes()) {
      echoed()
      return
    }
    for (const reply of read(answer)) {
      heard(reply)
      emit({ kind: 'reply', reply })
    }
  }
  return {
    events: { data, lost: lose },
    over(wire) {
      signal?.addEventListener('abort', onAbort, { once: true })
      if (signal?.aborted === true) onAbort()
      return {
        twoWay: wire.twoWay,
        accepted: () => taken,
        send(bytes) {
          handed += bytes.length
          echo.sent(bytes)
          if (lost === null) {
            wire.write(bytes, (count) => {
              taken += count
              emit({ kind: 'accepted' })
            })
          }
          return handed
        },
        next,
        end() {
          signal?.removeEventListener('abort', onAbort)
          return wire.end()
        },
      }
    },
  }
}
