import type { CallbackReader } from '../callbacks/service.ts'
import type { Abilities } from '../providers/provider.ts'
import type { Messaging } from './service.ts'

/** Reads an SMS provider's delivery receipts. They are unsigned: only known references count, and nothing goes back. */
export function deliveryReceipts(messaging: Messaging, sms: NonNullable<Abilities['sms']>): CallbackReader {
  return {
    headers: [],
    acknowledge: () => ({ status: 200, contentType: 'text/plain; charset=utf-8', body: 'OK' }),
    ready: (account) =>
      Promise.resolve((tx, raw) => {
        const receipt = sms.readDeliveryReceipt?.(raw) ?? null
        if (receipt === null) return { used: false, note: 'not a delivery receipt' }
        const { state, reason, detail, providerReference, to } = receipt
        const news = { state, reason, detail }
        if (messaging.applyDeliveryReport(tx, account.id, providerReference, news))
          return { used: true, note: null }
        if (to !== null && messaging.applyUnmatchedReport(tx, account.id, to, providerReference, news)) {
          return { used: true, note: 'matched by number: the reply had been lost' }
        }
        return { used: false, note: 'no message with this reference' }
      }),
  }
}
