import fc from 'fast-check'
import { expect, test } from 'vitest'
import { saleLineInputSchema } from '../../../src-preload/contract/receipts.ts'
import { lineAmountMinor } from '../../components/money.ts'
import { composeLine, emptyFields, fieldsOf, readDiscount, readLine } from './line-entry.ts'

test.each([
  ['Sukari 2 x 3200', { name: 'Sukari', quantityMilli: 2000, unitPriceMinor: 320_000 }],
  ['Sukari 1 kg 2 x 3,200', { name: 'Sukari 1 kg', quantityMilli: 2000, unitPriceMinor: 320_000 }],
  ['Nyama 1.5 × 12000', { name: 'Nyama', quantityMilli: 1500, unitPriceMinor: 1_200_000 }],
  ['Nyama 1,5 @ 12000', { name: 'Nyama', quantityMilli: 1500, unitPriceMinor: 1_200_000 }],
  ['Maziwa 3 kwa 1500', { name: 'Maziwa', quantityMilli: 3000, unitPriceMinor: 150_000 }],
  ['  Mafuta   6,600 ', { name: 'Mafuta', quantityMilli: 1000, unitPriceMinor: 660_000 }],
  ['Mkate', { name: 'Mkate', quantityMilli: 1000, unitPriceMinor: null }],
  ['Sukari 1 kg', { name: 'Sukari 1 kg', quantityMilli: 1000, unitPriceMinor: null }],
  // A minus without a price before it belongs to the name.
  ['Betri AA -2', { name: 'Betri AA -2', quantityMilli: 1000, unitPriceMinor: null }],
  ['Waya 3-5 1200', { name: 'Waya 3-5', quantityMilli: 1000, unitPriceMinor: 120_000 }],
  ['', { name: '', quantityMilli: 1000, unitPriceMinor: null }],
])('%j reads as %o', (typed, line) => {
  expect(readLine(typed)).toEqual({ ...line, discount: null })
})

test.each([
  ['Sukari 2 x 3200 -500', 2000, 320_000, { kind: 'amount', minor: 50_000 }],
  ['Sukari 2 x 3200 - 1,500', 2000, 320_000, { kind: 'amount', minor: 150_000 }],
  ['Sukari 2 x 3200 −500', 2000, 320_000, { kind: 'amount', minor: 50_000 }],
  ['Sukari 3200 -10%', 1000, 320_000, { kind: 'percent', percent: 10 }],
  ['Sukari 3200 -2.5 %', 1000, 320_000, { kind: 'percent', percent: 2.5 }],
] as const)('%j takes something off the line', (typed, quantityMilli, unitPriceMinor, discount) => {
  expect(readLine(typed)).toEqual({ name: 'Sukari', quantityMilli, unitPriceMinor, discount })
})

test.each([
  ['500', { kind: 'amount', minor: 50_000 }],
  ['-500', { kind: 'amount', minor: 50_000 }],
  [' 1,500 ', { kind: 'amount', minor: 150_000 }],
  ['10%', { kind: 'percent', percent: 10 }],
  ['- 12.5 %', { kind: 'percent', percent: 12.5 }],
  ['nusu', null],
  ['%', null],
  ['--5', null],
] as const)('a discount typed %j is %o', (typed, discount) => {
  expect(readDiscount(typed)).toEqual(discount)
})

test('separate fields go before what the name seems to say', () => {
  expect(composeLine({ item: 'Betri 9', quantity: '2', price: '1,200', discount: '' })).toEqual({
    name: 'Betri 9',
    quantityMilli: 2000,
    unitPriceMinor: 120_000,
    discountMinor: 0,
  })
})

test.each([
  [{ item: 'Sukari 2 x 3200 -500' }, 50_000],
  [{ item: 'Sukari 2 x 3200 -10%' }, 64_000],
  // 5 % of 3,205 is 160.25: shops count whole shillings.
  [{ item: 'Sukari 3205 -5%' }, 16_000],
  [{ item: 'Sukari 32.05 -50%' }, 1603],
  [{ item: 'Sukari 3200 -100%' }, 320_000],
  [{ item: 'Sukari 3200 -3200' }, 320_000],
  [{ item: 'Sukari 2 x 3200 -500', discount: '200' }, 20_000],
  [{ item: 'Sukari', quantity: '2', price: '3200', discount: '25%' }, 160_000],
  [{ item: 'Sukari 3200', discount: ' ' }, 0],
])('%o takes %i minor units off', (fields, discountMinor) => {
  expect(composeLine({ ...emptyFields, ...fields })).toMatchObject({ name: 'Sukari', discountMinor })
})

test.each([
  [{}, { field: 'item', trouble: 'needsName' }],
  [{ item: 'Mkate' }, { field: 'price', trouble: 'needsPrice' }],
  [
    { item: 'Mkate', price: 'bei' },
    { field: 'price', trouble: 'badFigure' },
  ],
  [
    { item: 'Mkate', quantity: '0', price: '100' },
    { field: 'quantity', trouble: 'badFigure' },
  ],
  [{ item: ' 2 x 3200' }, { field: 'item', trouble: 'needsName' }],
  [{ item: 'Mkate 1000 -1001' }, { field: 'item', trouble: 'discountTooMuch' }],
  [{ item: 'Mkate 1000 -101%' }, { field: 'item', trouble: 'discountTooMuch' }],
  [
    { item: 'Mkate', price: '1000', discount: '1500' },
    { field: 'discount', trouble: 'discountTooMuch' },
  ],
  [
    { item: 'Mkate 1000', discount: 'kidogo' },
    { field: 'discount', trouble: 'badFigure' },
  ],
])('%o leads to %o', (fields, trouble) => {
  expect(composeLine({ ...emptyFields, ...fields })).toEqual(trouble)
})

const anyLine = fc
  .record({
    name: fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,20}[A-Za-z]$/),
    quantityMilli: fc.integer({ min: 1, max: 1_000_000 }),
    unitPriceMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ share, ...line }) => ({
    ...line,
    discountMinor: Math.floor(share * lineAmountMinor(line.quantityMilli, line.unitPriceMinor)),
  }))

test('a line put back into the fields comes out the same', () => {
  fc.assert(
    fc.property(anyLine, (line) => {
      expect(composeLine(fieldsOf(line))).toEqual(line)
    }),
  )
})

test('whatever is typed, main takes the line that comes of it', () => {
  const tails = fc.constantFrom('', ' -0', ' -1', ' -10%', ' -99.9%', ' -5000', ' -100%')
  const entries = fc.tuple(fc.integer({ min: 0, max: 99_999 }), tails)
  fc.assert(
    fc.property(entries, ([price, tail]) => {
      const line = composeLine({ ...emptyFields, item: `Mkate ${price}${tail}` })
      if ('trouble' in line) expect(line.trouble).toBe('discountTooMuch')
      else expect(saleLineInputSchema.safeParse(line).success).toBe(true)
    }),
  )
})

test.each([
  [{ item: `${'a'.repeat(81)} 500` }, { field: 'item', trouble: 'nameTooLong' }],
  [
    { item: 'a'.repeat(80), price: '500', quantity: '0.0001' },
    { field: 'quantity', trouble: 'badFigure' },
  ],
  [
    { item: 'Chumvi', price: '1', quantity: '1000001' },
    { field: 'quantity', trouble: 'figureTooLarge' },
  ],
  [{ item: 'Chumvi 10000000001' }, { field: 'item', trouble: 'figureTooLarge' }],
  [
    { item: 'Chumvi', price: '20000', quantity: '1000000' },
    { field: 'price', trouble: 'figureTooLarge' },
  ],
] as const)('what main would refuse is told in the row: %o', (fields, trouble) => {
  expect(composeLine({ ...emptyFields, ...fields })).toEqual(trouble)
})
