import type { ComponentType } from 'react'
import type { Status } from '../../src-preload/contract/live.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { Meaning } from '../changes.ts'
import type { IconName } from '../components/icon.tsx'
import type { KeyJob, KeyName } from '../components/keys.tsx'
import type { WordFiles } from '../i18n/words.ts'

/** What stands in the address behind a screen's own name. */
export interface PageProps {
  readonly tab: string | undefined
  readonly id: string | undefined
}

/** A key that leads to a screen, wherever one is. */
export interface ScreenKey {
  readonly key: KeyName
  /** What it does, for the list under F1, and under which of its jobs it stands there. */
  readonly label: Sentence
  readonly job: KeyJob
  /** The address it leads to. */
  readonly to: string
}

/** A stop of the rail on the left. */
export interface RailStop {
  readonly label: Sentence
  readonly icon: IconName
  readonly href: string
  /** What else in the address is this stop. */
  readonly also?: string
  /** How much waits there. */
  readonly count?: (status: Status) => number
}

type Part<Props> = () => Promise<{ readonly default: ComponentType<Props> }>

interface AnyScreen {
  /** `/payments/:tab?/:id?`; a name behind a colon comes as a property. */
  readonly path: string
  readonly rail?: RailStop
  readonly keys?: readonly ScreenKey[]
  /** What changes mean for what it shows. */
  readonly changes?: readonly Meaning[]
}

/** Loaded when it is opened first, and its words with it. */
export interface LaterScreen extends AnyScreen {
  readonly load: Part<PageProps>
  readonly words: WordFiles
  /** Opened in a hurry: fetched once the counter stands still. */
  readonly hurried?: boolean
}

/** There from the first moment, as are its words. */
export interface FirstScreen extends AnyScreen {
  readonly shown: ComponentType<PageProps>
}

/** A screen in the middle of the page, at an address of its own. */
export type Screen = FirstScreen | LaterScreen

/** What lies over any screen, by its key. */
export interface OverScreen {
  readonly name: string
  readonly load: Part<{ readonly onClose: () => void }>
  readonly words: WordFiles
  readonly key: Omit<ScreenKey, 'to'>
}

/** What stands on the right side, in one mode of Kaunta. */
export interface SideScreen {
  readonly load: Part<{ readonly toPhone: boolean }>
  readonly words: WordFiles
}
