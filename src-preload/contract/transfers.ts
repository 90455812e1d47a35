import { z } from 'zod'
import { nothing } from './capability.ts'
import { eventFamily } from './event-family.ts'
import { currencySchema, shownMinorSchema } from './money.ts'
import { byIdSchema, idSchema, pageInputSchema, pageOf } from './paging.ts'
import { phoneSchema, typedPhoneSchema } from './phone.ts'
import { procedure, reasonSchema } from './procedure.ts'
import { pinSchema } from './staff.ts'
import { epochMsSchema } from './time.ts'
import { transferProblems } from './transfers-problems.ts'

/** unknown: it may have gone out; it is never sent again by itself. */
export const transferStates = ['pending', 'processing', 'unknown', 'completed', 'failed'] as const
export const transferStateSchema = z.enum(transferStates)
export type TransferState = z.infer<typeof transferStateSchema>

/** Money that leaves the shop: a payment that goes back, or a payout to a phone. */
export const transferSchema = z.object({
  id: idSchema,
  kind: z.enum(['reversal', 'payout']),
  accountId: idSchema,
  provider: z.string(),
  paymentId: idSchema.nullable(),
  /** Empty for a reversal whose payer nobody knows: he paid by hand, and the network does not tell. */
  phone: phoneSchema.or(z.literal('')),
  name: z.string(),
  amountMinor: shownMinorSchema,
  currency: currencySchema,
  state: transferStateSchema,
  reason: reasonSchema.nullable(),
  detail: z.string().nullable(),
  receiptCode: z.string().nullable(),
  /** The amount as the network told it, where it is not the one that was sent. */
  toldAmount: z.string().nullable(),
  needsDecision: z.boolean(),
  note: z.string(),
  staffName: z.string().nullable(),
  approvedByName: z.string().nullable(),
  createdAt: epochMsSchema,
  updatedAt: epochMsSchema,
})
export type Transfer = z.infer<typeof transferSchema>

export const transferEventSchema = z.object({
  id: z.int(),
  at: epochMsSchema,
  source: z.string(),
  from: transferStateSchema,
  to: transferStateSchema,
  applied: z.boolean(),
  reason: reasonSchema.nullable(),
  detail: z.string().nullable(),
})

export const balanceSchema = z.object({
  accountId: idSchema,
  name: z.string(),
  availableMinor: z.int(),
  currency: currencySchema,
  at: epochMsSchema,
})
export type Balance = z.infer<typeof balanceSchema>

const noteSchema = z.string().trim().min(3).max(300)

/** Every call that moves money asks for a manager's PIN, whoever is at the counter. */
export const transfers = {
  /** Gives a payment back, whole or, where the network can, in part. */
  reverse: procedure
    .meta({ role: 'cashier', passive: false })
    .input(
      z.strictObject({
        /** Made by the one who asks, once for this request: the same id again answers the same transfer. */
        id: idSchema,
        paymentId: idSchema,
        amountMinor: z.int().optional(),
        note: noteSchema,
        managerPin: pinSchema,
      }),
    )
    .output(transferSchema),
  payOut: procedure
    .meta({ role: 'cashier', passive: false })
    .input(
      z.strictObject({
        /** Made by the one who asks, once for this request: the same id again answers the same transfer. */
        id: idSchema,
        accountId: idSchema,
        phone: typedPhoneSchema,
        name: z.string().trim().max(60).default(''),
        amountMinor: z.int(),
        note: noteSchema,
        managerPin: pinSchema,
        /** True where the same amount is meant for the same phone again, shortly after; else PAYOUT_SOON. */
        again: z.boolean().default(false),
      }),
    )
    .output(transferSchema),
  get: procedure
    .meta({ role: 'cashier', passive: true })
    .input(byIdSchema)
    .output(transferSchema.extend({ events: z.array(transferEventSchema) })),
  list: procedure
    .meta({ role: 'cashier', passive: true })
    .input(pageInputSchema.extend({ paymentId: idSchema.optional() }))
    .output(pageOf(transferSchema)),
  checkNow: procedure.meta({ role: 'cashier', passive: false }).input(byIdSchema).output(transferSchema),
  /** A manager says what became of an unknown one. */
  decide: procedure
    .meta({ role: 'cashier', passive: false })
    .input(
      z.strictObject({
        id: idSchema,
        outcome: z.enum(['done', 'notDone']),
        note: noteSchema,
        managerPin: pinSchema,
      }),
    )
    .output(transferSchema),
}

export const balances = {
  /** What the networks last said. */
  list: procedure.meta({ role: 'cashier', passive: true }).output(z.array(balanceSchema)),
  /** Asks; some networks answer a moment later, by report. */
  refresh: procedure
    .meta({ role: 'cashier', passive: false })
    .input(z.strictObject({ accountId: idSchema }))
    .output(z.array(balanceSchema)),
}

export const transferEvents = eventFamily(
  ['requested', 'completed', 'failed', 'unknown', 'needsDecision'],
  'payments',
  {
    kind: z.enum(['reversal', 'payout']),
    paymentId: idSchema.nullable(),
    amountMinor: z.int(),
    currency: currencySchema,
    reason: z.string().nullable(),
  },
)

export const transfersContract = {
  ...nothing,
  procedures: { transfers, balances },
  topics: [z.object({ topic: z.literal('transfer'), transfer: transferSchema })],
  events: { transfer: transferEvents },
  problems: transferProblems,
}
