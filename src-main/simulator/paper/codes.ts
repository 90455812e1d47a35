import { create, type QRCodeErrorCorrectionLevel } from 'qrcode'
import type { PaperItem } from '../../../src-preload/contract/paper.ts'
import { draw, pngDataUrl } from './pictures.ts'

type Align = Extract<PaperItem, { kind: 'line' }>['align']

/** Dots across one module, and how much of the code may be damaged. */
export interface QrSettings {
  readonly moduleDots: number
  readonly level: QRCodeErrorCorrectionLevel
}

export interface QrPlace {
  readonly align: Align
  /** Printable dots across the paper. */
  readonly paperDots: number
}

/** White modules around a code. */
const quiet = 4

/** Null when no QR code holds this much, or when it is wider than the paper: then a printer draws nothing. */
export function qrItem(data: Uint8Array, settings: QrSettings, place: QrPlace): PaperItem | null {
  if (data.length === 0) return null
  const modules = qrModules(data, settings.level)
  if (modules === null || modules.size * settings.moduleDots > place.paperDots) return null
  const size = modules.size + 2 * quiet
  const inside = (at: number) => at >= quiet && at < quiet + modules.size
  const image = draw(size, size, (x, y) => inside(x) && inside(y) && modules.get(y - quiet, x - quiet) !== 0)
  return {
    kind: 'qr',
    text: Buffer.from(data).toString('utf8'),
    image: pngDataUrl(image),
    widthDots: size * settings.moduleDots,
    align: place.align,
  }
}

function qrModules(data: Uint8Array, level: QRCodeErrorCorrectionLevel) {
  try {
    return create([{ data, mode: 'byte' }], { errorCorrectionLevel: level }).modules
  } catch {
    // More than version 40 holds at this level.
    return null
  }
}

/** Of UPC and EAN: the digits from the right count three times and once in turn, and all of them make a multiple of ten. */
function hasCheckDigit(digits: string): boolean {
  const sum = [...digits]
    .toReversed()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}

/** Digits of which the last may be left to the printer; where it is given, it is right. */
function checked(length: number): (text: string) => boolean {
  return (text) =>
    /^\d+$/.test(text) && (text.length === length - 1 || (text.length === length && hasCheckDigit(text)))
}

/** What a printer draws; for anything else no bars come out. */
const drawable: Readonly<Record<string, (text: string) => boolean>> = {
  upca: checked(12),
  ean13: checked(13),
  ean8: checked(8),
  upce: (text) => /^0?\d{6,7}$|^\d{11,12}$/.test(text),
  code39: (text) => /^\*?[0-9A-Z \-.$/+%]+\*?$/.test(text),
  itf: (text) => /^(?:\d\d)+$/.test(text),
  codabar: (text) => /^[A-Da-d][0-9\-$:/.+]*[A-Da-d]$/.test(text),
}

/** @returns null for what a printer would not draw: characters that the symbology lacks, or a wrong check digit */
export function barcodeItem(symbology: string, text: string): PaperItem | null {
  if (text === '' || /[^\x20-\x7e]/.test(text)) return null
  return drawable[symbology]?.(text) === false ? null : { kind: 'barcode', symbology, text }
}

/**
 * CODE128 as ESC/POS writes it: `{A`, `{B` and `{C` choose a code set, `{{` is one brace, and in set C a byte is two
 * digits.
 * @returns null when it does not start with a code set or holds a mark that is none
 */
export function code128Text(data: readonly number[]): string | null {
  let set = ''
  let text = ''
  for (let at = 0; at < data.length; at += 1) {
    const byte = data[at] ?? 0
    const next = String.fromCharCode(data[at + 1] ?? 0)
    if (byte === 0x7b) {
      at += 1
      if ('ABC'.includes(next)) set = next
      else if (next === '{') text += '{'
      else if (!'S1234'.includes(next)) return null
    } else if (set === 'C') {
      if (byte > 99) return null
      text += String(byte).padStart(2, '0')
    } else text += String.fromCharCode(byte)
    if (set === '') return null
  }
  return text
}
