import type { Payment } from '../../../src-preload/contract/payments.ts'
import type { Sale } from '../../../src-preload/contract/receipts.ts'
import { isPaymentAlive, isPaymentRefused } from '../../components/status.ts'

/** What the sale in front of the cashier is, in one word. */
export type SaleState =
  | { readonly kind: 'open' }
  /** The customer is being asked; since when, epoch ms. */
  | { readonly kind: 'waiting'; readonly payment: Payment; readonly since: number }
  | { readonly kind: 'notSure'; readonly payment: Payment; readonly since: number }
  /** The code that the customer showed is unknown to the network. */
  | { readonly kind: 'codeUnknown'; readonly payment: Payment }
  | { readonly kind: 'paid'; readonly at: number }
  | { readonly kind: 'owed'; readonly owed: NonNullable<Sale['owed']> }
  | { readonly kind: 'notPaid'; readonly payment: Payment }

function newestOf(payments: readonly Payment[]): Payment | undefined {
  return payments.toSorted((a, b) => b.createdAt - a.createdAt)[0]
}

/** When the last of its money came, epoch ms; null while none came by phone. */
export function paidByPhoneAt(payments: readonly Payment[]): number | null {
  const times = payments.filter(({ state }) => state === 'completed').map(({ updatedAt }) => updatedAt)
  return times.length === 0 ? null : Math.max(...times)
}

/**
 * The one state of a sale: what is on the customer's phone goes before what is known, and that before what failed.
 * @param dueMinor minor units still to pay, of the items as they are typed
 */
export function saleStateOf(sale: Sale, payments: readonly Payment[], dueMinor: number): SaleState {
  const alive = payments.find(isPaymentAlive)
  if (alive !== undefined) {
    const since = alive.promptedAt ?? alive.createdAt
    if (alive.reason === 'codeNotFound') return { kind: 'codeUnknown', payment: alive }
    return { kind: alive.state === 'unknown' ? 'notSure' : 'waiting', payment: alive, since }
  }
  if (sale.owed !== null) return { kind: 'owed', owed: sale.owed }
  if (dueMinor === 0 && sale.paidMinor > 0)
    return { kind: 'paid', at: paidByPhoneAt(payments) ?? sale.updatedAt }
  const newest = newestOf(payments)
  return newest !== undefined && isPaymentRefused(newest) && dueMinor > 0
    ? { kind: 'notPaid', payment: newest }
    : { kind: 'open' }
}
