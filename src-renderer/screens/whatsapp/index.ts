import { wordFiles } from '../../i18n/words.ts'
import type { LaterScreen } from '../screen.ts'
import labels from './labels.json'

/** Where a phone is linked. */
export const whatsapp: LaterScreen = {
  path: '/whatsapp',
  load: () => import('./whatsapp.tsx'),
  words: wordFiles({ sw: () => import('./words.sw.json'), en: () => import('./words.en.json') }),
  keys: [{ key: 'F9', label: labels.open, job: 'receipt', to: '/whatsapp' }],
}
