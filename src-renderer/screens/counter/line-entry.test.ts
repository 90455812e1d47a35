import fc from 'fast-check'
import { expect, test } from 'vitest'
import { composeLine, emptyFields, fieldsOf, readLine } from './line-entry.ts'

test.each([
  ['Sukari 2 x 3200', { name: 'Sukari', quantityMilli: 2000, unitPriceMinor: 320_000 }],
  ['Sukari 1 kg 2 x 3,200', { name: 'Sukari 1 kg', quantityMilli: 2000, unitPriceMinor: 320_000 }],
  ['Nyama 1.5 × 12000', { name: 'Nyama', quantityMilli: 1500, unitPriceMinor: 1_200_000 }],
  ['Nyama 1,5 @ 12000', { name: 'Nyama', quantityMilli: 1500, unitPriceMinor: 1_200_000 }],
  ['Maziwa 3 kwa 1500', { name: 'Maziwa', quantityMilli: 3000, unitPriceMinor: 150_000 }],
  ['  Mafuta   6,600 ', { name: 'Mafuta', quantityMilli: 1000, unitPriceMinor: 660_000 }],
  ['Mkate', { name: 'Mkate', quantityMilli: 1000, unitPriceMinor: null }],
  ['Sukari 1 kg', { name: 'Sukari 1 kg', quantityMilli: 1000, unitPriceMinor: null }],
  ['', { name: '', quantityMilli: 1000, unitPriceMinor: null }],
])('%j reads as %o', (typed, line) => {
  expect(readLine(typed)).toEqual(line)
})

test('separate fields go before what the name seems to say', () => {
  expect(composeLine({ item: 'Betri 9', quantity: '2', price: '1,200' })).toEqual({
    name: 'Betri 9',
    quantityMilli: 2000,
    unitPriceMinor: 120_000,
  })
})

test.each([
  [emptyFields, { field: 'item', trouble: 'needsName' }],
  [
    { item: 'Mkate', quantity: '', price: '' },
    { field: 'price', trouble: 'needsPrice' },
  ],
  [
    { item: 'Mkate', quantity: '', price: 'bei' },
    { field: 'price', trouble: 'badFigure' },
  ],
  [
    { item: 'Mkate', quantity: '0', price: '100' },
    { field: 'quantity', trouble: 'badFigure' },
  ],
  [
    { item: ' 2 x 3200', quantity: '', price: '' },
    { field: 'item', trouble: 'needsName' },
  ],
])('%o leads to %o', (fields, trouble) => {
  expect(composeLine(fields)).toEqual(trouble)
})

test('a line put back into the fields comes out the same', () => {
  fc.assert(
    fc.property(
      fc.record({
        name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,20}[A-Za-z]$/),
        quantityMilli: fc.integer({ min: 1, max: 1_000_000 }),
        unitPriceMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
      }),
      (line) => {
        expect(composeLine(fieldsOf(line))).toEqual(line)
      },
    ),
  )
})
