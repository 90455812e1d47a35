import { z } from 'zod'
import { nothing } from './capability.ts'
import { channelNames } from './channels.ts'
import { eventFamily } from './event-family.ts'
import { messageCharsMax } from './limits.ts'
import { byIdSchema, idSchema, languageSchema, pageInputSchema, pageOf } from './paging.ts'
import { phoneSchema, typedPhoneSchema } from './phone.ts'
import type { Problems } from './problem.ts'
import { procedure, reasonSchema } from './procedure.ts'
import { epochMsSchema } from './time.ts'

export const channelSchema = z.enum(channelNames)

export const messageStateSchema = z.enum([
  'queued',
  'unknown',
  'sent',
  'delivered',
  'read',
  'failed',
  'cancelled',
])
export type MessageState = z.infer<typeof messageStateSchema>

/** pdf: the receipt as a file under which the text stands; by WhatsApp, where the provider takes files. */
export const messageFormSchema = z.enum(['text', 'pdf'])
export type MessageForm = z.infer<typeof messageFormSchema>

export const messageSchema = z.object({
  id: idSchema,
  saleId: idSchema.nullable(),
  channel: channelSchema,
  provider: z.string(),
  to: phoneSchema,
  body: z.string(),
  /** The file that goes with it; `bytes` is its size. */
  attachment: z.object({ fileName: z.string(), bytes: z.int() }).nullable(),
  language: languageSchema,
  state: messageStateSchema,
  /** True while the effect is on its way to the provider. */
  sending: z.boolean(),
  reason: reasonSchema.nullable(),
  /** The provider's own words, masked of secrets. */
  detail: z.string().nullable(),
  /** e.g. "TZS 22.0000", as the provider wrote it. */
  cost: z.string().nullable(),
  segments: z.int(),
  attempts: z.int(),
  effectId: z.int(),
  staffName: z.string().nullable(),
  createdAt: epochMsSchema,
  updatedAt: epochMsSchema,
})
export type Message = z.infer<typeof messageSchema>

export const messageEventSchema = z.object({
  at: epochMsSchema,
  state: messageStateSchema,
  source: z.enum(['counter', 'outbox', 'provider', 'person']),
  reason: reasonSchema.nullable(),
  detail: z.string().nullable(),
})

export const segmentsSchema = z.object({
  encoding: z.enum(['GSM-7', 'UCS-2']),
  /** Septets for GSM-7, UTF-16 code units for UCS-2. */
  units: z.int(),
  segments: z.int(),
  /** Units still free in the last segment. */
  left: z.int(),
})
export type Segments = z.infer<typeof segmentsSchema>

export const templateSchema = z.object({
  kind: z.enum(['receipt']),
  channel: channelSchema,
  language: languageSchema,
  text: z.string().max(2000),
})
export type Template = z.infer<typeof templateSchema>

const receiptTarget = z.strictObject({
  saleId: idSchema,
  channel: channelSchema,
  language: languageSchema.optional(),
})

export const messages = {
  /** The text as it would go out, and its size in SMS segments. */
  preview: procedure
    .meta({ role: 'cashier', passive: true })
    .input(receiptTarget.extend({ text: z.string().max(messageCharsMax).optional() }))
    .output(z.object({ body: z.string(), missing: z.array(z.string()), size: segmentsSchema })),
  /** Queues the receipt of a sale; records the sale when it is still a draft. */
  sendReceipt: procedure
    .meta({ role: 'cashier', passive: false })
    .input(
      receiptTarget.extend({
        to: typedPhoneSchema,
        text: z.string().max(messageCharsMax).optional(),
        as: messageFormSchema.default('text'),
      }),
    )
    .output(messageSchema),
  get: procedure
    .meta({ role: 'cashier', passive: true })
    .input(byIdSchema)
    .output(messageSchema.extend({ events: z.array(messageEventSchema) })),
  list: procedure
    .meta({ role: 'cashier', passive: true })
    .input(pageInputSchema.extend({ saleId: idSchema.optional() }))
    .output(pageOf(messageSchema)),
  /** A new attempt of a failed message; its history stays. */
  retry: procedure.meta({ role: 'cashier', passive: false }).input(byIdSchema).output(messageSchema),
}

export const templates = {
  list: procedure.meta({ role: 'cashier', passive: true }).output(
    z.object({
      templates: z.array(templateSchema),
      variables: z.array(z.object({ name: z.string(), example: z.string() })),
    }),
  ),
  save: procedure
    .meta({ role: 'manager', passive: false })
    .input(templateSchema.strict())
    .output(templateSchema),
}

/** Not told: waiting to be sent, and being sent. */
export const messageEvents = eventFamily(
  ['sent', 'delivered', 'read', 'failed', 'unknown', 'cancelled'],
  'messages',
  { saleId: idSchema.nullable(), channel: channelSchema, reason: z.string().nullable() },
)

export const messageProblems = {
  TEMPLATE_VARIABLE_MISSING: {
    status: 422,
    en: 'The text uses {variable}, but this sale has no value for it. Fill it in, or take it out of the text.',
    sw: 'Maandishi yanatumia {variable}, lakini mauzo haya hayana thamani yake. Ijaze, au iondoe kwenye maandishi.',
  },
  TEMPLATE_VARIABLE_UNKNOWN: {
    status: 422,
    en: 'There is no variable called {variable}. Known ones: {known}.',
    sw: 'Hakuna kigezo kiitwacho {variable}. Vilivyopo: {known}.',
  },
  TEXT_EMPTY: {
    status: 422,
    en: 'The message is empty. Write something first.',
    sw: 'Ujumbe hauna maneno. Andika kwanza.',
  },
  TEXT_TOO_LONG: {
    status: 422,
    en: 'The text has {length} characters and {provider} takes {limit}. Shorten it.',
    sw: 'Maandishi yana herufi {length} na {provider} inapokea {limit}. Yafupishe.',
  },
  FILE_BY_WHATSAPP_ONLY: {
    status: 422,
    en: 'A PDF goes by WhatsApp only. Choose WhatsApp, or send the receipt as text.',
    sw: 'PDF hutumwa kwa WhatsApp tu. Chagua WhatsApp, au tuma risiti kama maandishi.',
  },
  FILE_NOT_OFFERED: {
    status: 409,
    en: '{account} cannot send files. Send the receipt as text.',
    sw: '{account} haiwezi kutuma mafaili. Tuma risiti kama maandishi.',
  },
  FILE_NEEDS_SALE: {
    status: 422,
    en: 'A PDF is the receipt of a sale, and no sale was named. Name one, or send text.',
    sw: 'PDF ni risiti ya mauzo, na hakuna mauzo yaliyotajwa. Taja mauzo, au tuma maandishi.',
  },
  MESSAGE_NOT_FOUND: { status: 404, en: 'This message does not exist.', sw: 'Ujumbe huu haupo.' },
} as const satisfies Problems

export const messagingContract = {
  ...nothing,
  procedures: { messages, templates },
  topics: [z.object({ topic: z.literal('message'), message: messageSchema })],
  events: { message: messageEvents },
  problems: messageProblems,
}
