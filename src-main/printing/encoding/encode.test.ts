import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineAmountMinor } from '../../../src-preload/contract/money.ts'
import type { PaperItem } from '../../../src-preload/contract/practice.ts'
import { createPaperDecoder } from '../../simulator/paper-decoder.ts'
import { drawerDocument } from '../documents/document.ts'
import { receiptDocument } from '../documents/receipt-document.ts'
import { sampleReceipt, sampleSale, sampleShop } from '../documents/sample-sale.ts'
import { testPage } from '../documents/test-page.ts'
import { encodeDocument, type PrinterProfile, paperWidths, UnprintableDocument } from './encode.ts'

const profile58: PrinterProfile = { paper: '58', cutter: true, drawer: true, drawerPin: 2 }
const profile80: PrinterProfile = { ...profile58, paper: '80' }

function decode(bytes: Uint8Array, dots: number): PaperItem[] {
  const paper: PaperItem[] = []
  const decoder = createPaperDecoder(dots, { item: (item) => paper.push(item), answer: () => {} })
  for (const byte of bytes) decoder.push(byte)
  decoder.abandon()
  return paper
}

function lineText(item: PaperItem): string {
  return item.kind === 'line' ? item.runs.map((run) => run.text).join('') : `[${item.kind}]`
}

function columnsUsed(item: PaperItem): number {
  return item.kind === 'line' ? item.runs.reduce((sum, run) => sum + run.text.length * run.width, 0) : 0
}

/** Bytes as one can read them in a diff: text as it is, everything else in hex, a new line after each LF. */
function readable(bytes: Uint8Array): string {
  const shown = [...bytes].map((byte) => {
    const hex = `<${byte.toString(16).padStart(2, '0')}>`
    return byte === 0x0a ? `${hex}\n` : byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : hex
  })
  return `${shown.join('')}\n`
}

function paperFrom(profile: PrinterProfile): PaperItem[] {
  return decode(encodeDocument(drawerDocument(), profile), 384)
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        '\u001bp\u00002\u00fa',
        '\u001dV\u0000',
        '\u0010\u0014\u0001',
        '\u009b',
        'Sukari ',
        '{',
        'é',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
)

const anyInput = fc
  .record({
    texts: fc.array(anyText, { minLength: 8, maxLength: 8 }),
    lines: fc.array(
      fc.record({
        name: anyText,
        quantityMilli: fc.integer({ min: 1, max: 1_000_000 }),
        unitPriceMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
      }),
      { maxLength: 6 },
    ),
    totalMinor: fc.integer({ min: 0, max: 1_000_000_000_000 }),
    copyNumber: fc.integer({ min: 0, max: 3 }),
    practice: fc.boolean(),
    language: fc.constantFrom('sw' as const, 'en' as const),
  })
  .map(({ texts, lines, totalMinor, ...rest }) => {
    const [
      name = '',
      address = '',
      phone = '',
      taxNumber = '',
      footer = '',
      cashier = '',
      customer = '',
      code = '',
    ] = texts
    const tenders = [
      {
        kind: 'mobileMoney' as const,
        amountMinor: totalMinor,
        receiptCode: code,
        paymentId: null,
        network: name,
        reversedMinor: 0,
      },
    ]
    return {
      ...sampleReceipt,
      ...rest,
      cashier,
      shop: { ...sampleShop, name, address, phone, taxNumber, footer },
      sale: { ...sampleSale, lines, totalMinor, tenders, customer: { phone: null, name: customer } },
    }
  })

describe('encodeDocument', () => {
  it.each([
    ['58', profile58, 0],
    ['80', profile80, 1],
  ] as const)('gives the same bytes as ever for %s mm', async (paper, profile, copyNumber) => {
    const bytes = encodeDocument(receiptDocument({ ...sampleReceipt, copyNumber }), profile)
    await expect(readable(bytes)).toMatchFileSnapshot(`receipt-${paper}.golden.txt`)
  })

  it.each([profile58, profile80])('lets no text of a sale become a command on %o', (profile) => {
    const { columns, dots } = paperWidths[profile.paper]
    fc.assert(
      fc.property(anyInput, (input) => {
        const paper = decode(encodeDocument(receiptDocument(input), profile), dots)
        expect(paper.filter((item) => item.kind !== 'line').map((item) => item.kind)).toEqual([
          'qr',
          'barcode',
          'cut',
        ])
        expect(paper.filter((item) => columnsUsed(item) > columns)).toEqual([])
        const lines = paper.map(lineText)
        for (const { quantityMilli, unitPriceMinor } of input.sale.lines) {
          const minor = lineAmountMinor(quantityMilli, unitPriceMinor)
          const amount = (minor / 100).toLocaleString('en', {
            minimumFractionDigits: minor % 100 === 0 ? 0 : 2,
          })
          expect(lines.some((line) => line.length === columns && line.endsWith(` ${amount}`))).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('has a harness that sees the drawer open when a name reaches the encoder unsanitised', () => {
    const bare = new ReceiptPrinterEncoder({
      language: 'esc-pos',
      columns: 32,
      codepageMapping: { windows1252: 16 },
    })
    bare.initialize().codepage('windows1252').line('Sukari\u001bp\u00002\u00fa')
    expect(decode(bare.encode(), 384).map((item) => item.kind)).toContain('drawer')
  })

  it('prints accents as one column each, in the table that it names', () => {
    const paper = decode(encodeDocument(receiptDocument(sampleReceipt), profile58), 384)
    const customer = paper.find((item) => lineText(item).startsWith('Mteja'))
    expect(customer === undefined ? '' : lineText(customer)).toBe('Mteja                José Müller')
    expect(paper.filter((item) => item.kind === 'qr').map((item) => item.text)).toEqual([
      'KAUNTA:000123:13525050:TZS',
    ])
    expect(paper.filter((item) => item.kind === 'barcode')).toEqual([
      { kind: 'barcode', symbology: 'code128', text: '000123' },
    ])
  })

  it('starts every job with a reset and leaves the Chinese mode', () => {
    const page = testPage({ shopName: 'Duka', paper: '58', language: 'en', practice: true })
    const start = [...encodeDocument(page, profile58).subarray(0, 7)]
    expect(start).toEqual([0x1b, 0x40, 0x1c, 0x2e, 0x1b, 0x4d, 0x00])
  })

  it('opens the drawer on the pin of the printer, prints nothing with it, and not at all without a drawer', () => {
    expect(paperFrom(profile58)).toEqual([{ kind: 'drawer', pin: 2 }])
    expect(paperFrom({ ...profile58, drawerPin: 5 })).toEqual([{ kind: 'drawer', pin: 5 }])
    expect(paperFrom({ ...profile58, drawer: false })).toEqual([])
  })

  it('feeds past the tear bar where there is no blade', () => {
    const paper = decode(encodeDocument(receiptDocument(sampleReceipt), { ...profile58, cutter: false }), 384)
    expect(paper.filter((item) => item.kind === 'cut')).toEqual([])
    expect(paper.slice(-5).map(lineText)).toEqual(['', '', '', '', ''])
  })

  it('makes the ruler of the test page end at the edge', () => {
    for (const [profile, columns] of [
      [profile58, 32],
      [profile80, 48],
    ] as const) {
      const page = testPage({ shopName: 'Duka', paper: profile.paper, language: 'sw', practice: false })
      const lines = decode(encodeDocument(page, profile), paperWidths[profile.paper].dots).map(lineText)
      expect(lines).toContain('1234567890'.repeat(5).slice(0, columns))
      expect(lines).toContain(`<${' '.repeat(columns - 2)}>`)
    }
  })

  it.each([
    [{ kind: 'barcode', text: '00\u001bp' }],
    [{ kind: 'barcode', text: '{A' }],
    [{ kind: 'barcode', text: '' }],
    [{ kind: 'qr', text: 'é' }],
    [{ kind: 'qr', text: 'x'.repeat(301) }],
  ] as const)('refuses %o, which the encoder would pass on', (block) => {
    expect(() => encodeDocument({ blocks: [block] }, profile58)).toThrow(UnprintableDocument)
  })

  it('prints a QR of 300 characters whole and a barcode that is too wide as text', () => {
    const blocks = [
      { kind: 'qr', text: 'x'.repeat(300) },
      { kind: 'barcode', text: 'A'.repeat(24) },
    ] as const
    const paper = decode(encodeDocument({ blocks }, profile58), 384)
    expect(paper.flatMap((item) => (item.kind === 'qr' ? [item.text] : []))).toEqual(['x'.repeat(300)])
    expect(paper.map(lineText).join('\n')).toContain('A'.repeat(24))
  })
})
