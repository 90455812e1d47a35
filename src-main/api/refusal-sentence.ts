import { fieldWord, isMisfit, misfitWords } from '../../src-preload/contract/misfits.ts'
import type { Language, Sentence } from '../../src-preload/contract/paging.ts'
import { fill, type ProblemValues } from '../../src-preload/contract/problem.ts'
import { type ProblemCode, problems } from '../../src-preload/contract/problems.ts'

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

/** What a screen shows of a refusal: as a person knows the fields, states and limits that an integrator knows by code. */
export function refusalSentence(code: ProblemCode, values: ProblemValues): Sentence {
  const { en, sw } = problems[code]
  return { en: fill(en, inWords(values, 'en')), sw: fill(sw, inWords(values, 'sw')) }
}
