import { z } from 'zod'
import { nothing } from './capability.ts'
import { eventFamily } from './event-family.ts'
import { idSchema } from './paging.ts'
import type { Problems } from './problem.ts'
import { procedure } from './procedure.ts'
import { roleSchema } from './rights.ts'
import { epochMsSchema } from './time.ts'
import { typedLine } from './typed-line.ts'

/** Four digits at least: with F10 before it, five keys change the cashier. */
export const pinSchema = z
  .string()
  .max(8)
  .regex(/^\d{4,8}$/)

export const staffSchema = z.object({
  id: idSchema,
  name: z.string(),
  role: roleSchema,
  /** False for the first manager until a PIN is chosen. */
  pinSet: z.boolean(),
  active: z.boolean(),
  createdAt: epochMsSchema,
})
export type Staff = z.infer<typeof staffSchema>

/** Who is at the counter. */
export const deskSchema = z.object({
  staff: z.object({ id: idSchema, name: z.string(), role: roleSchema }).nullable(),
  /** True while nobody has chosen a PIN: then the first manager is at the counter without one. */
  pinMissing: z.boolean(),
  /** Milliseconds until a PIN may be tried again; 0 when it may be now. */
  lockedForMs: z.int().min(0),
  /** Digits of everybody's PIN, so that the last one may send it; 0 where they differ. */
  pinDigits: z.int().min(0),
  /** Changes of people, keys, accounts and the settings of money want a manager's PIN with them. */
  changesNeedPin: z.boolean(),
  /** Wrong PINs that were tried since whoever sits here last typed the right one. */
  wrongTries: z.int().min(0),
  /** Practice mode tells its PINs; empty in live mode. */
  practicePins: z.array(z.object({ name: z.string(), role: roleSchema, pin: pinSchema })),
})
export type Desk = z.infer<typeof deskSchema>

export const staff = {
  desk: procedure.meta({ role: 'open', passive: true }).output(deskSchema),
  /** The PIN alone says who it is. Refused while too many wrong ones were tried. */
  signIn: procedure
    .meta({ role: 'open', passive: false })
    .input(z.strictObject({ pin: pinSchema }))
    .output(deskSchema),
  /** Nobody is at the counter until the next PIN. */
  lock: procedure.meta({ role: 'open', passive: false }).output(deskSchema),
  list: procedure.meta({ role: 'manager', passive: true }).output(z.array(staffSchema)),
  /** Makes a person, or changes one; a PIN that is left out stays. */
  save: procedure
    .meta({ role: 'manager', passive: false })
    .input(
      z.strictObject({
        id: idSchema.optional(),
        name: typedLine().min(1).max(40),
        role: roleSchema,
        pin: pinSchema.optional(),
        active: z.boolean(),
        managerPin: pinSchema.optional(),
      }),
    )
    .output(staffSchema),
}

/** People, keys, accounts and settings of money; `what` is a fixed word such as `account.saved`. */
export const powerEvents = eventFamily(['changed'], null, { what: z.string() })

export const staffProblems = {
  NOT_SIGNED_IN: {
    status: 401,
    en: 'Nobody is at the counter. Press F10 and type a PIN.',
    sw: 'Hakuna mtu kaunta. Bonyeza F10 kisha uandike PIN.',
  },
  MANAGER_ONLY: {
    status: 403,
    en: 'Only a manager may do this. Call the manager, or press F10.',
    sw: 'Ni meneja tu anayeweza kufanya hili. Mwite meneja, au bonyeza F10.',
  },
  MANAGER_PIN_MISSING: {
    status: 403,
    en: 'This needs a manager’s PIN. Type it.',
    sw: 'Hili linahitaji PIN ya meneja. Iandike.',
  },
  PIN_WRONG: {
    status: 403,
    en: 'This PIN is not right. {left} more tries, then it waits.',
    sw: 'PIN hii si sahihi. Yamebaki majaribio {left}, kisha itasubiri.',
  },
  PIN_LOCKED: {
    status: 429,
    en: 'Too many wrong PINs. Try again in {seconds} seconds.',
    sw: 'PIN zimekosewa mara nyingi. Jaribu tena baada ya sekunde {seconds}.',
  },
  PIN_WEAK: {
    status: 422,
    en: 'This PIN is too easy to guess. Choose others: no years, no rows, no repeats.',
    sw: 'PIN hii ni rahisi kukisia. Chagua nyingine: si mwaka, si mfululizo, si zinazojirudia.',
  },
  PIN_TAKEN: {
    status: 409,
    en: 'Choose another PIN: each person needs a PIN of their own.',
    sw: 'Chagua PIN nyingine: kila mtu awe na PIN yake.',
  },
  PIN_NOT_SET: {
    status: 409,
    en: 'No manager has a PIN yet. Choose one first: Settings, Staff.',
    sw: 'Hakuna meneja mwenye PIN bado. Chagua moja kwanza: Mipangilio, Wahudumu.',
  },
  STAFF_NOT_FOUND: {
    status: 404,
    en: 'This person is not known here.',
    sw: 'Mtu huyu hajulikani hapa.',
  },
  LAST_MANAGER: {
    status: 409,
    en: 'One manager with a PIN must stay. Make another manager first.',
    sw: 'Lazima abaki meneja mmoja mwenye PIN. Ongeza meneja mwingine kwanza.',
  },
} as const satisfies Problems

export const staffContract = {
  ...nothing,
  procedures: { staff },
  topics: [z.object({ topic: z.literal('desk'), desk: deskSchema })],
  events: { power: powerEvents },
  problems: staffProblems,
}
