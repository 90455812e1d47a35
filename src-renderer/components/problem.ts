import { ORPCError } from '@orpc/client'
import { fill, type ProblemCode, type ProblemValues, problems } from '../../src-preload/contract/errors.ts'
import { fieldWord, isMisfit, misfitWords } from '../../src-preload/contract/misfits.ts'
import type { Language, Sentence } from '../../src-preload/contract/paging.ts'

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

/** States travel as code words; a cashier reads them in a sentence. */
const stateWords: Readonly<Record<string, Sentence>> = {
  pending: { en: 'the network is being asked', sw: 'mtandao unaombwa' },
  prompted: { en: 'waiting for the customer’s PIN', sw: 'tunasubiri PIN ya mteja' },
  processing: { en: 'the network is working on it', sw: 'mtandao unashughulikia' },
  unknown: { en: 'not sure yet', sw: 'bado haijulikani' },
  completed: { en: 'paid', sw: 'yamelipwa' },
  failed: { en: 'refused', sw: 'imekataliwa' },
  cancelled: { en: 'cancelled', sw: 'imeghairiwa' },
  expired: { en: 'no answer', sw: 'simu haikujibu' },
  reversed: { en: 'returned to the customer', sw: 'imerudishwa kwa mteja' },
  queued: { en: 'waiting', sw: 'inasubiri' },
  leased: { en: 'being sent', sw: 'inatumwa' },
  done: { en: 'done', sw: 'imekamilika' },
}

/** Amounts travel in hundredths and quantities in thousandths; a person types neither. */
const smallUnits = [
  ['Minor', 100],
  ['Milli', 1000],
] as const

function limitInWords({ field, limit }: ProblemValues): ProblemValues {
  const unit = smallUnits.find(([suffix]) => String(field).endsWith(suffix))
  if (unit === undefined || !Number.isFinite(Number(limit ?? Number.NaN))) return {}
  return { limit: (Number(limit) / unit[1]).toLocaleString('en') }
}

/** What travelled as a code word, in this language: a state, a field, what is wrong with it. */
function inWords(values: ProblemValues, language: Language): ProblemValues {
  const { field, misfit, state } = values
  const word = stateWords[String(state)]
  return {
    ...values,
    ...(word === undefined ? {} : { state: word[language] }),
    ...(isMisfit(misfit)
      ? { detail: misfitWords(misfit, { ...values, ...limitInWords(values) }, language) }
      : {}),
    ...(isMisfit(misfit) && field !== undefined ? { field: fieldWord(field, language) } : {}),
  }
}

function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && Object.hasOwn(problems, code)
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

/** A sentence of the catalogue that the page itself has to say, its marks filled. */
export function fillProblem({ en, sw }: Sentence, values: ProblemValues): Sentence {
  return { en: fill(en, inWords(values, 'en')), sw: fill(sw, inWords(values, 'sw')) }
}

/** Turns whatever a call threw into words from the closed catalogue; what is not in it becomes INTERNAL. */
export function problemOf(error: unknown): ShownProblem {
  if (!(error instanceof ORPCError)) return { code: 'CONNECTION_LOST', field: null, sentence: connectionLost }
  const code = isProblemCode(error.code)
    ? error.code
    : error.code === 'BAD_REQUEST'
      ? 'INPUT_INVALID'
      : 'INTERNAL'
  const told = valuesOf(error.data)
  // What no catalogue knows says only that it does not fit: no library's words reach a screen.
  const unworded = code === 'INPUT_INVALID' && told.detail === undefined ? { misfit: 'doesNotFit' } : {}
  const values = { mark: '–', field: '–', detail: '–', ...unworded, ...told }
  return { code, field: fieldOf(error.data), sentence: fillProblem(problems[code], values) }
}

/** True when the refusal concerns this input; nested ones come as a path, such as "settings.shortCode". */
export function concerns(problem: ShownProblem | null, field: string): problem is ShownProblem {
  return problem !== null && (problem.field === field || (problem.field ?? '').endsWith(`.${field}`))
}
