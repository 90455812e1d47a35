import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PaperItem } from '../../../src-preload/contract/paper.ts'
import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import { createPaperDecoder } from '../../simulator/paper-decoder.ts'
import { type Block, drawerDocument, type OneBitImage, type ReceiptDocument } from '../documents/document.ts'
import { type ReceiptInput, receiptDocument } from '../documents/receipt-document.ts'
import { sampleReceipt, sampleSale, sampleShop } from '../documents/sample-sale.ts'
import { testPage } from '../documents/test-page.ts'
import { ticketDocument } from '../documents/ticket-document.ts'
import { createDrawLine } from '../scripts/draw-line.ts'
import { inCodeTable } from './code-tables.ts'
import { type EncodingProfile, encodeDocument } from './encode.ts'
import { layOut, UnprintableDocument } from './lay-out.ts'
import { printerModels } from './models.ts'

function profileOf(id: string, more: Partial<EncodingProfile> = {}): EncodingProfile {
  const model = printerModels.find((one) => one.id === id)
  if (model === undefined) throw new Error(`no model ${id}`)
  return { ...model.profile, drawer: true, drawerPin: 2, ...more }
}

const narrow = profileOf('generic-58')
const wide = profileOf('generic-80')
const star = profileOf('star-tsp143iv')

/** Both languages, every width, every code table, every way to print a code, every cutter. */
const profiles: readonly EncodingProfile[] = [
  narrow,
  wide,
  star,
  profileOf('epson-tm-t88v'),
  profileOf('star-mpop'),
  { ...narrow, qr: 'none', barcode: false, codeTable: { name: 'cp437', number: 0 }, cutter: 'full' },
  { ...wide, qr: 'image', codeTable: { name: 'cp850', number: 2 } },
  { ...wide, columns: 44, codeTable: { name: 'cp858', number: 19 } },
  { ...narrow, columns: 35, dots: 424 },
  { ...star, codeTable: { name: 'cp437', number: 1 }, cutter: 'none' },
  { ...star, codeTable: { name: 'cp858', number: 4 }, cutter: 'full', drawerPin: 5 },
  { ...wide, codeTable: { name: 'ascii', number: 0 } },
  { ...star, codeTable: { name: 'ascii', number: 1 } },
]

/** What a printer of this kind makes of the bytes; a question it would answer counts as a command nobody asked for. */
function decode(bytes: Uint8Array, { dots, language }: PrinterProfile): PaperItem[] {
  const paper: PaperItem[] = []
  const output = {
    item: (item: PaperItem) => paper.push(item),
    answer: (answer: Uint8Array) => paper.push({ kind: 'unreadable', bytes: `answer ${answer.join(' ')}` }),
  }
  const decoder = createPaperDecoder(dots, output, { language })
  for (const byte of bytes) decoder.push(byte)
  decoder.abandon()
  return paper
}

/** Question marks for what a code table lacks: what is drawn of it is looked at by itself. */
const noDrawing = () => null

function printed(document: ReceiptDocument, profile: EncodingProfile): PaperItem[] {
  return decode(encodeDocument(document, profile, noDrawing), profile)
}

type PrintedLine = Extract<PaperItem, { kind: 'line' }>

function lineText(item: PaperItem): string {
  return item.kind === 'line' ? item.runs.map((run) => run.text).join('') : `[${item.kind}]`
}

function isPicture(item: PaperItem): boolean {
  return item.kind === 'image'
}

/** What the layout says must come out, in the decoder's words; pictures in how many pieces they may. */
function expected(document: ReceiptDocument, profile: EncodingProfile): unknown[] {
  const line = (runs: PrintedLine['runs']) => ({ kind: 'line', runs })
  const plain = { underline: false, inverse: false, font: 'A' } as const
  return layOut(document, { ...profile, codeTable: profile.codeTable.name }).flatMap((item): unknown[] => {
    switch (item.kind) {
      case 'image':
        return []
      case 'line':
        return [
          line(
            item.runs.map(({ text, bold, wide, high }) => ({
              text,
              bold,
              width: wide,
              height: high,
              ...plain,
            })),
          ),
        ]
      case 'qr':
        return profile.qr === 'image' ? [] : [{ kind: 'qr', text: item.text }]
      case 'barcode':
        return [{ kind: 'barcode', symbology: item.symbology, text: item.text }]
      case 'cut':
        if (profile.cutter !== 'none') return [{ kind: 'cut', partial: profile.cutter === 'partial' }]
        return Array.from({ length: 5 }, () => line([]))
      default:
        return profile.drawer ? [{ kind: 'drawer', pin: profile.drawerPin }] : []
    }
  })
}

/** The paper without what only one side knows: where the code stands, and its picture. */
function seen(paper: readonly PaperItem[]): unknown[] {
  return paper
    .filter((item) => !isPicture(item))
    .map((item) => {
      switch (item.kind) {
        case 'line':
          return { kind: 'line', runs: item.runs }
        case 'qr':
          return { kind: 'qr', text: item.text }
        default:
          return item
      }
    })
}

/** Bytes as one can read them in a diff: text as it is, everything else in hex, a new line after each LF. */
function readable(bytes: Uint8Array): string {
  const shown = [...bytes].map((byte) => {
    const hex = `<${byte.toString(16).padStart(2, '0')}>`
    return byte === 0x0a ? `${hex}\n` : byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : hex
  })
  return `${shown.join('')}\n`
}

/** A receipt in which this text stands wherever a person or a network can have typed. */
function filledWith(text: string, more: Partial<ReceiptInput> = {}): ReceiptInput {
  const sale = sampleSale(sampleShop)
  return {
    ...sampleReceipt,
    shop: { ...sampleShop, name: text, address: text, phone: text, taxNumber: text, footer: text },
    layout: { ...sampleReceipt.layout, header: { sw: text, en: text }, footer: { sw: text, en: text } },
    sale: {
      ...sale,
      tillId: text,
      staffName: text,
      customer: { phone: null, name: text },
      lines: sale.lines.map((line) => ({ ...line, name: text })),
      tenders: sale.tenders.map((tender) => ({ ...tender, network: text, receiptCode: text })),
      fiscal: {
        kind: 'traVfd',
        verificationCode: text,
        qr: text,
        receiptNumber: text,
        zNumber: text,
        uin: text,
        serial: text,
        taxOffice: text,
        vrn: text,
        buyerTin: '',
        issuedAt: sale.updatedAt,
      },
    },
    ...more,
  }
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
        '\u001b\u0007\u0014\u0014\u0007',
        '\u001a',
        '\u001bd\u0003',
        '\u001b\u0006\u0001',
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
    texts: fc.array(anyText, { minLength: 3, maxLength: 3 }),
    lines: fc.array(
      fc.record({
        name: anyText,
        quantityMilli: fc.integer({ min: 1, max: 1_000_000_000 }),
        unitPriceMinor: fc.integer({ min: 0, max: 1_000_000_000 }),
        discountMinor: fc.integer({ min: 0, max: 1_000_000 }),
        taxRateBp: fc.constantFrom(0, 1600, 1800),
      }),
      { maxLength: 6 },
    ),
    totalMinor: fc.integer({ min: 0, max: 1_000_000_000_000 }),
    copyNumber: fc.integer({ min: 0, max: 3 }),
    practice: fc.boolean(),
    hasFiscal: fc.boolean(),
    language: fc.constantFrom('sw' as const, 'en' as const),
  })
  .map(({ texts: [one = '', two = '', three = ''], lines, totalMinor, hasFiscal, ...more }): ReceiptInput => {
    const input = filledWith(one, more)
    const { sale, shop } = input
    const tenders = sale.tenders.map((tender) => ({ ...tender, receiptCode: two }))
    const fiscal = hasFiscal ? sale.fiscal : null
    return {
      ...input,
      shop: { ...shop, name: three, address: two },
      sale: { ...sale, lines, totalMinor, tenders, fiscal },
    }
  })

/** A picture of which no two rows are alike. */
function picture(widthDots: number, heightDots: number): OneBitImage {
  const stride = widthDots / 8
  const bits = new Uint8Array(stride * heightDots).map((_, at) => (Math.floor(at / stride) * 7 + at) & 0xff)
  return { widthDots, heightDots, bits }
}

describe('encodeDocument', () => {
  it.each([
    [32, 'sw', narrow],
    [32, 'en', { ...narrow, cutter: 'full', codeTable: { name: 'cp858', number: 19 } }],
    [42, 'sw', profileOf('epson-tm-t88v')],
    [42, 'en', profileOf('rongta-rp326', { qr: 'none' })],
    [48, 'sw', wide],
    [48, 'en', star],
  ] as const)('gives the same bytes as ever for %i columns in %s', async (columns, language, profile) => {
    const copyNumber = columns === 48 ? 1 : 0
    const bytes = encodeDocument(
      receiptDocument({ ...sampleReceipt, language, copyNumber }),
      profile,
      noDrawing,
    )
    await expect(readable(bytes)).toMatchFileSnapshot(`golden/${columns}-${language}.golden.txt`)
  })

  it('prints what was laid out and nothing else, whatever text a sale, a shop and a layout hold', () => {
    fc.assert(
      fc.property(anyInput, fc.constantFrom(...profiles), (input, profile) => {
        const document = receiptDocument({ ...input, paper: profile.paper })
        const paper = printed(document, profile)
        expect(seen(paper)).toEqual(expected(document, profile))
        const lines = paper.filter((item) => item.kind === 'line' && item.runs.length > 0)
        for (const line of lines) {
          const { runs } = line.kind === 'line' ? line : { runs: [] }
          expect(runs.reduce((sum, run) => sum + run.text.length * run.width, 0)).toBe(profile.columns)
        }
      }),
      { numRuns: 400 },
    )
  })

  it.each(profiles)(
    'prints every character that its code table claims: $language $codeTable.name',
    (profile) => {
      const { name } = profile.codeTable
      const claimed = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter((one) =>
        inCodeTable(one, name),
      )
      expect(claimed.length).toBeGreaterThanOrEqual(95)
      const blocks = claimed.map((text): Block => ({ kind: 'row', left: `a${text}b`, right: text }))
      const document = { blocks }
      expect(seen(printed(document, profile))).toEqual(expected(document, profile))
    },
  )

  it('writes plain letters alone for a printer none of whose tables reads right', () => {
    const document: ReceiptDocument = { blocks: [{ kind: 'text', text: 'José Müller €5 § №' }] }
    const profile = { ...wide, codeTable: { name: 'ascii', number: 0 } } as const
    const bytes = encodeDocument(document, profile, noDrawing)
    expect(bytes.filter((byte) => byte >= 0x80)).toHaveLength(0)
    expect(printed(document, profile).map(lineText).join()).toContain('Jose Muller ?5 ? No')
  })

  it('lets no control character of any text field through', () => {
    const controls = [
      ...Array.from({ length: 0x20 }, (_, at) => at),
      0x7f,
      ...Array.from({ length: 0x20 }, (_, at) => 0x80 + at),
    ]
    for (const profile of [narrow, star, { ...wide, codeTable: { name: 'cp437', number: 0 } } as const]) {
      for (const code of controls) {
        const input = filledWith(`a${String.fromCharCode(code)}b`)
        for (const document of [
          receiptDocument(input),
          ticketDocument({ ...input, lines: input.sale.lines, printerName: input.shop.name, copyNumber: 0 }),
          testPage({ shopName: input.shop.name, profile, language: 'en', practice: true }),
        ]) {
          const paper = printed(document, profile)
          expect(paper.filter(({ kind }) => kind === 'unreadable' || kind === 'drawer')).toEqual([])
          expect(seen(paper)).toEqual(expected(document, profile))
        }
      }
    }
  })

  it.each([
    ['esc-pos', narrow, 'Sukari\u001bp\u00002\u00fa'],
    ['star-prnt', star, 'Sukari\u001a'],
  ] as const)(
    'has a harness that sees the drawer open when a name reaches %s unsanitised',
    (language, profile, text) => {
      const bare = new ReceiptPrinterEncoder({ language, columns: 32, codepageMapping: { windows1252: 16 } })
      const bytes = bare.initialize().codepage('windows1252').line(text).encode()
      expect(decode(bytes, profile).map((item) => item.kind)).toContain('drawer')
    },
  )

  it.each(profiles.filter(({ codeTable }) => codeTable.name !== 'ascii'))(
    'prints accents as one column each, in the table that it names: %o',
    (profile) => {
      const lines = printed(receiptDocument(sampleReceipt), profile).map(lineText)
      const customer = 'José Müller'.padStart(profile.columns - 'Mteja'.length)
      expect(lines).toContain(`Mteja${customer}`)
      expect(lines).toContain('Chai "Café"'.padEnd(profile.columns))
    },
  )

  it.each([
    [wide, 2, [0x1b, 0x70, 0, 0x32, 0xfa]],
    [wide, 5, [0x1b, 0x70, 1, 0x32, 0xfa]],
    [star, 2, [0x1b, 0x07, 10, 50, 0x07]],
    [star, 5, [0x1a]],
  ] as const)('opens the drawer with a reset, a pulse and not one byte more', (profile, drawerPin, pulse) => {
    const reset = profile.language === 'escpos' ? [0x1b, 0x40, 0x1c, 0x2e, 0x1b, 0x4d, 0] : [0x1b, 0x40, 0x18]
    const bytes = encodeDocument(drawerDocument(), { ...profile, drawerPin }, noDrawing)
    expect([...bytes]).toEqual([...reset, ...pulse])
    expect(decode(bytes, profile)).toEqual([{ kind: 'drawer', pin: drawerPin }])
    expect([...encodeDocument(drawerDocument(), { ...profile, drawer: false }, noDrawing)]).toEqual(reset)
  })

  it.each([
    [wide, 'full', [0x1d, 0x56, 0x41, 0]],
    [wide, 'partial', [0x1d, 0x56, 0x42, 0]],
    [star, 'full', [0x1b, 0x64, 2]],
    [star, 'partial', [0x1b, 0x64, 3]],
  ] as const)('feeds to the blade and cuts', (profile, cutter, cut) => {
    const bytes = encodeDocument(receiptDocument(sampleReceipt), { ...profile, cutter }, noDrawing)
    expect([...bytes.subarray(-cut.length)]).toEqual(cut)
    expect(decode(bytes, profile).at(-1)).toEqual({ kind: 'cut', partial: cutter === 'partial' })
  })

  it('feeds past the tear bar where there is no blade', () => {
    const paper = printed(receiptDocument(sampleReceipt), narrow)
    expect(paper.filter(({ kind }) => kind === 'cut')).toEqual([])
    expect(paper.slice(-5).map(lineText)).toEqual(['', '', '', '', ''])
  })

  it('sends a picture of 576 x 2,400 in whole blocks of at most 255 rows', () => {
    const image = picture(576, 2_400)
    const document = { blocks: [{ kind: 'image', image, alternative: '' }] } as const
    const paper = printed(document, wide)
    const heights = paper.flatMap((item) => (item.kind === 'image' ? [item.heightDots] : []))
    expect(heights).toEqual([...Array.from({ length: 9 }, () => 255), 105])
    expect(paper.filter((item) => !isPicture(item))).toEqual([])
    expect(encodeDocument(document, wide, noDrawing).length).toBe(7 + 3 + 10 * 8 + 72 * 2_400 + 3)
  })

  it('sends a picture to a Star in strips of 24 rows that hold the same dots', () => {
    const image = picture(384, 50)
    const paper = printed({ blocks: [{ kind: 'image', image, alternative: '' }] }, star)
    const pieces = paper.flatMap((item) => (item.kind === 'image' ? [item] : []))
    expect(pieces.map(({ heightDots, align }) => [heightDots, align])).toEqual([
      [24, 'centre'],
      [24, 'centre'],
      [24, 'centre'],
    ])
    // The same rows as raster blocks of another printer, 24 at a time, with white below the last.
    const strips = [0, 24, 48].map((top) => {
      const bits = new Uint8Array(48 * 24)
      bits.set(image.bits.subarray(top * 48, (top + 24) * 48))
      const block = {
        kind: 'image',
        image: { widthDots: 384, heightDots: 24, bits },
        alternative: '',
      } as const
      return printed({ blocks: [block] }, narrow).map((item) => (item.kind === 'image' ? item.image : ''))
    })
    expect(pieces.map((item) => item.image)).toEqual(strips.flat())
  })

  it('goes on in its own style and code table after a picture', () => {
    const text = { kind: 'text', text: 'Café', bold: true } as const
    const image = { kind: 'image', image: picture(384, 24), alternative: '' } as const
    for (const profile of [narrow, star]) {
      const paper = printed({ blocks: [text, image, text] }, profile)
      expect(paper.map(({ kind }) => kind)).toEqual(['line', 'image', 'line'])
      expect(paper[2]).toEqual(paper[0])
    }
  })

  it('draws the same QR for a printer that has none as a printer draws by itself', () => {
    for (const profile of [narrow, star]) {
      const [own] = printed({ blocks: [{ kind: 'qr', text: 'KAUNTA:TEST' }] }, profile)
      const drawn = printed({ blocks: [{ kind: 'qr', text: 'KAUNTA:TEST' }] }, { ...profile, qr: 'image' })
      const rows = drawn.reduce((sum, item) => sum + (item.kind === 'image' ? item.heightDots : 0), 0)
      const side = own?.kind === 'qr' ? (own.widthDots ?? 0) : 0
      expect(side).toBe(5 * (21 + 8))
      expect(rows).toBeGreaterThanOrEqual(side)
      expect(rows).toBeLessThan(side + 24)
    }
  })

  it('prints a QR of 300 characters whole', () => {
    for (const profile of profiles.filter(({ qr }) => qr === 'native')) {
      const paper = printed({ blocks: [{ kind: 'qr', text: 'x'.repeat(300) }] }, profile)
      expect(paper.flatMap((item) => (item.kind === 'qr' ? [item.text] : []))).toEqual(['x'.repeat(300)])
    }
  })

  it.each([
    ['ean13', '4006381333931'],
    ['ean8', '73513537'],
    ['upca', '036000291452'],
    ['code128', 'A-1/b:2.C'],
  ] as const)('prints %s %s in both languages', (symbology, text) => {
    for (const profile of [narrow, star]) {
      const [item] = printed({ blocks: [{ kind: 'barcode', text, symbology }] }, profile)
      expect(item).toEqual({ kind: 'barcode', symbology, text })
    }
  })

  it('refuses what the encoder would pass on', () => {
    expect(() => encodeDocument({ blocks: [{ kind: 'barcode', text: '{A' }] }, wide, noDrawing)).toThrow(
      UnprintableDocument,
    )
    expect(() =>
      encodeDocument({ blocks: [{ kind: 'qr', text: 'x'.repeat(301) }] }, wide, noDrawing),
    ).toThrow(UnprintableDocument)
  })

  it('prints on the test page each table’s letters in that table, and a ruler that ends at the edge', () => {
    for (const profile of [narrow, wide, star, profileOf('epson-tm-t88v')]) {
      const page = testPage({ shopName: 'Duka', profile, language: 'sw', practice: false })
      const lines = printed(page, profile).map((item) => lineText(item).trimEnd())
      expect(lines).toContain('1234567890'.repeat(5).slice(0, profile.columns))
      expect(lines).toContain(`<${' '.repeat(profile.columns - 2)}>`)
      const star437 = profile.language === 'starprnt' ? 1 : 0
      expect(lines).toContain(`${profile.codeTable.name} ${profile.codeTable.number}: é à ô ñ ü £ €`)
      expect(lines).toContain(`cp437 ${star437}: é à ô ñ ü £ ?`)
      expect(lines.filter((line) => line.startsWith('windows1252'))).toHaveLength(1)
    }
  })

  it.each([narrow, star])(
    'prints a line that its code table lacks as a picture of it, and no other',
    (profile) => {
      const name: Block = { kind: 'text', text: 'سكر أبيض' }
      const row: Block = { kind: 'row', left: 'Mteja', right: 'ሰላም' }
      const blocks: Block[] = [{ kind: 'text', text: 'Sukari' }, name, row, { kind: 'text', text: 'Café' }]
      const paper = decode(encodeDocument({ blocks }, profile, createDrawLine()), profile)
      const kinds = paper.map((item) => (item.kind === 'line' ? lineText(item).trim() : item.kind))
      const [head, ...pictures] = kinds.filter((kind) => kind !== '')
      expect([head, pictures.at(-1)]).toEqual(['Sukari', 'Café'])
      expect(new Set(pictures.slice(0, -1))).toEqual(new Set(['image']))
      for (const item of paper)
        if (item.kind === 'image') expect(item.widthDots).toBe(Math.floor((profile.columns * 12) / 8) * 8)
    },
  )

  it('prints question marks where a line cannot be drawn', () => {
    const blocks: Block[] = [{ kind: 'text', text: 'Chai ሰላም' }]
    expect(printed({ blocks }, narrow).map(lineText)).toContain('Chai ???'.padEnd(32))
  })
})
