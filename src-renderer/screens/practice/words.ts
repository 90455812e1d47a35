import { wordsOf } from '../../i18n/use-words.ts'
import type en from './words.en.json'

/** What this screen says. */
export const useWords = wordsOf<typeof en>()
