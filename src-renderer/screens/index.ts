import type { Status } from '../../src-preload/contract/live.ts'
import type { Meaning } from '../changes.ts'
import { shellChanges } from '../shell/changes.ts'
import { counter } from './counter/index.ts'
import { outbox } from './outbox/index.ts'
import { payments } from './payments/index.ts'
import { practice } from './practice/index.ts'
import type { FirstScreen, OverScreen, Screen, SideScreen } from './screen.ts'
import { search } from './search/index.ts'
import { settings } from './settings/index.ts'
import { today } from './today/index.ts'
import { whatsapp } from './whatsapp/index.ts'

/** Every screen of the page, in the order of the rail; the first is shown where no other fits. */
export const screens: readonly [FirstScreen, ...Screen[]] = [counter, outbox, payments, settings, whatsapp]

/** What lies over any of them. */
export const overScreens: readonly OverScreen[] = [search]

/** What each change means for the page. */
export const meanings: readonly Meaning[] = [
  ...shellChanges,
  ...screens.flatMap(({ changes = [] }) => changes),
]

/** What stands beside them, by Kaunta's mode. */
export const sideScreens: Readonly<Record<Status['mode'], SideScreen>> = { practice, live: today }
