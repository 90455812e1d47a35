import type { Language } from '../../src-preload/contract/paging.ts'
import type { PaperItem } from '../../src-preload/contract/paper.ts'
import type { Paper, PrinterProfile } from '../../src-preload/contract/printer-models.ts'
import type { ReceiptFile } from '../../src-preload/contract/printing.ts'
import type { ReceiptLayout } from '../../src-preload/contract/receipt-layout.ts'
import type { Sale } from '../../src-preload/contract/receipts.ts'
import { formatSaleNumber } from '../../src-preload/contract/sale-number.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import type { ReceiptDocument } from './documents/document.ts'
import { receiptDocument } from './documents/receipt-document.ts'
import { sampleSale } from './documents/sample-sale.ts'
import { type PaperShape, usualColumns, usualShape } from './encoding/lay-out.ts'
import type { Logo } from './look.ts'
import { paperItems } from './rendering/paper-items.ts'
import type { DrawLine } from './scripts/draw-line.ts'

export type FileFormat = 'pdf' | 'html' | 'text'

export interface Preview {
  readonly columns: number
  readonly items: PaperItem[]
}

export interface PreviewInput {
  readonly shop: Shop
  readonly layout: ReceiptLayout
  readonly paper: Paper
  readonly language: Language
  readonly logo: Logo | null
  /** Of the receipt printer; null before there is one. */
  readonly profile: PrinterProfile | null
  readonly practice: boolean
  readonly draw: DrawLine
}

/** A made-up sale of this shop, as its printer would put it out; on other paper, as most printers would. */
export function previewPaper({ profile, ...input }: PreviewInput): Preview {
  const { shop, paper } = input
  const shape: PaperShape =
    profile?.paper === paper
      ? { ...profile, codeTable: profile.codeTable.name }
      : usualShape(usualColumns[paper])
  const document = receiptDocument({ ...input, sale: sampleSale(shop), copyNumber: 0 })
  return { columns: shape.columns, items: paperItems(document, shape, input.draw) }
}

/**
 * The receipt of a sale as a file; the libraries that draw it are loaded when the first one is wanted.
 * @param profile of the receipt printer, for its width; null: 80 mm
 */
export async function receiptFile(
  sale: Sale,
  format: FileFormat,
  language: Language,
  document: ReceiptDocument,
  profile: PrinterProfile | null,
  draw: DrawLine,
): Promise<ReceiptFile> {
  const number = formatSaleNumber(sale)
  const name = `${language === 'sw' ? 'risiti' : 'receipt'}-${number}`
  const paper = profile?.paper ?? '80'
  const columns = profile?.columns ?? usualColumns[paper]
  const file = (extension: string, mediaType: string, content: Uint8Array | string): ReceiptFile => ({
    name: `${name}.${extension}`,
    mediaType,
    base64: Buffer.from(content).toString('base64'),
  })
  switch (format) {
    case 'pdf': {
      const { renderPdf } = await import('./rendering/pdf.ts')
      return file('pdf', 'application/pdf', await renderPdf(document, { paper, draw }))
    }
    case 'html': {
      const { renderHtml } = await import('./rendering/html.ts')
      return file(
        'html',
        'text/html;charset=utf-8',
        renderHtml(document, columns, { title: name, language, draw }),
      )
    }
    default: {
      const { renderText } = await import('./rendering/text.ts')
      return file('txt', 'text/plain;charset=utf-8', renderText(document, columns))
    }
  }
}
