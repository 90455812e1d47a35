import { EventPublisher } from '@orpc/server'
import { type Change, changeSchema } from '../../src-preload/contract/live.ts'
import type { Damage } from '../database/damage.ts'
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

/** @param onFault a listener threw: the others hear of the change all the same */
export function createHub(
  onFault: (what: string, error: unknown) => void,
  damage: Pick<Damage, 'note'>,
): Hub {
  const publisher = new EventPublisher<Channels>({ maxBufferedEvents: bufferedChanges })
  return {
    publish(change) {
      const fit = changeSchema.safeParse(change)
      // It would end the stream of every screen.
      if (fit.success) publisher.publish('change', change)
      else
        damage.note(
          [`${change.topic} ${idOf(change)}`],
          fit.error.issues.map(({ message }) => message),
        )
    },
    listen: (listener) =>
      publisher.subscribe('change', (change) => {
        try {
          listener(change)
        } catch (error) {
          onFault(`telling of a ${change.topic}`, error)
        }
      }),
    subscribe: (signal) => publisher.subscribe('change', signal === undefined ? {} : { signal }),
  }
}

/** Of the row that a change is about. */
function idOf(change: Change): string {
  if (change.topic === 'sale') return change.sale.id
  if (change.topic === 'message') return change.message.id
  if (change.topic === 'payment') return change.payment.id
  return ''
}
