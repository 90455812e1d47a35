import { lt } from 'drizzle-orm'
import { z } from 'zod'
import type { EventType, JournalEvent } from '../../src-preload/contract/events.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import { isReasonCode, type ReasonCode, reasons } from '../../src-preload/contract/reasons.ts'
import type { Consumers, Take } from '../events/consumers.ts'
import { notification } from './tables.ts'

/** What each type of event says. */
export type Sayings = Partial<Record<EventType, (event: JournalEvent) => Sentence>>

/** What is worth a word outside the window: money that came, and what waits for a person. */
export interface Notifications {
  /** Each room says once what its events say. */
  of(sayings: Sayings): void
  /** Called once, when all rooms have spoken and before the journal is read. */
  start(): void
}

/** So many events back the same sentence about the same thing is known to have been told. */
const remembered = 100_000

const reasonSchema = z.object({ reason: z.string().nullable() })

/** The sentence of an event's own reason; of an edition that this one does not know, the usual one. */
export function reasonOf({ data }: JournalEvent, usual: ReasonCode): Sentence {
  const { reason } = reasonSchema.parse(data)
  return reasons[isReasonCode(reason) ? reason : usual]
}

/** Passes sentences to the host; the same one about the same thing only once, also after a restart. */
export function createNotifications(
  consumers: Pick<Consumers, 'consume'>,
  notify: (sentence: Sentence) => void,
): Notifications {
  const known: Sayings = {}
  const isKnown = (type: string): type is EventType => type in known
  const take: Take = (tx, event) => {
    const sentence = isKnown(event.type) ? known[event.type]?.(event) : undefined
    if (sentence === undefined) return
    const { number, subject } = event
    const { changes } = tx.orm
      .insert(notification)
      .values({ number, subject, sentence: sentence.en, at: tx.now })
      .onConflictDoNothing()
      .run()
    if (changes === 0) return
    tx.orm
      .delete(notification)
      .where(lt(notification.number, number - remembered))
      .run()
    tx.afterCommit(() => notify(sentence))
  }
  return {
    of: (sayings) => void Object.assign(known, sayings),
    start: () => consumers.consume('notices', Object.keys(known).filter(isKnown), take, 'now'),
  }
}
