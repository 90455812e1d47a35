import { z } from 'zod'
import type { Printer } from '../../src-preload/contract/printing.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Transaction } from '../database/open.ts'
import {
  type EffectRow,
  type EffectState,
  type RegisteredKind,
  registerKind,
  type Transition,
} from '../outbox/kind.ts'
import { accepted, type Outcome, refused } from '../providers/outcome.ts'
import type { PrinterMonitor } from './monitor.ts'
import type { JobRow, PrintStore } from './store.ts'
import type { PrintOutcome } from './transports/port.ts'

export const printKind = 'print'

const dayMs = 86_400_000
const stateOf: Readonly<Record<Exclude<EffectState, 'leased'>, JobRow['state']>> = {
  queued: 'queued',
  unknown: 'unknown',
  done: 'printed',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** What lets another printer stand in: nobody knows when this one will print again. */
const standIn: ReadonlySet<ReasonCode> = new Set([
  'printerOffline',
  'noPaper',
  'coverOpen',
  'cutterError',
  'printerFault',
  'printerForbidden',
])

/** Whether the printer confirmed it; null: it told nothing, and nothing is owed any more. */
type Proof = 'confirmed' | null

function toOutcome(outcome: PrintOutcome, { purpose, bytes }: JobRow): Outcome<Proof> {
  switch (outcome.kind) {
    case 'printed':
      return accepted('confirmed')
    case 'notStarted':
      return refused(
        outcome.reason === 'deadlinePassed' ? 'rejected' : 'offline',
        outcome.reason,
        outcome.detail,
      )
    default:
      // Whoever stands before the drawer sees whether it is open; to be asked after each sale helps nobody.
      if (purpose === 'drawer' && outcome.bytesAccepted === bytes.length) return accepted(null)
      return refused('unknownOutcome', 'paperUnsure', `${outcome.detail} (${outcome.bytesAccepted} bytes)`)
  }
}

/** Hands a job to its printer; when that surely took no byte and cannot print now, to the printer that stands in. */
async function carryOut(
  store: PrintStore,
  job: JobRow,
  at: (printer: Printer, bytes: Uint8Array) => Promise<PrintOutcome>,
  signal: AbortSignal,
): Promise<PrintOutcome> {
  const { fallbackBytes } = job
  const outcome = await at(store.printer(job.printerId), job.bytes)
  if (outcome.kind !== 'notStarted' || !standIn.has(outcome.reason) || signal.aborted) return outcome
  // One that was removed since stands in for nobody.
  const fallback = store.printers().find(({ id }) => id === job.fallbackId)
  if (fallback === undefined || fallbackBytes === null) return outcome
  store.wentTo(job.id, fallback.id)
  const second = await at(fallback, fallbackBytes)
  if (second.kind !== 'notStarted') return second
  store.wentTo(job.id, null)
  return outcome
}

/** How a job reaches its printer. Once any byte was handed over, only a person can say that it may go again. */
export function printEffect(
  store: PrintStore,
  monitor: PrinterMonitor,
  redo: (tx: Transaction, jobId: string) => void,
): RegisteredKind {
  return registerKind<{ jobId: string }, Proof>({
    name: printKind,
    label: { en: 'Print', sw: 'Kuchapisha' },
    payload: z.object({ jobId: z.string() }),
    waits: true,
    retryable: true,
    maxTries: 5,
    lifeMs: dayMs,
    leaseMs: 90_000,
    // A question to the print service and the job's cancellation, 5 s each; a device is closed sooner.
    endMs: 11_000,
    duplicateHarmless: false,
    unresolvedReason: 'paperUnsure',
    async execute(effect, { jobId }, signal) {
      const job = store.job(jobId)
      // Papers go out whenever they can; a drawer that opens late opens for nobody.
      const deadlineAt = job.purpose === 'drawer' ? effect.deadlineAt : undefined
      const at = (printer: Printer, bytes: Uint8Array) => monitor.print(printer, bytes, signal, deadlineAt)
      const outcome = await carryOut(store, job, at, signal)
      const removed = store.printers().every(({ id }) => id !== job.printerId)
      return outcome.kind === 'notStarted' && removed
        ? refused('rejected', 'cancelledHere', 'its printer was removed')
        : toOutcome(outcome, job)
    },
    consistencyWindowMs: () => null,
    resolve: () => Promise.resolve({ kind: 'notFound' as const }),
    onTransition(tx: Transaction, effect: EffectRow, transition: Transition, proof: Proof): void {
      if (transition.to === 'leased') {
        store.changed(tx, effect.subjectId)
        return
      }
      const unproved = transition.to === 'done' && transition.by !== 'person' && proof === null
      store.update(tx, effect.subjectId, {
        state: unproved ? 'unknown' : stateOf[transition.to],
        reason: unproved ? 'drawerUnsure' : transition.reason,
        detail: transition.detail,
      })
    },
    redo: (tx, effect) => redo(tx, effect.subjectId),
  })
}
