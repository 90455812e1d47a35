import { z } from 'zod'
import type { Transaction } from '../database/open.ts'
import {
  type EffectRow,
  type EffectState,
  type Move,
  type RegisteredKind,
  registerKind,
} from '../outbox/kind.ts'
import type { Clock } from '../ports.ts'
import { accepted, type Outcome, refused } from '../providers/outcome.ts'
import type { JobRow, PrintStore } from './store.ts'
import { printTo } from './transport.ts'

export const printKind = 'print'

const dayMs = 86_400_000
const stateOf: Readonly<Record<Exclude<EffectState, 'leased'>, JobRow['state']>> = {
  queued: 'queued',
  unknown: 'unknown',
  done: 'printed',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** How a job reaches its printer. Once any byte was handed over, only a person can say that it may go again. */
export function printEffect(
  store: PrintStore,
  clock: Clock,
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
    async execute(_effect, { jobId }, signal): Promise<Outcome<null>> {
      const job = store.job(jobId)
      const { host, port } = store.printer(job.printerId)
      const outcome = await printTo({ host, port }, job.bytes, { clock, signal })
      switch (outcome.kind) {
        case 'printed':
          return accepted(null)
        case 'notStarted':
          return refused('offline', outcome.reason, outcome.detail)
        default:
          return refused(
            'unknownOutcome',
            'paperUnsure',
            `${outcome.detail} (${outcome.bytesAccepted} bytes)`,
          )
      }
    },
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
