import type { Language } from '../../../src-preload/contract/paging.ts'
import type { Paper } from '../../../src-preload/contract/printer-models.ts'
import type { ReceiptLayout } from '../../../src-preload/contract/receipt-layout.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { formatSaleNumber } from '../../../src-preload/contract/sale-number.ts'
import type { Shop } from '../../../src-preload/contract/settings.ts'
import { soldAt } from '../../../src-preload/contract/sold-at.ts'
import type { Block, OneBitImage, ReceiptDocument } from './document.ts'
import { fiscalHead, fiscalProof } from './fiscal-blocks.ts'
import { type ReceiptWords, receiptWords } from './receipt-document-words.ts'
import { centred, centredLines, copyMark, practiceMark, timeText } from './receipt-text.ts'
import { itemBlocks, paymentBlocks, salePaper, saleTaxBlocks, totalBlocks } from './sale-blocks.ts'

export interface ReceiptInput {
  readonly shop: Shop
  readonly sale: Sale
  readonly language: Language
  /** 0 for the original, else the number of the copy. */
  readonly copyNumber: number
  /** Practice paper says on both ends that it is no sale, and carries no fiscal block. */
  readonly practice: boolean
  readonly layout: ReceiptLayout
  /** As `readLogo` made it; null for a shop without one. */
  readonly logo: Readonly<Record<Paper, OneBitImage>> | null
  /** Width of the roll, for which logo is taken. */
  readonly paper: Paper
}

/** The fiscal block of a real sale: on practice paper it would pass for one. */
function fiscalOf({ sale, practice }: ReceiptInput): Sale['fiscal'] {
  return practice ? null : sale.fiscal
}

function shopBlocks(input: ReceiptInput): Block[] {
  const { shop, layout, logo, paper, language } = input
  const blocks: Block[] = []
  if (layout.logo && logo !== null) {
    blocks.push({ kind: 'image', image: logo[paper], alternative: shop.name })
  }
  blocks.push({ kind: 'text', text: shop.name, align: 'centre', bold: true, size: layout.shopName })
  blocks.push(...centredLines(layout.header[language]))
  if (layout.address) blocks.push(...centredLines(shop.address))
  if (layout.phone) blocks.push(...centredLines(shop.phone))
  // A fiscal receipt names the trader's number, whatever the layout says.
  if ((layout.taxNumber || fiscalOf(input) !== null) && shop.taxNumber !== '') {
    blocks.push(centred(`${shop.country === 'KE' ? 'PIN' : 'TIN'}: ${shop.taxNumber}`))
  }
  return blocks
}

function markBlocks({ practice, copyNumber }: ReceiptInput, words: ReceiptWords): Block[] {
  return [...practiceMark(practice, words), ...copyMark(copyNumber, words)]
}

function factBlocks(input: ReceiptInput, words: ReceiptWords): Block[] {
  const { shop, sale, layout } = input
  const fiscal = fiscalOf(input)
  // One number and one date: on a fiscal receipt those that the authority knows it by.
  const blocks: Block[] =
    fiscal === null
      ? [
          { kind: 'row', left: words.receipt, right: formatSaleNumber(sale), bold: true },
          { kind: 'row', left: words.time, right: timeText(soldAt(sale), shop) },
        ]
      : fiscalHead(fiscal, shop, layout.buyerTin)
  const optional = [
    [true, words.posNumber, sale.posNumber ?? ''],
    [layout.till, words.till, sale.tillId],
    [layout.cashier, words.cashier, sale.staffName ?? ''],
    [layout.customer, words.customer, sale.customer.name ?? ''],
  ] as const
  for (const [wanted, left, right] of optional) {
    if (wanted && right !== '') blocks.push({ kind: 'row', left, right })
  }
  return blocks
}

/**
 * What proves a fiscal receipt, or the words that this is none. Kaunta's own QR holds `KAUNTA:<receipt number>:<total in
 * minor units>:<currency>`, what the counter needs to find the sale again; beside a fiscal one it would be scanned for
 * it, as a barcode of the shop's own number would be read for the receipt's.
 */
function codeBlocks(input: ReceiptInput, words: ReceiptWords): Block[] {
  const { sale, shop, layout } = input
  const fiscal = fiscalOf(input)
  if (fiscal !== null) return fiscalProof(fiscal, shop, words)
  const number = formatSaleNumber(sale)
  const blocks: Block[] = [centred(words.notFiscal)]
  if (layout.qr) blocks.push({ kind: 'qr', text: `KAUNTA:${number}:${sale.totalMinor}:${sale.currency}` })
  if (layout.barcode) blocks.push({ kind: 'barcode', text: number })
  return blocks
}

/** By which the counter finds a sale whose receipt bears the authority's number. */
function ownNumber(input: ReceiptInput, words: ReceiptWords): Block[] {
  return fiscalOf(input) === null ? [] : [centred(`${words.ownNumber}: ${formatSaleNumber(input.sale)}`)]
}

function footerBlocks({ shop, layout, language }: ReceiptInput, words: ReceiptWords): Block[] {
  const [own = [], shops = []] = [layout.footer[language], shop.footer].map(centredLines)
  if (own.length > 0) return own
  return shops.length > 0 ? shops : [centred(words.thanks)]
}

/** The receipt of a sale, for any printer and any file. */
export function receiptDocument(input: ReceiptInput): ReceiptDocument {
  const words = receiptWords[input.language]
  const marks = markBlocks(input, words)
  // A fiscal receipt names its taxes, whatever the layout says.
  const required = fiscalOf(input) === null ? {} : { taxes: true, net: true }
  const paper = salePaper(input.sale, words, { ...input.layout, ...required })
  const blocks: Block[] = [
    ...shopBlocks(input),
    ...marks,
    { kind: 'rule' },
    ...factBlocks(input, words),
    { kind: 'rule' },
    ...itemBlocks(paper),
    ...totalBlocks(paper),
    ...saleTaxBlocks(paper),
    ...paymentBlocks(paper),
    { kind: 'rule' },
    ...codeBlocks(input, words),
    ...footerBlocks(input, words),
    ...ownNumber(input, words),
    ...marks,
    { kind: 'cut' },
  ]
  return { blocks }
}
