import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { countedCash, lastFinished, likelyCash, readGiven } from './cash.ts'

test.each([
  ['', { kind: 'exact' }],
  ['  ', { kind: 'exact' }],
  ['10,000', { kind: 'enough', givenMinor: 1_000_000, changeMinor: 360_000 }],
  ['6400', { kind: 'enough', givenMinor: 640_000, changeMinor: 0 }],
  ['5000', { kind: 'short', givenMinor: 500_000, missingMinor: 140_000 }],
  ['elfu kumi', { kind: 'unreadable' }],
  ['-5', { kind: 'unreadable' }],
] as const)('%j against 6,400 is %o', (typed, given) => {
  expect(readGiven(typed, 640_000)).toEqual(given)
})

test.each([
  [320_000, 'TZS', [400_000, 500_000, 1_000_000]],
  [640_000, 'TZS', [650_000, 700_000, 1_000_000]],
  [1_300_000, 'TZS', [1_500_000, 2_000_000]],
  [1_000_000, 'TZS', []],
  [32_000, 'KES', [40_000, 50_000, 100_000]],
  [1_300_000, 'KES', [1_500_000]],
  [2_000, 'KES', [5_000, 10_000]],
  [0, 'KES', []],
] as const)('for %i minor units of %s people hand over %o', (owedMinor, currency, notes) => {
  expect(likelyCash(owedMinor, currency)).toEqual(notes)
})

test('what is offered always covers the sum, once each and in order', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000_000 }),
      fc.constantFrom('TZS' as const, 'KES' as const),
      (owed, currency) => {
        const notes = likelyCash(owed, currency)
        expect(notes.every((note) => note > owed)).toBe(true)
        expect(notes).toEqual([...new Set(notes)].toSorted((a, b) => a - b))
      },
    ),
  )
})

const cash: Sale['tenders'][number] = {
  kind: 'cash',
  amountMinor: 640_000,
  receiptCode: null,
  paymentId: null,
  network: null,
  reversedMinor: 0,
  givenMinor: 1_000_000,
}
const sale: Sale = {
  id: 's1',
  number: 7,
  tillId: '1',
  state: 'finished',
  source: 'counter',
  customer: { phone: null, name: null },
  currency: 'TZS',
  lines: [],
  totalMinor: 640_000,
  tenders: [cash],
  paidMinor: 640_000,
  owed: null,
  fiscal: null,
  staffName: null,
  posNumber: null,
  soldAt: null,
  recordedAt: 1,
  createdAt: 1,
  updatedAt: 1,
}

test('the change of a sale is what was handed over above what was owed', () => {
  const counted = { givenMinor: 1_000_000, changeMinor: 360_000 }
  expect(countedCash(sale)).toEqual(counted)
  expect(lastFinished(sale)).toEqual({ saleId: 's1', number: 7, currency: 'TZS', cash: counted })
  expect(countedCash({ ...sale, tenders: [{ ...cash, givenMinor: null }] })).toBeNull()
  expect(countedCash({ ...sale, tenders: [{ ...cash, kind: 'mobileMoney' }] })).toBeNull()
})
