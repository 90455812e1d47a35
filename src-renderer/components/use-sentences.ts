import { useSyncExternalStore } from 'react'
import type { ProblemValues } from '../../src-preload/contract/problem.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import { useWords } from '../i18n/use-words.ts'
import { sentences, subscribeSentences } from './catalogue.ts'
import type { Foreseen } from './sentences.ts'

/** Why something did not go out, in the language now shown; nothing for the moment in which the catalogue comes. */
export function useReason(): (code: ReasonCode) => string {
  const { language } = useWords()
  const known = useSyncExternalStore(subscribeSentences, sentences)
  return (code) => known?.reasons[code][language] ?? ''
}

/** What main would answer, said by the page itself before anything is asked. */
export function useProblemWords(): (code: Foreseen, values?: ProblemValues) => string {
  const { language } = useWords()
  const known = useSyncExternalStore(subscribeSentences, sentences)
  return (code, values = {}) => known?.sentenceOf(code, values)[language] ?? ''
}
