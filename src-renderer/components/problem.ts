import { ORPCError } from '@orpc/client'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { ProblemCode } from '../../src-preload/contract/problems.ts'

/** A refusal as a screen shows it: in both languages, so that it follows a change of language. */
export interface ShownProblem {
  readonly code: string
  /** The input field it concerns, by its name in the contract. */
  readonly field: string | null
  readonly sentence: Sentence
}

const connectionLost: Sentence = {
  en: 'The connection to Kaunta was lost. The page tries again by itself; look below before you repeat this.',
  sw: 'Mawasiliano na Kaunta yamekatika. Ukurasa unajaribu tena wenyewe; angalia hapa chini kabla ya kurudia.',
}

/** What came without a sentence of Kaunta's: a library's own words reach no screen. */
const unforeseen: Sentence = {
  en: 'Something went wrong inside Kaunta. Nothing was lost; the log has the details.',
  sw: 'Kuna hitilafu ndani ya Kaunta. Hakuna kilichopotea; kumbukumbu ina maelezo.',
}

function sentenceOf(data: unknown): Sentence | null {
  if (typeof data !== 'object' || data === null || !('sentence' in data)) return null
  const { sentence } = data
  if (typeof sentence !== 'object' || sentence === null || !('en' in sentence && 'sw' in sentence))
    return null
  const { en, sw } = sentence
  return typeof en === 'string' && typeof sw === 'string' ? { en, sw } : null
}

function fieldOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('field' in data)) return null
  return typeof data.field === 'string' ? data.field : null
}

/** Turns whatever a call threw into what a screen shows of it. */
export function problemOf(error: unknown): ShownProblem {
  if (!(error instanceof ORPCError)) return { code: 'CONNECTION_LOST', field: null, sentence: connectionLost }
  const data: unknown = error.data
  const sentence = sentenceOf(data)
  return sentence === null
    ? { code: 'INTERNAL', field: null, sentence: unforeseen }
    : { code: String(error.code), field: fieldOf(data), sentence }
}

/** True when that is why it was refused. */
export function isProblem(error: unknown, ...codes: readonly ProblemCode[]): boolean {
  const { code } = problemOf(error)
  return codes.some((one) => one === code)
}

/** True when the refusal concerns this input; nested ones come as a path, such as "settings.shortCode". */
export function concerns(problem: ShownProblem | null, field: string): problem is ShownProblem {
  return problem !== null && (problem.field === field || (problem.field ?? '').endsWith(`.${field}`))
}
