import { groundProblems } from '../../src-preload/contract/ground-problems.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import { paymentProblems } from '../../src-preload/contract/payments-problems.ts'
import { fill, type ProblemValues } from '../../src-preload/contract/problem.ts'
import { transferProblems } from '../../src-preload/contract/transfers-problems.ts'

export { reasons } from '../../src-preload/contract/reasons.ts'

/** What a screen says by itself, before anything is asked; what main refuses brings its own sentence. */
const foreseen = { ...groundProblems, ...paymentProblems, ...transferProblems }
export type Foreseen = keyof typeof foreseen

/** A sentence of the catalogue, its marks filled. */
export function sentenceOf(code: Foreseen, values: ProblemValues): Sentence {
  const { en, sw } = foreseen[code]
  return { en: fill(en, values), sw: fill(sw, values) }
}
