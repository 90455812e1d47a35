import { z } from 'zod'
import { nothing } from './capability.ts'
import { idSchema, languageSchema } from './paging.ts'
import { phoneInfoSchema, phoneSchema, typedPhoneSchema } from './phone.ts'
import type { Problems } from './problem.ts'
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

export const customerProblems = {
  PHONE_INVALID: {
    status: 422,
    en: '“{value}” is not a mobile number. Type it as 0712 345 678, or with its country: +256 772 123 456.',
    sw: '“{value}” si namba ya simu ya mkononi. Iandike hivi: 0712 345 678, au pamoja na nchi: +256 772 123 456.',
  },
  PHONE_LANDLINE: {
    status: 422,
    en: '“{value}” is not a mobile number: it can receive no message and no payment request. Type a mobile number.',
    sw: '“{value}” si namba ya simu ya mkononi: haipokei ujumbe wala ombi la malipo. Andika namba ya mkononi.',
  },
  PHONE_MISSING: {
    status: 422,
    en: 'Type the customer’s phone number first.',
    sw: 'Andika kwanza namba ya simu ya mteja.',
  },
} as const satisfies Problems

export const customersContract = {
  ...nothing,
  procedures: { customers },
  problems: customerProblems,
}
