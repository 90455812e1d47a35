import { z } from 'zod'
import type { Printer } from '../../src-preload/contract/printing.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Transaction } from '../database/open.ts'
import {
  type EffectRow,
  type EffectState,
  type Move,
  type RegisteredKind,
  registerKind,
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

function toOutcome(outcome: PrintOutcome): Outcome<null> {
  switch (outcome.kind) {
    case 'printed':
      return accepted(null)
    case 'notStarted':
      return refused('offline', outcome.reason, outcome.detail)
    default:
      return refused('unknownOutcome', 'paperUnsure', `${outcome.detail} (${outcome.bytesAccepted} bytes)`)
  }
}

/** Hands a job to its printer; when that surely took no byte and cannot print now, to the printer that stands in. */
async function carryOut(
  store: PrintStore,
  monitor: PrinterMonitor,
  job: JobRow,
  signal: AbortSignal,
): Promise<PrintOutcome> {
  const { fallbackId, fallbackBytes } = job
  const at = (printer: Printer, bytes: Uint8Array) => monitor.print(printer, bytes, signal)
  const outcome = await at(store.printer(job.printerId), job.bytes)
  if (outcome.kind !== 'notStarted' || !standIn.has(outcome.reason) || signal.aborted) return outcome
  if (fallbackId === null || fallbackBytes === null) return outcome
  store.wentTo(job.id, fallbackId)
  const second = await at(store.printer(fallbackId), fallbackBytes)
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
  return registerKind<{ jobId: string }, null>({
    name: printKind,
    payload: z.object({ jobId: z.string() }),
    waits: true,
    retryable: true,
    maxTries: 5,
    lifeMs: dayMs,
    leaseMs: 90_000,
    duplicateHarmless: false,
    unsure: 'paperUnsure',
    execute: async (_effect, { jobId }, signal) =>
      toOutcome(await carryOut(store, monitor, store.job(jobId), signal)),
    settleWindowMs: () => null,
    resolve: () => Promise.resolve({ kind: 'notFound' as const }),
    moved(tx: Transaction, effect: EffectRow, move: Move): void {
      if (move.to === 'leased') {
        store.changed(tx, effect.subjectId)
        return
      }
      store.update(tx, effect.subjectId, {
        state: stateOf[move.to],
        reason: move.reason,
        detail: move.detail,
      })
    },
    redo: (tx, effect) => redo(tx, effect.subjectId),
  })
}
