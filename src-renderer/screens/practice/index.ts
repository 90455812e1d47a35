import { wordFiles } from '../../i18n/words.ts'
import type { SideScreen } from '../screen.ts'

/** The customer's side of the counter while practising. */
export const practice: SideScreen = {
  load: () => import('./practice.tsx'),
  words: wordFiles({ sw: () => import('./words.sw.json'), en: () => import('./words.en.json') }),
}
