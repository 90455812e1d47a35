import { describe, expect, it } from 'vitest'
import type { Payment } from '../../src-preload/contract/payments.ts'
import { quietHub } from '../../test/fixtures/hub.ts'
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
    const hub = quietHub()
    const told: string[] = []
    const stop = sendNotices(hub, ({ en, sw }) => told.push(en, sw))
    hub.publish({ topic: 'payment', payment })
    hub.publish({ topic: 'payment', payment: { ...payment, state: 'completed' } })
    hub.publish({ topic: 'payment', payment: { ...payment, state: 'completed', receiptCode: 'SGL61H9X2K' } })
    hub.publish({ topic: 'accounts' })
    stop()
    hub.publish({
      topic: 'payment',
      payment: { ...payment, id: '01a1fd2d-e14e-778e-81b2-ab0d4d19c74d', state: 'completed' },
    })
    expect(told).toEqual(['Paid: KES 18,500', 'Imelipwa: KES 18,500'])
  })
})
