import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns'
import { type Currency, lineAmountMinor, minorPerMajor } from '../../src-preload/contract/money.ts'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { Sale, SaleLine, Tender } from '../../src-preload/contract/receipts.ts'
import type { Shop } from '../../src-preload/contract/settings.ts'
import type { Block, ReceiptDocument } from './document.ts'
import { fill, type ReceiptWords, receiptWords } from './receipt-document-words.ts'

export interface ReceiptInput {
  readonly shop: Shop
  readonly sale: Sale
  readonly language: Language
  /** 0 for the original, else the number of the copy. */
  readonly copyNumber: number
  /** Practice paper says on both ends that it is no sale. */
  readonly practice: boolean
  readonly till: string
  readonly cashier: string
  /** Epoch ms printed as the time of the sale; a copy must carry the same. `sale.createdAt` when absent. */
  readonly at?: number
}

/** The receipt number as people read, type and scan it. */
export function receiptNumber(sale: Sale): string {
  return String(sale.number ?? 0).padStart(6, '0')
}

/** An amount with thousands grouped; cents only where there are some. */
function amountText(minor: number, currency: Currency): string {
  const digits = minor % minorPerMajor[currency] === 0 ? 0 : 2
  return new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    minor / minorPerMajor[currency],
  )
}

function quantityText(quantityMilli: number): string {
  return new Intl.NumberFormat('en', { maximumFractionDigits: 3 }).format(quantityMilli / 1000)
}

function lineBlocks(line: SaleLine, currency: Currency): Block[] {
  const amount = amountText(lineAmountMinor(line.quantityMilli, line.unitPriceMinor), currency)
  const quantity = `${quantityText(line.quantityMilli)} x ${amountText(line.unitPriceMinor, currency)}`
  return [
    { kind: 'text', text: line.name },
    { kind: 'row', left: quantity, right: amount },
  ]
}

function tenderBlocks(tender: Tender, currency: Currency, words: ReceiptWords): Block[] {
  const label = tender.kind === 'cash' ? words.cash : (tender.network ?? words.mobileMoney)
  const paid: Block = { kind: 'row', left: label, right: amountText(tender.amountMinor, currency) }
  if (tender.receiptCode === null) return [paid]
  return [paid, { kind: 'row', left: words.code, right: tender.receiptCode, bold: true }]
}

function headerBlocks({ shop }: ReceiptInput, words: ReceiptWords): Block[] {
  const lines = [
    shop.address,
    shop.phone,
    shop.taxNumber === '' ? '' : `${words.taxNumber}: ${shop.taxNumber}`,
  ]
  return [
    { kind: 'text', text: shop.name, align: 'centre', bold: true, size: 'large' },
    ...lines.filter((text) => text !== '').map((text): Block => ({ kind: 'text', text, align: 'centre' })),
  ]
}

function markBlocks({ practice, copyNumber }: ReceiptInput, words: ReceiptWords): Block[] {
  const marks: Block[] = []
  if (practice) marks.push({ kind: 'text', text: words.practice, align: 'centre', bold: true })
  if (copyNumber > 0) {
    const text = fill(words.copy, copyNumber)
    marks.push({ kind: 'text', text, align: 'centre', bold: true, size: 'large' })
  }
  return marks
}

function saleBlocks({ shop, sale, till, cashier, at }: ReceiptInput, words: ReceiptWords): Block[] {
  const time = format(new TZDate(at ?? sale.createdAt, shop.zone), 'dd/MM/yyyy HH:mm:ss')
  const blocks: Block[] = [
    { kind: 'row', left: words.receipt, right: receiptNumber(sale), bold: true },
    { kind: 'row', left: words.time, right: time },
    { kind: 'row', left: words.till, right: till },
  ]
  if (cashier !== '') blocks.push({ kind: 'row', left: words.cashier, right: cashier })
  if (sale.customer.name !== null && sale.customer.name !== '') {
    blocks.push({ kind: 'row', left: words.customer, right: sale.customer.name })
  }
  return blocks
}

function totalBlocks({ sale }: ReceiptInput, words: ReceiptWords): Block[] {
  const { currency } = sale
  const total = amountText(sale.totalMinor, currency)
  const blocks: Block[] = [
    { kind: 'row', left: `${words.total} ${currency}`, right: total, bold: true, size: 'tall' },
    ...sale.tenders.flatMap((tender) => tenderBlocks(tender, currency, words)),
  ]
  const dueMinor = sale.totalMinor - sale.paidMinor
  if (dueMinor > 0) blocks.push({ kind: 'row', left: words.due, right: amountText(dueMinor, currency) })
  return blocks
}

/**
 * The receipt of a sale, for any printer.
 * Its QR holds `KAUNTA:<receipt number>:<total in minor units>:<currency>`: what the counter needs to find the sale
 * again. It is no fiscal code and points to no authority's page, which the receipt also says in words.
 */
export function receiptDocument(input: ReceiptInput): ReceiptDocument {
  const words = receiptWords[input.language]
  const { sale, shop } = input
  const number = receiptNumber(sale)
  const marks = markBlocks(input, words)
  const blocks: Block[] = [
    ...headerBlocks(input, words),
    ...marks,
    { kind: 'rule' },
    ...saleBlocks(input, words),
    { kind: 'rule' },
    ...sale.lines.flatMap((line) => lineBlocks(line, sale.currency)),
    { kind: 'rule' },
    ...totalBlocks(input, words),
    { kind: 'rule' },
    { kind: 'text', text: words.notFiscal, align: 'centre' },
    { kind: 'qr', text: `KAUNTA:${number}:${sale.totalMinor}:${sale.currency}` },
    { kind: 'barcode', text: number },
    { kind: 'text', text: shop.footer === '' ? words.thanks : shop.footer, align: 'centre' },
    ...marks,
    { kind: 'cut' },
  ]
  return { blocks }
}
