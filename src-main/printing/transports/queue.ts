import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import { sleep } from '../../sleep.ts'
import { isMissing, type Ran, runCommand } from './command.ts'
import { type PrintOutcome, patienceMs, type ReportedStatus, type TransportOptions, tooLate } from './port.ts'
import { checkSpooler, printOnSpooler } from './windows-spooler.ts'

/** A question to the print service, ms. */
const questionMs = 5_000
/** For handing a job over, ms. */
const handingMs = 10_000
/** How often the print service is asked whether it has passed our job on, ms. */
const lookMs = 250

/** What `lpstat -l -p` says under "Alerts", from IPP's printer-state-reasons. */
const alerts: readonly (readonly [RegExp, ReasonCode])[] = Object.freeze([
  [/media-(?:empty|needed)/, 'noPaper'] as const,
  [/(?:cover|door|interlock)-open/, 'coverOpen'] as const,
  [/offline-(?:report|error|warning)|timed-out|shutdown/, 'printerOffline'] as const,
])

interface QueueState {
  readonly reason: ReasonCode | null
  /** CUPS keeps the alerts of a job after it is gone, until another one runs; only of one that runs now are they news. */
  readonly stale: boolean
  readonly detail: string
}

function stopped(detail: string): QueueState {
  return { reason: 'printerOffline', stale: false, detail }
}

/** Reads `lpstat -l -p NAME` and `lpstat -a NAME`. A queue that would keep our job to itself is offline for us. */
function queueState(printer: Ran, accepting: Ran): QueueState {
  if (isMissing(printer)) return stopped('this system has no lpstat')
  if (printer.code !== 0) return stopped(printer.complaint)
  const heading = printer.out.split('\n')[0] ?? ''
  if (/ disabled since /.test(heading)) return stopped(heading)
  if (accepting.code !== 0 || / not accepting requests /.test(accepting.out)) {
    return stopped(accepting.out.trim() || accepting.complaint)
  }
  const alerted = /^\s*Alerts: (.*)$/m.exec(printer.out)?.[1] ?? ''
  const reason = alerts.find(([words]) => words.test(alerted))?.[1] ?? null
  return { reason, stale: !/ now printing /.test(heading), detail: heading }
}

async function askQueue(queue: string, { clock, signal }: TransportOptions): Promise<QueueState> {
  const limits = { clock, timeoutMs: questionMs, signal }
  // One after the other: a stopped print service is waited for once.
  const printer = await runCommand('lpstat', ['-l', '-p', queue], limits)
  const accepting = printer.code === 0 ? await runCommand('lpstat', ['-a', queue], limits) : printer
  return queueState(printer, accepting)
}

/** Refusals that lp gives before the print service has anything of the job. */
const refusedBefore = /does not exist|not accepting|unable to connect|connection refused|no such file/i

/**
 * Waits until the print service has passed the job on. What it still keeps after that, or does not answer for, is taken
 * back, so that it does not come out hours later beside its copy.
 */
async function followJob(
  job: string,
  queue: string,
  options: TransportOptions,
): Promise<{ readonly detail: string; readonly takenBack: boolean }> {
  const { clock, signal } = options
  const until = clock.monotonic() + patienceMs(options)
  // Not to be stopped in the middle: a question without its answer would say nothing of where the job is.
  const limits = { clock, timeoutMs: questionMs }
  while (signal?.aborted !== true) {
    const listed = await runCommand('lpstat', ['-o', queue], limits)
    if (listed.code === 0 && !listed.out.split('\n').some((line) => line.split(/\s/)[0] === job)) {
      return { detail: `sent as ${job}; the system's queue cannot hear the printer`, takenBack: false }
    }
    if (clock.monotonic() >= until) break
    await sleep(clock, lookMs, signal)
  }
  const taken = await runCommand('cancel', [job], limits)
  const why = signal?.aborted === true ? 'cancelled' : "the system's queue did not pass it on"
  if (taken.code !== 0) return { detail: `${why}; ${job}: ${taken.complaint}`, takenBack: false }
  return { detail: `${why}; ${job} was taken back`, takenBack: true }
}

function notStarted(reason: ReasonCode, detail: string): PrintOutcome {
  return { kind: 'notStarted', reason, detail }
}

/** Why a job must not be handed over now; null when it may. */
async function hindrance(queue: string, options: TransportOptions): Promise<PrintOutcome | null> {
  const { reason, stale, detail } = await askQueue(queue, options)
  if (options.signal?.aborted === true) return notStarted('cancelledHere', 'cancelled')
  return reason === null || stale ? tooLate(options) : notStarted(reason, detail)
}

async function printOnCups(
  queue: string,
  bytes: Uint8Array,
  options: TransportOptions,
): Promise<PrintOutcome> {
  const hindered = await hindrance(queue, options)
  if (hindered !== null) return hindered
  const { clock } = options
  // Not to be stopped in the middle: a job that was made and not named could not be taken back.
  const sent = await runCommand('lp', ['-d', queue, '-o', 'raw'], {
    clock,
    timeoutMs: handingMs,
    input: bytes,
  })
  if (isMissing(sent) || (sent.code === 1 && refusedBefore.test(sent.complaint))) {
    return notStarted('printerOffline', sent.complaint)
  }
  const job = /request id is (\S+)/.exec(sent.out)?.[1]
  if (sent.code !== 0 || job === undefined)
    return { kind: 'unknown', detail: sent.complaint, bytesAccepted: 0 }
  const { detail, takenBack } = await followJob(job, queue, options)
  // Nobody sends a pulse again by itself: called too late, it cannot come twice.
  if (takenBack && tooLate(options) !== null) return notStarted('deadlinePassed', detail)
  return { kind: 'unknown', detail, bytesAccepted: bytes.length, ...(takenBack ? { takenBack } : {}) }
}

/**
 * Hands a whole job to a queue of the operating system, untouched by its drivers. The queue cannot hear the printer, so
 * that the outcome is never "printed"; a queue that is stopped or refuses gets nothing. Never throws.
 */
export function printOnQueue(
  queue: string,
  bytes: Uint8Array,
  options: TransportOptions,
): Promise<PrintOutcome> {
  return process.platform === 'win32'
    ? printOnSpooler(queue, bytes, options)
    : printOnCups(queue, bytes, options)
}

/** Asks the operating system how a queue is. Never throws. */
export async function checkQueue(queue: string, options: TransportOptions): Promise<ReportedStatus> {
  const state =
    process.platform === 'win32' ? await checkSpooler(queue, options) : await askQueue(queue, options)
  return {
    reachable: state.reason !== 'printerOffline',
    // It speaks of itself, not of the printer's paper.
    reports: false,
    reason: state.reason,
    paperLow: false,
    drawerPinHigh: null,
  }
}
