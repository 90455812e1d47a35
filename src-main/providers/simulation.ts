import type { Stop } from '../ports.ts'
import type { CallbackFault, ProviderFault } from '../simulator/faults.ts'

/** An HTTP request as a simulator sees it; `path` has the provider's mount prefix taken off. */
export interface SimulatorRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export interface SimulatorReply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string
}

/** One thing that really happened in the simulated world: the referee of every loss and duplicate. */
export interface LedgerEntry {
  readonly provider: string
  readonly kind: 'sms' | 'whatsapp' | 'prompt' | 'payment' | 'reversal' | 'payout'
  /** E.164. */
  readonly phone: string
  /** The text of a message, or the account reference of a prompt. */
  readonly text: string
  /** Minor units; 0 for messages. */
  readonly amountMinor: number
  /** The name by which the shop can ask for it: the provider's own where it gives one, else the shop's. */
  readonly reference: string
  /** Epoch ms. */
  readonly at: number
}

export type PromptAnswer =
  | { readonly kind: 'pin'; readonly pin: string }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'ignore' }

/** The customers, their handsets and wallets, and the way back to the shop: what simulators act upon. */
export interface World {
  now(): number
  after(ms: number, run: () => void): Stop
  /** Unpredictable upper-case letters and digits. */
  token(length: number): string
  /** Puts a message on a handset. */
  deliver(phone: string, app: 'sms' | 'whatsapp' | 'wallet', from: string, text: string): void
  /** Shows a payment prompt; answers what the customer did, `ignore` after the network's own time. */
  prompt(
    phone: string,
    prompt: {
      readonly text: string
      readonly amountMinor: number
      readonly currency: string
      readonly merchant: string
      readonly waitMs: number
    },
  ): Promise<PromptAnswer>
  /** True while a prompt stands on the handset: networks refuse a second one. */
  hasPrompt(phone: string): boolean
  /** True when the handset's PIN is `pin`. */
  pinIs(phone: string, pin: string): boolean
  /** Takes money from the wallet; false when it is short. */
  debit(phone: string, amountMinor: number): boolean
  /** Puts money into the wallet (a payout, a payment that goes back). */
  credit(phone: string, amountMinor: number): void
  /** False for a number without WhatsApp. */
  onWhatsApp(phone: string): boolean
  record(entry: Omit<LedgerEntry, 'at'>): void
  /** Calls the shop back, as the callback fault says (now, late, twice, never, out of order). */
  callBack(request: {
    readonly url: string
    readonly method: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
    /** What the shop answered; null when nothing whole came back. Not called for a report that a fault swallowed. */
    readonly answered?: (reply: { readonly status: number; readonly body: string } | null) => void
  }): void
  /** The address for reports that the shop typed into this provider's web page; null while there is none. */
  reportUrl(provider: string): string | null
  /** Offers a code for scanning by the shop's own handset; `scanned` is called with that handset's number. */
  offerScan(scanned: (phone: string) => void): Stop
  providerFault(provider: string): ProviderFault
  callbackFault(): CallbackFault
  /** Speeds the provider's slow habits up: 1 in the real world, more in tests (delivery times, QR life, journal lag). */
  readonly timeScale: number
}

/** Faults that each provider words in its own way. Slowness, time-outs and a dead line are the host's. */
export type WordedFault = 'serverError' | 'throttled' | 'noBalance' | 'wrongKey'

export interface Simulator {
  /** Settings and secrets of the account that practice mode is given. */
  readonly practiceAccount: {
    readonly settings: Readonly<Record<string, string | number>>
    readonly secrets: Readonly<Record<string, string>>
  }
  /** True for calls with an effect (a send, a prompt): time-out faults hit these only. */
  hasEffect(request: SimulatorRequest): boolean
  /** Answers as the provider would; must check method, path, headers and every field. */
  handle(request: SimulatorRequest): Promise<SimulatorReply>
  /**
   * A customer pays the shop by himself from the network's menu: takes the money, sends the customer the network's SMS
   * with the receipt code, and tells the shop where the network does that. Null when the wallet is short. Absent for
   * providers without wallets.
   */
  customerPays?(payment: {
    readonly phone: string
    readonly amountMinor: number
    /** What the customer types as the account. */
    readonly account: string
  }): { readonly code: string } | null
  /** The provider's own reply under such a fault, for a call with an effect; null when it has none. */
  fault(kind: WordedFault, request: SimulatorRequest): SimulatorReply | null
}

/** What a provider folder's `simulator.ts` exports. States the document and date it was written from in its docstring. */
export type CreateSimulator = (world: World) => Simulator
