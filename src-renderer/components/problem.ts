import { ORPCError } from '@orpc/client'
import type { ProblemCode, ProblemValues } from '../../src-preload/contract/errors.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import { sentences } from './catalogue.ts'

/** A refusal as a screen shows it: in both languages, so that it follows a change of language. */
export interface ShownProblem {
  readonly code: ProblemCode | 'CONNECTION_LOST'
  /** The input field it concerns, by its name in the contract. */
  readonly field: string | null
  readonly sentence: Sentence
}

const connectionLost: Sentence = {
  en: 'The connection to Kaunta was lost. The page tries again by itself; look below before you repeat this.',
  sw: 'Mawasiliano na Kaunta yamekatika. Ukurasa unajaribu tena wenyewe; angalia hapa chini kabla ya kurudia.',
}

function valuesOf(data: unknown): ProblemValues {
  if (typeof data !== 'object' || data === null || !('values' in data)) return {}
  const { values } = data
  if (typeof values !== 'object' || values === null) return {}
  const read: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' || typeof value === 'number') read[name] = value
  }
  return read
}

function fieldOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('field' in data)) return null
  return typeof data.field === 'string' ? data.field : null
}

/** Turns whatever a call threw into words from the closed catalogue; what is not in it becomes INTERNAL. */
export function problemOf(error: unknown): ShownProblem {
  const known = sentences()
  // Kaunta's door passes no refusal on before its words are there; without them Kaunta is gone.
  if (!(error instanceof ORPCError) || known === null)
    return { code: 'CONNECTION_LOST', field: null, sentence: connectionLost }
  const code = known.isProblemCode(error.code)
    ? error.code
    : error.code === 'BAD_REQUEST'
      ? 'INPUT_INVALID'
      : 'INTERNAL'
  const told = valuesOf(error.data)
  // What no catalogue knows says only that it does not fit: no library's words reach a screen.
  const unworded = code === 'INPUT_INVALID' && told.detail === undefined ? { misfit: 'doesNotFit' } : {}
  const values = { mark: '–', field: '–', detail: '–', ...unworded, ...told }
  return { code, field: fieldOf(error.data), sentence: known.sentenceOf(code, values) }
}

/** True when the refusal concerns this input; nested ones come as a path, such as "settings.shortCode". */
export function concerns(problem: ShownProblem | null, field: string): problem is ShownProblem {
  return problem !== null && (problem.field === field || (problem.field ?? '').endsWith(`.${field}`))
}
