import type { Sentence } from './paging.ts'

/** One way a request can be refused: HTTP status for the REST door, and what it says. `{name}` marks a value. */
export interface Problem extends Sentence {
  readonly status: number
}
