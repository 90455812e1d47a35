import { lineAmountMinor } from '../../../src-preload/contract/money.ts'
import type { ReceiptLayout } from '../../../src-preload/contract/receipt-layout.ts'
import type { Sale, SaleLine, Tender } from '../../../src-preload/contract/receipts.ts'
import type { Block } from './document.ts'
import type { ReceiptWords } from './receipt-document-words.ts'
import { type AmountText, amountsOf, quantityText } from './receipt-text.ts'
import { isTaxed, type TaxGroup, taxBlocks, taxGroups } from './tax-blocks.ts'

/** A sale and how its paper writes it. */
export interface SalePaper {
  readonly sale: Sale
  readonly words: ReceiptWords
  readonly layout: Pick<ReceiptLayout, 'itemCount' | 'taxes' | 'net' | 'paid'>
  readonly groups: readonly TaxGroup[]
  readonly amount: AmountText
  /** A row that ends in an amount; rates that differ have a column for their letter behind all of these. */
  readonly row: (left: string, amount: string, more?: Pick<RowBlock, 'bold' | 'size' | 'mark'>) => RowBlock
}

type RowBlock = Extract<Block, { kind: 'row' }>

function discountOf({ lines }: Sale): number {
  return lines.reduce((sum, line) => sum + line.discountMinor, 0)
}

/** Minor units that were sent back, which are no debt: the customer has them, and the shop knows why. */
function reversedOf({ tenders }: Sale): number {
  return tenders.reduce((sum, { reversedMinor }) => sum + reversedMinor, 0)
}

export function salePaper(sale: Sale, words: ReceiptWords, layout: SalePaper['layout']): SalePaper {
  const groups = taxGroups(sale.lines)
  const taxes = isTaxed(groups) && layout.taxes ? groups.flatMap((one) => [one.grossMinor, one.taxMinor]) : []
  const amount = amountsOf(sale.currency, [
    ...sale.lines.flatMap((line) => [line.unitPriceMinor, line.discountMinor]),
    ...sale.lines.map((line) => lineAmountMinor(line.quantityMilli, line.unitPriceMinor)),
    ...sale.tenders.flatMap((one) => [one.amountMinor, one.givenMinor ?? 0, one.reversedMinor]),
    ...taxes,
    sale.totalMinor,
    sale.paidMinor,
  ])
  const column = groups.length > 1 ? { mark: '' } : {}
  return {
    sale,
    words,
    layout,
    groups,
    amount,
    row: (left, right, more = {}) => ({ kind: 'row', left, right, ...column, ...more }),
  }
}

function lineBlocks(line: SaleLine, { words, groups, amount, row }: SalePaper): Block[] {
  const { name, quantityMilli, unitPriceMinor, discountMinor, taxRateBp } = line
  const mark = groups.find((group) => group.taxRateBp === taxRateBp)?.mark ?? ''
  const marked = mark === '' ? {} : { mark }
  const quantity = `${quantityText(quantityMilli)} x ${amount(unitPriceMinor)}`
  const blocks: Block[] = [
    { kind: 'text', text: name, bold: true },
    row(quantity, amount(lineAmountMinor(quantityMilli, unitPriceMinor)), marked),
  ]
  if (discountMinor > 0) blocks.push(row(words.discount, amount(-discountMinor), marked))
  return blocks
}

/** Every item with what it costs, then the letter of its tax rate where there are several. */
export function itemBlocks(paper: SalePaper): Block[] {
  return paper.sale.lines.flatMap((line) => lineBlocks(line, paper))
}

/** Pieces in the bag: what is weighed or measured is one. */
function piecesOf({ lines }: Sale): number {
  const pieces = ({ quantityMilli }: SaleLine): number =>
    quantityMilli % 1000 === 0 ? quantityMilli / 1000 : 1
  return lines.reduce((sum, line) => sum + pieces(line), 0)
}

/** How many pieces, sub-total and discounts where there are any, then the total, set apart from what stands around it. */
export function totalBlocks(paper: SalePaper): Block[] {
  const { sale, words, layout, amount, row } = paper
  const discountMinor = discountOf(sale)
  const before: Block[] = []
  if (layout.itemCount) before.push(row(words.itemCount, quantityText(piecesOf(sale) * 1000)))
  if (discountMinor > 0) {
    before.push(row(words.subTotal, amount(sale.totalMinor + discountMinor)))
    before.push(row(words.discount, amount(-discountMinor)))
  }
  const total = row(`${words.total} ${sale.currency}`, amount(sale.totalMinor), { bold: true, size: 'tall' })
  return [
    ...(before.length > 0 ? [{ kind: 'rule' } as const, ...before] : []),
    { kind: 'rule', double: true },
    total,
    { kind: 'rule', double: true },
  ]
}

/** The tax in the total, with a rule below it; nothing where it is not wanted or there is none. */
export function saleTaxBlocks({ groups, layout, words, amount }: SalePaper): Block[] {
  if (!layout.taxes) return []
  const taxes = taxBlocks(groups, layout.net, words, amount)
  return taxes.length > 0 ? [...taxes, { kind: 'rule' }] : []
}

function tenderBlocks(tender: Tender, { words, amount, row }: SalePaper): Block[] {
  const { kind, amountMinor, givenMinor, receiptCode, reversedMinor } = tender
  const label = tender.network ?? words[kind]
  const blocks: Block[] = [row(label, amount(amountMinor))]
  if (givenMinor !== null && givenMinor > amountMinor) {
    blocks.push(row(words.given, amount(givenMinor)))
    blocks.push(row(words.change, amount(givenMinor - amountMinor), { bold: true }))
  }
  if (receiptCode !== null) blocks.push({ kind: 'row', left: words.code, right: receiptCode, bold: true })
  if (reversedMinor > 0) blocks.push(row(words.reversed, amount(-reversedMinor)))
  return blocks
}

/** How it was paid, with change, codes and what went back, what that is together, and what is still to pay. */
export function paymentBlocks(paper: SalePaper): Block[] {
  const { sale, words, layout, amount, row } = paper
  const { tenders, totalMinor, paidMinor } = sale
  const blocks = tenders.flatMap((tender) => tenderBlocks(tender, paper))
  const dueMinor = totalMinor - paidMinor - reversedOf(sale)
  const strong = (left: string, minor: number): Block => row(left, amount(minor), { bold: true })
  if (layout.paid && paidMinor > 0) {
    blocks.push(dueMinor > 0 ? row(words.paidSoFar, amount(paidMinor)) : strong(words.paid, paidMinor))
  }
  if (dueMinor > 0) blocks.push(strong(words.due, dueMinor))
  if (paidMinor > totalMinor) blocks.push(strong(words.overpaid, paidMinor - totalMinor))
  return blocks
}
