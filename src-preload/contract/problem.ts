import type { Sentence } from './paging.ts'

/** One way a request can be refused: HTTP status for the REST door, and what it says. `{name}` marks a value. */
export interface Problem extends Sentence {
  readonly status: number
}

/** What one capability refuses, by code. Each sentence says what is wrong and what to do. */
export type Problems = Readonly<Record<string, Problem>>

/** Values for the `{name}` marks of a sentence, and the input field it concerns. */
export interface ProblemValues {
  readonly field?: string
  readonly [name: string]: string | number | undefined
}

/** Fills `{name}` marks; a mark without a value stays visible so that the gap is noticed. */
export function fill(sentence: string, values: ProblemValues): string {
  return sentence.replace(/\{(\w+)\}/g, (mark, name: string) => String(values[name] ?? mark))
}
