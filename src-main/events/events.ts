import type { EventType } from '../../src-preload/contract/events.ts'
import type { Emitted, Transaction } from '../database/open.ts'

/** Reads the row itself: it is as it was made in this transaction. */
type Subscriber = (tx: Transaction, subject: string) => void

/** Deeper than this, two rooms answer each other without end. */
const deepest = 8

/**
 * What must be true in the same commit, and nothing else: a subscriber that throws undoes the change. In the order of
 * subscription, and no waiting.
 */
export interface Events {
  on(type: EventType, run: Subscriber): void
  /** Called before the subscribers, so that what comes of an event stands after it. */
  readonly emit: (tx: Transaction, event: Emitted) => void
  /** Writes each event down; told once. */
  writtenBy(append: (tx: Transaction, event: Emitted) => void): void
}

export function createEvents(): Events {
  const subscribers = new Map<EventType, Subscriber[]>()
  let append: (tx: Transaction, event: Emitted) => void = () => {}
  let depth = 0
  return {
    on(type, run) {
      subscribers.set(type, [...(subscribers.get(type) ?? []), run])
    },
    emit(tx, event) {
      if (depth === deepest) throw new Error(`${event.type} comes of itself, without end`)
      append(tx, event)
      depth += 1
      try {
        for (const run of subscribers.get(event.type) ?? []) run(tx, event.subject)
      } finally {
        depth -= 1
      }
    },
    writtenBy(write) {
      append = write
    },
  }
}
