import { z } from 'zod'
import { nothing } from './capability.ts'
import { eventFamily } from './event-family.ts'
import { currencySchema, taxRateBpSchema } from './money.ts'
import { byIdSchema, idSchema, languageSchema } from './paging.ts'
import type { Problems } from './problem.ts'
import { procedure } from './procedure.ts'
import { scopeSchema } from './rights.ts'
import { pinSchema } from './staff.ts'
import { epochMsSchema, zoneSchema } from './time.ts'
import { typedLine } from './typed-line.ts'

export const shopSchema = z.object({
  name: typedLine().min(1).max(60),
  address: typedLine().max(120),
  phone: typedLine().max(40),
  taxNumber: typedLine().max(40),
  /** Included in the prices, for lines that name no rate; 0 for a shop that is not registered for VAT. */
  taxRateBp: taxRateBpSchema,
  /** Printed under the receipt. */
  footer: typedLine().max(120),
  country: z.enum(['TZ', 'KE']),
  currency: currencySchema,
  zone: zoneSchema,
  /** https address of a relay or tunnel that forwards providers' callbacks to this machine; empty: Kaunta asks instead. */
  publicAddress: z.union([z.literal(''), z.url({ protocol: /^https$/ }).max(300)]),
  till: typedLine().min(1).max(20),
  /** Minutes without a key until the counter asks for a PIN again; 0: never. */
  lockAfterMinutes: z.int().min(0).max(15),
  /** The largest part of a sale's price that a cashier may let off, in hundredths of a percent; a manager may more. */
  cashierDiscountBp: taxRateBpSchema,
  /** Of screens; receipts follow the customer, else this. */
  language: languageSchema,
  theme: z.enum(['auto', 'light', 'dark']),
})
export type Shop = z.infer<typeof shopSchema>

/** What of the shop decides about money, and who gets in: a change wants a manager's PIN. */
export const shopMoneyFields = [
  'taxNumber',
  'taxRateBp',
  'country',
  'currency',
  'publicAddress',
  'lockAfterMinutes',
  'cashierDiscountBp',
] as const satisfies readonly (keyof Shop)[]

export const apiKeySchema = z.object({
  id: idSchema,
  label: z.string(),
  scopes: z.array(scopeSchema),
  /** The first characters, to recognise it by. */
  hint: z.string(),
  createdAt: epochMsSchema,
  lastUsedAt: epochMsSchema.nullable(),
})
export type ApiKey = z.infer<typeof apiKeySchema>

export const settings = {
  get: procedure.meta({ role: 'open', passive: true }).output(shopSchema),
  /** Changes what is named and leaves the rest. A manager's PIN with it where something of `shopMoneyFields` changes. */
  save: procedure
    .meta({ role: 'manager', passive: false })
    .input(shopSchema.partial().strict().extend({ managerPin: pinSchema.optional() }))
    .output(shopSchema),
}

export const apiKeys = {
  list: procedure.meta({ role: 'manager', passive: true }).output(z.array(apiKeySchema)),
  /** The key itself is answered here once and stored only as a hash. */
  create: procedure
    .meta({ role: 'manager', passive: false })
    .input(
      z.strictObject({
        label: typedLine().min(1).max(60),
        scopes: z.array(scopeSchema).min(1).max(scopeSchema.options.length),
        managerPin: pinSchema.optional(),
      }),
    )
    .output(apiKeySchema.extend({ key: z.string() })),
  revoke: procedure
    .meta({ role: 'manager', passive: false })
    .input(byIdSchema.extend({ managerPin: pinSchema.optional() }))
    .output(z.object({ revoked: z.boolean() })),
}

export const settingsProblems = {
  API_KEY_WRONG: {
    status: 401,
    en: 'The API key is missing or wrong. Send “Authorization: Bearer <key>” with a key made in Settings.',
    sw: 'Ufunguo wa API haupo au si sahihi. Tuma “Authorization: Bearer <key>” kwa ufunguo uliotengenezwa kwenye Mipangilio.',
  },
  API_KEY_SCOPE: {
    status: 403,
    en: 'This API key may not do that: it lacks the scope {scope}.',
    sw: 'Ufunguo huu wa API hauruhusiwi: hauna idhini ya {scope}.',
  },
  API_KEY_NOT_FOUND: { status: 404, en: 'This API key does not exist.', sw: 'Ufunguo huu wa API haupo.' },
} as const satisfies Problems

/** Subject: the group they stand in, such as `shop`. */
const settingEvents = eventFamily(['changed'], null, { fields: z.array(z.string()) })

export const settingsContract = {
  ...nothing,
  procedures: { settings, apiKeys },
  topics: [z.object({ topic: z.literal('settings') })],
  events: { setting: settingEvents },
  problems: settingsProblems,
}
