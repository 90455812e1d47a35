import { type Currency, lineAmountMinor } from '../../../src-preload/contract/money.ts'
import {
  lineTotalMinor,
  type Sale,
  type SaleLine,
  type Tender,
} from '../../../src-preload/contract/receipts.ts'
import type { Block } from './document.ts'
import { fill, type ReceiptWords } from './receipt-document-words.ts'
import { amountText, quantityText, rateText } from './receipt-text.ts'

/** What of a sale was taxed at one rate. */
interface TaxGroup {
  readonly taxRateBp: number
  /** Letter behind the amounts of its lines, empty where all lines have one rate. */
  readonly mark: string
  /** Minor units, tax included. */
  readonly grossMinor: number
}

function taxGroups(lines: readonly SaleLine[]): TaxGroup[] {
  const grossByRate = new Map<number, number>()
  for (const line of lines) {
    grossByRate.set(line.taxRateBp, (grossByRate.get(line.taxRateBp) ?? 0) + lineTotalMinor(line))
  }
  return [...grossByRate]
    .toSorted(([one], [other]) => other - one)
    .map(([taxRateBp, grossMinor], at) => ({
      taxRateBp,
      grossMinor,
      mark: grossByRate.size > 1 ? String.fromCharCode(0x41 + (at % 26)) : '',
    }))
}

/** Tax that a price includes, minor units, halves rounded up; in BigInt, since the product passes 2^53. */
function includedTaxMinor(grossMinor: number, taxRateBp: number): number {
  const whole = BigInt(10_000 + taxRateBp)
  return Number((2n * BigInt(grossMinor) * BigInt(taxRateBp) + whole) / (2n * whole))
}

function lineBlocks(line: SaleLine, mark: string, currency: Currency, words: ReceiptWords): Block[] {
  const { name, quantityMilli, unitPriceMinor, discountMinor } = line
  const marked = (amount: string): string => (mark === '' ? amount : `${amount} ${mark}`)
  const amount = amountText(lineAmountMinor(quantityMilli, unitPriceMinor), currency)
  const quantity = `${quantityText(quantityMilli)} x ${amountText(unitPriceMinor, currency)}`
  const blocks: Block[] = [
    { kind: 'text', text: name },
    { kind: 'row', left: quantity, right: marked(amount) },
  ]
  if (discountMinor > 0) {
    blocks.push({
      kind: 'row',
      left: words.discount,
      right: marked(`-${amountText(discountMinor, currency)}`),
    })
  }
  return blocks
}

/** Every item with what it costs, then the letter of its tax rate where there are several. */
export function itemBlocks({ lines, currency }: Sale, words: ReceiptWords): Block[] {
  const marks = new Map(taxGroups(lines).map(({ taxRateBp, mark }) => [taxRateBp, mark]))
  return lines.flatMap((line) => lineBlocks(line, marks.get(line.taxRateBp) ?? '', currency, words))
}

/** Sub-total and discounts where there are any, then the total. */
export function totalBlocks({ lines, totalMinor, currency }: Sale, words: ReceiptWords): Block[] {
  const discountMinor = lines.reduce((sum, line) => sum + line.discountMinor, 0)
  const discounts: Block[] = [
    { kind: 'row', left: words.subTotal, right: amountText(totalMinor + discountMinor, currency) },
    { kind: 'row', left: words.discount, right: `-${amountText(discountMinor, currency)}` },
  ]
  return [
    ...(discountMinor > 0 ? discounts : []),
    {
      kind: 'row',
      left: `${words.total} ${currency}`,
      right: amountText(totalMinor, currency),
      bold: true,
      size: 'tall',
    },
  ]
}

/** The tax in the total by rate; nothing for a shop that takes none. */
export function taxBlocks({ lines, currency }: Sale, words: ReceiptWords): Block[] {
  const groups = taxGroups(lines)
  if (groups.every(({ taxRateBp }) => taxRateBp === 0)) return []
  return groups.map(({ taxRateBp, mark, grossMinor }) => {
    const text = fill(words.tax, { rate: rateText(taxRateBp), gross: amountText(grossMinor, currency) })
    return {
      kind: 'row',
      left: mark === '' ? text : `${mark}: ${text}`,
      right: amountText(includedTaxMinor(grossMinor, taxRateBp), currency),
    }
  })
}

function tenderBlocks(tender: Tender, currency: Currency, words: ReceiptWords): Block[] {
  const { kind, amountMinor, givenMinor, receiptCode, reversedMinor } = tender
  const row = (left: string, right: string, bold = false): Block => ({ kind: 'row', left, right, bold })
  const label = tender.network ?? words[kind]
  const blocks = [row(label, amountText(amountMinor, currency))]
  if (givenMinor !== null && givenMinor > amountMinor) {
    blocks.push(row(words.given, amountText(givenMinor, currency)))
    blocks.push(row(words.change, amountText(givenMinor - amountMinor, currency), true))
  }
  if (receiptCode !== null) blocks.push(row(words.code, receiptCode, true))
  if (reversedMinor > 0) blocks.push(row(words.reversed, `-${amountText(reversedMinor, currency)}`))
  return blocks
}

/** How it was paid, with change, codes and what went back, and what is still to pay. */
export function paymentBlocks(sale: Sale, words: ReceiptWords): Block[] {
  const { tenders, currency, totalMinor, paidMinor } = sale
  const blocks = tenders.flatMap((tender) => tenderBlocks(tender, currency, words))
  // What was sent back is no debt: the customer has the money, and the shop knows why.
  const reversedMinor = tenders.reduce((sum, tender) => sum + tender.reversedMinor, 0)
  const dueMinor = totalMinor - paidMinor - reversedMinor
  const row = (left: string, minor: number): Block => ({
    kind: 'row',
    left,
    right: amountText(minor, currency),
    bold: true,
  })
  if (dueMinor > 0) blocks.push(row(words.due, dueMinor))
  if (paidMinor > totalMinor) blocks.push(row(words.overpaid, paidMinor - totalMinor))
  return blocks
}
