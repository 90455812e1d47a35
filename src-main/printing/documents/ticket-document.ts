import type { Language } from '../../../src-preload/contract/paging.ts'
import type { Sale, SaleLine } from '../../../src-preload/contract/receipts.ts'
import { formatSaleNumber } from '../../../src-preload/contract/sale-number.ts'
import type { Shop } from '../../../src-preload/contract/settings.ts'
import { soldAt } from '../../../src-preload/contract/sold-at.ts'
import type { Block, ReceiptDocument } from './document.ts'
import { receiptWords } from './receipt-document-words.ts'
import { copyMark, practiceMark, quantityText, timeText } from './receipt-text.ts'

export interface TicketInput {
  readonly shop: Shop
  readonly sale: Sale
  /** Those of the sale's lines that this printer's rule asks for. */
  readonly lines: readonly SaleLine[]
  readonly printerName: string
  readonly language: Language
  /** 0 for the original: whoever gets a second one must see that it is the same order. */
  readonly copyNumber: number
  readonly practice: boolean
}

/** What the kitchen or the store is to hand out: no prices, read from a step away. */
export function ticketDocument(input: TicketInput): ReceiptDocument {
  const { shop, sale, lines, printerName, practice, copyNumber } = input
  const words = receiptWords[input.language]
  const mark = [...practiceMark(practice, words), ...copyMark(copyNumber, words)]
  const items = lines.flatMap(({ name, quantityMilli }): Block[] => [
    { kind: 'text', text: `${quantityText(quantityMilli)} x ${name}`, bold: true, size: 'large' },
  ])
  return {
    blocks: [
      { kind: 'text', text: printerName, align: 'centre' },
      {
        kind: 'text',
        text: `${words.ticket} ${formatSaleNumber(sale)}`,
        align: 'centre',
        bold: true,
        size: 'large',
      },
      ...mark,
      { kind: 'row', left: words.time, right: timeText(soldAt(sale), shop) },
      { kind: 'rule' },
      ...items,
      { kind: 'rule' },
      ...mark,
      { kind: 'cut' },
    ],
  }
}
