import { describe, expect, it } from 'vitest'
import type { Payment } from '../../src-preload/contract/payments.ts'
import { quietFeed } from '../../test/fixtures/feed.ts'
import { sendNotices } from './notices.ts'

const payment: Payment = {
  id: '01a1fd2d-e14e-778e-81b2-ab0d4d19c74a',
  saleId: '01a1fd2d-e14e-778e-81b2-ab0d4d19c74b',
  provider: 'mpesa-kenya',
  accountId: '01a1fd2d-e14e-778e-81b2-ab0d4d19c74c',
  phone: '+254712345678',
  amountMinor: 1_850_000,
  currency: 'KES',
  state: 'prompted',
  reason: null,
  detail: null,
  receiptCode: null,
  saleNumber: 1,
  origin: 'prompt',
  claimedCode: null,
  toldCode: null,
  toldAmount: null,
  proof: null,
  excessMinor: 0,
  reversedMinor: 0,
  canAsk: true,
  held: false,
  staffName: null,
  needsDecision: false,
  createdAt: 1,
  promptedAt: 1,
  updatedAt: 1,
}

describe('notices outside the window', () => {
  it('tell of money and of what waits for a person, once each, without a number', () => {
    const feed = quietFeed()
    let row = payment
    feed.shows({
      payment: () => ({ topic: 'payment', payment: row }),
      accounts: () => ({ topic: 'accounts' }),
    })
    const told: string[] = []
    const stop = sendNotices(feed, ({ en, sw }) => told.push(en, sw))
    const move = (part: Partial<Payment>) => {
      row = { ...payment, ...part }
      feed.tell('payment', row.id)
    }
    move({})
    move({ state: 'completed' })
    move({ state: 'completed', receiptCode: 'SGL61H9X2K' })
    feed.tell('accounts')
    stop()
    move({ id: '01a1fd2d-e14e-778e-81b2-ab0d4d19c74d', state: 'completed' })
    expect(told).toEqual(['Paid: KES 18,500', 'Imelipwa: KES 18,500'])
  })
})
