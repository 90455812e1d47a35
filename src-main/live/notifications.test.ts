import { describe, expect, it } from 'vitest'
import type { EventData, EventType } from '../../src-preload/contract/events.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import { reasons } from '../../src-preload/contract/reasons.ts'
import { openJournal } from '../../test/fixtures/journal.ts'
import type { Consumers } from '../events/consumers.ts'
import { messageNotifications } from '../messaging/notifications.ts'
import { paymentNotifications } from '../payments/told.ts'
import { printNotifications } from '../printing/notifications.ts'
import { createNotifications } from './notifications.ts'

const payment: EventData<'payment.completed'> = {
  saleId: '01a1fd2d-e14e-778e-81b2-ab0d4d19c74b',
  accountId: '01a1fd2d-e14e-778e-81b2-ab0d4d19c74c',
  amountMinor: 1_850_000,
  currency: 'KES',
  reason: null,
}
const message: EventData<'message.failed'> = { saleId: null, channel: 'sms', reason: 'offline' }

/** As the companion makes it. */
const tell = (notify: (sentence: Sentence) => void) => (consumers: Consumers) => {
  const notifications = createNotifications(consumers, notify)
  for (const sayings of [paymentNotifications, messageNotifications, printNotifications])
    notifications.of(sayings)
  notifications.start()
}

it('are remembered for 100,000 events, and no longer', async () => {
  const told: string[] = []
  const { database, start, drained } = openJournal()
  const remembered = () => database.connection.prepare('SELECT number FROM notification').pluck().all()
  const consumers = start(tell(({ en }) => told.push(en)))
  const complete = () => database.transact((tx) => tx.emit('payment.completed', 'p1', payment))
  complete()
  await drained(consumers)
  complete()
  await drained(consumers)
  expect([told.length, remembered()]).toEqual([1, [1]])
  database.connection.exec('UPDATE notification SET number = number - 100000')
  database.transact((tx) => tx.emit('payment.completed', 'p2', payment))
  await drained(consumers)
  expect([told.length, remembered()]).toEqual([2, [3]])
})

describe('notifications outside the window', () => {
  it('tell of money and of what waits for a person, once each, without a number, and not again after a restart', async () => {
    const told: string[] = []
    const { database, start, drained } = openJournal()
    const emit = <T extends EventType>(type: T, subject: string, data: EventData<T>) =>
      database.transact((tx) => tx.emit(type, subject, data))
    const first = start(tell(({ en, sw }) => told.push(en, sw)))
    emit('payment.requested', 'p1', payment)
    emit('payment.completed', 'p1', payment)
    emit('payment.completed', 'p1', payment)
    emit('sale.finished', 's1', { tillId: '1', number: 1, totalMinor: 1, currency: 'TZS' })
    await drained(first)
    expect(told.splice(0)).toEqual(['Paid: KES 18,500', 'Imelipwa: KES 18,500'])

    first.stop()
    emit('payment.needsDecision', 'p2', payment)
    emit('message.failed', 'm1', message)
    emit('message.failed', 'm2', { ...message, reason: 'a reason of another edition' })
    emit('print.unknown', 'j1', { saleId: null, purpose: 'test', reason: null })
    const second = start(tell(({ en }) => told.push(en)))
    await drained(second)
    expect(told).toEqual([
      reasons.needsDecision.en,
      reasons.offline.en,
      reasons.rejected.en,
      reasons.paperUnsure.en,
    ])
  })
})
