import { create } from 'qrcode'
import type { OneBitImage } from '../documents/document.ts'
import { qrQuietModules } from './lay-out.ts'

/** True for each black module, row by row. */
export interface QrModules {
  readonly size: number
  readonly black: (column: number, row: number) => boolean
}

/** A QR code of level M, which still reads with 15 % of it damaged. @param text printable ASCII */
export function qrCode(text: string): QrModules {
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  return { size: modules.size, black: (column, row) => modules.get(row, column) !== 0 }
}

/** The code dot by dot, its white border included, for printers that draw none. */
export function qrImage(text: string, dotSize: number): OneBitImage {
  const { size, black } = qrCode(text)
  const side = (size + 2 * qrQuietModules) * dotSize
  const stride = Math.ceil(side / 8)
  const bits = new Uint8Array(stride * side)
  for (let row = 0; row < size; row += 1) {
    const top = (row + qrQuietModules) * dotSize
    for (let column = 0; column < size; column += 1) {
      if (!black(column, row)) continue
      const left = (column + qrQuietModules) * dotSize
      for (let x = left; x < left + dotSize; x += 1) {
        const at = top * stride + (x >> 3)
        bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
      }
    }
    // The other dot rows of this row of modules are the same.
    const first = bits.subarray(top * stride, (top + 1) * stride)
    for (let y = top + 1; y < top + dotSize; y += 1) bits.set(first, y * stride)
  }
  return { widthDots: stride * 8, heightDots: side, bits }
}
