import { createContext, use, useSyncExternalStore } from 'react'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { KeyOf, SharedKey, Spoken, Translate, Words } from './words.ts'

const WordsContext = createContext<Words | null>(null)

/** Gives the page its words. */
export const WordsProvider = WordsContext.Provider

/** All words of the page: for what changes the language or loads more. */
export function useAllWords(): Words {
  const words = use(WordsContext)
  if (words === null) throw new Error('useWords needs a WordsProvider above it')
  return words
}

export interface Speaking<Key extends string> {
  readonly t: Translate<Key>
  readonly language: Language
}

function useSpoken(): Spoken {
  const words = useAllWords()
  return useSyncExternalStore(words.subscribe, words.now)
}

/** What is said in every part of the page. */
export const useWords: () => Speaking<SharedKey> = useSpoken

/**
 * The hook of one screen: what every part may say, and what the screen's own file says. The compiler refuses the words of
 * another screen, whose file may not be there.
 */
export function wordsOf<Tree>(): () => Speaking<SharedKey | KeyOf<Tree>> {
  return useSpoken
}
