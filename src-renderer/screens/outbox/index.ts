import { wordFiles } from '../../i18n/words.ts'
import type { LaterScreen } from '../screen.ts'
import { outboxChanges } from './changes.ts'
import labels from './labels.json'

/** Everything that goes out. */
export const outbox: LaterScreen = {
  path: '/outbox',
  load: () => import('./outbox.tsx'),
  words: wordFiles({ sw: () => import('./words.sw.json'), en: () => import('./words.en.json') }),
  hurried: true,
  rail: {
    label: labels.rail,
    icon: 'outbox',
    href: '/outbox',
    count: ({ outbox: { queued, unknown, failed } }) => queued + unknown + failed,
  },
  keys: [{ key: 'F3', label: labels.open, job: 'program', to: '/outbox' }],
  changes: outboxChanges,
}
