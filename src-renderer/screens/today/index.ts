import { wordFiles } from '../../i18n/words.ts'
import type { SideScreen } from '../screen.ts'

/** What the day brought. */
export const today: SideScreen = {
  load: () => import('./today.tsx'),
  words: wordFiles({ sw: () => import('./words.sw.json'), en: () => import('./words.en.json') }),
}
