import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { Change, Topic } from '../src-preload/contract/live.ts'
import type { KauntaQueries } from './connection.ts'

/** Asks again for what one change made stale. */
export type Ask = (key: QueryKey) => void

/** What a change may touch: what the page knows, and how it is named. */
export interface Known {
  readonly cache: QueryClient
  readonly queries: KauntaQueries
  readonly ask: Ask
}

/** What one topic's changes mean for one screen. */
export interface Meaning {
  readonly topic: Topic
  /** Does nothing for a change of another topic. */
  readonly apply: (change: Change, known: Known) => void
}

export type ChangeOf<T extends Topic> = Extract<Change, { topic: T }>

const isOf = <T extends Topic>(change: Change, topic: T): change is ChangeOf<T> => change.topic === topic

/** Writes a change straight into what the page knows, so that a callback is on screen without a second question. */
export function means<T extends Topic>(
  topic: T,
  apply: (change: ChangeOf<T>, known: Known) => void,
): Meaning {
  return {
    topic,
    apply(change, known) {
      if (isOf(change, topic)) apply(change, known)
    },
  }
}
