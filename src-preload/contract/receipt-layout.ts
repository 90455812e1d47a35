import { z } from 'zod'
import { nothing } from './capability.ts'
import { logoBase64Max } from './limits.ts'
import { languageSchema } from './paging.ts'
import { paperItemSchema } from './paper.ts'
import { paperSchema } from './printer-models.ts'
import { procedure } from './procedure.ts'

const bothLanguages = z.object({ sw: z.string().trim().max(300), en: z.string().trim().max(300) })

/** How the shop's receipts look. What a receipt must say (items, total, number, fiscal block, marks) cannot be taken out. */
export const receiptLayoutSchema = z.object({
  logo: z.boolean(),
  shopName: z.enum(['normal', 'large']),
  address: z.boolean(),
  phone: z.boolean(),
  taxNumber: z.boolean(),
  /** Under the shop's name; several lines allowed, empty for none. */
  header: bothLanguages,
  till: z.boolean(),
  cashier: z.boolean(),
  customer: z.boolean(),
  /** Pieces that were bought, above the total. */
  itemCount: z.boolean(),
  /** Taxes by rate under the total. */
  taxes: z.boolean(),
  /** The total without tax, above these. */
  net: z.boolean(),
  /** What was paid in all, under the ways it was paid. */
  paid: z.boolean(),
  /** The buyer's TIN, where TRA's device named one. */
  buyerTin: z.boolean(),
  qr: z.boolean(),
  barcode: z.boolean(),
  /** Last words; empty for the shop's own or a thank-you. */
  footer: bothLanguages,
})
export type ReceiptLayout = z.infer<typeof receiptLayoutSchema>

/** As it is handed in; what stands in the file may be a newer program's. */
const receiptLayoutInputSchema = receiptLayoutSchema
  .extend({ header: bothLanguages.strict(), footer: bothLanguages.strict() })
  .strict()

export const receiptLayout = {
  get: procedure
    .meta({ role: 'cashier', passive: true })
    .output(z.object({ layout: receiptLayoutSchema, hasLogo: z.boolean() })),
  save: procedure
    .meta({ role: 'manager', passive: false })
    .input(receiptLayoutInputSchema)
    .output(receiptLayoutSchema),
  /** A sample receipt as it would come out. */
  preview: procedure
    .meta({ role: 'cashier', passive: true })
    .input(z.strictObject({ layout: receiptLayoutInputSchema, paper: paperSchema, language: languageSchema }))
    .output(z.object({ columns: z.int(), items: z.array(paperItemSchema) })),
  /** PNG or JPEG; it is scaled to the paper and dithered once. */
  setLogo: procedure
    .meta({ role: 'manager', passive: false })
    .input(z.strictObject({ base64: z.base64().max(logoBase64Max) }))
    .output(z.object({ hasLogo: z.boolean() })),
  removeLogo: procedure.meta({ role: 'manager', passive: false }).output(z.object({ hasLogo: z.boolean() })),
}

export const receiptLayoutContract = {
  ...nothing,
  procedures: { receiptLayout },
}
