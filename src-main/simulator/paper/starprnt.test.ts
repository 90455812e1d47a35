import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PaperItem, paperItemSchema } from '../../../src-preload/contract/paper.ts'
import { createPaperDecoder } from '../paper-decoder.ts'

function decode(...parts: (string | readonly number[] | Uint8Array)[]) {
  const paper: PaperItem[] = []
  const answers: string[] = []
  const decoder = createPaperDecoder(
    576,
    {
      item: (item) => paper.push(item),
      answer: (bytes) => answers.push(Buffer.from(bytes).toString('hex')),
    },
    { language: 'starprnt' },
  )
  for (const part of parts) {
    for (const byte of typeof part === 'string' ? Buffer.from(part, 'latin1') : part) {
      decoder.arrived(byte)
      decoder.push(byte)
    }
  }
  decoder.abandon()
  for (const item of paper) paperItemSchema.parse(item)
  return { paper, answers }
}

const plain = { bold: false, underline: false, inverse: false, width: 1, height: 1, font: 'A' } as const
function line(text: string, style: Partial<Extract<PaperItem, { kind: 'line' }>['runs'][number]> = {}) {
  return { kind: 'line', align: 'left', runs: text === '' ? [] : [{ text, ...plain, ...style }] }
}

describe('the StarPRNT decoder', () => {
  it.each([
    ['bold', [0x1b, 0x45], { bold: true }],
    ['underline', [0x1b, 0x2d, 1], { underline: true }],
    ['inverse', [0x1b, 0x34], { inverse: true }],
    ['size', [0x1b, 0x69, 2, 1], { width: 2, height: 3 }],
    ['font B', [0x1b, 0x1e, 0x46, 1], { font: 'B' }],
    ['double width', [0x0e], { width: 2 }],
  ] as const)('knows %s', (_, command, style) => {
    expect(decode(command, 'A\n').paper).toEqual([line('A', style)])
  })

  it.each([
    [1, 'é', 0x82],
    [4, '€', 0xd5],
    [32, '€', 0x80],
  ])('reads code table %i: %s', (table, character, byte) => {
    expect(decode([0x1b, 0x1d, 0x74, table, byte], '\n').paper).toEqual([line(character)])
  })

  it('wraps at the edge of the paper', () => {
    expect(decode(`${'x'.repeat(49)}\n`).paper).toEqual([line('x'.repeat(48)), line('x')])
  })

  it.each([
    [0, false],
    [1, true],
    [2, false],
    [51, true],
  ])('cuts with %i', (form, partial) => {
    expect(decode('a\n', [0x1b, 0x64, form]).paper).toEqual([line('a'), { kind: 'cut', partial }])
  })

  it('opens the drawers', () => {
    const opened = decode([0x1b, 0x07, 10, 50, 0x07], [0x1a], [0x1c], [0x19]).paper
    expect(opened.map((item) => (item.kind === 'drawer' ? item.pin : item.kind))).toEqual([2, 5, 2, 5])
  })

  it('draws pictures by rows and by columns', () => {
    const byRows = decode([0x1b, 0x1d, 0x53, 1, 1, 0, 2, 0, 0, 0x81, 0x7e]).paper
    expect(byRows).toMatchObject([{ kind: 'image', widthDots: 8, heightDots: 2 }])
    const byColumns = decode([0x1b, 0x1d, 0x61, 1, 0x1b, 0x58, 2, 0, 0x80, 0, 0, 0, 0, 1, 0x0a, 0x0d]).paper
    expect(byColumns).toMatchObject([{ kind: 'image', widthDots: 2, heightDots: 24, align: 'centre' }])
  })

  it('tells how it is at once, and counts what is printed where it is asked to', () => {
    expect(decode([0x1b, 0x06, 0x01]).answers).toEqual(['230600000000000000'])
    // Nobody asked to be told.
    expect(decode('a\n', [0x17]).answers).toEqual([])
    const on = [0x1b, 0x1e, 0x61, 1]
    const counted = decode(on, 'a\n', [0x17, 0x17], [0x1b, 0x06, 0x01]).answers
    expect(counted).toEqual([
      '230600000000000000',
      '230602000000000200',
      '230602000000000400',
      '230600000000000400',
    ])
    const many = decode(on, Array<number>(32).fill(0x17)).answers
    // 31 is 11 in the upper bits and 111 in the lower; then it starts again.
    expect([many[31], many[32]]).toEqual(['230602000000006e00', '230602000000000000'])
    expect(decode(on, [0x17], [0x1b, 0x1e, 0x45, 0], [0x17]).answers.at(-1)).toBe('230602000000000200')
    expect(decode(on, [0x17, 0x18, 0x17]).answers.at(-1)).toBe('230602000000000200')
  })

  it('reads what the encoder library writes', () => {
    const encoder = new ReceiptPrinterEncoder({
      language: 'star-prnt',
      columns: 48,
      newline: '\n',
      feedBeforeCut: 0,
    })
    const bytes = encoder
      .initialize()
      .codepage('windows1252')
      .bold(true)
      .line('Dukà')
      .bold(false)
      .size(2, 2)
      .line('120')
      .size(1, 1)
      .align('center')
      .qrcode('https://example.com', { model: 2, size: 5, errorlevel: 'm' })
      .barcode('000123', 'code128', { height: 60, width: 2, text: true })
      .align('left')
      .pulse(0, 100, 200)
      .cut('partial')
      .encode()
    const { paper } = decode(bytes)
    expect(paper.filter((item) => item.kind !== 'line' || item.runs.length > 0)).toMatchObject([
      line('Dukà', { bold: true }),
      line('120', { width: 2, height: 2 }),
      { kind: 'qr', text: 'https://example.com', align: 'centre', widthDots: 5 * (25 + 8) },
      { kind: 'barcode', symbology: 'code128', text: '000123' },
      { kind: 'drawer', pin: 2 },
      { kind: 'cut', partial: true },
    ])
  })

  it('shows what it does not know and goes on after it', () => {
    expect(decode([0x1b, 0x1d, 0x7a], 'a\n', [0x05], [0x1b, 0x1d, 0x74, 99], 'b\n').paper).toEqual([
      { kind: 'unreadable', bytes: '1b1d7a' },
      line('a'),
      { kind: 'unreadable', bytes: '05' },
      { kind: 'unreadable', bytes: '1b1d7463' },
      line('b'),
    ])
  })

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const { paper } = decode(bytes, [])
        for (const item of paper) paperItemSchema.parse(item)
        const decoder = createPaperDecoder(
          576,
          { item: (item) => paper.push(item), answer: () => {} },
          { language: 'starprnt' },
        )
        for (const byte of bytes) decoder.push(byte)
        decoder.abandon()
        for (const byte of Buffer.from('\u001b@KAUNTA\n')) decoder.push(byte)
        expect(paper.at(-1)).toEqual(line('KAUNTA'))
      }),
      { numRuns: 1_000 },
    )
  })
})
