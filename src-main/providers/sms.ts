import type { Outcome } from './outcome.ts'
import type { RawCallback } from './raw-callback.ts'

export interface SmsMessage {
  /** E.164. */
  readonly to: string
  readonly body: string
  /** Our message id; sent only where the provider has a field for it. */
  readonly reference: string
}

export interface SmsAccepted {
  readonly providerReference: string
  /** As the provider wrote it, e.g. "TZS 22.0000"; null when it said nothing. */
  readonly cost: string | null
}

export interface DeliveryReceipt {
  readonly providerReference: string
  /** E.164, when the receipt names it: the only hint for a send whose reply was lost. */
  readonly to: string | null
  readonly state: 'sent' | 'delivered' | 'failed'
  readonly reason: import('../../src-preload/contract/reasons.ts').ReasonCode | null
  readonly detail: string | null
}

export interface Sms {
  /** Most characters one message may have. */
  readonly maxCharacters: number
  send(message: SmsMessage, signal?: AbortSignal): Promise<Outcome<SmsAccepted>>
  /** Finds a message whose outcome is unknown; absent where the provider cannot be asked. */
  find?(message: SmsMessage & { readonly since: number }): Promise<Outcome<SmsAccepted | 'notFound'>>
  /** Null for anything that is not a delivery receipt. */
  readDeliveryReceipt?(callback: RawCallback): DeliveryReceipt | null
}
