import type { Currency } from '../../src-preload/contract/money.ts'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { Network } from '../../src-preload/contract/phone.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { SaidAmount } from './amounts.ts'
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

/** The names of one payment or transfer at its provider. */
export interface References {
  /** The one that we gave it (`ownReference`); null where the provider takes none. */
  readonly own: string | null
  /** The one that the provider gave it; null until it answered. */
  readonly provider: string | null
}

export interface Accepted {
  /** What the provider calls it; null when it answered without a name of its own. */
  readonly providerReference: string | null
  /** Where the call itself stays open until the customer is done: how it ended. */
  readonly reading?: MoneyReading
}

/** What a piece of evidence says of a payment or transfer. */
export type MoneyReading =
  | { readonly state: 'processing' }
  /** `amountMinor` and `receiptCode` are null where this kind of evidence does not carry them. */
  | ({ readonly state: 'completed'; readonly receiptCode: string | null } & SaidAmount)
  | {
      readonly state: 'failed' | 'cancelled' | 'expired'
      readonly reason: ReasonCode
      readonly detail: string
    }
  /** The provider does not know it; proves something only after `notFoundProvesAfterMs`. */
  | { readonly state: 'notFound'; readonly detail: string }
  | { readonly state: 'unknown'; readonly detail: string }

/** Money that a customer paid by himself, as the network tells of it. */
export interface CustomerPayment {
  /** The network's receipt code. */
  readonly code: string
  /** Minor units. */
  readonly amountMinor: number
  readonly currency: Currency
  /** E.164, or null where the network hides it. */
  readonly phone: string | null
  /** As the network shows it: may be masked (25470****149). */
  readonly phoneShown: string
  readonly payerName: string
  /** What the customer typed as the account; empty where there is none. */
  readonly account: string
  /** UTC epoch ms; null where the network does not say: then the moment it was told counts. */
  readonly paidAt: number | null
}

/** What asking about a receipt code brought. */
export type CodeReading =
  /** Null fields: the network does not say. */
  | {
      readonly state: 'found'
      readonly completed: boolean
      readonly amountMinor: number | null
      readonly phone: string | null
      readonly paidAt: number | null
    }
  | { readonly state: 'notFound'; readonly detail: string }
  | { readonly state: 'unknown'; readonly detail: string }

export interface Balance {
  /** The provider's name for the purse (e.g. Working Account). */
  readonly name: string
  /** Minor units. */
  readonly availableMinor: number
  readonly currency: Currency
}

/** An answer that stands in the reply, or that the provider promised to report to `callbackUrl`. */
export type Answer<T> =
  | { readonly kind: 'now'; readonly value: T }
  | { readonly kind: 'reported'; readonly providerReference: string }

/**
 * `signed`: the provider's signature was checked · `unsigned`: it has none to check · `forged`: it should bear one and
 * does not, or it does not fit.
 */
export type Trust = 'signed' | 'unsigned' | 'forged'

/** What a provider sent us by itself. `references` may hold either name, or none where the path must tell. */
export type Report = { readonly trust: Trust } & (
  | { readonly about: 'money'; readonly references: References; readonly reading: MoneyReading }
  | { readonly about: 'customerPayment'; readonly payment: CustomerPayment }
  | { readonly about: 'code'; readonly references: References; readonly reading: CodeReading }
  | { readonly about: 'balance'; readonly references: References; readonly balances: readonly Balance[] }
  /** A question that the acknowledgement answers (may this customer pay?); nothing is booked. */
  | { readonly about: 'question' }
)

export interface Acknowledgement {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** What an answer may be looked up in. */
export interface Books {
  /** Did we take money with this code of the network? */
  knowsCode(code: string): boolean
}

export interface ReverseRequest {
  /** Our transfer id. */
  readonly reference: string
  /** The network's code of the payment that goes back; null where it is not known. */
  readonly receiptCode: string | null
  /** The payment's own names. */
  readonly payment: References
  /** E.164: who paid. */
  readonly phone: string
  /** Minor units; the whole payment, or less where `partial`. */
  readonly amountMinor: number
  readonly currency: Currency
  readonly note: string
  readonly callbackUrl: string
}

export interface PayOutRequest {
  /** Our transfer id. */
  readonly reference: string
  /** E.164 */
  readonly phone: string
  /** Minor units. */
  readonly amountMinor: number
  readonly currency: Currency
  /** The receiver's name where the shop knows it, or empty. */
  readonly name: string
  readonly note: string
  readonly callbackUrl: string
}

export interface AmountLimits {
  /** Minor units. */
  readonly minMinor: number
  readonly maxMinor: number
  /** Only whole shillings pass. */
  readonly wholeUnits: boolean
}

/** The columns of the statement that the network's portal exports as CSV. Each lists the headings known for it. */
export interface StatementFormat {
  readonly code: readonly string[]
  readonly at: readonly string[]
  /** Money that came in; or one signed amount. */
  readonly paidIn: readonly string[]
  readonly paidOut: readonly string[]
  readonly phone: readonly string[]
  readonly status: readonly string[]
  /** Words in `status` that mean the money moved; lower case. */
  readonly completed: readonly string[]
  /** date-fns formats of `at`, tried in turn, in `zone`. */
  readonly dates: readonly string[]
  readonly zone: string
}

export interface MobileMoney {
  readonly currencies: readonly Currency[]
  readonly amount: AmountLimits
  readonly countries: readonly ('TZ' | 'KE')[]
  /** Whose subscribers it reaches: a number's prefix only suggests one. */
  readonly networks: readonly Network[]
  /** Milliseconds after the prompt until silence means `unknown`. */
  readonly promptWindowMs: number
  /** `held`: the call itself stays open while the customer types; `told`: the answer comes by report or by asking. */
  readonly promptAnswer: 'held' | 'told'
  /** Milliseconds after the command when `notFound` proves that nothing arrived; null: it never does. */
  readonly notFoundProvesAfterMs: number | null
  /** The shape of a receipt code, upper case, for what a cashier types. */
  readonly receiptCode: RegExp
  /** The name that we give a payment or transfer (made from our id), or null where the provider takes none. */
  ownReference(id: string): string | null
  raisePrompt(request: PromptRequest, signal?: AbortSignal): Promise<Outcome<Accepted>>
  /** Absent where the provider cannot be asked: then only reports, statements and people end a payment. */
  queryPrompt?(references: References, signal?: AbortSignal): Promise<Outcome<MoneyReading>>
  /** Gives a customer's payment back. Absent where the provider cannot. */
  readonly reverse?: {
    readonly partial: boolean
    /** True where the network's receipt code must be known. */
    readonly needsCode: boolean
    send(request: ReverseRequest, signal?: AbortSignal): Promise<Outcome<Accepted>>
    /** Absent where a transfer cannot be asked about. */
    query?(references: References, signal?: AbortSignal): Promise<Outcome<MoneyReading>>
  }
  /** Pays to a phone (B2C). */
  readonly payOut?: {
    readonly amount: AmountLimits
    send(request: PayOutRequest, signal?: AbortSignal): Promise<Outcome<Accepted>>
    query?(references: References, signal?: AbortSignal): Promise<Outcome<MoneyReading>>
  }
  /** Asks what stands behind a receipt code that a customer showed. */
  queryCode?(
    request: { readonly code: string; readonly reference: string; readonly callbackUrl: string },
    signal?: AbortSignal,
  ): Promise<Outcome<Answer<CodeReading>>>
  balance?(
    request: { readonly reference: string; readonly callbackUrl: string },
    signal?: AbortSignal,
  ): Promise<Outcome<Answer<readonly Balance[]>>>
  /** Tells the network where customers' own payments are to be reported. Absent where its portal does, or nothing is reported. */
  registerNotices?(callbackUrl: string, signal?: AbortSignal): Promise<Outcome<Sentence>>
  /** True where the network can tell of money that customers pay by themselves. */
  readonly customerPayments: boolean
  readonly statement?: StatementFormat
  /** Null for a body that is no report of this provider. Pure, but for the account's secrets. */
  readReport(callback: RawCallback): Report | null
  /** Lower-case names of the headers that reading a report needs, besides content-type and those that begin with x-. */
  readonly reportHeaders?: readonly string[]
  /** What the provider expects in answer; the same for the same request, but for what `books` know. */
  acknowledge(callback: RawCallback, books?: Books): Acknowledgement
}
