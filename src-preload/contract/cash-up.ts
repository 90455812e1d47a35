import { z } from 'zod'
import { nothing } from './capability.ts'
import { eventFamily } from './event-family.ts'
import { currencySchema, minorSchema, shownMinorSchema } from './money.ts'
import { byIdSchema, idSchema, pageInputSchema, pageOf } from './paging.ts'
import { printJobSchema } from './printing.ts'
import type { Problems } from './problem.ts'
import { procedure } from './procedure.ts'
import { epochMsSchema } from './time.ts'

/** One way to be paid, as it is counted: cash, or one network account. */
export const tenderKeySchema = z.union([z.literal('cash'), idSchema])

export const cashUpTenderSchema = z.object({
  tender: tenderKeySchema,
  label: z.string(),
  currency: currencySchema,
  countedMinor: shownMinorSchema,
  expectedMinor: z.int(),
  /** Counted less expected. */
  differenceMinor: z.int(),
})

/** What was not certain at the moment of counting. */
export const cashUpOpenItemSchema = z.object({
  kind: z.enum([
    'unknownPayment',
    'unprovedCode',
    'unmatchedNotice',
    'overpaid',
    'unknownTransfer',
    'owedSale',
  ]),
  label: z.string(),
  phone: z.string().nullable(),
  code: z.string().nullable(),
  amountMinor: shownMinorSchema,
  at: epochMsSchema,
})

export const cashUpSchema = z.object({
  id: idSchema,
  number: z.int(),
  tillId: z.string(),
  since: epochMsSchema,
  until: epochMsSchema,
  currency: currencySchema,
  sales: z.int(),
  tenders: z.array(cashUpTenderSchema),
  /** Cash that was in the drawer from the last count, and that stays for the next. */
  floatMinor: shownMinorSchema,
  leftMinor: shownMinorSchema,
  openItems: z.array(cashUpOpenItemSchema),
  note: z.string(),
  staffName: z.string().nullable(),
})
export type CashUp = z.infer<typeof cashUpSchema>

export const cashUps = {
  /** What is to be counted now; says nothing of what is expected. */
  open: procedure.meta({ role: 'cashier', passive: true }).output(
    z.object({
      since: epochMsSchema.nullable(),
      currency: currencySchema,
      tenders: z.array(z.object({ tender: tenderKeySchema, label: z.string(), currency: currencySchema })),
    }),
  ),
  /**
   * Keeps the count, then answers what was expected: what came in since it was last counted, each currency for itself.
   * What is not named in `counts` waits for the next.
   * Prints when a printer is set up and `print` is true.
   */
  close: procedure
    .meta({ role: 'cashier', passive: false })
    .input(
      z.strictObject({
        counts: z
          .array(
            z.strictObject({
              tender: tenderKeySchema,
              /** The shop's own where it is left out. */
              currency: currencySchema.optional(),
              countedMinor: minorSchema,
            }),
          )
          .min(1)
          .max(100),
        leftMinor: minorSchema.default(0),
        note: z.string().trim().max(300).default(''),
        print: z.boolean().default(true),
      }),
    )
    .output(cashUpSchema),
  list: procedure
    .meta({ role: 'cashier', passive: true })
    .input(pageInputSchema)
    .output(pageOf(cashUpSchema)),
  get: procedure.meta({ role: 'cashier', passive: true }).input(byIdSchema).output(cashUpSchema),
  print: procedure.meta({ role: 'cashier', passive: false }).input(byIdSchema).output(printJobSchema),
}

export const cashUpEvents = eventFamily(['counted'], null, { tillId: z.string() })

export const cashUpProblems = {
  CASH_UP_NOT_FOUND: {
    status: 404,
    en: 'This cash-up does not exist.',
    sw: 'Hesabu hii ya kufunga haipo.',
  },
  TENDER_UNKNOWN: {
    status: 422,
    en: 'There is no way to pay called {tender} to count.',
    sw: 'Hakuna njia ya malipo iitwayo {tender} ya kuhesabu.',
  },
} as const satisfies Problems

export const cashUpContract = {
  ...nothing,
  procedures: { cashUps },
  events: { cashUp: cashUpEvents },
  problems: cashUpProblems,
}
