import { wordFiles } from '../../i18n/words.ts'
import type { LaterScreen } from '../screen.ts'
import { settingsChanges } from './changes.ts'
import labels from './labels.json'

/** What a manager sets up once. */
export const settings: LaterScreen = {
  path: '/settings/:tab?/:id?',
  load: () => import('./settings.tsx'),
  words: wordFiles({ sw: () => import('./words.sw.json'), en: () => import('./words.en.json') }),
  rail: { label: labels.rail, icon: 'settings', href: '/settings' },
  changes: settingsChanges,
}
