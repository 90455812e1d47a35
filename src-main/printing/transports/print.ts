import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import { type Asked, askPrinter } from './ask.ts'
import { type Limits, sendJob } from './job.ts'
import type { NotOpened, PrinterLine } from './line.ts'
import { type DirectConnection, openLine } from './open.ts'
import { planFor } from './plan.ts'
import {
  type PrintOutcome,
  patienceMs,
  type ReportedStatus,
  type Target,
  type TransportOptions,
  tooLate,
} from './port.ts'
import { checkQueue, printOnQueue } from './queue.ts'
import { createStarReader } from './star.ts'
import { type Condition, createReplyReader } from './status.ts'
import { createWitness, type Witness } from './witness.ts'

type DirectTarget = Target & { readonly connection: DirectConnection }

/** Serial bridges and slow print servers stand behind most sockets, bytes a second. */
const assumedBytesPerSecond = 9_600
/** Whoever stands before the drawer sees it; the paper behind its pulse is not to wait for more than a moment, ms. */
const pulseProofMs = 1_000
const connectMs = 1_500
/** The port of a paired Bluetooth printer opens once the printer was called over the air, ms. */
const serialConnectMs = 10_000

function limitsOf({ connection, profile }: DirectTarget, options: TransportOptions): Limits {
  const pulse = options.deadlineAt !== undefined
  const statusMs = options.statusTimeoutMs ?? 300
  return {
    statusMs,
    // All that waits behind its paper would wait with it, the drawer first of all.
    muteMs: pulse ? 0 : statusMs * 3,
    proofMs: pulse ? pulseProofMs : Number.POSITIVE_INFINITY,
    idleMs: options.idleTimeoutMs ?? 3_000,
    offlineMs: patienceMs(options),
    // Ten bits a byte.
    bytesPerSecond: connection.kind === 'serial' ? connection.baudRate / 10 : assumedBytesPerSecond,
    dots: profile.dots,
  }
}

function reported(condition: Condition): ReportedStatus {
  return { reachable: true, reports: true, ...condition }
}

interface Talk {
  readonly line: PrinterLine
  readonly witness: Witness
  readonly limits: Limits
  /** Asks the printer how it is; whoever waits for its status is told. */
  ask(): Promise<Asked>
}

async function openTalk(
  target: DirectTarget,
  options: TransportOptions,
): Promise<{ readonly ok: true; readonly talk: Talk } | NotOpened> {
  const { clock, signal, onStatus } = options
  const usualMs = target.connection.kind === 'serial' ? serialConnectMs : connectMs
  const { language } = target.profile
  const witness = createWitness((condition) => onStatus?.(reported(condition)))
  const opened = await openLine(target.connection, {
    clock,
    connectTimeoutMs: options.connectTimeoutMs ?? usualMs,
    signal,
    read: language === 'starprnt' ? createStarReader() : createReplyReader(),
    heard: witness.hear,
    echoed: witness.dismiss,
  })
  if (!opened.ok) return opened
  const { line } = opened
  const limits = limitsOf(target, options)
  const ask = async () => {
    const asked = await askPrinter(line, language, limits.statusMs)
    // Star's answer is an automatic status, which the witness has heard already.
    if (asked.kind === 'answered' && language === 'escpos') witness.note(asked.condition)
    return asked
  }
  return { ok: true, talk: { line, witness, limits, ask } }
}

function notStarted(reason: ReasonCode, detail: string): PrintOutcome {
  return { kind: 'notStarted', reason, detail }
}

async function printOnLine(
  target: DirectTarget,
  bytes: Uint8Array,
  options: TransportOptions,
): Promise<PrintOutcome> {
  const { clock, signal } = options
  const opened = await openTalk(target, options)
  if (!opened.ok) return notStarted(opened.reason, opened.detail)
  const { line, witness, limits, ask } = opened.talk
  try {
    const asked = await ask()
    if (signal?.aborted === true) return notStarted('cancelledHere', 'cancelled')
    if (asked.kind === 'lost') return notStarted('printerOffline', asked.detail)
    if (asked.kind === 'answered' && asked.condition.reason !== null) {
      return notStarted(asked.condition.reason, asked.text)
    }
    const late = tooLate(options)
    if (late !== null) return late
    witness.takeTrouble()
    const plan = planFor(bytes, target.profile, {
      answers: asked.kind === 'answered',
      twoWay: line.twoWay,
      id: attemptId(clock.now()),
    })
    return await sendJob({ line, witness, ask, plan, limits, clock }, bytes)
  } finally {
    await line.end()
  }
}

/** "0001" to "9999"; answers to an attempt that was given up do not count for the next. @param now epoch ms */
function attemptId(now: number): string {
  return String(1 + (Math.floor(now) % 9_999)).padStart(4, '0')
}

const unreachable: ReportedStatus = {
  reachable: false,
  reports: false,
  reason: 'printerOffline',
  paperLow: false,
  drawerPinHigh: null,
}

async function checkLine(target: DirectTarget, options: TransportOptions): Promise<ReportedStatus> {
  const opened = await openTalk(target, options)
  if (!opened.ok) return { ...unreachable, reason: opened.reason }
  try {
    const asked = await opened.talk.ask()
    if (asked.kind === 'lost') return unreachable
    if (asked.kind === 'answered') return reported(asked.condition)
    return { reachable: true, reports: false, reason: null, paperLow: false, drawerPinHigh: null }
  } finally {
    await opened.talk.line.end()
  }
}

/**
 * Prints one job, at most once, over whatever connection the printer has. Never throws and leaves nothing open.
 * "Printed" is said only when the printer confirmed this job, in the way its profile names; "not started" only when no
 * byte of the job was handed over.
 * @param bytes a whole job, as `encodeDocument` makes it
 */
export function printTo(
  { connection, profile }: Target,
  bytes: Uint8Array,
  options: TransportOptions,
): Promise<PrintOutcome> {
  const late = tooLate(options)
  if (late !== null) return Promise.resolve(late)
  return connection.kind === 'queue'
    ? printOnQueue(connection.queue, bytes, options)
    : printOnLine({ connection, profile }, bytes, options)
}

/**
 * Asks a printer how it is, without printing. Never throws. A printer that answers nothing is reachable and does not
 * report; the queues of the system say only what keeps them from passing on.
 */
export function checkPrinter(
  { connection, profile }: Target,
  options: TransportOptions,
): Promise<ReportedStatus> {
  return connection.kind === 'queue'
    ? checkQueue(connection.queue, options)
    : checkLine({ connection, profile }, options)
}
