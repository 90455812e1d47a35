import { z } from 'zod'
import { nothing } from './capability.ts'
import { eventFamily } from './event-family.ts'
import { statementCharsMax } from './limits.ts'
import { currencySchema, shownMinorSchema } from './money.ts'
import { byIdSchema, idSchema, pageInputSchema, pageOf } from './paging.ts'
import type { Problems } from './problem.ts'
import { procedure } from './procedure.ts'
import { epochMsSchema } from './time.ts'

/**
 * missingHere: the network has money that we do not know · missingThere: we say paid, the network does not ·
 * differentAmount · differentState: it was not paid here and is paid there · unanswered: the network could not be asked.
 */
export const differenceKinds = [
  'missingHere',
  'missingThere',
  'differentAmount',
  'differentState',
  'unanswered',
] as const
export const differenceSchema = z.enum(differenceKinds)
export type Difference = z.infer<typeof differenceSchema>

/** Lines of a list that could not be read: the others were compared all the same. */
export const unreadReasons = ['cells', 'code', 'codeSpoiled', 'codeTwice', 'date', 'amount', 'state'] as const
export const unreadLineSchema = z.object({
  /** As an editor counts them, from 1. */
  line: z.int(),
  why: z.enum(unreadReasons),
})
export type UnreadLine = z.infer<typeof unreadLineSchema>

const dateOrderSchema = z.enum(['dayFirst', 'monthFirst'])
const decimalMarkSchema = z.enum(['point', 'comma'])

/** What a list was understood to be. */
export const statementReadingSchema = z.object({
  separator: z.enum(['comma', 'semicolon', 'tab', 'pipe']),
  dates: dateOrderSchema,
  decimals: decimalMarkSchema,
  /** Lines by which money came in. */
  lines: z.int(),
  /** Lines of money that went out, or did not go through. */
  passed: z.int(),
  unread: z.array(unreadLineSchema),
  /** All of them: `unread` has an end. */
  unreadCount: z.int(),
})
export type StatementReading = z.infer<typeof statementReadingSchema>

export const reconciliationItemSchema = z.object({
  id: z.int(),
  kind: differenceSchema,
  paymentId: idSchema.nullable(),
  code: z.string().nullable(),
  phone: z.string().nullable(),
  hereMinor: shownMinorSchema.nullable(),
  thereMinor: shownMinorSchema.nullable(),
  at: epochMsSchema,
  detail: z.string().nullable(),
  /** Why it is settled; null while it is open. */
  note: z.string().nullable(),
  settledByName: z.string().nullable(),
  settledAt: epochMsSchema.nullable(),
})
export type ReconciliationItem = z.infer<typeof reconciliationItemSchema>

export const reconciliationSchema = z.object({
  id: idSchema,
  accountId: idSchema,
  /** query: each payment was asked about · statement: a file from the network's portal. */
  source: z.enum(['query', 'statement']),
  from: epochMsSchema,
  /** Exclusive. */
  to: epochMsSchema,
  fileName: z.string().nullable(),
  currency: currencySchema,
  matched: z.int(),
  matchedMinor: shownMinorSchema,
  /** How a statement was read; null where the network was asked, and for those of earlier versions. */
  reading: statementReadingSchema.nullable(),
  open: z.int(),
  settled: z.int(),
  /** Null for one that the machine ran by itself. */
  staffName: z.string().nullable(),
  startedAt: epochMsSchema,
  /** Null while it runs. */
  endedAt: epochMsSchema.nullable(),
})
export type Reconciliation = z.infer<typeof reconciliationSchema>

const wholeSchema = reconciliationSchema.extend({ items: z.array(reconciliationItemSchema) })

export const reconciliations = {
  list: procedure
    .meta({ role: 'cashier', passive: true })
    .input(pageInputSchema)
    .output(pageOf(reconciliationSchema)),
  get: procedure.meta({ role: 'cashier', passive: true }).input(byIdSchema).output(wholeSchema),
  /** Asks about every payment of the stretch; answers when done. */
  run: procedure
    .meta({ role: 'manager', passive: false })
    .input(z.strictObject({ accountId: idSchema, from: epochMsSchema, to: epochMsSchema }))
    .output(wholeSchema),
  /**
   * Compares with a file that the network's portal exported (CSV). Without `from` and `to`, the file's own days. A file that
   * can be read in two ways is refused with STATEMENT_DOUBTFUL until `dates` or `decimals` says which is meant; where the
   * file itself says it, they have no say.
   */
  importStatement: procedure
    .meta({ role: 'manager', passive: false })
    .input(
      z.strictObject({
        accountId: idSchema,
        fileName: z.string().trim().min(1).max(120),
        text: z.string().max(statementCharsMax),
        dates: dateOrderSchema.optional(),
        decimals: decimalMarkSchema.optional(),
        from: epochMsSchema.optional(),
        to: epochMsSchema.optional(),
      }),
    )
    .output(wholeSchema),
  resolveDifference: procedure
    .meta({ role: 'manager', passive: false })
    .input(z.strictObject({ itemId: z.int(), note: z.string().trim().min(3).max(300) }))
    .output(wholeSchema),
  export: procedure
    .meta({ role: 'manager', passive: false })
    .input(byIdSchema)
    .output(z.object({ fileName: z.string(), csv: z.string() })),
}

export const reconciliationEvents = eventFamily(['finished'], null, { accountId: idSchema, open: z.int() })

export const reconciliationProblems = {
  STATEMENT_UNREADABLE: {
    status: 422,
    en: '{file} could not be read as a statement of {provider}: {detail}. Export it as CSV from the network’s portal.',
    sw: '{file} haisomeki kama taarifa ya {provider}: {detail}. Ipakue kama CSV kutoka tovuti ya mtandao.',
  },
  STATEMENT_DOUBTFUL: {
    status: 422,
    en: '{file} can be read in two ways: “{sample}”. Say which is meant.',
    sw: '{file} inaweza kusomeka kwa njia mbili: “{sample}”. Sema ipi ni sahihi.',
  },
  RANGE_WRONG: {
    status: 422,
    en: 'The first day must come before the last, and the stretch be at most 92 days.',
    sw: 'Siku ya kwanza iwe kabla ya ya mwisho, na kipindi kisizidi siku 92.',
  },
  RECONCILIATION_NOT_FOUND: {
    status: 404,
    en: 'This comparison does not exist.',
    sw: 'Ulinganisho huu haupo.',
  },
  RECONCILIATION_RUNNING: {
    status: 409,
    en: 'A comparison for this account is still running. Wait for its end.',
    sw: 'Ulinganisho wa akaunti hii bado unaendelea. Subiri umalizike.',
  },
} as const satisfies Problems

export const reconciliationContract = {
  ...nothing,
  procedures: { reconciliations },
  topics: [z.object({ topic: z.literal('reconciliation'), id: idSchema })],
  events: { reconciliation: reconciliationEvents },
  problems: reconciliationProblems,
}
