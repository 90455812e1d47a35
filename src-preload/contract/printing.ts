import { z } from 'zod'
import { idSchema, languageSchema } from './paging.ts'
import { procedure, reasonSchema } from './procedure.ts'
import { epochMsSchema } from './time.ts'

export const paperSchema = z.enum(['58', '80'])
export type Paper = z.infer<typeof paperSchema>

export const printJobStateSchema = z.enum(['queued', 'printed', 'failed', 'unknown', 'cancelled'])

export const printJobSchema = z.object({
  id: idSchema,
  saleId: idSchema.nullable(),
  purpose: z.enum(['receipt', 'copy', 'drawer', 'test', 'cashUp']),
  copyNumber: z.int(),
  state: printJobStateSchema,
  sending: z.boolean(),
  reason: reasonSchema.nullable(),
  detail: z.string().nullable(),
  effectId: z.int(),
  staffName: z.string().nullable(),
  createdAt: epochMsSchema,
  updatedAt: epochMsSchema,
})
export type PrintJob = z.infer<typeof printJobSchema>

export const printerSchema = z.object({
  id: idSchema,
  name: z.string(),
  host: z.string(),
  port: z.int(),
  paper: paperSchema,
  drawer: z.boolean(),
  drawerPin: z.union([z.literal(2), z.literal(5)]),
  /** Paper guillotine present. */
  cutter: z.boolean(),
})
export type Printer = z.infer<typeof printerSchema>

export const printerInputSchema = z.object({
  name: z.string().trim().min(1).max(40),
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535),
  paper: paperSchema,
  drawer: z.boolean(),
  drawerPin: z.union([z.literal(2), z.literal(5)]),
  cutter: z.boolean(),
})

export const printing = {
  /** Prints the receipt of a sale once; the second time it prints a copy, marked so. */
  printReceipt: procedure
    .input(z.object({ saleId: idSchema, language: languageSchema.optional() }))
    .output(printJobSchema),
  /** A copy of the last receipt printed here. */
  reprintLast: procedure.output(printJobSchema),
  openDrawer: procedure.output(printJobSchema),
  list: procedure.input(z.object({ saleId: idSchema.optional() })).output(z.array(printJobSchema)),
  /** Answers "did the paper come out?": yes ends the job, no prints a copy. */
  decide: procedure.input(z.object({ id: idSchema, printed: z.boolean() })).output(printJobSchema),
}

export const printers = {
  /** The shop's printer, or null before one is set up. */
  get: procedure.output(printerSchema.nullable()),
  save: procedure.input(printerInputSchema).output(printerSchema),
  /** Asks the printer how it is (DLE EOT), without printing. */
  check: procedure.output(z.object({ reachable: z.boolean(), reason: reasonSchema.nullable() })),
  printTestPage: procedure.output(printJobSchema),
}
