import { z } from 'zod'
import { nothing } from './capability.ts'
import { pageOf, sentenceSchema } from './paging.ts'
import type { Problems } from './problem.ts'
import { procedure, reasonSchema } from './procedure.ts'
import { epochMsSchema } from './time.ts'

export const effectStateSchema = z.enum(['queued', 'leased', 'unknown', 'done', 'failed', 'cancelled'])
export type EffectState = z.infer<typeof effectStateSchema>

export const attemptSchema = z.object({
  number: z.int(),
  startedAt: epochMsSchema,
  endedAt: epochMsSchema.nullable(),
  outcome: z.enum(['accepted', 'rejected', 'retryable', 'unknown']).nullable(),
  reason: reasonSchema.nullable(),
  detail: z.string().nullable(),
})

export const effectSchema = z.object({
  id: z.int(),
  lane: z.string(),
  /** What is done, by its code; and as a person calls it. */
  kind: z.string(),
  label: sentenceSchema,
  state: effectStateSchema,
  /** What a person calls it: the phone and sale number, or the printer. */
  title: z.string(),
  subjectId: z.string(),
  attempts: z.int(),
  /** Next try; null when nothing more happens by itself. */
  dueAt: epochMsSchema.nullable(),
  deadlineAt: epochMsSchema,
  reason: reasonSchema.nullable(),
  detail: z.string().nullable(),
  needsDecision: z.boolean(),
  /** Who wanted it; null for the POS and for what Kaunta does by itself. */
  staffName: z.string().nullable(),
  createdAt: epochMsSchema,
  updatedAt: epochMsSchema,
})
export type Effect = z.infer<typeof effectSchema>

export const outboxSummarySchema = z.object({
  queued: z.int(),
  sending: z.int(),
  unknown: z.int(),
  /** Unknown ones that only a person can end. */
  needDecision: z.int(),
  failed: z.int(),
})
export type OutboxSummary = z.infer<typeof outboxSummarySchema>

export const effectListInputSchema = z.strictObject({
  /** unsent: waiting or failed. What cannot go out again (an ended payment request) is among all, not among failed. */
  filter: z.enum(['unsent', 'waiting', 'all', 'failed', 'done']).default('unsent'),
  text: z.string().max(80).default(''),
  limit: z.int().min(1).max(200).default(50),
  before: z.string().max(64).optional(),
})

const effectIdSchema = z.strictObject({ id: z.int() })

export const outbox = {
  summary: procedure.meta({ role: 'cashier', passive: true }).output(outboxSummarySchema),
  list: procedure
    .meta({ role: 'cashier', passive: true })
    .input(effectListInputSchema)
    .output(pageOf(effectSchema)),
  get: procedure
    .meta({ role: 'cashier', passive: true })
    .input(effectIdSchema)
    .output(effectSchema.extend({ history: z.array(attemptSchema) })),
  /** Puts a failed or cancelled effect back, or makes a waiting one due now. */
  retry: procedure.meta({ role: 'cashier', passive: false }).input(effectIdSchema).output(effectSchema),
  /** Takes back an effect that is still waiting. */
  cancel: procedure.meta({ role: 'cashier', passive: false }).input(effectIdSchema).output(effectSchema),
  /** A person says what became of an unknown message or print: it happened, or it did not (then it goes out again). */
  decide: procedure
    .meta({ role: 'cashier', passive: false })
    .input(effectIdSchema.extend({ happened: z.boolean() }))
    .output(effectSchema),
}

export const outboxProblems = {
  EFFECT_NOT_FOUND: {
    status: 404,
    en: 'This item is not in the outbox.',
    sw: 'Kitu hiki hakipo kwenye vinavyosubiri.',
  },
  EFFECT_NOT_RETRYABLE: {
    status: 409,
    en: 'This cannot be sent again while it is {state}.',
    sw: 'Hiki hakiwezi kutumwa tena kikiwa {state}.',
  },
  EFFECT_NOT_CANCELLABLE: {
    status: 409,
    en: 'It is too late to cancel: this is {state}.',
    sw: 'Muda wa kughairi umepita: hiki ni {state}.',
  },
} as const satisfies Problems

export const outboxContract = {
  ...nothing,
  procedures: { outbox },
  problems: outboxProblems,
  status: { outbox: outboxSummarySchema },
}
