import { expect, test } from 'vitest'
import { networkName } from './network-name.ts'

const kenya = { accountId: '1', label: 'M-Pesa (Safaricom, Kenya)' }
const tanzania = { accountId: '2', label: 'M-Pesa (Vodacom, Tanzania)' }
const mixx = { accountId: '3', label: 'Mixx by Yas (Tigo Pesa)' }
const odd = { accountId: '4', label: '(Till 2)' }

test('brackets are left out where the name alone is enough', () => {
  expect(networkName(tanzania, [tanzania, mixx])).toBe('M-Pesa')
  expect(networkName(mixx, [tanzania, mixx])).toBe('Mixx by Yas')
})

test('two of one name keep theirs, and a name never becomes empty', () => {
  expect(networkName(tanzania, [kenya, tanzania, mixx])).toBe('M-Pesa (Vodacom, Tanzania)')
  expect(networkName(odd, [odd])).toBe('(Till 2)')
})
