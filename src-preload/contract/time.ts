import { z } from 'zod'

/** UTC, milliseconds since 1970; shown in the shop's zone. */
export const epochMsSchema = z.int().min(0)

export const zoneSchema = z.enum(['Africa/Dar_es_Salaam', 'Africa/Nairobi'])
export type Zone = z.infer<typeof zoneSchema>
