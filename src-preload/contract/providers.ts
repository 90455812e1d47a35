import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { nothing } from './capability.ts'
import { channelNames } from './channels.ts'
import { accountFieldsMax } from './limits.ts'
import { byIdSchema, idSchema, sentenceSchema } from './paging.ts'
import type { Problems } from './problem.ts'
import { procedure, reasonSchema } from './procedure.ts'
import { pinSchema } from './staff.ts'
import { epochMsSchema } from './time.ts'
import { typedLine } from './typed-line.ts'

export const capabilitySchema = z.enum([...channelNames, 'mobileMoney'])
export type Capability = z.infer<typeof capabilitySchema>

/** One field of an account's form, made from the provider's zod schema. */
export const formFieldSchema = z.object({
  name: z.string(),
  label: sentenceSchema,
  help: sentenceSchema.nullable(),
  kind: z.enum(['text', 'number', 'choice', 'url', 'secret']),
  choices: z.array(z.object({ value: z.string(), label: sentenceSchema })),
  required: z.boolean(),
  example: z.string(),
})
export type FormField = z.infer<typeof formFieldSchema>

export const providerSchema = z.object({
  id: z.string(),
  label: z.string(),
  capabilities: z.array(capabilitySchema),
  markets: z.array(z.enum(['TZ', 'KE'])),
  docsUrl: z.url(),
  settings: z.array(formFieldSchema),
  secrets: z.array(formFieldSchema),
  /** What the network cannot do, in words (e.g. no way to ask what became of a message). */
  limits: z.array(sentenceSchema),
  pairing: z.boolean(),
})
export type ProviderInfo = z.infer<typeof providerSchema>

export const environmentSchema = z.enum(['live', 'sandbox', 'practice'])

export const accountSchema = z.object({
  id: idSchema,
  provider: z.string(),
  label: z.string(),
  environment: environmentSchema,
  /** Talks to this address in place of the provider's own. */
  baseUrl: z.string().nullable(),
  settings: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Names of the secrets the keychain holds; never the values. */
  secretsSet: z.array(z.string()),
  enabled: z.boolean(),
  /** This version of Kaunta does not have its provider: nothing goes out through it. */
  outOfOrder: z.boolean(),
  /** Why its lane is on hold, if it is. */
  hold: z.string().nullable(),
})
export type Account = z.infer<typeof accountSchema>

/** What an account's form fills in: no provider asks for nearly as many. */
function fieldsOf<T extends z.ZodType>(value: T) {
  return z
    .record(z.string().max(40), value)
    .refine((fields) => Object.keys(fields).length <= accountFieldsMax, 'too many fields')
    .meta({ maxProperties: accountFieldsMax })
}

export const accountInputSchema = z.strictObject({
  id: idSchema.optional(),
  provider: z.string().max(40),
  label: typedLine().min(1).max(60),
  environment: environmentSchema,
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .nullable(),
  settings: fieldsOf(z.union([z.string().max(4000), z.number()])),
  /** Only those to change; an empty string removes one. */
  secrets: fieldsOf(z.string().max(4000)),
  enabled: z.boolean(),
})

export const pairingStateSchema = z.enum([
  'notAuthorized',
  'starting',
  'authorized',
  'sleep',
  'blocked',
  'yellowCard',
  'unreachable',
  'unknown',
])
export type PairingState = z.infer<typeof pairingStateSchema>

export const pairingSchema = z.object({
  accountId: idSchema,
  state: pairingStateSchema,
  /** An image to scan, as a data: URL; null when none is on offer. */
  qr: z.string().startsWith('data:image/').nullable(),
  /** When the image stops working. */
  qrExpiresAt: epochMsSchema.nullable(),
  /** The linked number, when authorized. */
  phone: z.string().nullable(),
})
export type Pairing = z.infer<typeof pairingSchema>

export const providers = {
  list: procedure.meta({ role: 'cashier', passive: true }).output(z.array(providerSchema)),
}

export const accounts = {
  list: procedure.meta({ role: 'cashier', passive: true }).output(z.array(accountSchema)),
  save: procedure
    .meta({ role: 'manager', passive: false })
    .input(accountInputSchema.extend({ managerPin: pinSchema.optional() }))
    .output(accountSchema),
  remove: procedure
    .meta({ role: 'manager', passive: false })
    .input(byIdSchema.extend({ managerPin: pinSchema.optional() }))
    .output(z.object({ removed: z.boolean() })),
  /** Makes a new callback address; the one before it works for a day more. `path` follows the shop's public address. */
  renewCallback: procedure
    .meta({ role: 'manager', passive: false })
    .input(byIdSchema)
    .output(z.object({ path: z.string(), oldUntil: epochMsSchema })),
  /** A harmless real call (balance, token, state). */
  test: procedure
    .meta({ role: 'cashier', passive: false })
    .input(byIdSchema)
    .output(
      z.object({
        ok: z.boolean(),
        sentence: sentenceSchema,
        /** The provider's own words where it refused, for support. */
        detail: z.string().nullable(),
      }),
    ),
}

export const pairing = {
  /** State and image, kept fresh until the caller goes away or the account is linked. */
  watch: procedure
    .meta({ role: 'cashier', passive: true })
    .input(byIdSchema)
    .output(eventIterator(pairingSchema)),
  unlink: procedure.meta({ role: 'manager', passive: false }).input(byIdSchema).output(pairingSchema),
}

export const accountProblems = {
  ACCOUNT_MISSING: {
    status: 409,
    en: 'No account for {channel} is set up. Open Settings and add one.',
    sw: 'Hakuna akaunti ya {channel}. Fungua Mipangilio uongeze.',
  },
  ACCOUNT_NOT_FOUND: { status: 404, en: 'This account does not exist.', sw: 'Akaunti hii haipo.' },
  ACCOUNT_INCOMPLETE: {
    status: 409,
    en: '{account} lacks {field}. Open Settings and fill it in.',
    sw: '{account} haina {field}. Fungua Mipangilio uijaze.',
  },
  ACCOUNT_ADDRESS_REFUSED: {
    status: 422,
    en: 'Secrets are not sent to this address. It must begin with https:// and name a machine on the internet, without a name or password in it; in practice it is this machine.',
    sw: 'Siri hazitumwi kwa anwani hii. Ianze na https:// na itaje kompyuta iliyo kwenye intaneti, bila jina wala nenosiri ndani yake; kwenye mazoezi ni kompyuta hii.',
  },
  ACCOUNT_SECRETS_AGAIN: {
    status: 422,
    en: 'The address has changed. Type the secrets again: those that are kept are not sent to a new address.',
    sw: 'Anwani imebadilika. Andika siri upya: zilizohifadhiwa hazitumwi kwa anwani mpya.',
  },
  PROVIDER_UNKNOWN: {
    status: 404,
    en: 'Kaunta knows no provider called {provider}.',
    sw: 'Kaunta haimfahamu mtoa huduma aitwaye {provider}.',
  },
  PROVIDER_REFUSED: {
    status: 502,
    en: '{provider} answered: {detail}. Check the settings of the account.',
    sw: '{provider} imejibu: {detail}. Angalia mipangilio ya akaunti.',
  },
  PROVIDER_UNREACHABLE: {
    status: 503,
    en: '{provider} cannot be reached now. Check the internet and try again.',
    sw: '{provider} haipatikani sasa. Angalia intaneti kisha ujaribu tena.',
  },
  PAIRING_NOT_OFFERED: {
    status: 409,
    en: '{provider} is not linked by scanning a code.',
    sw: '{provider} haiunganishwi kwa kuskani msimbo.',
  },
} as const satisfies Problems

/** An account that only a person can set going again: a refused key, no credit, a phone that is not linked. */
const accountStopSchema = z.object({
  accountId: idSchema,
  capability: capabilitySchema,
  reason: reasonSchema,
  since: epochMsSchema,
  /** What stands in its line. */
  waiting: z.int(),
})

export const providersContract = {
  ...nothing,
  procedures: { providers, accounts, pairing },
  topics: [z.object({ topic: z.literal('accounts') })],
  problems: accountProblems,
  status: { stops: z.array(accountStopSchema) },
}
