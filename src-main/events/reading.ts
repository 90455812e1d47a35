import { withEventMeta } from '@orpc/server'
import type { z } from 'zod'
import { type eventPageSchema, eventSchema, type JournalEvent } from '../../src-preload/contract/events.ts'
import type { Damage } from '../database/damage.ts'
import { KauntaError } from '../problem.ts'
import type { Journal } from './journal.ts'

/** So many numbers are looked at in one call, whoever asks and however few of them he may read. */
const lookedAtMax = 20_000

/** Where a reader outside the program was. */
export interface Place {
  readonly epoch: number | null
  /** Null: from the oldest event that is still there. */
  readonly after: number | null
}

/** The journal for readers outside the program, who keep their places themselves. */
export interface Reading {
  /** @throws KauntaError EVENTS_GONE */
  page(types: readonly string[], place: Place, limit: number): z.infer<typeof eventPageSchema>
  /**
   * What is there already, then each event after its commit; under the name that `placeOf` reads.
   * @param place null: from now on
   * @throws KauntaError EVENTS_GONE
   */
  stream(
    types: readonly string[],
    place: Place | null,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<JournalEvent>
}

/** The name of an event in a stream: `epoch.number`. */
function nameOf(epoch: number, { number }: JournalEvent): string {
  return `${epoch}.${number}`
}

/** What a stream’s reader had last, as he tells it when he comes again. @throws KauntaError EVENTS_GONE */
export function placeOf(name: string): Place {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(name)
  if (match === null) throw new KauntaError('EVENTS_GONE', { oldest: 0 })
  return { epoch: Number(match[1]), after: Number(match[2]) }
}

export function createReading(journal: Journal, damage: Pick<Damage, 'note'>): Reading {
  /** A damaged row would end the stream, and each one that goes on where it ended. */
  function fits(row: JournalEvent): boolean {
    const { success, error } = eventSchema.safeParse(row)
    if (!success)
      damage.note(
        [`event ${row.number}`],
        error.issues.map(({ message }) => message),
      )
    return success
  }

  /** The number to go on from. */
  function start({ epoch, after }: Place): number {
    const [before, newest] = [journal.before(), journal.newest()]
    const from = after ?? before
    if ((epoch !== null && epoch !== journal.epoch()) || from < before || from > newest)
      throw new KauntaError('EVENTS_GONE', { oldest: before })
    return from
  }

  function page(types: readonly string[], from: number, limit: number) {
    const rows = journal.after(from, { types, span: lookedAtMax, limit })
    const last = rows.at(-1)
    const whole = Math.min(from + lookedAtMax, journal.newest())
    return { rows, next: rows.length === limit && last !== undefined ? last.number : whole }
  }

  return {
    page: (types, place, limit) => ({ epoch: journal.epoch(), ...page(types, start(place), limit) }),
    async *stream(types, place, signal) {
      const epoch = journal.epoch()
      let cursor = place === null ? journal.newest() : start(place)
      let wake: () => void = () => {}
      const woken = () => wake()
      const stop = journal.onAppended(woken)
      signal?.addEventListener('abort', woken)
      try {
        while (signal?.aborted !== true) {
          const told = new Promise<void>((resolve) => {
            wake = resolve
          })
          const { rows, next } = page(types, cursor, 100)
          for (const row of rows) if (fits(row)) yield withEventMeta(row, { id: nameOf(epoch, row) })
          cursor = next
          if (cursor >= journal.newest()) await told
        }
        signal.throwIfAborted()
      } finally {
        stop()
        signal?.removeEventListener('abort', woken)
      }
    },
  }
}
