import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import type { Paper } from '../../src-preload/contract/printing.ts'
import type { Block, ReceiptDocument } from './document.ts'
import { printable } from './sanitise.ts'

/** What the encoder must know of a printer. */
export interface PrinterProfile {
  /** Width of the roll in mm. */
  readonly paper: Paper
  readonly cutter: boolean
  readonly drawer: boolean
  readonly drawerPin: 2 | 5
}

/** Characters of Font A (12 × 24 dots) in one line, and dots across, at 203 dpi. */
export const paperWidths: Readonly<Record<Paper, { readonly columns: 32 | 48; readonly dots: number }>> = {
  '58': { columns: 32, dots: 384 },
  '80': { columns: 48, dots: 576 },
}

/** A QR or barcode holds what this printer could not print truthfully. */
export class UnprintableDocument extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnprintableDocument'
  }
}

/** Lines between print head and tear bar on printers without a blade (15 to 29 mm at 3.75 mm a line). */
const tearBarLines = 5
/** `GS V 66 0`: feed to the blade, then cut; a plain cut would go through the last lines. */
const feedAndCut = [0x1d, 0x56, 0x42, 0x00]
/** Least characters that are left to the left text of a row. */
const leastLeft = 8

/** `ESC p m t1 t2`: pin 2 or 5, 100 ms on, 500 ms off. */
function drawerPulse(pin: 2 | 5): number[] {
  return [0x1b, 0x70, pin === 2 ? 0 : 1, 0x32, 0xfa]
}

function checkQr(text: string): string {
  if (!/^[\x20-\x7e]{1,300}$/.test(text))
    throw new UnprintableDocument('QR text is not plain ASCII of 1 to 300')
  return text
}

function checkBarcode(text: string): string {
  // The encoder passes `{` and control characters on, which a printer reads as commands of CODE128.
  if (!/^[A-Za-z0-9\-./:]{1,24}$/.test(text))
    throw new UnprintableDocument('barcode text does not fit CODE128')
  return text
}

/** Start, check and stop signs take 35 modules, each character 11. */
function barcodeModules(text: string): number {
  return 35 + 11 * text.length
}

type Encoder = ReceiptPrinterEncoder
type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>

function writeText(encoder: Encoder, block: Of<'text'>): void {
  const wide = block.size === 'large' ? 2 : 1
  const high = block.size === undefined || block.size === 'normal' ? 1 : 2
  encoder.align(block.align === 'centre' ? 'center' : (block.align ?? 'left'))
  encoder.bold(block.bold ?? false).size(wide, high)
  encoder.line(printable(block.text))
  encoder.size(1, 1).bold(false).align('left')
}

function writeRow(encoder: Encoder, block: Of<'row'>, columns: number): void {
  const left = printable(block.left)
  const right = printable(block.right)
  if (right === '' || right.length + 1 + leastLeft > columns) {
    writeText(encoder, { kind: 'text', text: left, bold: block.bold ?? false })
    writeText(encoder, { kind: 'text', text: right, align: 'right', bold: block.bold ?? false })
    return
  }
  encoder.bold(block.bold ?? false).height(block.size === 'tall' ? 2 : 1)
  encoder.table(
    [
      { width: columns - right.length - 1, align: 'left', overflow: 'wrap', marginRight: 1 },
      { width: right.length, align: 'right' },
    ],
    [[left, right]],
  )
  encoder.height(1).bold(false)
}

function writeBarcode(encoder: Encoder, block: Of<'barcode'>, dots: number): void {
  const text = checkBarcode(block.text)
  // The encoder's widths 1 and 2 are modules of 2 and 3 dots.
  const width = [2, 1].find((candidate) => barcodeModules(text) * (candidate + 1) <= dots)
  if (width === undefined) writeText(encoder, { kind: 'text', text, align: 'centre' })
  else encoder.align('center').barcode(text, 'code128', { height: 60, width, text: true }).align('left')
}

function writeCode(encoder: Encoder, block: Of<'qr'> | Of<'barcode'>, profile: PrinterProfile): void {
  if (block.kind === 'barcode') writeBarcode(encoder, block, paperWidths[profile.paper].dots)
  else
    encoder.align('center').qrcode(checkQr(block.text), { model: 2, size: 5, errorlevel: 'm' }).align('left')
}

function writeMotion(
  encoder: Encoder,
  block: Of<'feed'> | Of<'cut'> | Of<'drawer'>,
  profile: PrinterProfile,
): void {
  if (block.kind === 'feed') encoder.newline(block.lines)
  else if (block.kind === 'drawer') {
    // raw(): the encoder's own pulse and cut add a line feed after them.
    if (profile.drawer) encoder.raw(drawerPulse(profile.drawerPin))
  } else if (profile.cutter) encoder.raw(feedAndCut)
  else encoder.newline(tearBarLines)
}

function writeBlock(encoder: Encoder, block: Block, profile: PrinterProfile): void {
  const { columns } = paperWidths[profile.paper]
  switch (block.kind) {
    case 'text':
      writeText(encoder, block)
      break
    case 'row':
      writeRow(encoder, block, columns)
      break
    case 'rule':
      writeText(encoder, { kind: 'text', text: '-'.repeat(columns) })
      break
    case 'qr':
    case 'barcode':
      writeCode(encoder, block, profile)
      break
    case 'feed':
    case 'cut':
    case 'drawer':
      writeMotion(encoder, block, profile)
      break
  }
}

/**
 * The bytes of a document in ESC/POS, starting with a reset so that no earlier job's state leaks in.
 * Code table 16 (Windows-1252), which eight of nine printer families share.
 * @throws UnprintableDocument when a QR or barcode holds what cannot be printed truthfully
 */
export function encodeDocument(document: ReceiptDocument, profile: PrinterProfile): Uint8Array {
  const encoder = new ReceiptPrinterEncoder({
    language: 'esc-pos',
    columns: paperWidths[profile.paper].columns,
    newline: '\n',
    imageMode: 'raster',
    errors: 'strict',
    feedBeforeCut: 0,
    codepageMapping: { windows1252: 16 },
  })
  encoder.initialize().codepage('windows1252')
  for (const block of document.blocks) writeBlock(encoder, block, profile)
  return encoder.encode()
}
