import { problemWords } from '../src-preload/contract/misfits.ts'
import type { Sentence } from '../src-preload/contract/paging.ts'
import type { ProblemValues } from '../src-preload/contract/problem.ts'
import type { ProblemCode } from '../src-preload/contract/problems.ts'

/** A refusal from the contract's catalogue; the only error that any door passes on. */
export class KauntaError extends Error {
  readonly code: ProblemCode
  readonly values: ProblemValues

  constructor(code: ProblemCode, values: ProblemValues = {}) {
    super(problemWords(code, values, 'en'))
    this.name = 'KauntaError'
    this.code = code
    this.values = values
  }

  /** The whole sentence in both languages. */
  sentence(): Sentence {
    return { en: this.message, sw: problemWords(this.code, this.values, 'sw') }
  }
}
