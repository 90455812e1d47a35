import { z } from 'zod'
import { hidden, isVisible, unseenAsSpace } from './plain-text.ts'

/**
 * One line that a person types: what nobody can see is folded before it is measured, and reaches no SMS and no paper.
 * A line in which nothing can be seen is empty.
 */
export function typedLine(): z.ZodString {
  return z
    .string()
    .overwrite((text) => (isVisible(text) ? text.replaceAll(unseenAsSpace, ' ').replaceAll(hidden, '') : ''))
    .trim()
}
