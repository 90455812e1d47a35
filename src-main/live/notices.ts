import { z } from 'zod'
import type { EventType, JournalEvent } from '../../src-preload/contract/events.ts'
import { currencySchema } from '../../src-preload/contract/money.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import { isReasonCode, type ReasonCode, reasons } from '../../src-preload/contract/reasons.ts'
import type { Consumers, Take } from '../events/consumers.ts'
import { formatMoney } from '../money.ts'
import { notification } from './tables.ts'

const moneySchema = z.object({ amountMinor: z.int(), currency: currencySchema })
const reasonSchema = z.object({ reason: z.string().nullable() })

/** The sentence of an event's own reason. */
function why({ data }: JournalEvent, usual: ReasonCode): Sentence {
  const { reason } = reasonSchema.parse(data)
  return reasons[isReasonCode(reason) ? reason : usual]
}

/** What is worth a notice outside the window: money that came, and what waits for a person. */
const noticed = {
  'payment.completed'({ data }: JournalEvent) {
    const { amountMinor, currency } = moneySchema.parse(data)
    return {
      en: `Paid: ${formatMoney(amountMinor, currency, 'en')}`,
      sw: `Imelipwa: ${formatMoney(amountMinor, currency, 'sw')}`,
    }
  },
  'payment.needsDecision': (event: JournalEvent) => why(event, 'needsDecision'),
  'message.failed': (event: JournalEvent) => why(event, 'rejected'),
  'print.unknown': () => reasons.paperUnsure,
} as const satisfies Partial<Record<EventType, (event: JournalEvent) => Sentence>>

const isNoticed = (type: string): type is keyof typeof noticed => type in noticed

/** Passes notices to the host; the same sentence about the same thing only once, also after a restart. */
export function sendNotices(consumers: Pick<Consumers, 'consume'>, notify: (notice: Sentence) => void): void {
  const take: Take = (tx, event) => {
    if (!isNoticed(event.type)) return
    const notice = noticed[event.type](event)
    const { number, subject } = event
    const { changes } = tx.orm
      .insert(notification)
      .values({ number, subject, sentence: notice.en, at: tx.now })
      .onConflictDoNothing()
      .run()
    if (changes > 0) tx.afterCommit(() => notify(notice))
  }
  consumers.consume('notices', Object.keys(noticed).filter(isNoticed), take, 'now')
}
