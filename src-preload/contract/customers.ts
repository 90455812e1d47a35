import { z } from 'zod'
import { idSchema, languageSchema } from './paging.ts'
import { phoneInfoSchema, phoneSchema, typedPhoneSchema } from './phone.ts'
import { procedure } from './procedure.ts'
import { epochMsSchema } from './time.ts'
import { typedLine } from './typed-line.ts'

export const customerSchema = z.object({
  id: idSchema,
  phone: phoneSchema,
  name: z.string().nullable(),
  language: languageSchema.nullable(),
  lastSeenAt: epochMsSchema,
})
export type Customer = z.infer<typeof customerSchema>

export const customers = {
  /** Judges a typed number: the E.164 form, how to show it, and the network its prefix suggests. */
  readPhone: procedure
    .meta({ role: 'cashier', passive: false })
    .input(z.strictObject({ typed: typedPhoneSchema }))
    .output(phoneInfoSchema),
  /** By part of a name or number, most recent first. */
  search: procedure
    .meta({ role: 'cashier', passive: true })
    .input(z.strictObject({ text: z.string().max(80) }))
    .output(z.array(customerSchema)),
  save: procedure
    .meta({ role: 'cashier', passive: false })
    .input(
      z.strictObject({
        phone: typedPhoneSchema,
        name: typedLine().max(80),
        language: languageSchema.optional(),
      }),
    )
    .output(customerSchema),
}
