import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { capabilities } from './capabilities.ts'
import { sentenceSchema } from './paging.ts'
import { procedure } from './procedure.ts'
import { epochMsSchema } from './time.ts'

/** The status line: what is known of the program itself, and each capability's own figures. */
export const statusSchema = z.object({
  mode: z.enum(['practice', 'live']),
  version: z.string(),
  dataFolder: z.string(),
  /** What the providers' calls show: true after one got through, false after one could not leave. */
  online: z.boolean(),
  /** `memory`: no keychain could be reached, secrets last until Kaunta closes. */
  keychain: z.enum(['system', 'memory', 'practice']),
  /** Why, and what to do about it; null when all is well. */
  keychainDetail: sentenceSchema.nullable(),
  /** What this start found unfinished; null when nothing was. */
  recovered: z
    .object({ at: epochMsSchema, waiting: z.int(), unknown: z.int(), uncleanEnd: z.boolean() })
    .nullable(),
  /** Things a manager must see (damaged file found in the background, disk nearly full). */
  warnings: z.array(sentenceSchema),
  ...capabilities.status,
})
export type Status = z.infer<typeof statusSchema>
/** What the capabilities tell of themselves in it. */
export type Figures = Pick<Status, keyof typeof capabilities.status>

/** One change, with the whole row as it is now, so that a screen needs no second question. */
export const changeSchema = z.discriminatedUnion('topic', [
  z.object({ topic: z.literal('status'), status: statusSchema }),
  ...capabilities.topics,
])
export type Change = z.infer<typeof changeSchema>
export type Topic = Change['topic']
export const topics: readonly Topic[] = changeSchema.options.map(({ shape }) => shape.topic.value)

/** A number left out: this screen was too slow, and must ask anew for all that it shows. */
export const numberedChangeSchema = z.object({ number: z.int(), change: changeSchema })

export const live = {
  status: procedure.meta({ role: 'open', passive: true }).output(statusSchema),
  /** Status and desk at once, then every change after its commit, numbered from 1 in each stream. */
  watch: procedure.meta({ role: 'open', passive: true }).output(eventIterator(numberedChangeSchema)),
}
