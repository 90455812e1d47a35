import {
  fill,
  PDFDocument,
  type PDFFont,
  type PDFPage,
  rectangle,
  StandardFonts,
  setCharacterSqueeze,
} from '@cantoo/pdf-lib'
import type { Paper } from '../../../src-preload/contract/printer-models.ts'
import type { OneBitImage, ReceiptDocument } from '../documents/document.ts'
import { inCodeTable } from '../encoding/code-tables.ts'
import { type LaidOutItem, type LaidOutRun, layOut, usualColumns, usualShape } from '../encoding/lay-out.ts'
import type { DrawLine } from '../scripts/draw-line.ts'
import { letterDots, lineDots, scriptZoom } from '../scripts/script-line.ts'
import { type Bars, barcodeBars, qrBars } from './bars.ts'
import { pngOf } from './png.ts'

const pointsPerMm = 72 / 25.4
/** Dots a millimetre at 203 dpi. */
const dotsPerMm = 8
const pointsPerDot = pointsPerMm / dotsPerMm
/** Courier's letters are 0.6 of its size wide. */
const courierWidth = 0.6
const lineHeight = 1.2
const ascent = 0.8
const edge = 4 * pointsPerMm
const barcodeHeight = 8 * pointsPerMm
/** White around codes and pictures. */
const gap = 2.5 * pointsPerMm

interface Sheet {
  readonly page: PDFPage
  readonly left: number
  readonly printable: number
  /** Points across one column. */
  readonly column: number
  readonly draw: DrawLine
  readonly fonts: { readonly plain: PDFFont; readonly bold: PDFFont }
}

/** Points that an item needs from top to bottom. */
function heightOf(item: LaidOutItem, column: number): number {
  const line = (column / courierWidth) * lineHeight
  switch (item.kind) {
    case 'line':
      return item.script === undefined
        ? line * Math.max(...item.runs.map(({ high }) => high))
        : (column / letterDots) * lineDots * item.script.high
    case 'qr':
      return qrBars(item.text).across * item.dotSize * pointsPerDot + 2 * gap
    case 'barcode':
      return barcodeHeight + line + gap
    case 'image':
      return item.image.heightDots * pointsPerDot + gap
    default:
      return 0
  }
}

/** The standard fonts hold Windows-1252 and nothing else. */
function winAnsi(text: string): string {
  return Array.from(text, (character) => (inCodeTable(character, 'windows1252') ? character : '?')).join('')
}

function drawRuns(sheet: Sheet, runs: readonly LaidOutRun[], top: number): void {
  const { page, column, fonts } = sheet
  const size = column / courierWidth
  let x = sheet.left
  const high = Math.max(...runs.map((run) => run.high))
  for (const run of runs) {
    const font = run.bold ? fonts.bold : fonts.plain
    if (run.high > run.wide) page.pushOperators(setCharacterSqueeze(50))
    page.drawText(winAnsi(run.text), { x, y: top - size * high * ascent, size: size * run.high, font })
    if (run.high > run.wide) page.pushOperators(setCharacterSqueeze(100))
    x += run.text.length * run.wide * column
  }
}

/** @param module points across one module · @param high points of one bar from top to bottom */
function drawBars(sheet: Sheet, { across, bars }: Bars, module: number, high: number, top: number): void {
  const left = sheet.left + (sheet.printable - across * module) / 2
  sheet.page.pushOperators(
    ...bars.map((bar) =>
      rectangle(left + bar.left * module, top - bar.top * module - high, bar.width * module, high),
    ),
    fill(),
  )
}

/** @param across points across one dot of the picture */
async function drawImage(
  sheet: Sheet,
  image: OneBitImage,
  top: number,
  across = pointsPerDot,
): Promise<void> {
  const [width, height] = [image.widthDots * across, image.heightDots * across]
  const picture = await sheet.page.doc.embedPng(pngOf(image))
  const x = sheet.left + (sheet.printable - width) / 2
  sheet.page.drawImage(picture, { x, y: top - height, width, height })
}

/** A line with letters that Courier lacks is a picture, sharp enough for any printer. */
async function drawLineItem(
  sheet: Sheet,
  { script, runs }: Extract<LaidOutItem, { kind: 'line' }>,
  top: number,
): Promise<void> {
  const drawn = script === undefined ? null : sheet.draw(script, scriptZoom)
  if (drawn === null) drawRuns(sheet, runs, top)
  else await drawImage(sheet, drawn, top, sheet.printable / drawn.widthDots)
}

async function drawItem(sheet: Sheet, item: LaidOutItem, top: number): Promise<void> {
  switch (item.kind) {
    case 'line':
      await drawLineItem(sheet, item, top)
      break
    case 'qr': {
      const module = item.dotSize * pointsPerDot
      drawBars(sheet, qrBars(item.text), module, module, top - gap)
      break
    }
    case 'barcode': {
      const { text, symbology, dotSize } = item
      drawBars(sheet, barcodeBars(text, symbology), dotSize * pointsPerDot, barcodeHeight, top)
      const used = text.length * sheet.column
      const caption = { ...sheet, left: sheet.left + (sheet.printable - used) / 2 }
      drawRuns(caption, [{ text, bold: false, wide: 1, high: 1 }], top - barcodeHeight)
      break
    }
    case 'image':
      await drawImage(sheet, item.image, top)
      break
    case 'cut':
    case 'drawer':
      break
  }
}

/** Readers show at most 14,400 points (PDF 32000-1, annex C). */
const longestPage = 14_000

/** Items by the page they stand on; nearly every receipt has one. */
function pagesOf(items: readonly LaidOutItem[], column: number): LaidOutItem[][] {
  const pages: LaidOutItem[][] = [[]]
  let used = 2 * edge
  for (const item of items) {
    const height = heightOf(item, column)
    if (used + height > longestPage) {
      pages.push([])
      used = 2 * edge
    }
    pages.at(-1)?.push(item)
    used += height
  }
  return pages
}

/**
 * The paper as a page as wide as the roll and as long as the receipt; the same document gives the same bytes.
 * @throws UnprintableDocument
 */
export async function renderPdf(
  document: ReceiptDocument,
  { paper, draw }: { readonly paper: Paper; readonly draw: DrawLine },
): Promise<Uint8Array> {
  const shape = usualShape(usualColumns[paper])
  const width = Number(paper) * pointsPerMm
  const printable = shape.dots * pointsPerDot
  const column = printable / shape.columns
  // No dates and no maker in it: they would differ each time.
  const file = await PDFDocument.create({ updateMetadata: false })
  const fonts = {
    plain: await file.embedFont(StandardFonts.Courier),
    bold: await file.embedFont(StandardFonts.CourierBold),
  }
  for (const items of pagesOf(layOut(document, shape), column)) {
    const height = items.reduce((sum, item) => sum + heightOf(item, column), 2 * edge)
    const page = file.addPage([width, height])
    const sheet: Sheet = { page, left: (width - printable) / 2, printable, column, fonts, draw }
    let top = height - edge
    for (const item of items) {
      await drawItem(sheet, item, top)
      top -= heightOf(item, column)
    }
  }
  return file.save()
}
