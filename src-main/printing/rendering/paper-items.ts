import type { PaperItem } from '../../../src-preload/contract/paper.ts'
import type { ReceiptDocument } from '../documents/document.ts'
import { type LaidOutItem, layOut, type PaperShape } from '../encoding/lay-out.ts'
import { qrImage } from '../encoding/qr.ts'
import { pngDataUrl } from './png.ts'

function paperItem(item: LaidOutItem): PaperItem {
  switch (item.kind) {
    case 'line':
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
    case 'qr': {
      const image = qrImage(item.text, item.dotSize)
      const { heightDots: widthDots } = image
      return { kind: 'qr', text: item.text, image: pngDataUrl(image), widthDots, align: 'centre' }
    }
    case 'barcode':
      return { kind: 'barcode', symbology: item.symbology, text: item.text }
    case 'image': {
      const { widthDots, heightDots } = item.image
      return { kind: 'image', widthDots, heightDots, image: pngDataUrl(item.image), align: 'centre' }
    }
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
export function paperItems(document: ReceiptDocument, shape: PaperShape): PaperItem[] {
  return layOut(document, shape).map(paperItem)
}
