import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PaperItem, paperItemSchema } from '../../src-preload/contract/paper.ts'
import { createPaperDecoder } from './paper-decoder.ts'

interface Decoded {
  readonly paper: PaperItem[]
  readonly answers: string[]
}

function decode(...parts: (string | readonly number[])[]): Decoded {
  const paper: PaperItem[] = []
  const answers: string[] = []
  const decoder = createPaperDecoder(384, {
    item: (item) => paper.push(item),
    answer: (bytes) => answers.push(Buffer.from(bytes).toString('hex')),
  })
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

/** The dots of a 1-bit PNG, `#` for black. */
function dots(url: string, widthDots: number): string[] {
  const png = Buffer.from(url.replace('data:image/png;base64,', ''), 'base64')
  const at = png.indexOf('IDAT')
  const raw = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)))
  const stride = Math.ceil(widthDots / 8) + 1
  return Array.from({ length: raw.length / stride }, (_, y) =>
    Array.from({ length: widthDots }, (__, x) => {
      const byte = raw[y * stride + 1 + (x >> 3)] ?? 0
      return (byte & (0x80 >> (x & 7))) === 0 ? '#' : '.'
    }).join(''),
  )
}

describe('the paper decoder', () => {
  it.each([
    ['bold', [0x1b, 0x45, 1], { bold: true }],
    ['double strike', [0x1b, 0x47, 1], { bold: true }],
    ['underline', [0x1b, 0x2d, 1], { underline: true }],
    ['inverse', [0x1d, 0x42, 1], { inverse: true }],
    ['size', [0x1d, 0x21, 0x12], { width: 2, height: 3 }],
    ['font B', [0x1b, 0x4d, 1], { font: 'B' }],
    ['all at once', [0x1b, 0x21, 0xb9], { font: 'B', bold: true, height: 2, width: 2, underline: true }],
  ] as const)('knows %s', (_, command, style) => {
    expect(decode(command, 'A\n').paper).toEqual([line('A', style)])
  })

  it('keeps runs of one line apart, and a reset forgets style and what was typed', () => {
    expect(decode('a', [0x1b, 0x45, 1], 'b\n', 'lost', [0x1b, 0x40], 'c\n').paper).toEqual([
      {
        kind: 'line',
        align: 'left',
        runs: [
          { text: 'a', ...plain },
          { text: 'b', ...plain, bold: true },
        ],
      },
      line('c'),
    ])
  })

  it.each([
    [0, 'é', 0x82],
    [2, 'Á', 0xb5],
    [16, 'é', 0xe9],
    [16, '€', 0x80],
    [19, '€', 0xd5],
  ])('reads code table %i: %s', (table, character, byte) => {
    expect(decode([0x1b, 0x74, table, byte], '\n').paper).toEqual([line(character)])
  })

  it('says so when it has no such code table, and keeps the one it had', () => {
    expect(decode([0x1b, 0x74, 99], 'A\n').paper).toEqual([
      { kind: 'unreadable', bytes: '1b7463' },
      line('A'),
    ])
  })

  it('wraps at the edge of the paper, sooner for wide characters', () => {
    expect(decode(`${'x'.repeat(32)}\n`).paper).toEqual([line('x'.repeat(32))])
    expect(decode(`${'x'.repeat(33)}\n`).paper).toEqual([line('x'.repeat(32)), line('x')])
    const wide = { width: 2, height: 2 }
    expect(decode([0x1d, 0x21, 0x11], `${'x'.repeat(17)}\n`).paper).toEqual([
      line('x'.repeat(16), wide),
      line('x', wide),
    ])
  })

  it('feeds by lines, by dots and by tabs', () => {
    expect(decode('a', [0x1b, 0x64, 3]).paper).toEqual([line('a'), line(''), line('')])
    expect(decode('a', [0x1b, 0x4a, 60]).paper).toEqual([line('a'), line('')])
    expect(decode('ab\tc\n').paper).toEqual([line('ab      c')])
  })

  it.each([
    [[0x1d, 0x56, 0], false],
    [[0x1d, 0x56, 49], true],
    [[0x1d, 0x56, 65, 3], false],
    [[0x1d, 0x56, 66, 0], true],
  ] as const)('knows the cut %o', (command, partial) => {
    expect(decode('a\n', command, 'b\n').paper).toEqual([line('a'), { kind: 'cut', partial }, line('b')])
  })

  it('opens the drawer on pin 2 and pin 5', () => {
    expect(decode([0x1b, 0x70, 0, 50, 250], [0x1b, 0x70, 49, 50, 250]).paper).toEqual([
      { kind: 'drawer', pin: 2 },
      { kind: 'drawer', pin: 5 },
    ])
  })

  it('prints the stored QR text with an image of it', () => {
    const text = 'x'.repeat(300)
    const store = [0x1d, 0x28, 0x6b, 303 % 256, 1, 0x31, 0x50, 0x30]
    const [item] = decode(
      [0x1d, 0x28, 0x6b, 4, 0, 0x31, 0x41, 50, 0],
      store,
      text,
      [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 48],
    ).paper
    expect(item).toMatchObject({ kind: 'qr', text })
    const small = decode(
      [0x1d, 0x28, 0x6b, 5, 0, 0x31, 0x50, 0x30],
      'AB',
      [0x1d, 0x28, 0x6b, 3, 0, 0x31, 0x51, 48],
    ).paper[0]
    // Version 1 is 21 modules wide, with 4 of quiet zone on each side; every finder starts with 7 dark modules.
    const rows = small?.kind === 'qr' ? dots(small.image, 29) : []
    expect(rows).toHaveLength(29)
    expect(rows[4]?.slice(0, 12)).toBe('....#######.')
    expect(rows[0]).toBe('.'.repeat(29))
  })

  it('reads both forms of barcodes', () => {
    expect(decode([0x1d, 0x6b, 73, 8], '{B000123').paper).toEqual([
      { kind: 'barcode', symbology: 'code128', text: '000123' },
    ])
    expect(decode([0x1d, 0x6b, 4], 'ABC', [0]).paper).toEqual([
      { kind: 'barcode', symbology: 'code39', text: 'ABC' },
    ])
    expect(decode([0x1d, 0x6b, 73, 3], '{B', [0x1b]).paper).toEqual([
      { kind: 'unreadable', bytes: '1d6b49037b421b' },
    ])
  })

  it('draws a raster image dot by dot', () => {
    const [image] = decode([0x1d, 0x76, 0x30, 0, 1, 0, 2, 0, 0b10000001, 0b01111110]).paper
    expect(image).toMatchObject({ kind: 'image', widthDots: 8, heightDots: 2 })
    expect(image?.kind === 'image' ? dots(image.image, 8) : []).toEqual(['#......#', '.######.'])
  })

  it('draws strips of columns, and joins those of one line', () => {
    const strip = (mode: number, ...data: number[]) => [
      0x1b,
      0x2a,
      mode,
      data.length / (mode < 32 ? 1 : 3),
      0,
      ...data,
    ]
    const [tall] = decode(strip(1, 0x80, 0x01), '\n').paper
    expect(tall).toMatchObject({ kind: 'image', widthDots: 2, heightDots: 24 })
    // Eight dots on three rows each: the first column is black at the top, the second at the foot.
    const rows = tall?.kind === 'image' ? dots(tall.image, 2) : []
    expect([rows[0], rows[2], rows[3], rows[21], rows[23]]).toEqual(['#.', '#.', '..', '.#', '.#'])
    const [joined, after] = decode(strip(33, 0x80, 0, 0), strip(32, 0, 0, 0x01), '\nA\n').paper
    expect(joined).toMatchObject({ kind: 'image', widthDots: 3, heightDots: 24 })
    const both = joined?.kind === 'image' ? dots(joined.image, 3) : []
    expect([both[0], both[1], both[23]]).toEqual(['#..', '...', '.##'])
    expect(after).toEqual(line('A'))
  })

  it('stretches a raster image, places it, and cuts it off at the edge of the paper', () => {
    const [big] = decode([0x1b, 0x61, 1], [0x1d, 0x76, 0x30, 3, 1, 0, 1, 0, 0x80]).paper
    expect(big).toMatchObject({ widthDots: 16, heightDots: 2, align: 'centre' })
    expect(big?.kind === 'image' ? dots(big.image, 16) : []).toEqual(Array(2).fill(`##${'.'.repeat(14)}`))
    const [wide] = decode([0x1d, 0x76, 0x30, 0, 60, 0, 1, 0], Array<number>(60).fill(0xff)).paper
    expect(wide).toMatchObject({ widthDots: 384, heightDots: 1 })
  })

  it('prints pictures that were sent before, and those it keeps', () => {
    const print = [0x1d, 0x28, 0x4c, 2, 0, 0x30, 50]
    const send = [0x1d, 0x28, 0x4c, 12, 0, 0x30, 112, 48, 1, 1, 49, 8, 0, 2, 0, 0x81, 0x7e]
    const longSend = [0x1d, 0x38, 0x4c, 12, 0, 0, 0, 0x30, 112, 48, 1, 1, 49, 8, 0, 2, 0, 0x81, 0x7e]
    for (const form of [send, longSend]) {
      const [image] = decode(form, print).paper
      expect(image?.kind === 'image' ? dots(image.image, 8) : []).toEqual(['#......#', '.######.'])
    }
    expect(decode(print).paper[0]?.kind).toBe('unreadable')
    const keep = [0x1d, 0x28, 0x4c, 12, 0, 0x30, 67, 48, 0x4b, 0x31, 1, 8, 0, 1, 0, 49, 0xf0]
    const show = [0x1d, 0x28, 0x4c, 6, 0, 0x30, 69, 0x4b, 0x31, 1, 1]
    expect(decode(keep, show, show).paper.map(({ kind }) => kind)).toEqual(['image', 'image'])
    expect(decode(keep, [0x1d, 0x28, 0x4c, 4, 0, 0x30, 66, 0x4b, 0x31], show).paper[0]?.kind).toBe(
      'unreadable',
    )
  })

  it('draws the QR code at its size and correction, and none that is wider than the paper', () => {
    const block = (...body: number[]) => [0x1d, 0x28, 0x6b, body.length, 0, ...body]
    const code = (module: number, level: number, text: string) =>
      [
        block(0x31, 0x43, module),
        block(0x31, 0x45, level),
        block(0x31, 0x50, 0x30, ...Buffer.from(text)),
        block(0x31, 0x51, 0x30),
      ].flat()
    // 17 bytes fit version 1 at level L and version 3 at level H: 21 and 29 modules, 8 of quiet zone.
    expect(decode(code(5, 48, 'x'.repeat(17))).paper[0]).toMatchObject({ widthDots: 5 * 29, align: 'left' })
    expect(decode(code(6, 51, 'x'.repeat(17))).paper[0]).toMatchObject({ widthDots: 6 * 37 })
    expect(decode(code(16, 48, 'x'.repeat(60))).paper[0]?.kind).toBe('unreadable')
  })

  it.each([
    ['a wrong check digit', [0x1d, 0x6b, 67, 13], '4006381333932'],
    ['letters in an EAN', [0x1d, 0x6b, 67, 12], '40063813339x'],
    ['an odd ITF', [0x1d, 0x6b, 70, 3], '123'],
    ['CODE128 without a code set', [0x1d, 0x6b, 73, 3], 'ABC'],
  ])('draws no bars for %s', (_, head, text) => {
    expect(decode(head, text).paper.map(({ kind }) => kind)).toEqual(['unreadable'])
  })

  it.each([
    [[0x1d, 0x6b, 67, 13], '4006381333931', 'ean13', '4006381333931'],
    [[0x1d, 0x6b, 68, 7], '9638507', 'ean8', '9638507'],
    [[0x1d, 0x6b, 65, 12], '036000291452', 'upca', '036000291452'],
    [[0x1d, 0x6b, 73, 6], '{C\u0007\u0063{{', 'code128', '0799{'],
  ])('reads the bars of %o', (head, data, symbology, text) => {
    expect(decode(head, data).paper).toEqual([{ kind: 'barcode', symbology, text }])
  })

  it('moves to a place and to stops of its own', () => {
    expect(decode('ab', [0x1b, 0x24, 60, 0], 'c\n').paper).toEqual([line('ab   c')])
    expect(decode([0x1b, 0x44, 3, 10, 0], 'a\tb\tc\n').paper).toEqual([line('a  b      c')])
    expect(decode([0x1b, 0x24, 0xff, 0x7f]).paper[0]?.kind).toBe('unreadable')
  })

  it('does not pass over what it could not show', () => {
    const settings = [
      [0x1b, 0x52, 3],
      [0x1b, 0x56, 1],
      [0x1b, 0x7b, 1],
      [0x1b, 0x3d, 2],
      [0x1d, 0x4c, 8, 0],
    ]
    expect(decode(...settings).paper.map(({ kind }) => kind)).toEqual(Array(5).fill('unreadable'))
    expect(decode([0x1b, 0x52, 0], [0x1b, 0x56, 0], [0x1d, 0x4c, 0, 0], [0x1d, 0x57, 0x80, 1]).paper).toEqual(
      [],
    )
  })

  it('opens the drawer at once when it is asked in real time', () => {
    expect(decode([0x10, 0x14, 1, 1, 5]).paper).toEqual([{ kind: 'drawer', pin: 5 }])
  })

  it('takes no start of a question for the question', () => {
    expect(decode([0x10, 0x04]).answers).toEqual([])
    expect(decode([0x10, 0x04, 9]).answers).toEqual([])
  })

  it('answers where the stream asks: paper, process id', () => {
    const { paper, answers } = decode(
      'a\n',
      [0x1d, 0x72, 1],
      [0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30, 0x30, 0x30, 0x30, 0x37],
      [0x10, 4, 1],
    )
    expect(answers).toEqual(['00', '37223030303700', '12'])
    expect(paper).toEqual([line('a')])
  })

  it('shows what it does not know and goes on after it', () => {
    expect(decode([0x1b, 0x99], 'a\n', [0x07], 'b\n', [0x1d, 0x28, 0x7a, 2, 0, 1, 2], 'c\n').paper).toEqual([
      { kind: 'unreadable', bytes: '1b99' },
      line('a'),
      { kind: 'unreadable', bytes: '07' },
      line('b'),
      { kind: 'unreadable', bytes: '1d287a02000102' },
      line('c'),
    ])
    expect(decode('a\n', [0x1d, 0x28, 0x6b, 9, 0, 0x31]).paper.at(-1)).toEqual({
      kind: 'unreadable',
      bytes: '1d286b090031',
    })
  })

  it('survives any bytes, and always comes back to plain text after a connection ended', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const paper: PaperItem[] = []
        const decoder = createPaperDecoder(384, { item: (item) => paper.push(item), answer: () => {} })
        for (const byte of bytes) decoder.push(byte)
        decoder.abandon()
        for (const byte of Buffer.from('\u001b@KAUNTA\n')) decoder.push(byte)
        expect(paper.at(-1)).toEqual(line('KAUNTA'))
        for (const item of paper) paperItemSchema.parse(item)
      }),
      { numRuns: 2_000 },
    )
  })
})
