import { z } from 'zod'
import type { Scope } from './rights.ts'

/** What can happen to the rows of one room. */
export interface EventFamily {
  readonly moments: readonly string[]
  readonly scope: Scope | null
  readonly data: z.ZodObject
}

/**
 * What can happen to the rows of one room, told beside them.
 * @param moments the second half of each event's type, such as `completed` of `payment.completed`
 * @param scope an API key with it may read them; null: none may
 * @param data thin, and the same for all of them: ids, states and amounts; no phone, name or text
 */
export function eventFamily<const Moment extends string, const Data extends z.ZodRawShape>(
  moments: readonly Moment[],
  scope: Scope | null,
  data: Data,
) {
  return { moments, scope, data: z.strictObject(data) }
}
