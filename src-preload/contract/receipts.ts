import { z } from 'zod'
import { nothing } from './capability.ts'
import { eventFamily } from './event-family.ts'
import { fiscalSchema } from './fiscal.ts'
import { lineNameMax, saleLinesMax } from './limits.ts'
import {
  currencySchema,
  largestMinor,
  lineAmountMinor,
  minorSchema,
  quantityMilliSchema,
  shownMinorSchema,
  taxRateBpSchema,
} from './money.ts'
import { byIdSchema, idSchema, languageSchema, pageInputSchema, pageOf } from './paging.ts'
import { phoneSchema, typedPhoneSchema } from './phone.ts'
import { procedure } from './procedure.ts'
import { saleProblems } from './receipts-problems.ts'
import { pinSchema } from './staff.ts'
import { epochMsSchema } from './time.ts'
import { typedLine } from './typed-line.ts'

/** draft: being typed, kept across a crash · recorded: numbered, items frozen · finished: paid and off the counter. */
export const saleStateSchema = z.enum(['draft', 'recorded', 'finished'])

const lineFields = {
  name: typedLine().min(1).max(lineNameMax),
  quantityMilli: quantityMilliSchema,
  unitPriceMinor: minorSchema,
}

export const saleLineSchema = z.object({
  name: z.string(),
  quantityMilli: z.int(),
  unitPriceMinor: shownMinorSchema,
  /** Off the whole line, not off each unit. */
  discountMinor: shownMinorSchema,
  /** Tax that the price includes, in hundredths of a percent (1800 = 18 %). */
  taxRateBp: taxRateBpSchema,
})
export type SaleLine = z.infer<typeof saleLineSchema>

/** A line as it is asked for: no discount unless told, the shop's own tax rate unless told. */
export const saleLineInputSchema = z
  .strictObject({
    ...lineFields,
    discountMinor: minorSchema.default(0),
    taxRateBp: taxRateBpSchema.optional(),
  })
  .refine((line) => line.discountMinor <= lineAmountMinor(line.quantityMilli, line.unitPriceMinor), {
    path: ['discountMinor'],
    message: 'the discount is more than the line',
  })
  .refine((line) => lineAmountMinor(line.quantityMilli, line.unitPriceMinor) <= largestMinor, {
    path: ['unitPriceMinor'],
    message: 'the line costs more than a sale may',
    params: { problem: 'SALE_TOO_LARGE' },
  })
export type SaleLineInput = z.input<typeof saleLineInputSchema>

/** What a line costs after its discount, minor units. */
export function lineTotalMinor(line: Omit<SaleLineInput, 'name' | 'taxRateBp'>): number {
  return lineAmountMinor(line.quantityMilli, line.unitPriceMinor) - (line.discountMinor ?? 0)
}

/** card, other: taken by the POS and kept elsewhere; Kaunta only knows of it. */
export const tenderKindSchema = z.enum(['cash', 'mobileMoney', 'card', 'other'])
export type TenderKind = z.infer<typeof tenderKindSchema>

export const tenderSchema = z.object({
  kind: tenderKindSchema,
  amountMinor: shownMinorSchema,
  /** The network's receipt code (e.g. an M-Pesa code), or the POS's own number of it; null for cash and while not yet known. */
  receiptCode: z.string().nullable(),
  paymentId: idSchema.nullable(),
  /** Who holds the money, as people say it: the network, or what the POS calls its way ("Visa"). Null for cash, and where nobody said. */
  network: z.string().nullable(),
  /** Minor units of it that went back to the customer. */
  reversedMinor: shownMinorSchema,
  /** Cash handed over, minor units; what is above `amountMinor` was given back as change. Null where it was not counted. */
  givenMinor: shownMinorSchema.nullable(),
})
export type Tender = z.infer<typeof tenderSchema>

export const saleSchema = z.object({
  id: idSchema,
  /** Runs per till without gaps; null while a draft. */
  number: z.int().nullable(),
  /** The POS's own number of it; null where it has none. */
  posNumber: z.string().nullable(),
  tillId: z.string(),
  state: saleStateSchema,
  source: z.enum(['counter', 'api']),
  customer: z.object({ phone: phoneSchema.nullable(), name: z.string().nullable() }),
  currency: currencySchema,
  lines: z.array(saleLineSchema),
  totalMinor: shownMinorSchema,
  tenders: z.array(tenderSchema),
  paidMinor: shownMinorSchema,
  /** It left the counter without all of its money (deni): what is still owed, why, and on whose word. Null otherwise. */
  owed: z
    .object({ amountMinor: shownMinorSchema, note: z.string(), staffName: z.string().nullable() })
    .nullable(),
  /** What the certified device or service made of it; null: the paper says that it is no fiscal receipt. */
  fiscal: fiscalSchema.nullable(),
  /** Who took it; null for the POS. */
  staffName: z.string().nullable(),
  /** When it got its number; null while a draft. */
  recordedAt: epochMsSchema.nullable(),
  /** When it was sold, where the POS told another time than that; its papers and messages tell it. */
  soldAt: epochMsSchema.nullable(),
  /** When its draft was opened: as the sale before it ended, which may be the evening before. */
  createdAt: epochMsSchema,
  updatedAt: epochMsSchema,
})
export type Sale = z.infer<typeof saleSchema>

/** The rule on the sum of a sale's lines, for `refine`. */
export const linesFit = [
  (lines: readonly Omit<SaleLineInput, 'name' | 'taxRateBp'>[]): boolean =>
    lines.reduce((sum, line) => sum + lineTotalMinor(line), 0) <= largestMinor,
  { message: 'the lines together cost more than a sale may', params: { problem: 'SALE_TOO_LARGE' } },
] as const

export const saleInputSchema = z.strictObject({
  customer: z
    .strictObject({ phone: typedPhoneSchema.optional(), name: typedLine().max(80).optional() })
    .optional(),
  currency: currencySchema.optional(),
  lines: z
    .array(saleLineInputSchema)
    .max(saleLinesMax)
    .refine(...linesFit),
})

export const sales = {
  /** The sale on the counter: the open one, or a fresh draft. */
  current: procedure.meta({ role: 'cashier', passive: true }).output(saleSchema),
  /** Saves a draft as it is typed. A phone that is not one yet is left out, not refused. */
  saveDraft: procedure
    .meta({ role: 'cashier', passive: false })
    .input(saleInputSchema.extend({ id: idSchema }))
    .output(saleSchema),
  /** Sets the customer of any sale; the phone is judged. */
  setCustomer: procedure
    .meta({ role: 'cashier', passive: false })
    .input(z.strictObject({ id: idSchema, phone: typedPhoneSchema, name: typedLine().max(80).optional() }))
    .output(saleSchema),
  /** Gives the sale its number and freezes its items. The same sale again answers the same. */
  record: procedure.meta({ role: 'cashier', passive: false }).input(byIdSchema).output(saleSchema),
  /**
   * Records what is unpaid as cash, takes the sale off the counter and answers the next draft.
   * With `leaveOpen` (a manager's word) the customer goes without having paid it all, also while a payment is unknown:
   * the rest is *owed*, with the reason, unless he did pay it in cash. Should the payment turn out paid after all, the
   * debt goes, or the manager is told of money too much. An owed sale finished once more is paid in cash.
   */
  finish: procedure
    .meta({ role: 'cashier', passive: false })
    .input(
      byIdSchema.extend({
        /** Cash handed over for what is unpaid; the receipt shows it with the change. */
        cashGivenMinor: minorSchema.optional(),
        leaveOpen: z
          .strictObject({
            note: z.string().trim().min(3).max(300),
            /** What becomes of what is unpaid. */
            rest: z.enum(['owed', 'cash']).default('owed'),
            managerPin: pinSchema.optional(),
          })
          .optional(),
        /** Wants its receipt with it: both, or, without a printer, neither. */
        print: z.strictObject({ language: languageSchema.optional() }).optional(),
      }),
    )
    .output(z.object({ finished: saleSchema, next: saleSchema })),
  /** How many sales got their number today (the shop's day), and what they come to by currency. */
  today: procedure.meta({ role: 'cashier', passive: true }).output(
    z.object({
      count: z.int(),
      sums: z.array(z.object({ currency: currencySchema, totalMinor: shownMinorSchema })),
    }),
  ),
  /** What the shop's POS handed over today and yesterday and nobody paid yet, oldest first. */
  handedOver: procedure.meta({ role: 'cashier', passive: true }).output(z.array(saleSchema)),
  /** Puts an earlier sale back on the counter (reads only; nothing is changed in it). */
  get: procedure.meta({ role: 'cashier', passive: true }).input(byIdSchema).output(saleSchema),
  list: procedure
    .meta({ role: 'cashier', passive: true })
    .input(pageInputSchema.extend({ text: z.string().max(80).optional() }))
    .output(pageOf(saleSchema)),
}

/** `cashTaken`: into the drawer of this counter; what the POS took is only `tendered`. */
export const saleEvents = eventFamily(
  ['recorded', 'tendered', 'cashTaken', 'fiscalised', 'finished'],
  'sales',
  { tillId: z.string(), number: z.int().nullable(), totalMinor: z.int(), currency: currencySchema },
)

export const receiptsContract = {
  ...nothing,
  procedures: { sales },
  topics: [z.object({ topic: z.literal('sale'), sale: saleSchema })],
  events: { sale: saleEvents },
  problems: saleProblems,
}
