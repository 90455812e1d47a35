import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Clock } from '../ports.ts'
import {
  completionRequest,
  type PrinterStatus,
  type StatusQuestion,
  statusReason,
  statusRequest,
} from './status.ts'
import { type LineEvent, openLine, type PrinterAddress, type PrinterLine } from './transport-connection.ts'

export type { PrinterAddress } from './transport-connection.ts'

/**
 * printed: the printer itself said that everything was printed · notStarted: no byte of the job left this machine,
 * it may be sent again · unknown: some or all of it was handed over, and only a look at the paper can tell.
 */
export type PrintOutcome =
  | { readonly kind: 'printed' }
  | { readonly kind: 'notStarted'; readonly reason: ReasonCode; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string; readonly bytesAccepted: number }

export interface TransportOptions {
  readonly clock: Clock
  /** Milliseconds; default 1,500. */
  readonly connectTimeoutMs?: number
  /** Milliseconds for one real-time answer; default 300. A printer that gives none is printed on all the same. */
  readonly statusTimeoutMs?: number
  /** Milliseconds without any progress before giving up, on top of the time the paper needs; default 3,000. */
  readonly idleTimeoutMs?: number
  /** Milliseconds to wait for a person while the printer says paper out, cover open or offline; default 20,000. */
  readonly offlineWaitMs?: number
  readonly signal?: AbortSignal
}

interface Limits {
  readonly statusMs: number
  readonly idleMs: number
  readonly offlineMs: number
}

/** Small enough that a slow serial bridge takes one within the idle time. */
const pieceBytes = 1_024
/** Assumed slowest line behind the socket, bytes a second. */
const bytesPerSecond = 9_600
/** 100 mm of paper a second at 8 dots a mm. */
const dotsPerSecond = 800

function limitsOf(options: TransportOptions): Limits {
  return {
    statusMs: options.statusTimeoutMs ?? 300,
    idleMs: options.idleTimeoutMs ?? 3_000,
    offlineMs: options.offlineWaitMs ?? 20_000,
  }
}

/** Milliseconds that a job may need from its first byte to its last line, estimated on the high side. */
export function paperTimeMs(job: Uint8Array): number {
  const lines = job.reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0)
  const dots = 600 + lines * 30 + job.length / 48
  return Math.ceil((job.length / bytesPerSecond + dots / dotsPerSecond) * 1000)
}

const isStatus = (event: LineEvent) => event.kind === 'reply' && event.reply.kind === 'status'
const isProcessed = (event: LineEvent) => event.kind === 'reply' && event.reply.kind === 'processed'

async function ask(
  line: PrinterLine,
  question: StatusQuestion,
  ms: number,
): Promise<number | LineEvent | null> {
  const answered = line.next(isStatus, ms)
  line.send(statusRequest(question))
  const event = await answered
  return event?.kind === 'reply' && event.reply.kind === 'status' ? event.reply.byte : event
}

type Asked =
  | { readonly kind: 'answered'; readonly reason: ReasonCode | null; readonly status: PrinterStatus }
  | { readonly kind: 'mute' }
  | { readonly kind: 'lost'; readonly detail: string }

/** Asks `DLE EOT` 1, 2 and 4 one after the other, since the answers do not say which they are. */
async function askStatus(line: PrinterLine, ms: number): Promise<Asked> {
  const answers: (number | null)[] = []
  for (const question of [1, 2, 4] as const) {
    const answer = await ask(line, question, ms)
    if (typeof answer === 'object' && answer?.kind === 'lost') return { kind: 'lost', detail: answer.detail }
    if (typeof answer !== 'number') {
      if (question === 1) return { kind: 'mute' }
      break
    }
    answers.push(answer)
  }
  const status = { printer: answers[0] ?? null, offlineCause: answers[1] ?? null, paper: answers[2] ?? null }
  return { kind: 'answered', reason: statusReason(status), status }
}

function hex(byte: number | null): string {
  return byte === null ? '--' : byte.toString(16).padStart(2, '0')
}

function statusText({ printer, offlineCause, paper }: PrinterStatus): string {
  return `DLE EOT 1, 2, 4: ${hex(printer)} ${hex(offlineCause)} ${hex(paper)}`
}

/** Hands over the job piece by piece; null when all of it was taken, else what went wrong. */
async function handOver(line: PrinterLine, job: Uint8Array, limits: Limits): Promise<string | null> {
  for (let at = 0; at < job.length; at += pieceBytes) {
    const handed = line.send(job.subarray(at, at + pieceBytes))
    const event = await line.next(() => line.accepted() >= handed, limits.idleMs)
    if (event === null) return `the printer took no more bytes for ${limits.idleMs} ms`
    if (event.kind === 'lost') return event.detail
  }
  return null
}

/** Waits for the completion byte, longer while the printer says that it waits for a person. */
async function awaitCompletion(
  line: PrinterLine,
  first: Promise<LineEvent | null>,
  job: Uint8Array,
  limits: Limits,
  clock: Clock,
): Promise<string | null> {
  const paperMs = paperTimeMs(job) + limits.idleMs
  const until = clock.monotonic() + limits.offlineMs
  let event = await first
  let waitedForPerson = false
  while (event === null) {
    // Listening before asking: the completion byte may come between two answers.
    const completed = line.next(isProcessed, waitedForPerson ? paperMs : limits.idleMs)
    const asked = await askStatus(line, limits.statusMs)
    if (asked.kind === 'lost') return asked.detail
    if (asked.kind === 'mute') return 'the printer does not report'
    if (asked.reason !== null && clock.monotonic() >= until)
      return `${asked.reason}, ${statusText(asked.status)}`
    event = await completed
    if (event === null && asked.reason === null && !waitedForPerson) {
      return `no completion, ${statusText(asked.status)}`
    }
    waitedForPerson = asked.reason !== null
  }
  return event.kind === 'lost' ? event.detail : null
}

async function sendJob(
  line: PrinterLine,
  bytes: Uint8Array,
  limits: Limits,
  clock: Clock,
): Promise<PrintOutcome> {
  const job = Uint8Array.from([...bytes, ...completionRequest])
  const before = line.accepted()
  const unknown = (detail: string): PrintOutcome => ({
    kind: 'unknown',
    detail,
    bytesAccepted: Math.min(line.accepted() - before, bytes.length),
  })
  const last = Math.max(0, Math.floor((job.length - 1) / pieceBytes) * pieceBytes)
  const stuck = await handOver(line, job.subarray(0, last), limits)
  if (stuck !== null) return unknown(stuck)
  // Only an answer that comes after the last piece left can belong to this job.
  const completed = line.next(isProcessed, paperTimeMs(job) + limits.idleMs)
  const stuckAtEnd = await handOver(line, job.subarray(last), limits)
  const sent = Math.min(line.accepted() - before, bytes.length)
  const missing = stuckAtEnd ?? (await awaitCompletion(line, completed, job, limits, clock))
  return missing === null ? { kind: 'printed' } : { kind: 'unknown', detail: missing, bytesAccepted: sent }
}

/**
 * Prints one job on a network printer by raw TCP (port 9100), at most once. Never throws.
 * "Printed" is said only when the printer answered the completion request that follows the job.
 * @param bytes a whole job, as `encodeDocument` makes it
 */
export async function printTo(
  printer: PrinterAddress,
  bytes: Uint8Array,
  options: TransportOptions,
): Promise<PrintOutcome> {
  const limits = limitsOf(options)
  const { clock, signal, connectTimeoutMs = 1_500 } = options
  const opened = await openLine(printer, { clock, connectTimeoutMs, signal })
  if (!opened.ok) {
    const reason: ReasonCode = opened.cancelled ? 'cancelledHere' : 'printerOffline'
    return { kind: 'notStarted', reason, detail: opened.detail }
  }
  const { line } = opened
  try {
    const asked = await askStatus(line, limits.statusMs)
    if (asked.kind === 'lost') {
      const reason: ReasonCode = signal?.aborted === true ? 'cancelledHere' : 'printerOffline'
      return { kind: 'notStarted', reason, detail: asked.detail }
    }
    if (asked.kind === 'answered' && asked.reason !== null) {
      return { kind: 'notStarted', reason: asked.reason, detail: statusText(asked.status) }
    }
    return await sendJob(line, bytes, limits, clock)
  } finally {
    line.end()
  }
}

/** Asks a printer how it is, without printing. A printer that answers nothing counts as reachable and fine. */
export async function checkPrinter(
  printer: PrinterAddress,
  options: TransportOptions,
): Promise<{ readonly reachable: boolean; readonly reason: ReasonCode | null }> {
  const { clock, signal, connectTimeoutMs = 1_500 } = options
  const opened = await openLine(printer, { clock, connectTimeoutMs, signal })
  if (!opened.ok) return { reachable: false, reason: 'printerOffline' }
  try {
    const asked = await askStatus(opened.line, limitsOf(options).statusMs)
    if (asked.kind === 'lost') return { reachable: false, reason: 'printerOffline' }
    return { reachable: true, reason: asked.kind === 'answered' ? asked.reason : null }
  } finally {
    opened.line.end()
  }
}
