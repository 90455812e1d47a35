import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lineAmountMinor as contractLineAmountMinor } from '../../src-preload/contract/money.ts'
import { lineTotalMinor as contractLineTotalMinor } from '../../src-preload/contract/receipts.ts'
import {
  formatFigure,
  formatMoney,
  formatQuantity,
  lineAmountMinor,
  lineTotalMinor,
  readAmountMinor,
  readFigure,
} from './money.ts'

const plain = (text: string) => text.replace(/\u00a0/g, ' ')

test.each([
  [1_850_000, 'TZS', 'sw', 'TZS 18,500'],
  [1_850_000, 'KES', 'en', 'KES 18,500'],
  [1_850_050, 'KES', 'en', 'KES 18,500.50'],
  [0, 'TZS', 'en', 'TZS 0'],
  [100_000_000_000_000, 'TZS', 'sw', 'TZS 1,000,000,000,000'],
] as const)('%i minor units of %s read in %s as %s', (amountMinor, currency, language, shown) => {
  expect(plain(formatMoney(amountMinor, currency, language))).toBe(shown)
})

test('figures and quantities stand without a currency', () => {
  expect(formatFigure(320_000, 'sw')).toBe('3,200')
  expect(formatQuantity(1500, 'en')).toBe('1.5')
  expect(formatQuantity(2000, 'sw')).toBe('2')
})

test.each([
  ['3200', 320_000],
  ['3,200', 320_000],
  ['18 500', 1_850_000],
  ['1,5', 150],
  ['12.50', 1250],
  ['0.1', 10],
  ['', null],
  ['-5', null],
  ['12x', null],
  ['1.2.3', null],
] as const)('a typed amount %j is %s minor units', (typed, amountMinor) => {
  expect(readAmountMinor(typed)).toBe(amountMinor)
})

test('a comma before three digits parts thousands, any other is a decimal comma', () => {
  expect(readFigure('1,500')).toBe(1500)
  expect(readFigure('1,50')).toBe(1.5)
})

test('the page rounds a line as main does', () => {
  for (const quantityMilli of [1, 333, 500, 999, 1000, 1500, 2001, 1_000_000_000]) {
    for (const unitPriceMinor of [0, 1, 99, 333, 320_000]) {
      expect(lineAmountMinor(quantityMilli, unitPriceMinor)).toBe(
        contractLineAmountMinor(quantityMilli, unitPriceMinor),
      )
    }
  }
})

test('the page takes a discount off a line just as the contract does', () => {
  fc.assert(
    fc.property(
      fc.record(
        {
          quantityMilli: fc.integer({ min: 1, max: 1_000_000 }),
          unitPriceMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
          discountMinor: fc.integer({ min: 0, max: 1_000_000 }),
        },
        { requiredKeys: ['quantityMilli', 'unitPriceMinor'] },
      ),
      (line) => {
        expect(lineTotalMinor(line)).toBe(contractLineTotalMinor(line))
      },
    ),
  )
})
