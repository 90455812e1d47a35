import { z } from 'zod'
import { nothing } from './capability.ts'
import { eventFamily } from './event-family.ts'
import { byIdSchema, idSchema, languageSchema } from './paging.ts'
import { subnetPattern } from './printer-facts.ts'
import {
  connectionInputSchema,
  connectionSchema,
  foundPrinterSchema,
  modelSchema,
  printerProfileInputSchema,
  printerProfileSchema,
  triedWaySchema,
} from './printer-models.ts'
import type { Problems } from './problem.ts'
import { procedure, reasonSchema } from './procedure.ts'
import { epochMsSchema } from './time.ts'
import { typedLine } from './typed-line.ts'

export const printJobStateSchema = z.enum(['queued', 'printed', 'failed', 'unknown', 'cancelled'])

/** ticket: the lines that another printer wants (kitchen, store). */
export const printPurposeSchema = z.enum(['receipt', 'copy', 'drawer', 'test', 'cashUp', 'ticket'])

export const printJobSchema = z.object({
  id: idSchema,
  saleId: idSchema.nullable(),
  purpose: printPurposeSchema,
  copyNumber: z.int(),
  state: printJobStateSchema,
  sending: z.boolean(),
  reason: reasonSchema.nullable(),
  detail: z.string().nullable(),
  effectId: z.int(),
  /** Where the paper came out, or would: the fallback's name once the job went there. */
  printerName: z.string(),
  staffName: z.string().nullable(),
  createdAt: epochMsSchema,
  updatedAt: epochMsSchema,
})
export type PrintJob = z.infer<typeof printJobSchema>

export const receiptFileSchema = z.object({ name: z.string(), mediaType: z.string(), base64: z.base64() })
export type ReceiptFile = z.infer<typeof receiptFileSchema>

/** Which lines of a sale a second printer gets when the sale is recorded. */
export const ticketRuleSchema = z.object({
  lines: z.enum(['none', 'all', 'matching']),
  /** Words of which one must stand in the item's name, for `matching`; case and accents do not count. */
  words: z.array(z.string().trim().min(1).max(40)).max(50),
})
export type TicketRule = z.infer<typeof ticketRuleSchema>

const printerFields = {
  name: typedLine().min(1).max(40),
  connection: connectionSchema,
  /** Id of the model the profile was taken from. */
  model: z.string().max(60),
  profile: printerProfileSchema,
  /** Receipts, cash-ups and the drawer of this till go here; one printer at most. */
  receipts: z.boolean(),
  drawer: z.boolean(),
  drawerPin: z.union([z.literal(2), z.literal(5)]),
  /** The drawer opens by itself when cash is taken. */
  drawerOnCash: z.boolean(),
  /** Level of the drawer's switch (connector pin 3) while it is open; null until a person has shown it once. */
  drawerOpenHigh: z.boolean().nullable(),
  /** Takes over while this printer can take nothing; null: papers wait. */
  fallbackId: idSchema.nullable(),
  tickets: ticketRuleSchema,
}
const printerInputSchema = z.strictObject({
  ...printerFields,
  connection: connectionInputSchema,
  profile: printerProfileInputSchema,
  tickets: ticketRuleSchema.strict(),
})
export type PrinterInput = z.infer<typeof printerInputSchema>
export const printerSchema = z.object({ id: idSchema, ...printerFields })
export type Printer = z.infer<typeof printerSchema>

/** How a printer last said it is. A printer that cannot say has `reports: false`, never a good word. */
export const printerStatusSchema = z.object({
  printerId: idSchema,
  at: epochMsSchema,
  reachable: z.boolean(),
  /** It answers questions about itself. */
  reports: z.boolean(),
  /** What keeps it from printing. */
  reason: reasonSchema.nullable(),
  paperLow: z.boolean(),
  /** Level of the drawer's switch, null where it was not told. Which level means open depends on the drawer. */
  drawerPinHigh: z.boolean().nullable(),
  /** Null where nobody can tell. */
  drawerOpen: z.boolean().nullable(),
})
export type PrinterStatus = z.infer<typeof printerStatusSchema>

export const subnetSchema = z.string().max(18).regex(subnetPattern)

export const printing = {
  /** Prints the receipt of a sale once; the second time it prints a copy, marked so. */
  printReceipt: procedure
    .meta({ role: 'cashier', passive: false })
    .input(z.strictObject({ saleId: idSchema, language: languageSchema.optional() }))
    .output(printJobSchema),
  /** A copy of the last receipt printed here. */
  reprintLast: procedure.meta({ role: 'cashier', passive: false }).output(printJobSchema),
  openDrawer: procedure.meta({ role: 'manager', passive: false }).output(printJobSchema),
  list: procedure
    .meta({ role: 'cashier', passive: true })
    .input(z.strictObject({ saleId: idSchema.optional() }))
    .output(z.array(printJobSchema)),
  /** Answers "did the paper come out?": yes ends the job, no prints a copy. */
  decide: procedure
    .meta({ role: 'cashier', passive: false })
    .input(z.strictObject({ id: idSchema, printed: z.boolean() }))
    .output(printJobSchema),
  /** The receipt of a sale as a file, from the same description as the paper. */
  receiptFile: procedure
    .meta({ role: 'cashier', passive: false })
    .input(
      z.strictObject({
        saleId: idSchema,
        language: languageSchema.optional(),
        format: z.enum(['pdf', 'html', 'text']),
      }),
    )
    .output(receiptFileSchema),
}

export const printers = {
  /** Every printer of this till, the receipt printer first. */
  list: procedure.meta({ role: 'cashier', passive: true }).output(z.array(printerSchema)),
  save: procedure
    .meta({ role: 'manager', passive: false })
    .input(z.strictObject({ id: idSchema.optional(), printer: printerInputSchema }))
    .output(printerSchema),
  remove: procedure
    .meta({ role: 'manager', passive: false })
    .input(byIdSchema)
    .output(z.object({ removed: z.boolean() })),
  /** Printer models Kaunta knows, as data. */
  models: procedure.meta({ role: 'cashier', passive: true }).output(z.array(modelSchema)),
  /** Subnets this machine stands in, to be offered; nothing is sent. */
  subnets: procedure
    .meta({ role: 'cashier', passive: true })
    .output(z.array(z.object({ subnet: subnetSchema, port: z.int(), label: z.string() }))),
  /**
   * Looks for printers: at this machine's ports and queues (and at the practice printer) always; with `network` by
   * announcement and by a connection to each address of the private networks this machine stands in; with `subnet` at
   * each of its addresses. Not one byte is sent to what answers.
   */
  find: procedure
    .meta({ role: 'manager', passive: false })
    .input(
      z.strictObject({
        network: z.boolean().default(false),
        subnet: subnetSchema.optional(),
        port: z.int().min(1).max(65_535).default(9100),
      }),
    )
    .output(z.object({ found: z.array(foundPrinterSchema), tried: z.array(triedWaySchema) })),
  /** Asks a printer how it is, without printing. */
  check: procedure.meta({ role: 'cashier', passive: true }).input(byIdSchema).output(printerStatusSchema),
  /** What is known of each printer; changes come with the live news. */
  statuses: procedure.meta({ role: 'cashier', passive: true }).output(z.array(printerStatusSchema)),
  printTestPage: procedure.meta({ role: 'cashier', passive: false }).input(byIdSchema).output(printJobSchema),
}

/** Not told: waiting, and under way. */
export const printEvents = eventFamily(['printed', 'failed', 'unknown', 'cancelled'], 'sales', {
  saleId: idSchema.nullable(),
  purpose: printPurposeSchema,
  reason: z.string().nullable(),
})

export const printingProblems = {
  PRINTER_NOT_FOUND: {
    status: 404,
    en: 'This printer is not set up any more. Choose another under Settings.',
    sw: 'Printa hii haijawekwa tena. Chagua nyingine kwenye Mipangilio.',
  },
  PRINTER_FALLBACK_ITSELF: {
    status: 422,
    en: 'A printer cannot stand in for itself. Choose another one, or none.',
    sw: 'Printa haiwezi kujisaidia yenyewe. Chagua nyingine, au hakuna.',
  },
  DRAWER_MISSING: {
    status: 409,
    en: 'No cash drawer is set up at {printer}. Open Settings and say which one is there.',
    sw: 'Hakuna droo ya pesa kwenye {printer}. Fungua Mipangilio ueleze iliyopo.',
  },
  LOGO_UNREADABLE: {
    status: 422,
    en: 'This file is no picture that Kaunta can read, or a broken one. Save it as PNG or JPEG, at most 2 MB and 4,000 dots a side.',
    sw: 'Faili hili si picha ambayo Kaunta inaweza kusoma, au limeharibika. Lihifadhi kama PNG au JPEG, lisizidi MB 2 na nukta 4,000 kila upande.',
  },
  PRINTER_MISSING: {
    status: 409,
    en: 'No printer is set up. Open Settings and type its address.',
    sw: 'Hakuna printa. Fungua Mipangilio uandike anwani yake.',
  },
  PRINT_JOB_NOT_FOUND: {
    status: 404,
    en: 'This print job does not exist.',
    sw: 'Kazi hii ya kuchapisha haipo.',
  },
  NOTHING_TO_REPRINT: {
    status: 409,
    en: 'No receipt was printed here yet.',
    sw: 'Hakuna risiti iliyochapishwa hapa bado.',
  },
} as const satisfies Problems

export const printingContract = {
  ...nothing,
  procedures: { printing, printers },
  topics: [
    z.object({ topic: z.literal('printJob'), printJob: printJobSchema }),
    z.object({ topic: z.literal('printerStatus'), printerStatus: printerStatusSchema }),
  ],
  events: { print: printEvents },
  problems: printingProblems,
}
