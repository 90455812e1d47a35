import { performance } from 'node:perf_hooks'
import { encodeDocument } from '../../../src-main/printing/encoding/encode.ts'
import { receiptDocument } from '../../../src-main/printing/documents/receipt-document.ts'
import { sampleReceipt } from '../../../src-main/printing/documents/sample-sale.ts'
import { figureOf, printFigure } from '../figures.ts'

const lines = 20
const receipts = 200
const runs = 7

/** A receipt of 20 lines with QR and barcode, from the sale to the printer's bytes. */
export function encodeReceipts(): void {
  const { sale } = sampleReceipt
  const input = {
    ...sampleReceipt,
    sale: {
      ...sale,
      lines: Array.from({ length: lines }, (_, at) => ({
        name: `Sukari ya mfuko ${at}`,
        quantityMilli: 1500,
        unitPriceMinor: 320_000,
      })),
    },
  }
  const rates = Array.from({ length: runs }, () => {
    const from = performance.now()
    let bytes = 0
    for (let count = 0; count < receipts; count += 1) {
      bytes += encodeDocument(receiptDocument(input), {
        paper: '80',
        cutter: true,
        drawer: true,
        drawerPin: 2,
      }).length
    }
    if (bytes === 0) throw new Error('nothing was encoded')
    return (receipts / (performance.now() - from)) * 1000
  })
  printFigure(figureOf('receipt.encode.rate', '1/s', rates))
}
