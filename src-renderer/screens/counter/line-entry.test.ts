import fc from 'fast-check'
import { expect, test } from 'vitest'
import { saleLineInputSchema } from '../../../src-preload/contract/receipts.ts'
import { lineAmountMinor } from '../../components/money.ts'
import { composeLine, emptyFields, fieldsOf, readDiscount, readEntry, readLine } from './line-entry.ts'

const [half, quarter, three] = [500, 250, 750]

test.each([
  ['Sukari 2 x 3200', 'Sukari', 2000, 320_000],
  ['Sukari 1 kg 2 x 3,200', 'Sukari 1 kg', 2000, 320_000],
  ['Nyama 1.5 × 12000', 'Nyama', 1500, 1_200_000],
  ['Nyama 1,5 @ 12000', 'Nyama', 1500, 1_200_000],
  ['Maziwa 3 kwa 1500', 'Maziwa', 3000, 150_000],
  ['  Mafuta   6,600 ', 'Mafuta', 1000, 660_000],
  ['Mkate', 'Mkate', 1000, null],
  ['Sukari 1 kg', 'Sukari 1 kg', 1000, null],
  // A minus without a price before it belongs to the name.
  ['Betri AA -2', 'Betri AA -2', 1000, null],
  ['Waya 3-5 1200', 'Waya 3-5', 1000, 120_000],
  ['', '', 1000, null],
  // Parts.
  ['Sukari 1/2 x 3200', 'Sukari', half, 320_000],
  ['Sukari 3/4 x 3200', 'Sukari', three, 320_000],
  ['Sukari 1 1/2 x 3200', 'Sukari', 1500, 320_000],
  ['Sukari ½ x 3200', 'Sukari', half, 320_000],
  ['Sukari 1½ x 3200', 'Sukari', 1500, 320_000],
  ['Sukari 2¼ x 3200', 'Sukari', 2250, 320_000],
  ['Sukari robo x 3200', 'Sukari', quarter, 320_000],
  ['Sukari robo tatu x 3200', 'Sukari', three, 320_000],
  ['Sukari Nusu x 3200', 'Sukari', half, 320_000],
  ['Sukari 1 na nusu x 3200', 'Sukari', 1500, 320_000],
  ['Sukari kilo na robo x 3200', 'Sukari', 1250, 320_000],
  ['Sukari half x 3200', 'Sukari', half, 320_000],
  ['Sukari 0,250 x 3200', 'Sukari', quarter, 320_000],
  // Prices.
  ['Sukari 2 x 3.200', 'Sukari', 2000, 320_000],
  ['Sukari 2 x 3 200', 'Sukari', 2000, 320_000],
  ['Sukari 2 x 3,200.50', 'Sukari', 2000, 320_050],
  ['Sukari 2 x 3.200,50', 'Sukari', 2000, 320_050],
  ['Sukari 2 x 1.234.000', 'Sukari', 2000, 123_400_000],
  ['Sukari 3200/=', 'Sukari', 1000, 320_000],
  ['Sukari 3200/-', 'Sukari', 1000, 320_000],
  ['Sukari 3200 /=', 'Sukari', 1000, 320_000],
  ['Sukari 3,200=', 'Sukari', 1000, 320_000],
  ['Sukari TZS 3,200', 'Sukari', 1000, 320_000],
  ['Sukari Sh 3200/=', 'Sukari', 1000, 320_000],
  ['Sukari 2 x Tsh3,200', 'Sukari', 2000, 320_000],
  ['Sukari 3200 KES', 'Sukari', 1000, 320_000],
  ['Sukari 2 x 3k', 'Sukari', 2000, 300_000],
  ['Sukari 2 x 3.5k', 'Sukari', 2000, 350_000],
  ['Mafuta 6 600', 'Mafuta', 1000, 660_000],
  // Signs.
  ['Sukari 2*3200', 'Sukari', 2000, 320_000],
  ['Sukari 2×3200', 'Sukari', 2000, 320_000],
  ['Sukari 2 @3200', 'Sukari', 2000, 320_000],
  ['Sukari 2 X 3200', 'Sukari', 2000, 320_000],
  ['Sukari 2 x 3200 = 6400', 'Sukari', 2000, 320_000],
  ['Mbao 2x4 5000', 'Mbao 2x4', 1000, 500_000],
  ['Mbao 2x4 3 x 5000', 'Mbao 2x4', 3000, 500_000],
  ['Pampers 4 XL 9000', 'Pampers 4 XL', 1000, 900_000],
  ['Max 500', 'Max', 1000, 50_000],
  ['Mchele gunia la kilo mia 120000', 'Mchele gunia la kilo mia', 1000, 12_000_000],
  ['Mara Moja 10', 'Mara Moja', 1000, 1000],
  // Counted in words, as they are said.
  ['Sukari mbili x 3200', 'Sukari', 2000, 320_000],
  ['Sukari moja na nusu x 3200', 'Sukari', 1500, 320_000],
  ['Sukari mbili na robo tatu x 3200', 'Sukari', 2750, 320_000],
  ['Sukari 2 na 1/2 x 3200', 'Sukari', 2500, 320_000],
  ['Sukari 2 na ½ x 3200', 'Sukari', 2500, 320_000],
  ['Sukari 2 ½ x 3200', 'Sukari', 2500, 320_000],
  ['Sukari 1 / 2 x 3200', 'Sukari', half, 320_000],
  ['Sukari 1⁄2 x 3200', 'Sukari', half, 320_000],
  ['Sukari 3⅜ x 3200', 'Sukari', 3375, 320_000],
  ['Kuku .5 x 9000', 'Kuku', half, 900_000],
  ['Kuku ,25 x 9000', 'Kuku', quarter, 900_000],
  // Other signs, other figures, and what hangs on.
  ['Sukari 2 ✕ 3200', 'Sukari', 2000, 320_000],
  ['Sukari 2 х 3200', 'Sukari', 2000, 320_000],
  ['Sukari 2 mara 3200', 'Sukari', 2000, 320_000],
  ['Sukari 2 times 3200', 'Sukari', 2000, 320_000],
  ['Sukari 2x3200=6400', 'Sukari', 2000, 320_000],
  ['Sukari ٢ x ٣٢٠٠', 'Sukari', 2000, 320_000],
  ['Sukari ２ x ３２００', 'Sukari', 2000, 320_000],
  ['Sukari\t2\t3,200', 'Sukari', 2000, 320_000],
  ['Sukari 3200.', 'Sukari', 1000, 320_000],
  ['Sukari 3,200 .', 'Sukari', 1000, 320_000],
  ['Sukari 2 x 3200,', 'Sukari', 2000, 320_000],
  ['Sukari\u200b 2\u00a0x\u20093\u202f200', 'Sukari', 2000, 320_000],
] as const)('%j reads as %s, %i thousandths at %s', (typed, name, quantityMilli, unitPriceMinor) => {
  expect(readLine(typed)).toMatchObject({ name, quantityMilli, unitPriceMinor, discount: null })
})

test.each([
  ['Nyama 2kg x 12000', 'Nyama (kg)', 2000, 1_200_000],
  ['Nyama 1/2 kg x 12000', 'Nyama (kg)', half, 1_200_000],
  ['Nyama ½kg @ 12.000/=', 'Nyama (kg)', half, 1_200_000],
  ['Nyama robo kilo x 12000', 'Nyama (kilo)', quarter, 1_200_000],
  ['Mayai 2 dazeni x 3600', 'Mayai (dazeni)', 2000, 360_000],
  ['Mayai nusu dozen x 3600', 'Mayai (dozen)', half, 360_000],
  ['Mafuta ya kupikia 3 lita x 6,600', 'Mafuta ya kupikia (lita)', 3000, 660_000],
  ['Sukari kg 2 kg x 3200', 'Sukari kg', 2000, 320_000],
  ['Sukari kilo mbili x 3200', 'Sukari (kilo)', 2000, 320_000],
  ['Sukari kilo moja na nusu x 3200', 'Sukari (kilo)', 1500, 320_000],
  ['Sukari kilo 2 na robo x 3200', 'Sukari (kilo)', 2250, 320_000],
  ['Mayai dazeni moja x 3600', 'Mayai (dazeni)', 1000, 360_000],
  ['Kitenge 3 yadi x 2000', 'Kitenge (yadi)', 3000, 200_000],
] as const)('%j says what one of it is: %s', (item, name, quantityMilli, unitPriceMinor) => {
  expect(composeLine({ ...emptyFields, item })).toEqual({
    name,
    quantityMilli,
    unitPriceMinor,
    discountMinor: 0,
  })
})

test.each([
  ['Sukari 1.500 x 3200', 1500, ['decimal']],
  ['Misumari 1,500 x 20', 1_500_000, ['thousands']],
  ['Sukari 2 x 3.200', 2000, ['thousandsPoint']],
  ['Mafuta 6 600', 1000, ['spaced']],
  ['Soda 500 300', 1000, ['spaced']],
  ['Sukari 2 3200', 1000, ['inName']],
  ['2 Sukari 3200', 1000, ['inName']],
  ['Sukari 2 x 3200', 2000, []],
  // A quantity without its sign may be the size of one, and then it may not.
  ['Sukari 1.5kg 3200', 1000, ['inName']],
  ['Sukari 2 kg 3,200', 1000, ['inName']],
  ['2kg Sukari 3200', 1000, ['inName']],
  ['Sukari nusu kilo 1600', 1000, ['inName']],
  ['Sukari ½ 1600', 1000, ['inName']],
  ['Sukari 1/2 1600', 1000, ['inName']],
  ['nusu Sukari 1600', 1000, ['inName']],
  ['Sukari (2) 3200', 1000, ['inName']],
  ['Sukari 2, 3200', 1000, ['inName']],
  ['Sukari x2 3200', 1000, ['inName']],
  ['iPhone 15 Pro 1200000', 1000, ['inName']],
  ['Sukari 1 kg 3200', 1000, []],
  ['Mkate 500 g 1800', 1000, []],
  ['Maji 500ml 600', 1000, []],
  ['Simu A15 250000', 1000, []],
  // The figures may stand the other way round.
  ['Sukari 3200 x 2', 3_200_000, ['smallPrice']],
  ['Mchele 25kg x 2', 25_000, ['smallPrice']],
  ['Sukari 3.20', 1000, ['cents']],
  ['Sukari 2 x 3,20', 2000, ['cents']],
  ['Sukari 2 x 12.50', 2000, []],
] as const)('%j can be read in two ways, and says which was taken', (item, quantityMilli, doubts) => {
  expect(readEntry({ ...emptyFields, item })).toMatchObject({ line: { quantityMilli }, doubts })
})

test.each([
  ['Sukari 500g x 3200', 'size'],
  ['Maji 500 ml x 600', 'size'],
  ['Sukari 1/3 x 3200', 'uneven'],
  ['Sukari x 3200', 'unclear'],
  ['2 x Sukari 3200', 'unclear'],
  ['2 Sukari x 3200', 'unclear'],
  ['Karatasi A4 x 500', 'unclear'],
  ['Sukari 2 foo x 3200', 'unclear'],
  ['Sukari 2 x elfu 3', 'unclear'],
  ['Sukari 2 x 3200 = 6000', 'sumDiffers'],
  ['Sukari 2 x 3,20,0', 'unclear'],
  ['Sukari 2 x 3.2.1', 'unclear'],
  ['Sukari 2 x USD 3', 'unclear'],
  ['Sukari ⅓ x 3200', 'uneven'],
  ['Sukari theluthi x 3200', 'uneven'],
  // Half of a sum is left in the name.
  ['Sukari 2 x 3200 x 2', 'unclear'],
  ['Sukari 2 x 3 x 500', 'unclear'],
  ['Sukari thelathini na nusu x 3200', 'unclear'],
  ['Kitabu cha nne x 5000', 'unclear'],
  ['Kitabu cha 4 x 5000', 'unclear'],
  ['Sukari 2 xx 3200', 'unclear'],
  ['Sukari 2 each 3200', 'unclear'],
  ['Sukari 2 kila moja 3200', 'unclear'],
  ['Sukari 3200 + 500', 'unclear'],
  // A figure that is only a part of the price.
  ['Sukari elfu 3', 'unclear'],
  ['Sukari laki 1', 'unclear'],
  ['Sukari USD 3', 'unclear'],
  ['Sukari $ 3', 'unclear'],
  ['Sukari 15,00,000', 'unclear'],
  // No price begins with a nought: that is a number, or a code from a scanner.
  ['Neema 0712345678', 'unclear'],
  ['Soda 001234567890', 'unclear'],
  ['Tel: 0712 345 678', 'unclear'],
  ['(0712) 345678', 'unclear'],
  ['\u202a+254 712 345 678\u202c', 'unclear'],
  ['Sukari 2 x 0712345678', 'unclear'],
] as const)('%j is refused with a sentence rather than guessed at', (item, trouble) => {
  expect(composeLine({ ...emptyFields, item })).toEqual({ field: 'item', trouble })
})

test.each([
  ['Sukari 2 x 3200 -500', 2000, 320_000, { kind: 'amount', minor: 50_000 }],
  ['Sukari 2 x 3200 - 1,500', 2000, 320_000, { kind: 'amount', minor: 150_000 }],
  ['Sukari 2 x 3200 −500', 2000, 320_000, { kind: 'amount', minor: 50_000 }],
  ['Sukari 2 x 3200/= -500/=', 2000, 320_000, { kind: 'amount', minor: 50_000 }],
  ['Sukari 3200 -10%', 1000, 320_000, { kind: 'percent', percent: 10 }],
  ['Sukari 3200 -2.5 %', 1000, 320_000, { kind: 'percent', percent: 2.5 }],
  ['Sukari 3200 punguzo 500', 1000, 320_000, { kind: 'amount', minor: 50_000 }],
  ['Sukari 2 x 3200 punguzo la 500', 2000, 320_000, { kind: 'amount', minor: 50_000 }],
  ['Sukari 3200 discount 10%', 1000, 320_000, { kind: 'percent', percent: 10 }],
] as const)('%j takes something off the line', (typed, quantityMilli, unitPriceMinor, discount) => {
  expect(readLine(typed)).toMatchObject({ name: 'Sukari', quantityMilli, unitPriceMinor, discount })
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
  ['1/2', half],
  ['1,5', 1500],
  ['robo', quarter],
] as const)('a quantity of %s has its own field too', (quantity, quantityMilli) => {
  expect(composeLine({ ...emptyFields, item: 'Nyama', quantity, price: '12.000/=' })).toMatchObject({
    quantityMilli,
    unitPriceMinor: 1_200_000,
  })
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
