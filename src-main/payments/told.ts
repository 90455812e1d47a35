import { z } from 'zod'
import type { EventType } from '../../src-preload/contract/events.ts'
import { currencySchema } from '../../src-preload/contract/money.ts'
import type { PaymentState } from '../../src-preload/contract/payments.ts'
import type { Transaction } from '../database/open.ts'
import { type Moments, tellState } from '../events/moments.ts'
import { reasonOf, type Sayings } from '../live/notifications.ts'
import { formatMoney } from '../money.ts'
import type { notice, payment } from './tables.ts'

type PaymentRow = typeof payment.$inferSelect
type NoticeRow = typeof notice.$inferSelect

const momentOf = {
  pending: null,
  prompted: null,
  processing: null,
  unknown: 'payment.unknown',
  completed: 'payment.completed',
  failed: 'payment.failed',
  cancelled: 'payment.cancelled',
  expired: 'payment.expired',
  reversed: 'payment.reversed',
} as const satisfies Moments<PaymentState, EventType>

function factsOf({ saleId, accountId, amountMinor, currency, reason }: PaymentRow) {
  return { saleId, accountId, amountMinor, currency, reason }
}

/** What is told of a payment that was changed. */
export function tellChange(
  tx: Transaction,
  before: Pick<PaymentRow, 'state' | 'needsDecision'>,
  now: PaymentRow,
): void {
  const { id } = now
  tellState(tx, momentOf, { id, from: before.state, to: now.state }, factsOf(now))
  if (now.needsDecision && !before.needsDecision) tx.emit('payment.needsDecision', id, factsOf(now))
}

/** What is told of a new payment; one that a typed code or a customer's own payment made may be further on already. */
export function tellBirth(tx: Transaction, born: PaymentRow): void {
  tx.emit('payment.requested', born.id, factsOf(born))
  tellChange(tx, { state: 'pending', needsDecision: false }, born)
}

export type IncomingMoment = Extract<EventType, `incomingPayment.${string}`>

/** What is told of money that a customer sent by himself. */
export function tellIncoming(tx: Transaction, moment: IncomingMoment, one: NoticeRow): void {
  const { id, accountId, amountMinor, currency, paymentId } = one
  tx.emit(moment, id, { accountId, amountMinor, currency, paymentId })
}

const moneySchema = z.object({ amountMinor: z.int(), currency: currencySchema })

/** Money that came, and a payment of which only a person can say more. */
export const paymentNotifications: Sayings = {
  'payment.completed'({ data }) {
    const { amountMinor, currency } = moneySchema.parse(data)
    return {
      en: `Paid: ${formatMoney(amountMinor, currency, 'en')}`,
      sw: `Imelipwa: ${formatMoney(amountMinor, currency, 'sw')}`,
    }
  },
  'payment.needsDecision': (event) => reasonOf(event, 'needsDecision'),
}
