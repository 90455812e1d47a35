import type { Paper, PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import type { BarcodeSymbology, Block, OneBitImage, ReceiptDocument } from '../documents/document.ts'
import { cellsOf, type ScriptLine } from '../scripts/script-line.ts'
import { barcodeFault, barcodeModules } from './barcode.ts'
import { type LineText, lineText } from './sanitise.ts'
import { wrap } from './wrap.ts'

/** A QR or barcode holds what this printer could not print truthfully. */
export class UnprintableDocument extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnprintableDocument'
  }
}

/** Characters of one style. */
export interface LaidOutRun {
  readonly text: string
  readonly bold: boolean
  /** Columns and rows of one character. */
  readonly wide: 1 | 2
  readonly high: 1 | 2
}

/** What comes out of the printer, top to bottom. */
export type LaidOutItem =
  /** Exactly as wide as the paper, spaces included. */
  | {
      readonly kind: 'line'
      readonly runs: readonly LaidOutRun[]
      readonly codeTable: PrinterProfile['codeTable'] | null
      /** The same line with what the code table lacks, for whoever can draw or show it. */
      readonly script?: ScriptLine
    }
  /** Level M, `dotSize` dots a module, in the middle. */
  | { readonly kind: 'qr'; readonly text: string; readonly dotSize: number }
  /** `dotSize` dots a module, in the middle, its text below. */
  | {
      readonly kind: 'barcode'
      readonly text: string
      readonly symbology: BarcodeSymbology
      readonly dotSize: 2 | 3
    }
  /** In the middle. */
  | { readonly kind: 'image'; readonly image: OneBitImage; readonly alternative: string }
  | { readonly kind: 'cut' }
  | { readonly kind: 'drawer' }

/** What the layout must know of the paper and of who prints on it. */
export interface PaperShape {
  /** Characters of Font A in one line. */
  readonly columns: number
  readonly dots: number
  readonly codeTable: PrinterProfile['codeTable']['name']
  readonly qr: PrinterProfile['qr']
  readonly barcode: boolean
}

/** Columns that a row is set in under the label above it. */
const underLabel = 2
/** White modules around a QR code (ISO/IEC 18004). */
export const qrQuietModules = 4
const largestQrDots = 5
/** Bytes that a QR code of level M holds, versions 1 to 13 (ISO/IEC 18004, table 7); 300 characters need version 13. */
const qrCapacities = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331]

/** Paper of about this many columns at 203 dpi, for renderings that no printer stands behind. */
export function usualShape(columns: number): PaperShape {
  const dots = columns < 40 ? 384 : 576
  return { columns, dots, codeTable: 'windows1252', qr: 'native', barcode: true }
}

/** Characters of Font A (12 x 24 dots) in one line of a printer of this width, at 203 dpi. */
export const usualColumns: Readonly<Record<Paper, 32 | 48>> = { '58': 32, '80': 48 }

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>

function line(
  runs: readonly LaidOutRun[],
  codeTable: PrinterProfile['codeTable'] | null = null,
): Extract<LaidOutItem, { kind: 'line' }> {
  return { kind: 'line', runs, codeTable }
}

function blank(columns: number): LaidOutItem {
  return line([{ text: ' '.repeat(columns), bold: false, wide: 1, high: 1 }])
}

/** Spaces before and after `used` columns. */
function padding(align: Of<'text'>['align'], free: number): [before: number, after: number] {
  if (align === 'right') return [free, 0]
  const before = align === 'centre' ? Math.floor(free / 2) : 0
  return [before, free - before]
}

/** Twice as wide only where no word would be cut by it: a name is read, and an amount is nothing when it is cut. */
function sizeOf({ size }: Of<'text'>, text: string, columns: number): Pick<LaidOutRun, 'wide' | 'high'> {
  const high = size === 'large' || size === 'tall' ? 2 : 1
  const fits = text.split(' ').every((word) => cellsOf(word) * 2 <= columns)
  return { wide: size === 'large' && fits ? 2 : 1, high }
}

function plainRuns(
  text: string,
  block: Of<'text'>,
  size: Pick<LaidOutRun, 'wide' | 'high'>,
  columns: number,
) {
  const { wide, high } = size
  const bold = block.bold ?? false
  const [before, after] = padding(block.align, columns - text.length * wide)
  const spaces = [' '.repeat(before), ' '.repeat(after)] as const
  if (wide === 1) return [{ text: `${spaces[0]}${text}${spaces[1]}`, bold, wide, high }]
  const space = { bold: false, wide: 1, high: 1 } as const
  const runs = [
    { ...space, text: spaces[0] },
    { text, bold, wide, high } as const,
    { ...space, text: spaces[1] },
  ]
  return runs.filter((run) => run.text !== '')
}

function textLines(block: Of<'text'>, shape: PaperShape): LaidOutItem[] {
  const { columns } = shape
  const codeTable = block.codeTable ?? null
  const table = codeTable?.name ?? shape.codeTable
  const { plain, full } = lineText(block.text, table)
  if (plain === '') return [blank(columns)]
  const size = sizeOf(block, full, columns)
  const width = Math.floor(columns / size.wide)
  // A line that tries a code table is there to show what that table lacks.
  if (full === plain || codeTable !== null) {
    return wrap(plain, width).map((text) => line(plainRuns(text, block, size, columns), codeTable))
  }
  return wrap(full, width, cellsOf).map((text) => ({
    ...line(plainRuns(lineText(text, table).plain, block, size, columns)),
    script: {
      pieces: [{ text, align: block.align ?? 'left' }],
      columns,
      bold: block.bold ?? false,
      ...size,
    },
  }))
}

/** The words of a row, safe to print. */
function rowWords({ label = '', left, right, mark }: Of<'row'>, { codeTable }: PaperShape) {
  const value = lineText(right, codeTable)
  const behind = mark === undefined || value.plain === '' ? '' : ` ${lineText(mark, codeTable).plain || ' '}`
  return {
    label: lineText(label, codeTable),
    left: lineText(left, codeTable),
    right: joined(value, behind, ''),
    value,
  }
}

/** Two texts beside each other, with `between` where both are there. */
function joined(first: LineText, second: LineText | string, between: string): LineText {
  const next = typeof second === 'string' ? { plain: second, full: second, cells: second.length } : second
  if (first.plain === '' || next.plain === '') return first.plain === '' ? next : first
  return {
    plain: first.plain + between + next.plain,
    full: first.full + between + next.full,
    cells: first.cells + between.length + next.cells,
  }
}

/** True for a row whose label and left text leave its right text two columns, so that they are told apart. */
function fitsWithLabel(block: Of<'row'>, shape: PaperShape): boolean {
  const { label, left, right } = rowWords(block, shape)
  return label.plain === '' || label.cells + 1 + left.cells + 2 + right.cells <= shape.columns
}

/** A left and a right text in one line, which they fit into. */
function besides(left: LineText, right: LineText, block: Of<'row'>, columns: number): LaidOutItem[] {
  const [bold, high] = [block.bold ?? false, block.size === 'tall' ? 2 : 1] as const
  if (left.plain + right.plain === '') return []
  const text = left.plain.padEnd(columns - right.plain.length) + right.plain
  const item = line([{ text, bold, wide: 1, high }])
  if (left.full === left.plain && right.full === right.plain) return [item]
  const pieces = [
    { text: left.full, align: 'left' },
    { text: right.full, align: 'right' },
  ] as const
  return [{ ...item, script: { pieces, columns, bold, wide: 1, high } }]
}

/** @param labelsAbove rows of one paper that have labels look alike: all of these stand above, or none does */
function rowLines(block: Of<'row'>, shape: PaperShape, labelsAbove: boolean): LaidOutItem[] {
  const { columns } = shape
  const { label, left, right, value } = rowWords(block, shape)
  const style = { bold: block.bold ?? false, size: block.size ?? 'normal' }
  const own = ({ full }: LineText, align: 'left' | 'right') =>
    full === '' ? [] : textLines({ kind: 'text', text: full, align, ...style }, shape)
  const above = labelsAbove && label.plain !== ''
  const indent = ' '.repeat(underLabel)
  const words = above
    ? joined({ plain: indent, full: indent, cells: underLabel }, left, '')
    : joined(label, left, ' ')
  const head = above ? own(label, 'left') : []
  if (words.cells + 1 + right.cells <= columns) return [...head, ...besides(words, right, block, columns)]
  const nothing = lineText('')
  const below = right.cells > columns ? own(value, 'right') : besides(nothing, right, block, columns)
  return [...head, ...own(words, 'left'), ...below]
}

function inTheMiddle(text: string, shape: PaperShape): LaidOutItem[] {
  return textLines({ kind: 'text', text, align: 'centre' }, shape)
}

/** Modules across a QR code of level M that holds this many bytes. */
function qrModules(bytes: number): number {
  return 21 + 4 * qrCapacities.findIndex((capacity) => bytes <= capacity)
}

function qrItems({ text }: Of<'qr'>, shape: PaperShape): LaidOutItem[] {
  if (!/^[\x20-\x7e]{1,300}$/.test(text)) {
    throw new UnprintableDocument('QR text is not plain ASCII of 1 to 300 characters')
  }
  if (shape.qr === 'none') return inTheMiddle(text, shape)
  const fitting = Math.floor(shape.dots / (qrModules(text.length) + 2 * qrQuietModules))
  return [{ kind: 'qr', text, dotSize: Math.min(largestQrDots, fitting) }, blank(shape.columns)]
}

function barcodeItems({ text, symbology = 'code128' }: Of<'barcode'>, shape: PaperShape): LaidOutItem[] {
  const fault = barcodeFault(text, symbology)
  if (fault !== null) throw new UnprintableDocument(fault)
  const modules = barcodeModules(text, symbology)
  const dotSize = ([3, 2] as const).find((candidate) => modules * candidate <= shape.dots)
  if (dotSize === undefined || !shape.barcode) return inTheMiddle(text, shape)
  return [{ kind: 'barcode', text, symbology, dotSize }, blank(shape.columns)]
}

function blockItems(block: Block, shape: PaperShape, labelsAbove: boolean): LaidOutItem[] {
  switch (block.kind) {
    case 'text':
      return textLines(block, shape)
    case 'row':
      return rowLines(block, shape, labelsAbove)
    case 'rule':
      return [
        line([{ text: (block.double ? '=' : '-').repeat(shape.columns), bold: false, wide: 1, high: 1 }]),
      ]
    case 'qr':
      return qrItems(block, shape)
    case 'barcode':
      return barcodeItems(block, shape)
    case 'image':
      return block.image.widthDots > shape.dots ? [] : [block]
    case 'feed':
      return Array.from({ length: block.lines }, () => blank(shape.columns))
    default:
      return [{ kind: block.kind }]
  }
}

/**
 * Breaks and aligns a document for one width of paper. The printer's bytes, the preview and every file are made from
 * this, so that they cannot differ.
 * @throws UnprintableDocument when a QR or barcode holds what cannot be printed truthfully
 */
export function layOut(document: ReceiptDocument, shape: PaperShape): LaidOutItem[] {
  const labelsAbove = document.blocks.some((block) => block.kind === 'row' && !fitsWithLabel(block, shape))
  return document.blocks.flatMap((block) => blockItems(block, shape, labelsAbove))
}
