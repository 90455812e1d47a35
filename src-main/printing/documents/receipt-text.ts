import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns/format'
import { type Currency, minorPerMajor } from '../../../src-preload/contract/money.ts'
import type { Shop } from '../../../src-preload/contract/settings.ts'
import type { Block } from './document.ts'
import { fill, type ReceiptWords } from './receipt-document-words.ts'

/** Formatters made at import would load 4 MB of the engine's locale data at each start. */
const cents: Intl.NumberFormatOptions = Object.freeze({ minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** An amount in minor units as one paper writes it. */
export type AmountText = (minor: number) => string

/**
 * How one paper writes its amounts: thousands grouped, and cents on all of them where any of `shown` has some, so that
 * their decimals stand in one column.
 */
export function amountsOf(currency: Currency, shown: readonly number[]): AmountText {
  const perMajor = minorPerMajor[currency]
  const options = shown.every((minor) => minor % perMajor === 0) ? undefined : cents
  return (minor) => (minor / perMajor).toLocaleString('en', options)
}

/** Up to three decimals. */
export function quantityText(quantityMilli: number): string {
  return (quantityMilli / 1000).toLocaleString('en')
}

/** "18" or "12.5" for 1800 or 1250 hundredths of a percent. */
export function rateText(taxRateBp: number): string {
  return String(taxRateBp / 100)
}

/** Epoch ms in the shop's zone, seconds included: they are the second factor of TRA's page. */
export function timeText(at: number, { zone }: Shop): string {
  return format(new TZDate(at, zone), 'dd/MM/yyyy HH:mm:ss')
}

export function centred(text: string): Block {
  return { kind: 'text', text, align: 'centre' }
}

/** Each line of what a manager typed, in the middle; nothing for nothing. */
export function centredLines(text: string): Block[] {
  return text
    .split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
    .filter((one) => one.trim() !== '')
    .map(centred)
}

/** Practice paper says what it is, at both ends. */
export function practiceMark(practice: boolean, words: ReceiptWords): Block[] {
  return practice ? [{ kind: 'text', text: words.practice, align: 'centre', bold: true }] : []
}

/** What tells a copy from the one before it; nothing on the original. */
export function copyMark(copyNumber: number, words: ReceiptWords): Block[] {
  if (copyNumber === 0) return []
  const text = fill(words.copy, { n: String(copyNumber) })
  return [{ kind: 'text', text, align: 'centre', bold: true, size: 'large' }]
}
