import { z } from 'zod'

/** Control characters, line ends of any kind, and marks that turn or hide what stands beside them. */
const unseen = /[\p{Cc}\u2028\u2029]+/gu
const hidden = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu

/** One line that a person types: what nobody can see is folded before it is measured, and reaches no SMS and no paper. */
export function typedLine(): z.ZodString {
  return z
    .string()
    .overwrite((text) => text.replace(unseen, ' ').replace(hidden, ''))
    .trim()
}
