import type { PaperItem } from '../../../src-preload/contract/paper.ts'
import type { OneBitImage, ReceiptDocument } from '../documents/document.ts'
import { type LaidOutItem, layOut, type PaperShape } from '../encoding/lay-out.ts'
import { qrImage } from '../encoding/qr.ts'
import type { DrawLine } from '../scripts/draw-line.ts'
import { pngDataUrl } from './png.ts'

function pictureItem(image: OneBitImage): PaperItem {
  const { widthDots, heightDots } = image
  return { kind: 'image', widthDots, heightDots, image: pngDataUrl(image), align: 'centre' }
}

function paperItem(item: LaidOutItem, draw: DrawLine): PaperItem {
  switch (item.kind) {
    case 'line': {
      const drawn = item.script === undefined ? null : draw(item.script, 1)
      if (drawn !== null) return pictureItem(drawn)
      return {
        kind: 'line',
        align: 'left',
        runs: item.runs.map(({ text, bold, wide, high }) => ({
          text,
          bold,
          underline: false,
          inverse: false,
          width: wide,
          height: high,
          font: 'A',
        })),
      }
    }
    case 'qr': {
      const image = qrImage(item.text, item.dotSize)
      const { heightDots: widthDots } = image
      return { kind: 'qr', text: item.text, image: pngDataUrl(image), widthDots, align: 'centre' }
    }
    case 'barcode':
      return { kind: 'barcode', symbology: item.symbology, text: item.text }
    case 'image':
      return pictureItem(item.image)
    case 'cut':
      return { kind: 'cut', partial: true }
    default:
      return { kind: 'drawer', pin: 2 }
  }
}

/**
 * The paper as the screen shows it.
 * @throws UnprintableDocument
 */
export function paperItems(document: ReceiptDocument, shape: PaperShape, draw: DrawLine): PaperItem[] {
  return layOut(document, shape).map((item) => paperItem(item, draw))
}
