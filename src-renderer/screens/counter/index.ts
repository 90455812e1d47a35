import type { FirstScreen } from '../screen.ts'
import { counterChanges } from './changes.ts'
import { CounterScreen } from './counter.tsx'
import labels from './labels.json'

/** Where one sells: the only screen that is there from the first moment. */
export const counter: FirstScreen = {
  path: '/sale/:id',
  shown: CounterScreen,
  rail: { label: labels.rail, icon: 'counter', href: '/', also: '/sale/' },
  changes: counterChanges,
}
