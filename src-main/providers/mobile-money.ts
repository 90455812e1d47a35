import type { Currency } from '../../src-preload/contract/money.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Outcome } from './outcome.ts'
import type { RawCallback } from './raw-callback.ts'

export interface PromptRequest {
  /** Our payment id. */
  readonly reference: string
  /** E.164. */
  readonly phone: string
  /** Minor units. */
  readonly amountMinor: number
  readonly currency: Currency
  /** What the customer reads as the account; cut to the provider's length by the adapter. */
  readonly account: string
  readonly description: string
  /** Public https address where the provider should report; unique to this payment. */
  readonly callbackUrl: string
}

export interface PromptAccepted {
  /** What the provider must be asked by later. */
  readonly providerReference: string
}

/** What a piece of evidence says of the payment. */
export type PaymentReading =
  | { readonly state: 'processing' }
  /** `amountMinor` and `receiptCode` are null where this kind of evidence does not carry them. */
  | { readonly state: 'completed'; readonly receiptCode: string | null; readonly amountMinor: number | null }
  | {
      readonly state: 'failed' | 'cancelled' | 'expired'
      readonly reason: ReasonCode
      readonly detail: string
    }
  | { readonly state: 'unknown'; readonly detail: string }

export interface MobileMoney {
  readonly currencies: readonly Currency[]
  /** Smallest and largest amount in minor units, and whether only whole shillings pass. */
  readonly amount: { readonly minMinor: number; readonly maxMinor: number; readonly wholeUnits: boolean }
  readonly countries: readonly ('TZ' | 'KE')[]
  /** Milliseconds after the prompt until silence means `unknown`. */
  readonly promptWindowMs: number
  /** `confirm`: a callback is unsigned and counts as paid only after a query says so too. */
  readonly callbackTrust: 'confirm' | 'signed'
  raisePrompt(request: PromptRequest, signal?: AbortSignal): Promise<Outcome<PromptAccepted>>
  /** Absent where the provider cannot be asked: then only callbacks, statements and people end a payment. */
  queryPrompt?(providerReference: string, signal?: AbortSignal): Promise<Outcome<PaymentReading>>
  /** Null for a body that is not this provider's callback. */
  readCallback(
    callback: RawCallback,
  ): { readonly providerReference: string; readonly reading: PaymentReading } | null
  /** What the provider expects in answer to a callback. */
  readonly acknowledgement: { readonly status: number; readonly contentType: string; readonly body: string }
}
