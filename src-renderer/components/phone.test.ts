import { expect, test } from 'vitest'
import { digitsIn, endsInNumber, formatPhone, looksLikeNumber, wholeNumberIn } from './phone.ts'

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
  ['0712.345.678', true],
  ['(0712) 345/678', true],
  ['0712,345,678', true],
  ['\u202a+254 712 345 678\u202c', true],
  ['٠٧١٢٣٤٥٦٧٨', true],
])('%j can become a number: %s', (typed, can) => {
  expect(looksLikeNumber(typed)).toBe(can)
})

test('digits are taken out of what was typed', () => {
  expect(digitsIn('+255 (712) 345-678')).toBe('255712345678')
})

test.each([
  ['0712345678', '0712345678'],
  ['0712-345-678', '0712-345-678'],
  ['(0712) 345 678', '(0712) 345 678'],
  ['\u202a+254 712 345 678\u202c', '+254 712 345 678'],
  ['00255712345678', '00255712345678'],
  ['Tel: 0712 345 678', '0712 345 678'],
  ['Simu 0712.345.678', '0712.345.678'],
  ['٠٧١٢٣٤٥٦٧٨', '0712345678'],
  ['Neema 0712345678', null],
  ['Simu 10 250000', null],
  ['6161100123456', null],
  ['712345678', null],
])('%j is a whole number: %s', (typed, number) => {
  expect(wholeNumberIn(typed)).toBe(number)
})

test.each([
  ['Neema 0712 345 678', true],
  ['(0712) 345678', true],
  ['Tel: 0712-345-678', true],
  ['Sukari 2 x 3200', false],
  ['Mbao 2 x 4 5000', false],
])('%j ends with a number: %s', (text, does) => {
  expect(endsInNumber(text)).toBe(does)
})
