import { type Currency, minorPerMajor } from '../src-preload/contract/money.ts'
import type { Language } from '../src-preload/contract/paging.ts'

/**
 * "TZS 18,500" or "KES 99.50": the code, then the amount, cents only where there are some. Spaces are plain ones, since
 * no-break spaces turn an SMS into UCS-2 and are missing on printers.
 */
export function formatMoney(amountMinor: number, currency: Currency, language: Language): string {
  const cents = amountMinor % minorPerMajor[currency] !== 0
  return new Intl.NumberFormat(language === 'sw' ? 'sw-TZ' : 'en-TZ', {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    minimumFractionDigits: cents ? 2 : 0,
    maximumFractionDigits: cents ? 2 : 0,
  })
    .format(amountMinor / minorPerMajor[currency])
    .replace(/[\u00a0\u202f]/g, ' ')
}
