import { wordFiles } from '../../i18n/words.ts'
import type { LaterScreen } from '../screen.ts'
import { paymentsChanges } from './changes.ts'
import labels from './labels.json'

/** The money that goes through networks, what of it is not certain, and the books. */
export const payments: LaterScreen = {
  path: '/payments/:tab?/:id?',
  load: () => import('./payments.tsx'),
  words: wordFiles({ sw: () => import('./words.sw.json'), en: () => import('./words.en.json') }),
  hurried: true,
  rail: {
    label: labels.rail,
    icon: 'payments',
    href: '/payments',
    count: ({ money }) => money.unknown + money.transfers + money.overpaid,
  },
  keys: [
    { key: 'Alt+K', label: labels.cashUp, job: 'money', to: '/payments/cash-up' },
    { key: 'Alt+M', label: labels.attention, job: 'money', to: '/payments/attention' },
  ],
  changes: paymentsChanges,
}
