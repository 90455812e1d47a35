import { inflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paperItemSchema } from '../../../src-preload/contract/paper.ts'
import type { Block, OneBitImage, ReceiptDocument } from '../documents/document.ts'
import { receiptDocument } from '../documents/receipt-document.ts'
import { sampleReceipt, sampleShop } from '../documents/sample-sale.ts'
import {
  type LaidOutItem,
  layOut,
  type PaperShape,
  UnprintableDocument,
  usualShape,
} from '../encoding/lay-out.ts'
import { createDrawLine } from '../scripts/draw-line.ts'
import { scriptZoom } from '../scripts/script-line.ts'
import { renderHtml } from './html.ts'
import { paperItems } from './paper-items.ts'
import { renderPdf } from './pdf.ts'
import { renderText } from './text.ts'

const draw = createDrawLine()
const options = { title: 'risiti', language: 'sw', draw } as const

/** A layout as words, one string a line; spaces between columns are of no account here. */
function linesOf(document: ReceiptDocument, shape: PaperShape): string[] {
  const text = (item: LaidOutItem) => {
    if (item.kind !== 'line') return []
    const words = item.script?.pieces.map((piece) => piece.text) ?? item.runs.map((run) => run.text)
    return [squeezed(words.join(item.script === undefined ? '' : ' '))]
  }
  return layOut(document, shape).flatMap(text)
}

/** Of these, what a file says in its own letters: the others are pictures, or question marks stand for them. */
function writtenOf(document: ReceiptDocument, shape: PaperShape): string[] {
  return layOut(document, shape).flatMap((item) => {
    if (item.kind !== 'line') return []
    if (item.script !== undefined && draw(item.script, scriptZoom) !== null) return []
    return [squeezed(item.runs.map((run) => run.text).join(''))]
  })
}

function squeezed(text: string): string {
  return text.replaceAll(/ +/g, ' ').trim()
}

function fromHtml(page: string): string[] {
  return [...page.matchAll(/<pre(?: dir="auto")?>(.*?)<\/pre>|^<img alt="(.*?)"/gm)].map(([, line, drawn]) =>
    squeezed(
      (line ?? drawn ?? '')
        .replaceAll(/<[^>]*>/g, '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&'),
    ),
  )
}

const windows1252 = new TextDecoder('windows-1252')

/** What the page's content stream shows, by its height on the page: PDF 32000-1, 9.4 (Tm, Tj). */
function fromPdf(bytes: Uint8Array): string[] {
  const file = Buffer.from(bytes)
  const lines = new Map<string, string>()
  for (let at = file.indexOf('stream\n'); at !== -1; at = file.indexOf('stream\n', at + 1)) {
    const end = file.indexOf('endstream', at)
    if (file.subarray(at - 3, at).toString('latin1') === 'end') continue
    for (const [, y = '', hex = ''] of inflated(file.subarray(at + 7, end)).matchAll(
      /([\d.]+) Tm\s+<([0-9A-F]*)> Tj/g,
    )) {
      lines.set(y, (lines.get(y) ?? '') + windows1252.decode(Buffer.from(hex, 'hex')))
    }
  }
  return [...lines]
    .toSorted(([one], [other]) => Number(other) - Number(one))
    .map(([, line]) => squeezed(line))
}

function inflated(stream: Uint8Array): string {
  try {
    return inflateSync(stream).toString('latin1')
  } catch {
    return ''
  }
}

function picture(widthDots: number, heightDots: number): OneBitImage {
  return { widthDots, heightDots, bits: new Uint8Array((widthDots / 8) * heightDots).fill(0xa5) }
}

const logo = { '58': picture(384, 100), '80': picture(504, 100) }
const whole = { ...sampleReceipt, logo, copyNumber: 1, practice: true }
const anyText = fc.string({ unit: 'binary', maxLength: 60 })

describe('a rendering', () => {
  it.each([
    ['sw', '58', 32],
    ['en', '58', 32],
    ['sw', '80', 48],
    ['en', '80', 48],
  ] as const)(
    'has in %s on %s mm the same lines in text, page, file and preview',
    async (language, paper, columns) => {
      const document = receiptDocument({ ...whole, language, paper })
      const shape = usualShape(columns)
      const lines = linesOf(document, shape)
      expect(fromHtml(renderHtml(document, columns, options))).toEqual(lines)
      const file = fromPdf(await renderPdf(document, { paper, draw })).filter((line) => line !== '')
      // There the barcode's text stands below its bars.
      expect(file.filter((line) => line !== '000123')).toEqual(lines.filter((line) => line !== ''))
      expect(file).toContain('000123')
      expect(
        paperItems(document, shape, draw).flatMap((item) =>
          item.kind === 'line' ? [squeezed(item.runs.map((run) => run.text).join(''))] : [],
        ),
      ).toEqual(lines)
      expect(renderText(document, columns).trimEnd().split('\n').map(squeezed)).toEqual(
        linesOf(document, { ...shape, qr: 'none', barcode: false }),
      )
    },
  )

  it('has the same lines whatever a sale and a shop hold', async () => {
    await fc.assert(
      fc.asyncProperty(anyText, anyText, async (one, two) => {
        const blocks: Block[] = [
          { kind: 'text', text: one, align: 'centre', bold: true, size: 'large' },
          { kind: 'text', text: two, size: 'tall' },
          { kind: 'row', left: one, right: two },
        ]
        const document = { blocks }
        const lines = linesOf(document, usualShape(32))
        expect(fromHtml(renderHtml(document, 32, options))).toEqual(lines)
        expect(renderText(document, 32).split('\n').slice(0, -1).map(squeezed)).toEqual(lines)
        const shown = fromPdf(await renderPdf(document, { paper: '58', draw }))
        const written = writtenOf(document, usualShape(32))
        expect(shown.filter((line) => line !== '')).toEqual(written.filter((line) => line !== ''))
      }),
      { numRuns: 60 },
    )
  })
})

describe('a name in another script', () => {
  const name = 'سكر أبيض'
  const sale = { ...sampleReceipt.sale, customer: { phone: null, name: 'ሰላም' } }
  const lines = sale.lines.map((line, at) => (at === 0 ? { ...line, name } : line))
  const document = receiptDocument({ ...sampleReceipt, sale: { ...sale, lines } })

  it('is in the text and in the page’s words as it was typed', () => {
    expect(renderText(document, 32).split('\n')).toContain(name)
    expect(renderText(document, 32)).toMatch(/^Mteja +ሰላም$/m)
    const page = renderHtml(document, 32, options)
    expect(page).toMatch(new RegExp(`^<img alt="${name}" src="data:image/png;base64,`, 'm'))
    expect(page).toContain('<img alt="Mteja ሰላም"')
  })

  it('is a picture in the file and in the preview, and no other line is', async () => {
    const plain = receiptDocument(sampleReceipt)
    const pictures = async (one: ReceiptDocument) =>
      [...everything(await renderPdf(one, { paper: '80', draw })).matchAll(/\/Subtype \/Image/g)].length
    expect([await pictures(plain), await pictures(document)]).toEqual([0, 2])
    const items = paperItems(document, usualShape(48), draw)
    expect(items.filter(({ kind }) => kind === 'image')).toHaveLength(2)
    expect(items.map((item) => paperItemSchema.parse(item))).toEqual(items)
  })

  it('says in words what it has no font for', () => {
    const blocks: Block[] = [{ kind: 'text', text: 'चाय 한글' }]
    expect(renderHtml({ blocks }, 32, options)).toContain('<pre dir="auto">चाय 한글</pre>')
    expect(renderText({ blocks }, 32)).toBe('चाय 한글\n')
  })
})

describe('renderText', () => {
  it('is no wider than the paper, and keeps the middle in the middle', () => {
    const lines = renderText(receiptDocument(sampleReceipt), 32).split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBe(32)
    expect(lines[0]).toBe(`${' '.repeat(10)}Duka la Asha`)
    expect(lines).toContain('Mteja                José Müller')
    expect(lines).toContain('   KAUNTA:000123:13025050:TZS')
  })
})

describe('renderHtml', () => {
  const hostile = '<script>alert(1)</script>"&\'><img src=x onerror=alert(1)>'

  it('lets nothing that a person typed become markup', () => {
    const shop = { ...sampleShop, name: hostile }
    const sale = { ...sampleReceipt.sale, customer: { phone: null, name: hostile } }
    const page = renderHtml(receiptDocument({ ...whole, shop, sale }), 48, { ...options, title: hostile })
    expect(page).not.toMatch(/<script|<img src=x|onerror=alert\(1\)>/i)
    expect(page).toContain('&lt;script&gt;')
  })

  it('asks the network for nothing', () => {
    const page = renderHtml(receiptDocument(whole), 48, options)
    expect(page).toContain("default-src 'none'")
    expect([...page.matchAll(/(?:src|href)="([^"]{0,11})/g)].map(([, start]) => start)).toEqual([
      'data:image/',
    ])
  })

  it('is one page of the roll when a browser prints it, with room for all of it', () => {
    const lengthOf = (document: ReceiptDocument, columns: number) => {
      const [, width, length] =
        /@page\{size:(\d+)mm (\d+)mm;/.exec(renderHtml(document, columns, options)) ?? []
      expect(width).toBe(columns === 32 ? '58' : '80')
      return Number(length)
    }
    const text: Block = { kind: 'text', text: 'a' }
    for (const columns of [32, 48]) {
      const [short, long] = [
        lengthOf({ blocks: [text] }, columns),
        lengthOf({ blocks: Array.from({ length: 101 }, () => text) }, columns),
      ]
      // A line is a column's width / 0.602 x 1.25 high: 3.1 mm at 58, 3.1 mm at 80.
      expect(long - short).toBeGreaterThan(300)
      expect(long - short).toBeLessThan(350)
    }
    expect(lengthOf(receiptDocument(whole), 48)).toBeGreaterThan(lengthOf({ blocks: [text] }, 48) + 60)
  })
})

describe('renderPdf', () => {
  it('is as wide as the roll, as long as the paper, and the same each time', async () => {
    for (const [paper, points] of [
      ['58', 164.41],
      ['80', 226.77],
    ] as const) {
      const document = receiptDocument({ ...whole, paper })
      const [one, other] = [
        await renderPdf(document, { paper, draw }),
        await renderPdf(document, { paper, draw }),
      ]
      expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true)
      expect(Buffer.from(one.subarray(0, 5)).toString()).toBe('%PDF-')
      const box = /MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]/.exec(everything(one))
      expect(Number(box?.[1])).toBeCloseTo(points, 1)
      const longer = receiptDocument({
        ...whole,
        paper,
        sale: { ...whole.sale, lines: [...whole.sale.lines, ...whole.sale.lines] },
      })
      const long = /MediaBox \[ 0 0 [\d.]+ ([\d.]+) \]/.exec(
        everything(await renderPdf(longer, { paper, draw })),
      )
      expect(Number(long?.[1])).toBeGreaterThan(Number(box?.[2]))
    }
  })

  it('goes on on another page where one would be longer than readers show', async () => {
    const [line] = whole.sale.lines
    if (line === undefined) throw new Error('no line')
    const lines = Array.from({ length: 500 }, (_, n) => ({
      ...line,
      name: `Bidhaa ${n} yenye jina refu linaloendelea hadi mstari wa pili`,
      discountMinor: 1,
    }))
    const document = receiptDocument({ ...whole, sale: { ...whole.sale, lines } })
    const bytes = await renderPdf(document, { paper: '80', draw })
    const lengths = [...everything(bytes).matchAll(/MediaBox \[ 0 0 [\d.]+ ([\d.]+) \]/g)].map(([, points]) =>
      Number(points),
    )
    expect(lengths.length).toBeGreaterThan(1)
    expect(Math.max(...lengths)).toBeLessThanOrEqual(14_400)
  })

  it('prints letters that its fonts lack as a question mark', async () => {
    const codeTable = { name: 'cp437', number: 0 } as const
    const bytes = await renderPdf(
      { blocks: [{ kind: 'text', text: 'aΩ░é', codeTable }] },
      { paper: '58', draw },
    )
    expect(fromPdf(bytes)).toEqual(['a??é'])
  })
})

describe('paperItems', () => {
  it('is what the screen takes, with codes and pictures as images', () => {
    const items = paperItems(receiptDocument(whole), usualShape(48), draw)
    expect(items.map((item) => paperItemSchema.parse(item))).toEqual(items)
    expect(items.filter(({ kind }) => kind !== 'line').map(({ kind }) => kind)).toEqual([
      'image',
      'qr',
      'barcode',
      'cut',
    ])
    expect(items[0]).toMatchObject({ kind: 'image', widthDots: 504, heightDots: 100, align: 'centre' })
  })

  it('refuses what no printer could print', () => {
    expect(() => paperItems({ blocks: [{ kind: 'qr', text: 'é' }] }, usualShape(32), draw)).toThrow(
      UnprintableDocument,
    )
  })
})

/** The file with its compressed streams opened. */
function everything(bytes: Uint8Array): string {
  const file = Buffer.from(bytes)
  let text = file.toString('latin1')
  for (let at = file.indexOf('stream\n'); at !== -1; at = file.indexOf('stream\n', at + 1)) {
    text += inflated(file.subarray(at + 7, file.indexOf('endstream', at)))
  }
  return text
}
