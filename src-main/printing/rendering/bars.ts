import type { BarcodeSymbology } from '../documents/document.ts'
import { barcodeWidths } from '../encoding/barcode.ts'
import { qrCode } from '../encoding/qr.ts'

/** A black rectangle, in modules from the top left corner. */
export interface Bar {
  readonly left: number
  readonly top: number
  readonly width: number
}

/** A code as rectangles one module high, and how many modules it is across. */
export interface Bars {
  readonly across: number
  readonly bars: readonly Bar[]
}

/** A QR code of level M, without its white border: runs of black modules, row by row. */
export function qrBars(text: string): Bars {
  const { size, black } = qrCode(text)
  const bars: Bar[] = []
  for (let top = 0; top < size; top += 1) {
    let left = 0
    while (left < size) {
      let width = 0
      while (left + width < size && black(left + width, top)) width += 1
      if (width > 0) bars.push({ left, top, width })
      left += width + 1
    }
  }
  return { across: size, bars }
}

/** A barcode's black bars. */
export function barcodeBars(text: string, symbology: BarcodeSymbology): Bars {
  const bars: Bar[] = []
  let across = 0
  for (const [at, width] of barcodeWidths(text, symbology).entries()) {
    if (at % 2 === 0) bars.push({ left: across, top: 0, width })
    across += width
  }
  return { across, bars }
}
