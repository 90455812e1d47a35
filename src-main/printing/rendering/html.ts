import type { Language } from '../../../src-preload/contract/paging.ts'
import type { ReceiptDocument } from '../documents/document.ts'
import { type LaidOutItem, type LaidOutRun, layOut, qrQuietModules, usualShape } from '../encoding/lay-out.ts'
import type { DrawLine } from '../scripts/draw-line.ts'
import { lineDots, type ScriptLine, scriptZoom } from '../scripts/script-line.ts'
import { type Bars, barcodeBars, qrBars } from './bars.ts'
import { pngDataUrl } from './png.ts'

export interface HtmlOptions {
  readonly title: string
  readonly language: Language
  readonly draw: DrawLine
}

/** Dots a millimetre at 203 dpi. */
const dotsPerMm = 8
const barcodeHeightMm = 8

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

function run({ text, bold, wide, high }: LaidOutRun): string {
  const size = wide === 2 ? 'large' : high === 2 ? 'tall' : ''
  const classes = [bold ? 'bold' : '', size].filter((name) => name !== '').join(' ')
  return classes === '' ? escaped(text) : `<span class="${classes}">${escaped(text)}</span>`
}

/** @param quiet white modules on every side · @param high modules */
function drawing({ across, bars }: Bars, label: string, quiet: number, high: number, size: string): string {
  const path = bars
    .map(({ left, top, width }) => `M${left + quiet} ${top + quiet}h${width}v${high}h-${width}z`)
    .join('')
  const box = `0 0 ${across + 2 * quiet} ${(high === 1 ? across : high) + 2 * quiet}`
  return (
    `<svg role="img" aria-label="${escaped(label)}" viewBox="${box}" preserveAspectRatio="none" ` +
    `shape-rendering="crispEdges" style="${size}"><path d="${path}"/></svg>`
  )
}

function mm(dots: number): string {
  return `${dots / dotsPerMm}mm`
}

function code(item: Extract<LaidOutItem, { kind: 'qr' | 'barcode' }>): string {
  if (item.kind === 'qr') {
    const bars = qrBars(item.text)
    const side = mm((bars.across + 2 * qrQuietModules) * item.dotSize)
    return drawing(bars, item.text, qrQuietModules, 1, `width:${side};height:${side}`)
  }
  const bars = barcodeBars(item.text, item.symbology)
  const size = `width:${mm(bars.across * item.dotSize)};height:${barcodeHeightMm}mm`
  return `${drawing(bars, item.text, 0, 20, size)}<figcaption>${escaped(item.text)}</figcaption>`
}

/** A line in another script: drawn, so that it does not hang on the fonts of whoever reads it; else in words. */
function scriptHtml(script: ScriptLine, draw: DrawLine): string {
  const words = escaped(script.pieces.map(({ text }) => text).join(' '))
  const drawn = draw(script, scriptZoom)
  if (drawn === null) return `<pre dir="auto">${words}</pre>`
  const size = `width:100%;height:${mm(drawn.heightDots / scriptZoom)};image-rendering:auto`
  return `<img alt="${words}" src="${pngDataUrl(drawn)}" style="${size}">`
}

function itemHtml(item: LaidOutItem, draw: DrawLine): string {
  switch (item.kind) {
    case 'line':
      return item.script === undefined
        ? `<pre>${item.runs.map(run).join('')}</pre>`
        : scriptHtml(item.script, draw)
    case 'qr':
    case 'barcode':
      return `<figure>${code(item)}</figure>`
    case 'image': {
      const { image, alternative } = item
      const size = `width:${mm(image.widthDots)};height:${mm(image.heightDots)}`
      return `<figure><img alt="${escaped(alternative)}" src="${pngDataUrl(image)}" style="${size}"></figure>`
    }
    case 'cut':
      return '<hr>'
    default:
      return ''
  }
}

/** Monospaced letters are about 0.6 em wide, so a line of `columns` fills the printable width. */
function letterMm(columns: number, dots: number): number {
  return dots / dotsPerMm / columns / 0.602
}

/** Height on the page with its margins, mm; the rule of a cut is the longest of what has no height on paper. */
function heightMm(item: LaidOutItem, lineMm: number): number {
  switch (item.kind) {
    case 'line':
      return item.script === undefined
        ? lineMm * Math.max(...item.runs.map(({ high }) => high))
        : (lineDots * item.script.high) / dotsPerMm
    case 'qr':
      return ((qrBars(item.text).across + 2 * qrQuietModules) * item.dotSize) / dotsPerMm + 2
    case 'barcode':
      return barcodeHeightMm + lineMm + 2
    case 'image':
      return item.image.heightDots / dotsPerMm + 2
    default:
      return 7
  }
}

/** A browser knows no page that is as long as it needs to be: with `auto` it takes a sheet of the office printer. */
function style(columns: number, dots: number, items: readonly LaidOutItem[]): string {
  const paperMm = columns < 40 ? 58 : 80
  const printableMm = dots / dotsPerMm
  const lineMm = letterMm(columns, dots) * 1.25
  const lengthMm = Math.ceil(items.reduce((sum, item) => sum + heightMm(item, lineMm), 12))
  return [
    `@page{size:${paperMm}mm ${lengthMm}mm;margin:0}`,
    `body{width:${printableMm}mm;margin:4mm auto;background:#fff;color:#000;` +
      `font:${letterMm(columns, dots).toFixed(3)}mm/1.25 'Liberation Mono','Courier New',monospace}`,
    'pre{margin:0;font:inherit;white-space:pre}',
    '.bold{font-weight:bold}',
    '.large{font-size:200%}',
    '.tall{display:inline-block;transform:scaleY(2);transform-origin:0 0;margin-bottom:1.25em}',
    'figure{margin:1mm 0;text-align:center}',
    'svg,img{display:block;margin:0 auto;image-rendering:pixelated}',
    'hr{border:0;border-top:1px dashed #999;margin:3mm 0}',
    '@media print{hr{border:0;margin:0}}',
  ].join('')
}

/**
 * The paper as one web page that needs nothing else: no script, no address, prints at the width of the roll.
 * @throws UnprintableDocument
 */
export function renderHtml(document: ReceiptDocument, columns: number, options: HtmlOptions): string {
  const shape = usualShape(columns)
  const items = layOut(document, shape)
  return [
    '<!doctype html>',
    `<html lang="${options.language}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escaped(options.title)}</title><style>${style(columns, shape.dots, items)}</style></head><body>`,
    ...items.map((item) => itemHtml(item, options.draw)),
    '</body></html>',
    '',
  ].join('\n')
}
