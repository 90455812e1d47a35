import { performance } from 'node:perf_hooks'
import type { OneBitImage } from '../../../src-main/printing/documents/document.ts'
import { receiptDocument } from '../../../src-main/printing/documents/receipt-document.ts'
import { sampleReceipt } from '../../../src-main/printing/documents/sample-sale.ts'
import { encodeDocument } from '../../../src-main/printing/encoding/encode.ts'
import { printerModels } from '../../../src-main/printing/encoding/models.ts'
import { figureOf, printFigure, quantile } from '../figures.ts'

const lines = 20
const receipts = 200
const runs = 7
/** What a logo takes of the paper at most: 63 mm by 30 mm. */
const [logoDots, logoRows] = [504, 240]

/** Every second dot black: no run of equal bytes makes it cheap. */
function logo(): OneBitImage {
  const bits = new Uint8Array((logoDots / 8) * logoRows).map((_, at) => (at % 2 === 0 ? 0xaa : 0x55))
  return { widthDots: logoDots, heightDots: logoRows, bits }
}

/** A receipt of 20 lines with logo, QR and barcode, from the sale to the printer's bytes: how many a second, and p99. */
export function encodeReceipts(): void {
  const { sale } = sampleReceipt
  const image = logo()
  const input = {
    ...sampleReceipt,
    logo: { '58': image, '80': image },
    sale: {
      ...sale,
      lines: Array.from({ length: lines }, (_, at) => ({
        name: `Sukari ya mfuko ${at}`,
        quantityMilli: 1500,
        unitPriceMinor: 320_000,
        discountMinor: at,
        taxRateBp: at % 2 === 0 ? 1800 : 0,
      })),
    },
  }
  const model = printerModels.find(({ id }) => id === 'generic-80')
  if (model === undefined) throw new Error('the usual printer is gone')
  const profile = { ...model.profile, drawer: true, drawerPin: 2 } as const
  const rates: number[] = []
  const slowest: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const took = Array.from({ length: receipts }, () => {
      const from = performance.now()
      if (encodeDocument(receiptDocument(input), profile, () => null).length === 0)
        throw new Error('nothing was encoded')
      return performance.now() - from
    })
    rates.push((receipts / took.reduce((sum, ms) => sum + ms, 0)) * 1000)
    slowest.push(quantile(took, 0.99))
  }
  printFigure(figureOf('receipt.encode.rate', '1/s', rates))
  printFigure(figureOf('receipt.encode.logo.p99.ms', 'ms', slowest))
}
