import { expect, test } from 'vitest'
import { doneOf, parts, waysOf } from './state.ts'

const fresh = {
  shop: { name: 'Duka', address: '', phone: '' },
  pinMissing: true,
  accounts: [],
  providers: [
    { id: 'sender', capabilities: ['sms' as const] },
    { id: 'chat', capabilities: ['whatsapp' as const] },
    { id: 'purse', capabilities: ['mobileMoney' as const] },
  ],
  printers: 0,
  stops: [],
}
const account = (id: string, provider: string, part: { enabled?: boolean; outOfOrder?: boolean } = {}) => ({
  id,
  provider,
  enabled: true,
  outOfOrder: false,
  ...part,
})
const doneIn = (known: Parameters<typeof doneOf>[0]) =>
  parts.filter(({ name }) => doneOf(known)[name]).map(({ name }) => name)

test('nothing is done in a shop that nobody has set up', () => {
  expect(doneIn(fresh)).toEqual([])
})

test('each part ticks itself off by what is there', () => {
  expect(doneIn({ ...fresh, shop: { ...fresh.shop, name: 'Mama Neema Duka' } })).toEqual(['shop'])
  expect(doneIn({ ...fresh, pinMissing: false })).toEqual(['pin'])
  expect(doneIn({ ...fresh, accounts: [account('1', 'sender')] })).toEqual(['sms'])
  expect(doneIn({ ...fresh, accounts: [account('1', 'purse')] })).toEqual(['money'])
  expect(doneIn({ ...fresh, printers: 1 })).toEqual(['printer'])
  expect(doneIn({ ...fresh, accounts: [account('1', 'chat')] })).toEqual(['whatsapp'])
})

test('an account that is off or out of order counts for nothing', () => {
  const accounts = [account('1', 'sender', { enabled: false }), account('2', 'purse', { outOfOrder: true })]
  expect(doneIn({ ...fresh, accounts })).toEqual([])
})

test('WhatsApp is done once the phone is linked, and the way leads to the link as soon as there is an account', () => {
  const accounts = [account('1', 'chat')]
  const stop = {
    accountId: '1',
    capability: 'whatsapp' as const,
    reason: 'notPaired' as const,
    since: 0,
    waiting: 0,
  }
  expect(doneIn({ ...fresh, accounts, stops: [stop] })).toEqual([])
  expect(waysOf({ ...fresh, accounts, stops: [stop] }).whatsapp).toBe('/whatsapp')
  expect(waysOf(fresh).whatsapp).toBe('/settings/accounts/whatsapp')
})
