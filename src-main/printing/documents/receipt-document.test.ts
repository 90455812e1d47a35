import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SaleLine } from '../../../src-preload/contract/receipts.ts'
import type { Block, OneBitImage, ReceiptDocument } from './document.ts'
import { receiptDocument } from './receipt-document.ts'
import { sampleReceipt, sampleSale, sampleShop } from './sample-sale.ts'

const { sale } = sampleReceipt

function rowWords({ label, left, right, mark }: Extract<Block, { kind: 'row' }>): string {
  return `${label === undefined ? '' : `${label} `}${left} | ${right} ${mark ?? ''}`.trimEnd()
}

function words(document: ReceiptDocument): string[] {
  return document.blocks.flatMap((block) => {
    if (block.kind === 'text') return [block.text]
    if (block.kind === 'row') return [rowWords(block)]
    return block.kind === 'qr' || block.kind === 'barcode' ? [`${block.kind} ${block.text}`] : [block.kind]
  })
}

function linesOf(...lines: Partial<SaleLine>[]): SaleLine[] {
  const plain = {
    name: 'Sukari',
    quantityMilli: 1000,
    unitPriceMinor: 100_000,
    discountMinor: 0,
    taxRateBp: 1800,
  }
  return lines.map((line) => ({ ...plain, ...line }))
}

/** Minor units in the last column of a row. */
function minorOf(row: string): number {
  return Math.round(
    Number(
      row
        .replace(/^.*\| /, '')
        .replace(/ [A-Z]$/, '')
        .replaceAll(',', ''),
    ) * 100,
  )
}

describe('receiptDocument', () => {
  it('holds the whole sale in Swahili, in the order of the paper', () => {
    expect(words(receiptDocument(sampleReceipt))).toEqual([
      'Duka la Asha',
      'Mtaa wa Uhuru 12, Kariakoo',
      '+255 712 345 678',
      'TIN: 123-456-789',
      'rule',
      'Risiti Na. | 000123',
      'Tarehe | 21/11/2026 12:30:15',
      'Kaunta | K1',
      'Keshia | Neema',
      'Mteja | José Müller',
      'rule',
      'Sukari',
      '1.5 x 3,200.00 | 4,800.00 A',
      'Mchele wa Mbeya daraja la kwanza, mfuko wa kilo 25',
      '2 x 65,000.00 | 130,000.00 B',
      'Punguzo | -5,000.00 B',
      'Chai “Café”',
      '1 x 450.50 | 450.50 A',
      'rule',
      'Idadi ya bidhaa | 4',
      'Jumla ndogo | 135,250.50',
      'Punguzo | -5,000.00',
      'rule',
      'JUMLA TZS | 130,250.50',
      'rule',
      'Jumla bila kodi | 129,449.58',
      'A: Kodi 18% ya 5,250.50 | 800.92',
      'B: Kodi 0% ya 125,000.00 | 0.00',
      'rule',
      'Taslimu | 5,250.50',
      'Pesa iliyotolewa | 10,000.00',
      'Chenji | 4,749.50',
      'M-Pesa | 125,000.00',
      'Kumbukumbu | SGL7XYZ123',
      'IMELIPWA | 130,250.50',
      'rule',
      'si risiti ya kodi',
      'qr KAUNTA:000123:13025050:TZS',
      'barcode 000123',
      'Asante, karibu tena',
      'cut',
    ])
  })

  it('speaks English, in the zone of the shop', () => {
    const shop = { ...sampleShop, zone: 'Africa/Nairobi' as const, footer: 'Goods sold are not returned' }
    const paper = words(
      receiptDocument({
        ...sampleReceipt,
        shop,
        sale: { ...sampleReceipt.sale, recordedAt: Date.UTC(2026, 0, 1, 22) },
        language: 'en',
      }),
    )
    expect(paper).toEqual(
      expect.arrayContaining([
        'not a fiscal receipt',
        'Sub-total | 135,250.50',
        'TOTAL TZS | 130,250.50',
        'A: Tax 18% of 5,250.50 | 800.92',
        'Cash given | 10,000.00',
        'Change | 4,749.50',
      ]),
    )
    expect(paper).toContain('Date | 02/01/2026 01:00:00')
    expect(paper.at(-2)).toBe('Goods sold are not returned')
  })

  it.each([
    ['sw', 'NAKALA 2', 'MAZOEZI - SI MAUZO HALISI'],
    ['en', 'COPY 2', 'PRACTICE - NOT A REAL SALE'],
  ] as const)('says at both ends, in %s, that it is a copy and practice', (language, copy, practice) => {
    const marked = words(receiptDocument({ ...sampleReceipt, language, copyNumber: 2, practice: true }))
    expect(marked.filter((text) => text === copy)).toHaveLength(2)
    expect(marked.filter((text) => text === practice)).toHaveLength(2)
    const original = words(receiptDocument({ ...sampleReceipt, language }))
    expect(original.filter((text) => text === copy || text === practice)).toEqual([])
  })

  it('keeps number, time and amounts on a copy', () => {
    const plain = words(receiptDocument(sampleReceipt))
    const copy = words(receiptDocument({ ...sampleReceipt, copyNumber: 1 }))
    expect(copy.filter((text) => text !== 'NAKALA 1')).toEqual(plain)
  })

  it('says what went back, what is still to pay and what is too much', () => {
    const tenders = sale.tenders.map((tender) => ({ ...tender, reversedMinor: 100_000 }))
    const part = { ...sale, tenders, paidMinor: sale.paidMinor - 200_000 }
    const paper = words(receiptDocument({ ...sampleReceipt, sale: part }))
    expect(paper.filter((text) => text === 'Imerudishwa | -1,000.00')).toHaveLength(2)
    // The shop sent it back: nobody is asked to pay it once more.
    expect(paper.join('\n')).not.toContain('Bado kulipwa')
    const half = { ...part, tenders: tenders.slice(0, 1), paidMinor: 425_050 }
    expect(words(receiptDocument({ ...sampleReceipt, sale: half }))).toContain('Bado kulipwa | 125,000.00')
    expect(words(receiptDocument({ ...sampleReceipt, sale: half }))).toContain(
      'Imelipwa hadi sasa | 4,250.50',
    )
    const over = { ...sale, paidMinor: sale.paidMinor + 974_950 }
    expect(words(receiptDocument({ ...sampleReceipt, sale: over }))).toContain('Imelipwa zaidi | 9,749.50')
    const unpaid = { ...sale, tenders: [], paidMinor: 0 }
    expect(words(receiptDocument({ ...sampleReceipt, sale: unpaid }))).toContain('Bado kulipwa | 130,250.50')
  })

  it('writes cents on every amount where one has some, and on none where none has', () => {
    const paper = words(receiptDocument(sampleReceipt)).filter((row) => /\| -?[\d,.]+( [A-Z])?$/.test(row))
    const amounts = paper.filter((row) => !/Risiti|Idadi/.test(row))
    expect(amounts.length).toBeGreaterThan(12)
    expect(amounts.filter((row) => !/\.\d\d( [A-Z])?$/.test(row))).toEqual([])
    const whole = {
      ...sale,
      lines: linesOf({ taxRateBp: 0 }),
      totalMinor: 100_000,
      tenders: [],
      paidMinor: 0,
    }
    expect(words(receiptDocument({ ...sampleReceipt, sale: whole })).join('\n')).not.toMatch(/\d\.\d/)
  })

  it('sets the total apart, and lets an item’s name stand out from its quantity', () => {
    const { blocks } = receiptDocument(sampleReceipt)
    const total = blocks.findIndex((block) => block.kind === 'row' && block.left === 'JUMLA TZS')
    expect([blocks[total - 1], blocks[total + 1]]).toEqual([
      { kind: 'rule', double: true },
      { kind: 'rule', double: true },
    ])
    const name = blocks.findIndex((block) => block.kind === 'text' && block.text === 'Sukari')
    expect(blocks.slice(name, name + 2)).toMatchObject([{ bold: true }, { left: '1.5 x 3,200.00' }])
    expect(blocks[name + 1]).not.toHaveProperty('bold')
  })

  it('counts what is weighed as one piece', () => {
    const count = (...quantities: number[]) => {
      const lines = linesOf(...quantities.map((quantityMilli) => ({ quantityMilli })))
      const paper = words(receiptDocument({ ...sampleReceipt, sale: { ...sale, lines } }))
      return paper.find((row) => row.startsWith('Idadi'))
    }
    expect(count(2000, 1000)).toBe('Idadi ya bidhaa | 3')
    expect(count(1500, 3000, 250)).toBe('Idadi ya bidhaa | 5')
  })

  it('names no change where none was given', () => {
    for (const givenMinor of [null, 525_050]) {
      const tenders = sale.tenders.map((tender) => ({ ...tender, givenMinor }))
      expect(words(receiptDocument({ ...sampleReceipt, sale: { ...sale, tenders } })).join('\n')).not.toMatch(
        /Chenji|iliyotolewa/,
      )
    }
  })

  it('marks lines by their tax only where rates differ, and leaves tax out where nothing is taxed', () => {
    const taxed = { ...sale, lines: linesOf({}, {}), totalMinor: 200_000 }
    const paper = words(receiptDocument({ ...sampleReceipt, sale: taxed }))
    expect(paper).toContain('1 x 1,000.00 | 1,000.00')
    expect(paper).toContain('Kodi 18% ya 2,000.00 | 305.08')
    const free = { ...sale, lines: linesOf({ taxRateBp: 0 }), totalMinor: 100_000 }
    expect(words(receiptDocument({ ...sampleReceipt, sale: free })).join('\n')).not.toContain('Kodi ')
  })

  it('adds up: items less discounts are the total, and each rate’s tax is what its gross includes', () => {
    const anyLine = fc.record({
      quantityMilli: fc.integer({ min: 1, max: 1_000_000 }),
      unitPriceMinor: fc.integer({ min: 100, max: 1_000_000_000 }),
      discountMinor: fc.integer({ min: 0, max: 0 }),
      taxRateBp: fc.constantFrom(0, 800, 1600, 1800),
    })
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 8 }), (partial) => {
        const lines = linesOf(...partial)
        const grosses = lines.map((line) => Math.round((line.quantityMilli * line.unitPriceMinor) / 1000))
        const totalMinor = grosses.reduce((sum, gross) => sum + gross, 0)
        const paper = words(receiptDocument({ ...sampleReceipt, sale: { ...sale, lines, totalMinor } }))
        const items = paper.filter((text) => / x /.test(text)).map(minorOf)
        expect(items.reduce((sum, minor) => sum + minor, 0)).toBe(totalMinor)
        for (const row of paper.filter((text) => /Kodi /.test(text))) {
          const rate = Number(/Kodi ([\d.]+)%/.exec(row)?.[1])
          const gross = lines.reduce(
            (sum, line, at) => sum + (line.taxRateBp === rate * 100 ? (grosses[at] ?? 0) : 0),
            0,
          )
          expect(Math.abs(minorOf(row) - (gross * rate) / (100 + rate))).toBeLessThanOrEqual(0.51)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('works out tax of amounts that a double cannot hold', () => {
    const lines = linesOf({ quantityMilli: 1_000_000_000, unitPriceMinor: 1_000_000_000, taxRateBp: 1800 })
    const totalMinor = 1_000_000_000_000_000
    const paper = words(receiptDocument({ ...sampleReceipt, sale: { ...sale, lines, totalMinor } }))
    expect(paper).toContain('Kodi 18% ya 10,000,000,000,000.00 | 1,525,423,728,813.56')
  })

  it('leaves out what the manager took out, and nothing that a receipt must say', () => {
    const off = {
      ...sampleReceipt.layout,
      logo: false,
      address: false,
      phone: false,
      taxNumber: false,
      till: false,
      cashier: false,
      customer: false,
      buyerTin: false,
      itemCount: false,
      taxes: false,
      net: false,
      paid: false,
      qr: false,
      barcode: false,
    }
    expect(words(receiptDocument({ ...sampleReceipt, layout: off }))).toEqual([
      'Duka la Asha',
      'rule',
      'Risiti Na. | 000123',
      'Tarehe | 21/11/2026 12:30:15',
      'rule',
      'Sukari',
      '1.5 x 3,200.00 | 4,800.00 A',
      'Mchele wa Mbeya daraja la kwanza, mfuko wa kilo 25',
      '2 x 65,000.00 | 130,000.00 B',
      'Punguzo | -5,000.00 B',
      'Chai “Café”',
      '1 x 450.50 | 450.50 A',
      'rule',
      'Jumla ndogo | 135,250.50',
      'Punguzo | -5,000.00',
      'rule',
      'JUMLA TZS | 130,250.50',
      'rule',
      'Taslimu | 5,250.50',
      'Pesa iliyotolewa | 10,000.00',
      'Chenji | 4,749.50',
      'M-Pesa | 125,000.00',
      'Kumbukumbu | SGL7XYZ123',
      'rule',
      'si risiti ya kodi',
      'Asante, karibu tena',
      'cut',
    ])
  })

  it('prints the manager’s own words line by line, each language its own, and the shop’s footer failing these', () => {
    const layout = {
      ...sampleReceipt.layout,
      header: { sw: 'Karibu\r\n\nDuka bora', en: 'Welcome' },
      footer: { sw: '', en: 'Come\nagain' },
    }
    const shop = { ...sampleShop, footer: 'Hatubadilishi' }
    const sw = words(receiptDocument({ ...sampleReceipt, layout, shop }))
    expect(sw.slice(0, 3)).toEqual(['Duka la Asha', 'Karibu', 'Duka bora'])
    expect(sw.at(-2)).toBe('Hatubadilishi')
    const en = words(receiptDocument({ ...sampleReceipt, layout, shop, language: 'en' }))
    expect(en[1]).toBe('Welcome')
    expect(en.slice(-3)).toEqual(['Come', 'again', 'cut'])
  })

  it('starts with the logo for this width of paper', () => {
    const image = (widthDots: number): OneBitImage => ({
      widthDots,
      heightDots: 8,
      bits: new Uint8Array(widthDots),
    })
    const logo = { '58': image(384), '80': image(504) }
    const [first] = receiptDocument({ ...sampleReceipt, logo, paper: '58' }).blocks
    expect(first).toEqual({ kind: 'image', image: logo['58'], alternative: 'Duka la Asha' })
    const layout = { ...sampleReceipt.layout, logo: false, shopName: 'normal' as const }
    const [name] = receiptDocument({ ...sampleReceipt, logo, layout }).blocks
    expect(name).toMatchObject({ kind: 'text', text: 'Duka la Asha', size: 'normal' })
  })

  it('calls a Kenyan shop’s number by its name there, and its mobile money by the network', () => {
    const shop = { ...sampleShop, country: 'KE', currency: 'KES', taxNumber: 'P051234567A' } as const
    const kenyan = sampleSale(shop)
    const tenders = kenyan.tenders.map((tender) => ({ ...tender, network: null }))
    const paper = words(receiptDocument({ ...sampleReceipt, shop, sale: { ...kenyan, tenders } }))
    expect(paper).toContain('PIN: P051234567A')
    expect(paper).toContain('JUMLA KES | 130,250.50')
    expect(paper).toContain('Pesa kwa simu | 125,000.00')
  })
})
