import { z } from 'zod'

/** UTC, milliseconds since 1970; shown in the shop's zone. No later than a Date of JavaScript can be. */
export const epochMsSchema = z.int().min(0).max(8_640_000_000_000_000)

export const zoneSchema = z.enum(['Africa/Dar_es_Salaam', 'Africa/Nairobi'])
export type Zone = z.infer<typeof zoneSchema>
