import { lineTotalMinor, type SaleLine } from '../../../src-preload/contract/receipts.ts'
import type { Block } from './document.ts'
import { fill, type ReceiptWords } from './receipt-document-words.ts'
import { type AmountText, rateText } from './receipt-text.ts'

/** What of a sale was taxed at one rate. */
export interface TaxGroup {
  readonly taxRateBp: number
  /** Letter behind the amounts of its lines, empty where all lines have one rate. */
  readonly mark: string
  /** Minor units, tax included. */
  readonly grossMinor: number
  /** Minor units of it that are tax. */
  readonly taxMinor: number
}

/** Tax that a price includes, minor units, halves rounded up; in BigInt, since the product passes 2^53. */
function includedTaxMinor(grossMinor: number, taxRateBp: number): number {
  const whole = BigInt(10_000 + taxRateBp)
  return Number((2n * BigInt(grossMinor) * BigInt(taxRateBp) + whole) / (2n * whole))
}

/** The rates of a sale, highest first. */
export function taxGroups(lines: readonly SaleLine[]): TaxGroup[] {
  const grossByRate = new Map<number, number>()
  for (const line of lines) {
    grossByRate.set(line.taxRateBp, (grossByRate.get(line.taxRateBp) ?? 0) + lineTotalMinor(line))
  }
  return [...grossByRate]
    .toSorted(([one], [other]) => other - one)
    .map(([taxRateBp, grossMinor], at) => ({
      taxRateBp,
      grossMinor,
      taxMinor: includedTaxMinor(grossMinor, taxRateBp),
      mark: grossByRate.size > 1 ? String.fromCharCode(0x41 + (at % 26)) : '',
    }))
}

/** True for a sale of a shop that takes tax. */
export function isTaxed(groups: readonly TaxGroup[]): boolean {
  return groups.some(({ taxRateBp }) => taxRateBp > 0)
}

/** Minor units of the sale that are no tax. */
function netMinor(groups: readonly TaxGroup[]): number {
  return groups.reduce((sum, { grossMinor, taxMinor }) => sum + grossMinor - taxMinor, 0)
}

/** The total without tax where it is wanted, then the tax in the total by rate; nothing for a shop that takes none. */
export function taxBlocks(
  groups: readonly TaxGroup[],
  withNet: boolean,
  words: ReceiptWords,
  amount: AmountText,
): Block[] {
  if (!isTaxed(groups)) return []
  const column = groups.length > 1 ? { mark: '' } : {}
  const net: Block = { kind: 'row', left: words.net, right: amount(netMinor(groups)), ...column }
  const rates = groups.map(({ taxRateBp, mark, grossMinor, taxMinor }): Block => {
    const label = fill(words.tax, { rate: rateText(taxRateBp) })
    return {
      kind: 'row',
      label: mark === '' ? label : `${mark}: ${label}`,
      left: fill(words.taxOf, { gross: amount(grossMinor) }),
      right: amount(taxMinor),
      ...column,
    }
  })
  return withNet ? [net, ...rates] : rates
}
