import { expect, it } from 'vitest'
import { callbackUrl } from './accounts.ts'

const account = (settings: Record<string, string> = {}) => ({ id: 'a', callbackSecret: 's', settings })

it('is the shop’s public address, else the account’s stand-in, else a name that never exists', () => {
  const own = { callbackAddress: 'https://duka.co.ke/' }
  expect(callbackUrl('https://kaunta.co.ke/', account(own), 'p')).toBe('https://kaunta.co.ke/callbacks/a/s/p')
  expect(callbackUrl('', account(own), 'p')).toBe('https://duka.co.ke/callbacks/a/s/p')
  expect(callbackUrl('', account(), null)).toBe('https://callbacks.kaunta.invalid/callbacks/a/s')
})
