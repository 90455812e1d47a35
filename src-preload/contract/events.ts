import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { capabilities } from './capabilities.ts'
import { idSchema } from './paging.ts'
import type { Scope } from './rights.ts'
import { epochMsSchema } from './time.ts'

const families = capabilities.events
type Families = typeof families
type Family = keyof Families
type TypeOf<F extends Family> = `${F}.${Families[F]['moments'][number]}`

/** Such as `payment.completed`. */
export type EventType = { [F in Family]: TypeOf<F> }[Family]
type FamilyOf<T extends EventType> = T extends `${infer F extends Family}.${string}` ? F : never
export type EventData<T extends EventType> = z.infer<Families[FamilyOf<T>]['data']>

/** Types that a key with these scopes may read. */
export function readableTypes(scopes: readonly Scope[]): string[] {
  return Object.entries(families).flatMap(([family, { moments, scope }]) =>
    scope !== null && scopes.includes(scope) ? moments.map((moment) => `${family}.${moment}`) : [],
  )
}

/** A key needs one of these to read any. */
export const readingScopes: readonly Scope[] = [
  ...new Set(Object.values(families).flatMap(({ scope }) => (scope === null ? [] : [scope]))),
]

/** One row of the journal. */
export const eventSchema = z.object({
  /** Rises by one with each event of an epoch, whoever may read it; where to go on from. */
  number: z.int(),
  /** The same wherever this event is told: what was seen already can be known by it. */
  id: idSchema,
  at: epochMsSchema,
  type: z.string(),
  /** Id of the row that it happened to. */
  subject: z.string(),
  actor: z.object({ kind: z.enum(['staff', 'apiKey', 'system']), id: z.string().nullable() }),
  data: z.record(z.string(), z.unknown()),
})
export type JournalEvent = z.infer<typeof eventSchema>

export const eventPageSchema = z.object({
  /** Rises when the file was put back from a copy: numbers begin to mean other events then. */
  epoch: z.int(),
  rows: z.array(eventSchema),
  /** Ask for what comes after this. */
  next: z.int(),
})

export const eventStreamSchema = eventIterator(eventSchema)
