import { expect, test } from 'vitest'
import { digitsIn, formatPhone, looksLikeNumber } from './phone.ts'

test.each([
  ['+255712345678', '0712 345 678'],
  ['+254712345678', '0712 345 678'],
  ['+447911123456', '+447911123456'],
  [null, '–'],
])('%s is shown as %s', (phone, shown) => {
  expect(formatPhone(phone)).toBe(shown)
})

test.each([
  ['0712', true],
  ['+255 712-345', true],
  ['Neema', false],
  ['071 Neema', false],
  ['', false],
])('%j can become a number: %s', (typed, can) => {
  expect(looksLikeNumber(typed)).toBe(can)
})

test('digits are taken out of what was typed', () => {
  expect(digitsIn('+255 (712) 345-678')).toBe('255712345678')
})
