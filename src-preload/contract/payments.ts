import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { currencySchema, minorSchema } from './money.ts'
import { byIdSchema, idSchema, pageInputSchema, pageOf } from './paging.ts'
import { phoneSchema, typedPhoneSchema } from './phone.ts'
import { procedure, reasonSchema } from './procedure.ts'
import { epochMsSchema } from './time.ts'

export const paymentStateSchema = z.enum([
  'pending',
  'prompted',
  'processing',
  'unknown',
  'completed',
  'failed',
  'cancelled',
  'expired',
  'reversed',
])
export type PaymentState = z.infer<typeof paymentStateSchema>

/** Where a piece of evidence came from; strongest first in shared words: query, callback, reply, person, clock. */
export const evidenceSourceSchema = z.enum([
  'query',
  'callback',
  'reply',
  'person',
  'transport',
  'clock',
  'counter',
])

export const paymentEventSchema = z.object({
  id: z.int(),
  at: epochMsSchema,
  source: evidenceSourceSchema,
  from: paymentStateSchema,
  to: paymentStateSchema,
  /** False for evidence that was kept and changed nothing (duplicate, weaker, contradictory). */
  applied: z.boolean(),
  reason: reasonSchema.nullable(),
  detail: z.string().nullable(),
})

export const paymentSchema = z.object({
  id: idSchema,
  saleId: idSchema,
  provider: z.string(),
  accountId: idSchema,
  phone: phoneSchema,
  amountMinor: minorSchema,
  currency: currencySchema,
  state: paymentStateSchema,
  reason: reasonSchema.nullable(),
  detail: z.string().nullable(),
  receiptCode: z.string().nullable(),
  /** True when only a person can end it now. */
  needsDecision: z.boolean(),
  createdAt: epochMsSchema,
  promptedAt: epochMsSchema.nullable(),
  updatedAt: epochMsSchema,
})
export type Payment = z.infer<typeof paymentSchema>

export const paymentEventsSchema = eventIterator(paymentSchema)

export const payments = {
  /** Asks the customer's phone to pay what the sale still lacks, or `amountMinor` of it. Refused while another is alive or unknown. */
  raise: procedure
    .input(
      z.object({
        saleId: idSchema,
        phone: typedPhoneSchema,
        amountMinor: z.int().optional(),
        accountId: idSchema.optional(),
      }),
    )
    .output(paymentSchema),
  get: procedure.input(byIdSchema).output(paymentSchema.extend({ events: z.array(paymentEventSchema) })),
  list: procedure
    .input(pageInputSchema.extend({ saleId: idSchema.optional() }))
    .output(pageOf(paymentSchema)),
  /** Asks the provider now. */
  checkNow: procedure.input(byIdSchema).output(paymentSchema),
  /** A person ends an unknown payment; the note and, for paid, the code from the customer's phone are kept. */
  decide: procedure
    .input(
      z.object({
        id: idSchema,
        outcome: z.enum(['paid', 'notPaid']),
        receiptCode: z.string().trim().max(20).optional(),
        note: z.string().trim().min(3).max(300),
      }),
    )
    .output(paymentSchema),
  /** The payment now, then at each change. */
  watch: procedure.input(byIdSchema).output(paymentEventsSchema),
}
