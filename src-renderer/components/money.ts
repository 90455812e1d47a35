import type { Currency, lineAmountMinor as contractLineAmount } from '../../src-preload/contract/money.ts'
import type { Language } from '../../src-preload/contract/paging.ts'
import type { lineTotalMinor as contractLineTotal } from '../../src-preload/contract/receipts.ts'

/** Both markets write 18,500.50; the code stands before the figure so that shillings of two countries never mix. */
const locales: Readonly<Record<Language, string>> = { sw: 'sw-TZ', en: 'en-TZ' }

const minorUnitsInMajor = 100

/**
 * The price of a line in minor units, halves rounded up: the contract's rule, restated because the contract's module
 * carries zod, which the page does not load. A test holds the two together.
 */
export const lineAmountMinor: typeof contractLineAmount = (quantityMilli, unitPriceMinor) =>
  Math.round((quantityMilli * unitPriceMinor) / 1000)

/** What a line costs after its discount, minor units; the contract's rule, restated for the same reason. */
export const lineTotalMinor: typeof contractLineTotal = ({ quantityMilli, unitPriceMinor, discountMinor }) =>
  lineAmountMinor(quantityMilli, unitPriceMinor) - (discountMinor ?? 0)

/**
 * An amount as people read it: "TZS 18,500", with cents only when there are some.
 * @param amountMinor minor units
 */
export function formatMoney(amountMinor: number, currency: Currency, language: Language): string {
  return new Intl.NumberFormat(locales[language], {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: amountMinor % minorUnitsInMajor === 0 ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(amountMinor / minorUnitsInMajor)
}

/** The figure alone, for columns under one currency: "3,200". */
export function formatFigure(amountMinor: number, language: Language): string {
  return new Intl.NumberFormat(locales[language], {
    minimumFractionDigits: amountMinor % minorUnitsInMajor === 0 ? 0 : 2,
    maximumFractionDigits: 2,
  }).format(amountMinor / minorUnitsInMajor)
}

/** A quantity in thousandths as people read it: 1500 → "1.5". */
export function formatQuantity(quantityMilli: number, language: Language): string {
  return new Intl.NumberFormat(locales[language], { maximumFractionDigits: 3 }).format(quantityMilli / 1000)
}

/**
 * Reads a typed figure: spaces and thousands commas are left out, "1,5" counts as one and a half.
 * @returns null when it is no figure
 */
export function readFigure(typed: string): number | null {
  const bare = typed
    .replace(/\s/g, '')
    .replace(/,(?=\d{3}(?:\D|$))/g, '')
    .replace(',', '.')
  if (!/^\d+(?:\.\d+)?$/.test(bare)) return null
  return Number(bare)
}

/** Reads a typed amount into minor units; null when it is none. */
export function readAmountMinor(typed: string): number | null {
  const figure = readFigure(typed)
  return figure === null ? null : Math.round(figure * minorUnitsInMajor)
}
