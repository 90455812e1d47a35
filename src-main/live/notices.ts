import type { Change, Topic } from '../../src-preload/contract/live.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import { reasons } from '../../src-preload/contract/reasons.ts'
import { formatMoney } from '../money.ts'
import type { Stop } from '../ports.ts'
import type { Feed } from './feed.ts'

/** What is worth a notice outside the window: money that came, and what waits for a person. */
export function noticeOf(change: Change): Sentence | null {
  switch (change.topic) {
    case 'payment': {
      const { state, amountMinor, currency, needsDecision, reason } = change.payment
      if (state === 'completed') {
        return {
          en: `Paid: ${formatMoney(amountMinor, currency, 'en')}`,
          sw: `Imelipwa: ${formatMoney(amountMinor, currency, 'sw')}`,
        }
      }
      return needsDecision ? reasons[reason ?? 'needsDecision'] : null
    }
    case 'message':
      return change.message.state === 'failed' && !change.message.sending
        ? reasons[change.message.reason ?? 'rejected']
        : null
    case 'printJob':
      return change.printJob.state === 'unknown' ? reasons.paperUnsure : null
    default:
      return null
  }
}

const subjects: ReadonlySet<Topic> = new Set(['payment', 'message', 'printJob'])

/** Passes notices to the host; the same sentence about the same thing only once. */
export function sendNotices(feed: Feed, notify: (notice: Sentence) => void): Stop {
  const told = new Map<string, string>()
  return feed.listen((topic, id) => {
    if (!subjects.has(topic)) return
    const change = feed.row(topic, id)
    const notice = change === null ? null : noticeOf(change)
    if (notice === null) return
    if (told.get(id) === notice.en) return
    told.set(id, notice.en)
    // A day's work fits; beyond that the oldest are forgotten.
    if (told.size > 2_000) told.delete(told.keys().next().value ?? '')
    notify(notice)
  })
}
