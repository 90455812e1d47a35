import type { Sale } from '../../src-preload/contract/receipts.ts'
import { formatMoney } from '../money.ts'
import { KauntaError } from '../problem.ts'
import type { NoticeRow } from './notice-rows.ts'
import type { PaymentRow } from './store.ts'

/** @throws KauntaError SALE_PAID, NOTICE_AMOUNT, CURRENCY_MISMATCH */
export function checkFits(found: NoticeRow, sale: Sale): void {
  const owed = sale.totalMinor - sale.paidMinor
  if (owed <= 0) throw new KauntaError('SALE_PAID')
  if (found.currency !== sale.currency) {
    const values = { currency: sale.currency, provider: found.provider, accepted: found.currency }
    throw new KauntaError('CURRENCY_MISMATCH', values)
  }
  if (found.amountMinor > owed) {
    throw new KauntaError('NOTICE_AMOUNT', {
      paid: formatMoney(found.amountMinor, found.currency, 'en'),
      owed: formatMoney(owed, sale.currency, 'en'),
    })
  }
}

/** Does what the notice tells fit this payment: the phone as far as it is shown, and the account that was typed? */
export function fits(found: NoticeRow, one: PaymentRow, sale: Sale): boolean {
  if (one.amountMinor !== found.amountMinor || one.accountId !== found.accountId) return false
  const phone = phoneFits(found, one.phone)
  if (phone === false) return false
  const number = sale.number === null ? null : Number(found.accountText.replace(/\D/g, '') || Number.NaN)
  const sameAccount = number !== null && number === sale.number
  return phone === true ? sameAccount || found.accountText === '' : sameAccount
}

/** The customer has our prompt this moment, and the network tells of it before it ends: nobody need take what is coming. */
export function underWay(alive: PaymentRow, found: NoticeRow): boolean {
  return alive.state !== 'unknown' && alive.amountMinor === found.amountMinor
}

/** Null when the network hides too much of the number to say. */
export function phoneFits(
  found: Pick<NoticeRow, 'phone' | 'phoneShown'>,
  phone: string | null,
): boolean | null {
  if (phone === null) return null
  if (found.phone !== null) return found.phone === phone
  const shown = found.phoneShown.replace(/[^\d*]/g, '')
  const digits = phone.slice(1)
  if (shown.length !== digits.length || !/\d{3}$/.test(shown)) return null
  return [...shown].every((sign, index) => sign === '*' || sign === digits[index])
}
