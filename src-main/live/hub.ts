import { EventPublisher } from '@orpc/server'
import type { Change } from '../../src-preload/contract/live.ts'
import type { Stop } from '../ports.ts'

interface Channels {
  readonly change: Change
  readonly [key: string]: unknown
}

/** Tells every open screen and stream what was committed. Nothing is published before its commit. */
export interface Hub {
  publish(change: Change): void
  subscribe(signal: AbortSignal | undefined): AsyncIterableIterator<Change>
  /** Calls at once, in the order of the commits. */
  listen(listener: (change: Change) => void): Stop
}

/** How many changes may wait for a slow screen; beyond that the oldest go, and the screen asks anew when it reconnects. */
const bufferedChanges = 1000

export function createHub(): Hub {
  const publisher = new EventPublisher<Channels>({ maxBufferedEvents: bufferedChanges })
  return {
    publish: (change) => publisher.publish('change', change),
    listen: (listener) => publisher.subscribe('change', listener),
    subscribe: (signal) => publisher.subscribe('change', signal === undefined ? {} : { signal }),
  }
}
