import type { Client } from '../e2e/control.ts'

export type IntentKind = 'sale' | 'print' | 'sms' | 'whatsapp' | 'payment' | 'byHand' | 'reversal' | 'payout'

/** What Kaunta said to an intent; `later`: neither yes nor no, ask again. */
export type Said =
  | { readonly is: 'yes'; readonly id: string; readonly number: number | null }
  | { readonly is: 'no' | 'later' | 'broken'; readonly why: string }

/** The ways into one run of the product. */
export interface Doors {
  /** REST, with an idempotency key. */
  post(path: string, key: string, body: object): Promise<Said>
  /** Calls the contract as the page does; what the product refuses comes as `no`. */
  counter(call: (client: Client, options: { readonly signal: AbortSignal }) => Promise<Said>): Promise<Said>
}

/** What is to be asked for. */
export interface Command {
  readonly kind: IntentKind
  ask(doors: Doors, key: string): Promise<Said>
  /**
   * always: asked again even after a yes, and the answer must be the same · untilAnswered: as a person does who saw no
   * answer.
   */
  readonly again: 'always' | 'untilAnswered'
  /** What the shop does after the first yes. */
  follow?(said: { readonly id: string; readonly number: number | null }): void
}

/** One thing that the shop asked for. */
export interface Intent {
  readonly key: string
  readonly kind: IntentKind
  readonly command: Command
  /** How often it was asked for. */
  asked: number
  /** The id read from an answer: from then on it must never be lost. */
  acknowledged: string | null
  /** Why Kaunta said no for good. */
  refused: string | null
}
