import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import type { PrinterProfile } from '../../../src-preload/contract/printer-models.ts'
import type { OneBitImage, ReceiptDocument } from '../documents/document.ts'
import type { DrawLine } from '../scripts/draw-line.ts'
import { commandsOf } from './commands.ts'
import { type LaidOutItem, layOut } from './lay-out.ts'
import { qrImage } from './qr.ts'

/** A printer and the drawer that hangs on it. */
export type EncodingProfile = PrinterProfile & {
  /** False leaves pulses out. */
  readonly drawer: boolean
  readonly drawerPin: 2 | 5
}

/** Lines between print head and tear bar on printers without a blade (15 to 29 mm at 3.75 mm a line). */
const tearBarLines = 5
/** Dots from the top of the bars to their foot. */
const barcodeHeight = 60

type Encoder = ReceiptPrinterEncoder
type CodeTable = PrinterProfile['codeTable']
type Of<Kind extends LaidOutItem['kind']> = Extract<LaidOutItem, { kind: Kind }>

function encoderFor({ language, columns }: PrinterProfile, codeTable: CodeTable): Encoder {
  // The library knows no table without letters; nothing beyond ASCII gets as far as it.
  const name = codeTable.name === 'ascii' ? 'cp437' : codeTable.name
  return new ReceiptPrinterEncoder({
    language: language === 'escpos' ? 'esc-pos' : 'star-prnt',
    columns,
    newline: '\n',
    imageMode: 'raster',
    errors: 'strict',
    feedBeforeCut: 0,
    feedAfterBlock: false,
    autoFlush: false,
    codepageMapping: { [name]: codeTable.number },
  }).codepage(name)
}

/**
 * Plain ASCII is the same in every code table, and goes past the library: it copies the whole table for each piece of
 * text, which was two thirds of the time a receipt took.
 */
function writeText(encoder: Encoder, text: string): void {
  if (/^[\x20-\x7e]*$/.test(text)) encoder.raw(Buffer.from(text, 'latin1'))
  else encoder.text(text)
}

function writeLine(encoder: Encoder, { runs }: Of<'line'>): void {
  for (const { text, bold, wide, high } of runs) {
    encoder.bold(bold).size(wide, high)
    writeText(encoder, text)
  }
  encoder.bold(false).size(1, 1).newline()
}

function writeQr(encoder: Encoder, { text, dotSize }: Of<'qr'>): void {
  encoder.align('center').qrcode(text, { model: 2, size: dotSize, errorlevel: 'm' }).align('left')
}

function writeBarcode(encoder: Encoder, { text, symbology, dotSize }: Of<'barcode'>): void {
  // The encoder's widths 1 and 2 are modules of 2 and 3 dots, in both languages.
  const options = { height: barcodeHeight, width: dotSize - 1, text: true }
  encoder.align('center').barcode(text, symbology, options).align('left')
}

function writeItem(
  encoder: Encoder,
  item: Exclude<LaidOutItem, Of<'image'>>,
  profile: EncodingProfile,
): void {
  const commands = commandsOf[profile.language]
  switch (item.kind) {
    case 'line':
      if (item.codeTable === null) writeLine(encoder, item)
      else {
        // One encoder knows one number for a table's name; this line tries another.
        const other = encoderFor(profile, item.codeTable)
        writeLine(other, item)
        encoder.raw(other.encode())
      }
      break
    case 'qr':
      writeQr(encoder, item)
      break
    case 'barcode':
      writeBarcode(encoder, item)
      break
    case 'cut':
      if (profile.cutter === 'none') encoder.newline(tearBarLines)
      else encoder.raw(commands.cut(profile.cutter))
      break
    case 'drawer':
      if (profile.drawer) encoder.raw(commands.drawer(profile.drawerPin))
      break
  }
}

/** The picture that this item is for the printer, or null. */
function imageOf(item: LaidOutItem, { qr }: PrinterProfile, draw: DrawLine): OneBitImage | null {
  if (item.kind === 'image') return item.image
  if (item.kind === 'line') return item.script === undefined ? null : draw(item.script, 1)
  return item.kind === 'qr' && qr === 'image' ? qrImage(item.text, item.dotSize) : null
}

/**
 * The bytes of a document in the printer's language, starting with a reset so that no earlier job's state leaks in.
 * Lines come ready from `layOut`; the library writes style, code table, QR and barcode around them. Pictures go past it:
 * their bytes are ready, and it would copy each of them several times. A line with what the code table lacks is one.
 * @throws UnprintableDocument when a QR or barcode holds what cannot be printed truthfully
 */
export function encodeDocument(
  document: ReceiptDocument,
  profile: EncodingProfile,
  draw: DrawLine,
): Uint8Array {
  const parts: Uint8Array[] = []
  let encoder = encoderFor(profile, profile.codeTable).initialize()
  for (const item of layOut(document, { ...profile, codeTable: profile.codeTable.name })) {
    const image = imageOf(item, profile, draw)
    if (image !== null) {
      parts.push(encoder.encode(), ...commandsOf[profile.language].image(image))
      encoder = encoderFor(profile, profile.codeTable)
    } else if (item.kind !== 'image') writeItem(encoder, item, profile)
  }
  return Buffer.concat([...parts, encoder.encode()])
}
