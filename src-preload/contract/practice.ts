import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { nothing } from './capability.ts'
import { channelNames } from './channels.ts'
import { accountFieldsMax } from './limits.ts'
import { paperItemSchema } from './paper.ts'
import { phoneSchema } from './phone.ts'
import type { Problems } from './problem.ts'
import { procedure } from './procedure.ts'
import { epochMsSchema } from './time.ts'

/** What arrives on the practice customer's phone, oldest first. */
export const phoneItemSchema = z.object({
  id: z.string(),
  at: epochMsSchema,
  app: z.enum([...channelNames, 'wallet']),
  from: z.string(),
  text: z.string(),
})

export const phonePromptSchema = z.object({
  id: z.string(),
  at: epochMsSchema,
  /** As the network shows it on the handset. */
  text: z.string(),
  amountMinor: z.int(),
  currency: z.string(),
  merchant: z.string(),
})

export const practicePhoneSchema = z.object({
  phone: phoneSchema,
  /** Wallet balance in minor units. */
  balanceMinor: z.int(),
  items: z.array(phoneItemSchema),
  prompt: phonePromptSchema.nullable(),
  /** True when this handset is the shop's own and may scan the WhatsApp code. */
  whatsAppLinked: z.boolean(),
})

export const lineFaultSchema = z.enum(['on', 'off', 'slow'])
export const providerFaultSchema = z.enum([
  'none',
  'slow',
  'timeoutBeforeAccepting',
  'timeoutAfterAccepting',
  'serverError',
  'throttled',
  'noBalance',
  'wrongKey',
])
export const callbackFaultSchema = z.enum(['now', 'late', 'twice', 'never', 'outOfOrder'])
/**
 * noPaperSoon: the roll ends in the middle of the next paper · breaksOff: the line breaks in the middle of the next
 * paper · slow: paper crawls · silent: prints but never answers · off: nothing listens.
 */
export const printerFaultSchema = z.enum([
  'ready',
  'paperLow',
  'noPaper',
  'noPaperSoon',
  'coverOpen',
  'cutterError',
  'slow',
  'silent',
  'breaksOff',
  'off',
])

export const faultsSchema = z.object({
  line: lineFaultSchema,
  /** By provider id; one that is absent has no fault. */
  providers: z
    .record(z.string().max(40), providerFaultSchema)
    .refine((faults) => Object.keys(faults).length <= accountFieldsMax, 'too many providers')
    .meta({ maxProperties: accountFieldsMax }),
  callback: callbackFaultSchema,
  printer: printerFaultSchema,
})
export type Faults = z.infer<typeof faultsSchema>

export const practiceSchema = z.object({
  phones: z.array(practicePhoneSchema),
  /** The phone on screen. */
  shown: phoneSchema,
  paper: z.array(paperItemSchema),
  paperColumns: z.int(),
  faults: faultsSchema,
  /** A WhatsApp code is on offer for scanning. */
  canScan: z.boolean(),
})
export type Practice = z.infer<typeof practiceSchema>

export const practice = {
  /** The practice world now and after each change. */
  watch: procedure.meta({ role: 'practice', passive: true }).output(eventIterator(practiceSchema)),
  showPhone: procedure
    .meta({ role: 'practice', passive: false })
    .input(z.strictObject({ phone: phoneSchema }))
    .output(practiceSchema),
  /** The customer answers the prompt on screen. PIN 1234 is right. */
  answerPrompt: procedure
    .meta({ role: 'practice', passive: false })
    .input(
      z.strictObject({
        phone: phoneSchema,
        promptId: z.string().max(80),
        answer: z.discriminatedUnion('kind', [
          z.strictObject({
            kind: z.literal('pin'),
            pin: z
              .string()
              .max(4)
              .regex(/^\d{4}$/),
          }),
          z.strictObject({ kind: z.literal('cancel') }),
          z.strictObject({ kind: z.literal('ignore') }),
        ]),
      }),
    )
    .output(practiceSchema),
  /** The customer pays the shop from the network's own menu; the code arrives on the handset. */
  payByHand: procedure
    .meta({ role: 'practice', passive: false })
    .input(
      z.strictObject({
        phone: phoneSchema,
        provider: z.string().max(40),
        amountMinor: z.int().min(1),
        account: z.string().max(20).default(''),
      }),
    )
    .output(practiceSchema),
  setBalance: procedure
    .meta({ role: 'practice', passive: false })
    .input(z.strictObject({ phone: phoneSchema, balanceMinor: z.int().min(0) }))
    .output(practiceSchema),
  /** The shop's phone scans the WhatsApp code now on offer. */
  scanCode: procedure.meta({ role: 'practice', passive: false }).output(practiceSchema),
  setFaults: procedure
    .meta({ role: 'practice', passive: false })
    .input(faultsSchema.partial().strict())
    .output(practiceSchema),
  tearPaper: procedure.meta({ role: 'practice', passive: false }).output(practiceSchema),
}

export const practiceProblems = {
  PRACTICE_ONLY: {
    status: 409,
    en: 'This exists in practice mode only.',
    sw: 'Hii ipo katika hali ya mazoezi tu.',
  },
} as const satisfies Problems

export const practiceContract = {
  ...nothing,
  procedures: { practice },
  problems: practiceProblems,
}
