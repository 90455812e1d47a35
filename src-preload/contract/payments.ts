import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { nothing } from './capability.ts'
import { eventFamily } from './event-family.ts'
import { currencySchema, shownMinorSchema } from './money.ts'
import { byIdSchema, idSchema, pageInputSchema, pageOf, sentenceSchema } from './paging.ts'
import { paymentProblems } from './payments-problems.ts'
import { networkSchema, phoneSchema, typedPhoneSchema } from './phone.ts'
import { procedure, reasonSchema } from './procedure.ts'
import { saleSchema } from './receipts.ts'
import { pinSchema } from './staff.ts'
import { epochMsSchema } from './time.ts'
import { transferSchema } from './transfers.ts'

export const paymentStates = [
  'pending',
  'prompted',
  'processing',
  'unknown',
  'completed',
  'failed',
  'cancelled',
  'expired',
  'reversed',
] as const
export const paymentStateSchema = z.enum(paymentStates)
export type PaymentState = z.infer<typeof paymentStateSchema>

/**
 * Where a piece of evidence came from. query: the provider was asked · signed: a report whose signature was checked ·
 * reply: the call's own answer · callback: an unsigned report · notice: the network told of the customer's own payment ·
 * statement: the network's list · person · transport: the call broke off · clock · counter: somebody here, not evidence of money.
 */
export const evidenceSources = [
  'query',
  'signed',
  'reply',
  'callback',
  'notice',
  'statement',
  'person',
  'transport',
  'clock',
  'counter',
] as const
export const evidenceSourceSchema = z.enum(evidenceSources)
export type EvidenceSource = z.infer<typeof evidenceSourceSchema>

/** What a completed payment rests on. */
export const proofs = ['query', 'signed', 'reply', 'callback', 'notice', 'statement', 'person'] as const
export const proofSchema = z.enum(proofs)
export type Proof = z.infer<typeof proofSchema>

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
  /** Who at the counter, where a person was part of it. */
  staffName: z.string().nullable(),
})
export type PaymentEvent = z.infer<typeof paymentEventSchema>

export const paymentSchema = z.object({
  id: idSchema,
  saleId: idSchema,
  saleNumber: z.int().nullable(),
  provider: z.string(),
  accountId: idSchema,
  /** prompt: we asked the phone · code: the customer showed a code · notice: the network told of it. */
  origin: z.enum(['prompt', 'code', 'notice']),
  /** Null where the network hides it. */
  phone: phoneSchema.nullable(),
  amountMinor: shownMinorSchema,
  currency: currencySchema,
  state: paymentStateSchema,
  reason: reasonSchema.nullable(),
  detail: z.string().nullable(),
  receiptCode: z.string().nullable(),
  /** The code that somebody typed and that is not proved yet. */
  claimedCode: z.string().nullable(),
  /** What a report told that nothing confirmed: its code, and its amount where it is not the one asked for. */
  toldCode: z.string().nullable(),
  toldAmount: z.string().nullable(),
  proof: proofSchema.nullable(),
  /** Minor units by which the sale is paid too much because of this payment; 0 usually. */
  excessMinor: shownMinorSchema,
  /** Minor units that went back to the customer. */
  reversedMinor: shownMinorSchema,
  /** False where nobody but the network's report, a statement or a person can tell what became of it. */
  canAsk: z.boolean(),
  /** The network holds the call while the customer types the PIN: processing is waiting for him. */
  held: z.boolean(),
  staffName: z.string().nullable(),
  /** True when only a person can end it now. */
  needsDecision: z.boolean(),
  createdAt: epochMsSchema,
  promptedAt: epochMsSchema.nullable(),
  updatedAt: epochMsSchema,
})
export type Payment = z.infer<typeof paymentSchema>

export const paymentEventsSchema = eventIterator(paymentSchema)

/** A network account as the counter offers it: what it cannot do is null or false. */
export const moneyNetworkSchema = z.object({
  accountId: idSchema,
  provider: z.string(),
  label: z.string(),
  networks: z.array(networkSchema),
  countries: z.array(z.enum(['TZ', 'KE'])),
  currencies: z.array(currencySchema),
  minMinor: shownMinorSchema,
  maxMinor: shownMinorSchema,
  wholeUnits: z.boolean(),
  /** It can be asked what became of a prompt. */
  canAsk: z.boolean(),
  /** It can be asked what stands behind a typed code. */
  canProveCode: z.boolean(),
  reverse: z.object({ partial: z.boolean(), needsCode: z.boolean() }).nullable(),
  payOut: z.object({ minMinor: shownMinorSchema, maxMinor: shownMinorSchema }).nullable(),
  balance: z.boolean(),
  /** The network tells of what customers pay by themselves. */
  customerPayments: z.boolean(),
  registerNotices: z.boolean(),
  statement: z.boolean(),
})
export type MoneyNetwork = z.infer<typeof moneyNetworkSchema>

export const receiptCodeSchema = z.string().trim().min(4).max(40)
const noteSchema = z.string().trim().min(3).max(300)

/** Money that a customer paid by himself, as the network told of it. */
export const noticeSchema = z.object({
  id: idSchema,
  accountId: idSchema,
  provider: z.string(),
  code: z.string(),
  amountMinor: shownMinorSchema,
  currency: currencySchema,
  phone: phoneSchema.nullable(),
  /** As the network shows it, perhaps masked. */
  phoneShown: z.string(),
  payerName: z.string(),
  account: z.string(),
  paidAt: epochMsSchema,
  receivedAt: epochMsSchema,
  state: z.enum(['waiting', 'matched', 'setAside']),
  paymentId: idSchema.nullable(),
  note: z.string().nullable(),
})
export type Notice = z.infer<typeof noticeSchema>

/** A report with the right secret that could not be read, or that belongs to nothing here. */
export const unreadReportSchema = z.object({
  id: idSchema,
  accountId: idSchema,
  provider: z.string(),
  /**
   * unreadable: its words are not understood · unmatched: nothing here has its reference · broken: taking it in failed ·
   * contradicted: it says that no money moved, where the network had said that it did.
   */
  why: z.enum(['unreadable', 'unmatched', 'broken', 'accountRemoved', 'contradicted']),
  /** As it came, whole. */
  body: z.string(),
  receivedAt: epochMsSchema,
  state: z.enum(['waiting', 'matched', 'setAside']),
  note: z.string().nullable(),
})
export type UnreadReport = z.infer<typeof unreadReportSchema>

export const paymentListInputSchema = pageInputSchema.extend({
  saleId: idSchema.optional(),
  states: z.array(paymentStateSchema).max(paymentStates.length).optional(),
  accountId: idSchema.optional(),
  /** Part of a phone, a receipt code, or an amount as typed. */
  text: z.string().max(80).optional(),
  from: epochMsSchema.optional(),
  /** Exclusive. */
  to: epochMsSchema.optional(),
})

export const payments = {
  /** The accounts that can be asked to pay, in the order of settings. */
  networks: procedure.meta({ role: 'cashier', passive: true }).output(z.array(moneyNetworkSchema)),
  /** Asks the customer's phone to pay what the sale still lacks, or `amountMinor` of it. Refused while another is alive or unknown. */
  raise: procedure
    .meta({ role: 'cashier', passive: false })
    .input(
      z.strictObject({
        saleId: idSchema,
        phone: typedPhoneSchema,
        amountMinor: z.int().optional(),
        accountId: idSchema.optional(),
      }),
    )
    .output(paymentSchema),
  get: procedure
    .meta({ role: 'cashier', passive: true })
    .input(byIdSchema)
    .output(paymentSchema.extend({ events: z.array(paymentEventSchema) })),
  list: procedure
    .meta({ role: 'cashier', passive: true })
    .input(paymentListInputSchema)
    .output(pageOf(paymentSchema)),
  /** How many and how much in a stretch of time, by state. */
  totals: procedure
    .meta({ role: 'cashier', passive: true })
    .input(z.strictObject({ from: epochMsSchema, to: epochMsSchema, accountId: idSchema.optional() }))
    .output(
      z.array(
        z.object({ state: paymentStateSchema, currency: currencySchema, count: z.int(), sumMinor: z.int() }),
      ),
    ),
  /** Asks the provider now. */
  checkNow: procedure.meta({ role: 'cashier', passive: false }).input(byIdSchema).output(paymentSchema),
  /**
   * The customer paid by hand and shows the network's code. Answers the payment: completed is proved, unknown is not yet
   * proved; a code that cannot be right is refused. Attaches to the sale's open prompt where there is one.
   */
  enterCode: procedure
    .meta({ role: 'cashier', passive: false })
    .input(
      z.strictObject({
        saleId: idSchema,
        code: receiptCodeSchema,
        accountId: idSchema.optional(),
        amountMinor: z.int().optional(),
        /** For money of another day or phone, while a cashier is at the counter. */
        managerPin: pinSchema.optional(),
      }),
    )
    .output(paymentSchema),
  /**
   * A manager ends an unknown payment; note and name are kept. For paid, the code from the customer's phone.
   * `managerPin` is needed while a cashier is at the counter.
   */
  decide: procedure
    .meta({ role: 'cashier', passive: false })
    .input(
      z.strictObject({
        id: idSchema,
        outcome: z.enum(['paid', 'notPaid']),
        receiptCode: z.string().trim().max(40).optional(),
        note: noteSchema,
        managerPin: pinSchema.optional(),
      }),
    )
    .output(paymentSchema),
  /** A sale was paid twice and the shop dealt with it otherwise: takes it off the list. */
  writeOffExcess: procedure
    .meta({ role: 'cashier', passive: false })
    .input(z.strictObject({ id: idSchema, note: noteSchema, managerPin: pinSchema.optional() }))
    .output(paymentSchema),
  /** What a manager has to look at, oldest first. */
  attention: procedure.meta({ role: 'cashier', passive: true }).output(
    z.object({
      unknown: z.array(paymentSchema),
      overpaid: z.array(paymentSchema),
      notices: z.array(noticeSchema),
      unread: z.array(unreadReportSchema),
      transfers: z.array(transferSchema),
    }),
  ),
  /** The payment now, then at each change. */
  watch: procedure.meta({ role: 'cashier', passive: true }).input(byIdSchema).output(paymentEventsSchema),
}

export const notices = {
  list: procedure
    .meta({ role: 'cashier', passive: true })
    .input(pageInputSchema.extend({ state: noticeSchema.shape.state.optional() }))
    .output(pageOf(noticeSchema)),
  /** Waiting notices that may be this sale's: the same amount first, then the same phone. */
  forSale: procedure.meta({ role: 'cashier', passive: true }).input(byIdSchema).output(z.array(noticeSchema)),
  /** Sales that this notice may belong to: open on a counter, or with an unknown payment of this amount. */
  candidates: procedure
    .meta({ role: 'cashier', passive: true })
    .input(byIdSchema)
    .output(z.array(z.object({ sale: saleSchema, samePhone: z.boolean(), sameAmount: z.boolean() }))),
  /** This money is that sale's. */
  match: procedure
    .meta({ role: 'cashier', passive: false })
    .input(z.strictObject({ id: idSchema, saleId: idSchema, managerPin: pinSchema.optional() }))
    .output(paymentSchema),
  /** Not a sale of ours: off the list, with a note. */
  setAside: procedure
    .meta({ role: 'cashier', passive: false })
    .input(z.strictObject({ id: idSchema, note: noteSchema, managerPin: pinSchema.optional() }))
    .output(noticeSchema),
  /** Tells the network where to report (Daraja). */
  register: procedure
    .meta({ role: 'manager', passive: false })
    .input(z.strictObject({ accountId: idSchema }))
    .output(z.object({ ok: z.boolean(), sentence: sentenceSchema })),
}

/** What the networks reported and nobody could read: a manager reads it. */
export const unreadReports = {
  /** It is money of this sale, of this amount and code as the person reads them; answers the payment. */
  give: procedure
    .meta({ role: 'cashier', passive: false })
    .input(
      z.strictObject({
        id: idSchema,
        saleId: idSchema,
        amountMinor: z.int().min(1),
        receiptCode: receiptCodeSchema,
        note: noteSchema,
        managerPin: pinSchema.optional(),
      }),
    )
    .output(paymentSchema),
  /** Nothing of a sale: off the list, with a note. */
  setAside: procedure
    .meta({ role: 'cashier', passive: false })
    .input(z.strictObject({ id: idSchema, note: noteSchema, managerPin: pinSchema.optional() }))
    .output(unreadReportSchema),
}

/** Not told: that it lies on the customer's phone. `needsDecision`: nobody but a person can say any more. */
export const paymentEvents = eventFamily(
  ['requested', 'completed', 'failed', 'cancelled', 'expired', 'unknown', 'reversed', 'needsDecision'],
  'payments',
  {
    saleId: idSchema,
    accountId: idSchema,
    amountMinor: z.int(),
    currency: currencySchema,
    reason: z.string().nullable(),
  },
)

/** Money that a customer sent by himself. */
export const incomingPaymentEvents = eventFamily(['received', 'matched', 'setAside'], 'payments', {
  accountId: idSchema,
  amountMinor: z.int(),
  currency: currencySchema,
  paymentId: idSchema.nullable(),
})

/** Money that is not certain, whoever has to look: payments, transfers, and customers' own payments without a sale. */
const moneyStatusSchema = z.object({
  unknown: z.int(),
  transfers: z.int(),
  overpaid: z.int(),
  notices: z.int(),
})

export const paymentsContract = {
  ...nothing,
  procedures: { payments, notices, unreadReports },
  topics: [
    z.object({ topic: z.literal('payment'), payment: paymentSchema }),
    z.object({ topic: z.literal('notice'), notice: noticeSchema }),
    z.object({ topic: z.literal('unread') }),
  ],
  events: { payment: paymentEvents, incomingPayment: incomingPaymentEvents },
  problems: paymentProblems,
  status: { money: moneyStatusSchema },
}
