import { expect, test } from 'vitest'
import type { Message } from '../../../src-preload/contract/messaging.ts'
import { alreadySent, type ChannelFacts, proposeChannel } from './receipt-channel.ts'

const message: Message = {
  id: 'm1',
  saleId: 's1',
  channel: 'sms',
  provider: 'africas-talking',
  to: '+255712345678',
  body: '',
  attachment: null,
  language: 'sw',
  state: 'delivered',
  sending: false,
  reason: null,
  detail: null,
  cost: null,
  segments: 1,
  attempts: 1,
  effectId: 1,
  staffName: null,
  createdAt: 10,
  updatedAt: 10,
}
const typed = '0712 345 678'
const facts: ChannelFacts = { typed, paidAt: null, offered: ['sms', 'whatsapp'] }
const whatsapp: Message = { ...message, id: 'm2', channel: 'whatsapp' }

test.each([
  ['the first goes by SMS', [], facts, 'sms'],
  ['the second by WhatsApp', [message], facts, 'whatsapp'],
  ['without WhatsApp by SMS once more, after a question', [message], { ...facts, offered: ['sms'] }, 'sms'],
  ['the paid one follows the unpaid one', [message], { ...facts, paidAt: 20 }, 'sms'],
  ['also where that was WhatsApp', [whatsapp], { ...facts, paidAt: 20 }, 'whatsapp'],
  [
    'and after it the next channel',
    [message, { ...message, createdAt: 30 }],
    { ...facts, paidAt: 20 },
    'whatsapp',
  ],
  ['one that failed went nowhere', [{ ...message, state: 'failed' }], facts, 'sms'],
  ['another number got nothing yet', [message], { ...facts, typed: '0754 000 111' }, 'sms'],
] as const)('%s', (_what, messages, given, channel) => {
  expect(proposeChannel(messages, given)).toBe(channel)
})

test('a receipt from before the money does not count as the paid one', () => {
  expect(alreadySent([message], 'sms', typed, null)).toBe(message)
  expect(alreadySent([message], 'sms', typed, 20)).toBeNull()
})
