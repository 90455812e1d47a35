import { z } from 'zod'
import type { Database } from '../../../src-main/database/open.ts'
import { registerKind } from '../../../src-main/outbox/kind.ts'
import { createOutbox, type Outbox } from '../../../src-main/outbox/service.ts'
import { accepted } from '../../../src-main/providers/outcome.ts'
import { systemClock, systemRandomness } from '../../../src-main/system-ports.ts'

/** Calls out at a time in the lane under test: leases and outcomes of that many share a commit. */
export const concurrency = 32

/** The product's outbox over an executor that does nothing. */
export function noOpOutbox(database: Database, onDone: () => void = () => {}): Outbox {
  const outbox = createOutbox({
    database,
    clock: systemClock(),
    random: systemRandomness(),
    asSystem: (work) => work(),
    nameOf: () => null,
    onChange: () => {},
    onFault: (what, error) => {
      throw new Error(what, { cause: error })
    },
  })
  outbox.register(
    registerKind<{ messageId: string }, null>({
      name: 'message',
      label: { en: 'Message', sw: 'Ujumbe' },
      payload: z.object({ messageId: z.string() }),
      waits: true,
      retryable: true,
      maxTries: 3,
      lifeMs: 86_400_000,
      leaseMs: 60_000,
      duplicateHarmless: false,
      unresolvedReason: 'needsDecision',
      execute: () => Promise.resolve(accepted(null)),
      consistencyWindowMs: () => null,
      resolve: () => Promise.resolve({ kind: 'notFound' }),
      onTransition: (_tx, _effect, transition) => {
        if (transition.to === 'done') onDone()
      },
    }),
  )
  outbox.lanes('sms', () => ({ perSecond: 1e9, burst: 1e9, concurrency }))
  return outbox
}
