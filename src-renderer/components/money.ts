import type { Currency, lineAmountMinor as contractLineAmount } from '../../src-preload/contract/money.ts'
import type { Language } from '../../src-preload/contract/paging.ts'
import { hidden } from '../../src-preload/contract/plain-text.ts'
import type { lineTotalMinor as contractLineTotal } from '../../src-preload/contract/receipts.ts'
import { remembered } from './remembered.ts'

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

/** Making one takes as long as writing with it a hundred times, and a counter writes dozens of figures at each key. */
const writerOf = remembered(
  (language: Language, cents: boolean, currency: Currency | null) =>
    new Intl.NumberFormat(locales[language], {
      ...(currency === null ? {} : { style: 'currency', currency, currencyDisplay: 'code' }),
      minimumFractionDigits: cents ? 2 : 0,
      maximumFractionDigits: 2,
    }),
)

const hasCents = (amountMinor: number) => amountMinor % minorUnitsInMajor !== 0

/**
 * An amount as people read it: "TZS 18,500", with cents only when there are some.
 * @param amountMinor minor units
 */
export function formatMoney(amountMinor: number, currency: Currency, language: Language): string {
  return writerOf(language, hasCents(amountMinor), currency).format(amountMinor / minorUnitsInMajor)
}

/** The figure alone, for columns under one currency: "3,200". */
export function formatFigure(amountMinor: number, language: Language): string {
  return writerOf(language, hasCents(amountMinor), null).format(amountMinor / minorUnitsInMajor)
}

/** A quantity in thousandths as people read it: 1500 → "1.5". */
export function formatQuantity(quantityMilli: number, language: Language): string {
  return new Intl.NumberFormat(locales[language], { maximumFractionDigits: 3 }).format(quantityMilli / 1000)
}

/** Where the figures of other keyboards begin: Arabic, Persian, and those as wide as a Chinese letter. */
const noughts = [0x660, 0x6f0, 0xff10]

/** What was typed or pasted, with figures of other keyboards as ours and without the marks that nobody sees. */
export function plainFigures(typed: string): string {
  return typed
    .replaceAll(hidden, '')
    .replaceAll('\u2044', '/')
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, (digit) => {
      const point = digit.codePointAt(0) ?? 0
      return String(point - (noughts.findLast((nought) => nought <= point) ?? point))
    })
}

const group = String.raw`\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:[ '’]\d{3})+`
const wholeAmount = new RegExp(`^(?:${group})$`)
const amountWithCents = new RegExp(String.raw`^((?:${group}|\d+))([.,])(\d{1,2})$`)
const currencyWord = String.raw`(?:tzs|kes|tshs?|kshs?|shs?)\.?`
const dressedAmount = new RegExp(
  String.raw`^(?:${currencyWord}\s*)?(\d.*?)(k)?\s*(?:\/\s*[=-]|=|\.-)?(?:\s*${currencyWord})?$`,
  'i',
)

/** How an amount may stand at the end of a line of words: its currency, its figure, "k", "/=" or "/-". */
export const amountPattern = String.raw`(?:${currencyWord}\s*)?(?:${group}|\d[\d.,]*)(?:[.,]\d{1,2})?k?\s*(?:\/\s*[=-]|=|\.-)?(?:\s*${currencyWord})?`

/** A full stop, or what a finger struck beside Enter, behind a figure. */
export const endSign = /(?<=[\d=-])\s*[.,;]+$/

/** The figure of an amount without its dress; three digits after one mark are thousands, for no shilling has three decimals. */
function bareAmount(bare: string): number | null {
  // No price begins with a nought: that is a phone number, or a code from a scanner.
  if (/^0\d/.test(bare)) return null
  if (/^\d+$/.test(bare)) return Number(bare)
  if (wholeAmount.test(bare) && !/^0\D/.test(bare)) return Number(bare.replace(/\D/g, ''))
  const [, whole, mark = '', cents] = amountWithCents.exec(bare) ?? []
  // "3.200.5" would be thousands and cents by the same mark.
  if (whole === undefined || whole.includes(mark)) return null
  return Number(`${whole.replace(/\D/g, '')}.${cents}`)
}

/**
 * Reads a typed amount as shops write it: "3200", "3,200", "3.200", "3 200", "3200/=", "Sh 3200/-", "3.5k".
 * @returns whole shillings and their part, or null when it is no amount
 */
export function readFigure(typed: string): number | null {
  const text = plainFigures(typed).replace(/\s+/g, ' ').trim()
  const [, bare, thousands] = dressedAmount.exec(text.replace(endSign, '')) ?? []
  if (bare === undefined) return null
  const read = bareAmount(bare.trim())
  return read === null || thousands === undefined ? read : read * 1000
}

/** Reads a typed amount into minor units; null when it is none. */
export function readAmountMinor(typed: string): number | null {
  const figure = readFigure(typed)
  return figure === null ? null : Math.round(figure * minorUnitsInMajor)
}
