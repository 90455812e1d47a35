import { z } from 'zod'
import { lineNameMax, saleLinesMax } from './limits.ts'
import { currencySchema, largestMinor, minorSchema } from './money.ts'
import { idSchema } from './paging.ts'
import { typedPhoneSchema } from './phone.ts'
import { linesFit, saleLineInputSchema, saleSchema } from './receipts.ts'
import { epochMsSchema } from './time.ts'
import { typedLine } from './typed-line.ts'

/*
 * What the shop's POS hands over. Nothing here is dropped in silence: a field that Kaunta does not know is refused by its
 * name, since a POS that believes it was heard does not ask again.
 */

/** Tenders of one sale, and characters of a POS's own words for one of them. */
const tendersMax = 20
const wordsMax = 40

/**
 * Money that the POS took itself, before it handed the sale over. Cash lies in the drawer that this till counts; a card
 * machine and other ways (bank, voucher, credit note) keep their money elsewhere and settle it by themselves.
 */
export const handedOverTenderSchema = z
  .strictObject({
    kind: z.enum(['cash', 'card', 'other']),
    /** What counts towards the sale, minor units: without the change. */
    amountMinor: minorSchema.min(1),
    /** Cash only: what the customer handed over, minor units; the rest was change. */
    givenMinor: minorSchema.optional(),
    /** Card and other only: what people call it, such as "Visa" or "CRDB". */
    label: typedLine().min(1).max(wordsMax).optional(),
    /** Card and other only: the slip's or the transaction's own number. */
    reference: typedLine().min(1).max(wordsMax).optional(),
  })
  .refine(({ kind, givenMinor }) => kind === 'cash' || givenMinor === undefined, { path: ['givenMinor'] })
  .refine(({ amountMinor, givenMinor }) => givenMinor === undefined || givenMinor >= amountMinor, {
    path: ['givenMinor'],
  })
  .refine(({ kind, label }) => kind !== 'cash' || label === undefined, { path: ['label'] })
  .refine(({ kind, reference }) => kind !== 'cash' || reference === undefined, { path: ['reference'] })
export type HandedOverTender = z.output<typeof handedOverTenderSchema>

export const handedOverSaleSchema = z.strictObject({
  /** A phone that cannot be read does not hold the sale back: it is left out, with a warning in the answer. */
  customer: z
    .strictObject({ phone: typedPhoneSchema.nullish(), name: typedLine().max(lineNameMax).nullish() })
    .optional(),
  currency: currencySchema.optional(),
  lines: z
    .array(saleLineInputSchema)
    .max(saleLinesMax)
    .refine(...linesFit),
  /** The POS's own number of the sale, once per API key; the till's receipt number is given by Kaunta. */
  number: z
    .union([typedLine().min(1).max(wordsMax), z.int().min(0).max(largestMinor)])
    .transform(String)
    .optional(),
  /** When it was sold, epoch ms: within the last year, and not in the future. Left out: now. */
  soldAt: epochMsSchema.optional(),
  /** What was paid for it already, at most its total. */
  tenders: z.array(handedOverTenderSchema).max(tendersMax).optional(),
})
export type HandedOverSale = z.output<typeof handedOverSaleSchema>

/** What was left out of something that was kept all the same. */
export const warningSchema = z.object({
  /** As the caller named it. */
  field: z.string(),
  code: z.string(),
  message: z.string(),
})
export type Warning = z.infer<typeof warningSchema>

/** A sale as the POS gets it back; without `warnings` all of it was taken. */
export const takenSaleSchema = saleSchema.extend({ warnings: z.array(warningSchema).optional() })

/** A prompt that the POS wants, and at which network: left out, the one that the phone's prefix suggests. */
export const askedPaymentSchema = z.strictObject({
  saleId: idSchema,
  phone: typedPhoneSchema,
  amountMinor: z.int().optional(),
  /** The provider's id (`airtel-money`) or the network's name (`airtel`), as the list of networks has it. */
  provider: z.string().trim().min(1).max(64).optional(),
  /** One account of this shop; needed where it has two of one provider. */
  accountId: idSchema.optional(),
})
