import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Block } from '../documents/document.ts'
import { type LaidOutItem, layOut, type PaperShape, UnprintableDocument } from './lay-out.ts'
import { printable } from './sanitise.ts'
import { wrap } from './wrap.ts'

const shape: PaperShape = {
  columns: 32,
  dots: 384,
  codeTable: 'windows1252',
  qr: 'native',
  barcode: true,
}

function texts(blocks: readonly Block[], more: Partial<PaperShape> = {}): string[] {
  return layOut({ blocks }, { ...shape, ...more }).map((item) =>
    item.kind === 'line' ? item.runs.map((run) => run.text).join('') : item.kind,
  )
}

function columnsOf(item: LaidOutItem): number | null {
  return item.kind === 'line' ? item.runs.reduce((sum, run) => sum + run.text.length * run.wide, 0) : null
}

function letters(lines: readonly string[]): string {
  return lines.join('').replaceAll(' ', '')
}

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        'Sukari',
        ' ',
        'é',
        '\u00a0',
        '\u202f',
        '👩‍👩‍👧',
        'سلام',
        'e\u0301',
        '1,000.50',
        'x'.repeat(60),
      ),
      {
        maxLength: 40,
      },
    )
    .map((parts) => parts.join('')),
)
const anyColumns = fc.constantFrom(32, 35, 42, 44, 48)

describe('layOut', () => {
  it('breaks between words and aligns, each line as wide as the paper', () => {
    expect(texts([{ kind: 'text', text: 'Mchele wa Mbeya daraja la kwanza' }])).toEqual([
      'Mchele wa Mbeya daraja la kwanza',
    ])
    expect(
      texts([
        { kind: 'text', text: 'Asante, karibu tena', align: 'centre' },
        { kind: 'text', text: '000123', align: 'right' },
        { kind: 'text', text: 'Mchele wa Mbeya daraja la kwanza sana' },
        { kind: 'text', text: '' },
        { kind: 'rule' },
        { kind: 'feed', lines: 2 },
      ]),
    ).toEqual([
      '      Asante, karibu tena       ',
      '                          000123',
      'Mchele wa Mbeya daraja la kwanza',
      'sana                            ',
      ' '.repeat(32),
      '-'.repeat(32),
      ' '.repeat(32),
      ' '.repeat(32),
    ])
  })

  it('counts a large character as two columns', () => {
    const [line] = layOut({ blocks: [{ kind: 'text', text: 'Duka', size: 'large', align: 'centre' }] }, shape)
    expect(line).toEqual({
      kind: 'line',
      codeTable: null,
      runs: [
        { text: ' '.repeat(12), bold: false, wide: 1, high: 1 },
        { text: 'Duka', bold: false, wide: 2, high: 2 },
        { text: ' '.repeat(12), bold: false, wide: 1, high: 1 },
      ],
    })
    const odd = layOut(
      { blocks: [{ kind: 'text', text: 'abc '.repeat(9), size: 'large' }] },
      { ...shape, columns: 35 },
    )
    expect(odd.map(columnsOf)).toEqual([35, 35, 35])
  })

  it('breaks no label: the value gets its own line where both do not fit into one', () => {
    expect(texts([{ kind: 'row', left: 'Mchele wa Mbeya', right: '130,000' }])).toEqual([
      'Mchele wa Mbeya          130,000',
    ])
    expect(texts([{ kind: 'row', left: 'CU INVOICE NO', right: 'KRACU0100000001/152' }])).toEqual([
      'CU INVOICE NO                   ',
      '             KRACU0100000001/152',
    ])
    expect(texts([{ kind: 'row', left: 'RECEIPT SIGNATURE', right: 'ABCD-EFGH-IJKL-MN12' }])).toEqual([
      'RECEIPT SIGNATURE               ',
      '             ABCD-EFGH-IJKL-MN12',
    ])
  })

  it('sets the labels of a paper above their rows where one of them leaves no room, each with its row', () => {
    const tax = (label: string, left: string, right: string): Block => ({
      kind: 'row',
      label,
      left,
      right,
      mark: '',
    })
    const narrow = [tax('A: Tax 18%', 'of 99,526.50', '15,182.01'), tax('B: Tax 0%', 'of 9.00', '0.00')]
    expect(texts(narrow)).toEqual([
      'A: Tax 18%                      ',
      '  of 99,526.50       15,182.01  ',
      'B: Tax 0%                       ',
      '  of 9.00                 0.00  ',
    ])
    expect(texts(narrow, { columns: 48 })).toEqual([
      `A: Tax 18% of 99,526.50${' '.repeat(14)}15,182.01  `,
      `B: Tax 0% of 9.00${' '.repeat(25)}0.00  `,
    ])
  })

  it('keeps a column for the letters of tax rates, so that amounts end in one', () => {
    const row = (left: string, right: string, mark: string): Block => ({ kind: 'row', left, right, mark })
    expect(texts([row('1 x 2', '2.00', 'A'), row('Total', '2.00', ''), row('', '', 'A')])).toEqual([
      '1 x 2                     2.00 A',
      'Total                     2.00  ',
    ])
  })

  it('prints a word that would be cut at double width as tall', () => {
    const [line] = layOut({ blocks: [{ kind: 'text', text: '10,000,000,000.00', size: 'large' }] }, shape)
    expect(line).toMatchObject({ runs: [{ text: '10,000,000,000.00'.padEnd(32), wide: 1, high: 2 }] })
  })

  it('gives a right text its own lines where it leaves the left no room, and loses no digit of it', () => {
    const amount = '1,234,567,890,123,456,789.50'
    expect(texts([{ kind: 'row', left: 'Jumla', right: amount }])).toEqual([
      'Jumla                           ',
      `    ${amount}`,
    ])
    expect(letters(texts([{ kind: 'row', left: 'Jumla', right: amount.repeat(3) }]))).toBe(
      `Jumla${amount.repeat(3)}`,
    )
  })

  it('breaks inside a word only where it is longer than a line', () => {
    expect(wrap('ab abcdefgh ij', 4)).toEqual(['ab', 'abcd', 'efgh', 'ij'])
    expect(wrap('', 4)).toEqual([''])
    expect(wrap('abcd', 4)).toEqual(['abcd'])
  })

  it('makes every line exactly as wide as the paper, whatever the text, and loses none of it', () => {
    fc.assert(
      fc.property(anyText, anyText, anyColumns, (left, right, columns) => {
        const document = { blocks: [] }
        const paper = { ...shape, columns }
        for (const block of [
          { kind: 'text', text: left, size: 'large', align: 'centre', bold: true },
          { kind: 'text', text: left, size: 'tall', align: 'right' },
          { kind: 'row', left, right },
        ] as const) {
          const items = layOut({ ...document, blocks: [block] }, paper)
          expect(items.map(columnsOf)).toEqual(items.map(() => columns))
          const shown = letters(
            items.flatMap((item) => (item.kind === 'line' ? item.runs.map((run) => run.text) : [])),
          )
          const wanted = block.kind === 'row' ? printable(left) + printable(right) : printable(left)
          expect(Array.from(shown).toSorted()).toEqual(Array.from(letters([wanted])).toSorted())
        }
      }),
      { numRuns: 500 },
    )
  })

  it('keeps an amount in one piece at the right edge', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 1e15 }), anyColumns, (left, minor, columns) => {
        const right = new Intl.NumberFormat('en').format(minor)
        const lines = texts([{ kind: 'row', left, right }], { columns })
        expect(lines.some((line) => line.length === columns && line.endsWith(right))).toBe(true)
      }),
    )
  })

  it('keeps a QR within the paper, and its words where the printer draws none', () => {
    const long = { kind: 'qr', text: 'x'.repeat(300) } as const
    const short = { kind: 'qr', text: 'KAUNTA:TEST' } as const
    expect(layOut({ blocks: [short, long] }, shape).filter(({ kind }) => kind === 'qr')).toEqual([
      { ...short, dotSize: 5 },
      { ...long, dotSize: 4 },
    ])
    expect(texts([short], { qr: 'none' })).toEqual(['          KAUNTA:TEST           '])
    expect(texts([short])).toEqual(['qr', ' '.repeat(32)])
  })

  it('prints a barcode that does not fit, or that the printer does not know, as text', () => {
    const wide = { kind: 'barcode', text: 'A'.repeat(24) } as const
    const narrow = { kind: 'barcode', text: '000123' } as const
    expect(texts([wide])[0]?.trim()).toBe('A'.repeat(24))
    expect(texts([narrow], { barcode: false })[0]?.trim()).toBe('000123')
    expect(layOut({ blocks: [narrow, { ...narrow, text: 'A1234567890123' }] }, shape)).toMatchObject([
      { kind: 'barcode', symbology: 'code128', dotSize: 3 },
      { kind: 'line' },
      { kind: 'barcode', dotSize: 2 },
      { kind: 'line' },
    ])
  })

  it('leaves out a picture that is wider than the paper', () => {
    const image = { widthDots: 392, heightDots: 1, bits: new Uint8Array(49) }
    const blocks = [{ kind: 'image', image, alternative: 'Duka' }] as const
    expect(texts(blocks)).toEqual([])
    expect(texts(blocks, { dots: 392 })).toEqual(['image'])
  })

  it.each([
    [{ kind: 'barcode', text: '00\u001bp' }],
    [{ kind: 'barcode', text: '{A' }],
    [{ kind: 'barcode', text: '4006381333930', symbology: 'ean13' }],
    [{ kind: 'qr', text: 'é' }],
    [{ kind: 'qr', text: '' }],
    [{ kind: 'qr', text: 'a\nb' }],
    [{ kind: 'qr', text: 'x'.repeat(301) }],
  ] as const)('refuses %o', (block) => {
    expect(() => layOut({ blocks: [block] }, shape)).toThrow(UnprintableDocument)
    expect(() => layOut({ blocks: [block] }, { ...shape, qr: 'none', barcode: false })).toThrow(
      UnprintableDocument,
    )
  })
})
