import { z } from 'zod'

/** A phone number in E.164, the only form that is stored. */
export const phoneSchema = z
  .string()
  .max(16)
  .regex(/^\+[1-9]\d{7,14}$/)

/** What a person types; normalised and judged in the main process. */
export const typedPhoneSchema = z.string().max(40)

/** The mobile networks a prefix can suggest; numbers are ported, so it is only ever a guess. */
export const networkSchema = z.enum(['safaricom', 'airtel', 'telkom', 'vodacom', 'yas', 'halotel', 'ttcl'])
export type Network = z.infer<typeof networkSchema>

export const phoneInfoSchema = z.object({
  phone: phoneSchema,
  /** Grouped for reading, e.g. "0712 345 678"; of another country than the shop’s, with its code. */
  national: z.string(),
  /** ISO 3166, two letters; empty for a number of no one country (satellite phones). */
  country: z.string(),
  networkGuess: networkSchema.nullable(),
})
export type PhoneInfo = z.infer<typeof phoneInfoSchema>
