import { wordFiles } from './words.ts'

/** What the page needs before it shows anything: the shell's words and the counter's, one file for each language. */
export const firstWords = wordFiles({ sw: () => import('./first.sw.ts'), en: () => import('./first.en.ts') })
