import { expect, test } from 'vitest'
import type { MoneyNetwork } from '../../../src-preload/contract/payments.ts'
import { chosenNetwork, limitTrouble, networksFor, proposeNetwork } from './networks.ts'

const base: MoneyNetwork = {
  accountId: 'a',
  provider: 'a',
  label: 'A',
  networks: [],
  countries: ['TZ'],
  currencies: ['TZS'],
  minMinor: 100_000,
  maxMinor: 300_000_000,
  wholeUnits: true,
  canAsk: true,
  canProveCode: true,
  reverse: null,
  payOut: null,
  balance: false,
  customerPayments: false,
  registerNotices: false,
  statement: false,
}
const kenya: MoneyNetwork = {
  ...base,
  accountId: 'mpesa-ke',
  networks: ['safaricom'],
  countries: ['KE'],
  currencies: ['KES'],
}
const vodacom: MoneyNetwork = { ...base, accountId: 'mpesa-tz', networks: ['vodacom'] }
const yas: MoneyNetwork = { ...base, accountId: 'mixx', networks: ['yas'], canAsk: false }
const airtel: MoneyNetwork = {
  ...base,
  accountId: 'airtel',
  networks: ['airtel'],
  countries: ['TZ', 'KE'],
  currencies: ['TZS', 'KES'],
}
const all = [kenya, vodacom, yas, airtel]

test('only networks that carry the sale’s money are offered', () => {
  expect(networksFor(all, 'TZS')).toEqual([vodacom, yas, airtel])
  expect(networksFor(all, 'KES')).toEqual([kenya, airtel])
})

test.each([
  [{ country: 'TZ', networkGuess: 'yas' }, 'mixx', true],
  [{ country: 'TZ', networkGuess: 'vodacom' }, 'mpesa-tz', true],
  [{ country: 'KE', networkGuess: 'airtel' }, 'airtel', true],
  [{ country: 'TZ', networkGuess: 'halotel' }, 'mpesa-tz', false],
  [{ country: 'KE', networkGuess: 'safaricom' }, 'mpesa-ke', true],
  [{ country: 'KE', networkGuess: null }, 'mpesa-ke', false],
  [null, 'mpesa-ke', false],
] as const)('for %o %s is proposed, as a guess: %s', (info, accountId, guessed) => {
  const proposal = proposeNetwork(all, info)
  expect(proposal?.network.accountId).toBe(accountId)
  expect(proposal?.guessed).toBe(guessed)
})

test('a prefix of another country suggests no network here', () => {
  expect(proposeNetwork([vodacom, yas], { country: 'KE', networkGuess: 'safaricom' })?.guessed).toBe(false)
  expect(proposeNetwork([], null)).toBeNull()
})

test('an arrow goes one network on, around the ends', () => {
  const shown = [vodacom, yas, airtel]
  const from = (accountId: string, steps: number, networks = shown) =>
    chosenNetwork(networks, null, { accountId, steps })?.network.accountId
  expect(from('mpesa-tz', 1)).toBe('mixx')
  expect(from('mpesa-tz', -1)).toBe('airtel')
  expect(from('airtel', 1)).toBe('mpesa-tz')
  expect(from('mixx', -8)).toBe('airtel')
  expect(from('mpesa-tz', 1, [vodacom])).toBe('mpesa-tz')
})

test('an arrow that was struck before the number was judged counts from what it suggests', () => {
  const shown = [vodacom, yas, airtel]
  const right = { accountId: null, steps: 1 }
  expect(chosenNetwork(shown, null, right)?.network).toBe(yas)
  const judged = chosenNetwork(shown, { country: 'TZ', networkGuess: 'yas' }, right)
  expect(judged).toEqual({ network: airtel, guessed: false })
  const back = chosenNetwork(shown, { country: 'TZ', networkGuess: 'yas' }, { accountId: null, steps: 3 })
  expect(back).toEqual({ network: yas, guessed: true })
})

test.each([
  [99_900, 'below'],
  [100_000, null],
  [300_000_000, null],
  [300_000_100, 'above'],
  [150_050, 'cents'],
] as const)('%i minor units break the limit %s', (amountMinor, trouble) => {
  expect(limitTrouble(base, amountMinor)).toBe(trouble)
})
