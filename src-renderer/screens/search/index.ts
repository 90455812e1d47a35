import { wordFiles } from '../../i18n/words.ts'
import type { OverScreen } from '../screen.ts'
import labels from './labels.json'

/** One box over everything. */
export const search: OverScreen = {
  name: 'search',
  load: () => import('./search.tsx'),
  words: wordFiles({ sw: () => import('./words.sw.json'), en: () => import('./words.en.json') }),
  key: { key: '/', label: labels.open, job: 'program' },
}
