import { z } from 'zod'

/** Newest first; `before` is the `cursor` of the page above. */
export const pageInputSchema = z.strictObject({
  limit: z.int().min(1).max(200).default(50),
  before: z.string().max(64).optional(),
})

export const idSchema = z.uuid()
export const byIdSchema = z.strictObject({ id: idSchema })

export const languageSchema = z.enum(['sw', 'en'])
export type Language = z.infer<typeof languageSchema>

/** One sentence in both languages. */
export const sentenceSchema = z.object({ sw: z.string(), en: z.string() })
export type Sentence = z.infer<typeof sentenceSchema>

/** A page of rows, newest first; `cursor` is null on the last page. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({
    rows: z.array(row),
    cursor: z.string().nullable(),
    /** Ids of rows that are damaged in the file and left out here; absent while all is well. */
    damaged: z.array(z.string()).optional(),
  })
}
