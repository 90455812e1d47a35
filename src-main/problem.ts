import { fill, type ProblemCode, type ProblemValues, problems } from '../src-preload/contract/errors.ts'
import type { Sentence } from '../src-preload/contract/paging.ts'

/** A refusal from the contract's catalogue; the only error that any door passes on. */
export class KauntaError extends Error {
  readonly code: ProblemCode
  readonly values: ProblemValues

  constructor(code: ProblemCode, values: ProblemValues = {}) {
    super(fill(problems[code].en, values))
    this.name = 'KauntaError'
    this.code = code
    this.values = values
  }

  /** The whole sentence in both languages. */
  sentence(): Sentence {
    return { en: this.message, sw: fill(problems[this.code].sw, this.values) }
  }
}
