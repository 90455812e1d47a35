import type { z } from 'zod'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { Capability } from '../../src-preload/contract/providers.ts'
import type { HttpRequest, HttpResult } from '../http/client.ts'
import type { MobileMoney } from './mobile-money.ts'
import type { Outcome } from './outcome.ts'
import type { Sms } from './sms.ts'
import type { WhatsApp } from './whatsapp.ts'

export type { RawCallback } from './raw-callback.ts'

export type SettingValue = string | number

/** What an operation may know while it builds its request. */
export interface CallContext {
  /** No slash at the end: the provider's address for the account's environment, or the account's own override. */
  readonly baseUrl: string
  readonly settings: Readonly<Record<string, SettingValue>>
  readonly secrets: Readonly<Record<string, string>>
  /** The access token, when the provider declares a session. */
  readonly token: string | null
  /** UTC epoch ms, corrected by the provider's Date header where one was seen. */
  readonly now: number
}

/** One HTTP call as two pure functions: an adapter never touches the network itself. */
export interface HttpOperation<Input, Result> {
  /** For the log and for the redactor; never holds data. */
  readonly name: string
  request(input: Input, context: CallContext): HttpRequest
  outcome(result: HttpResult, input: Input): Outcome<Result>
}

/** An access token that must be fetched before other calls. The caller keeps it until `expiresInMs` is nearly over. */
export interface Session {
  readonly open: HttpOperation<null, { readonly token: string; readonly expiresInMs: number }>
  /** True when a reply says that the token was refused: it is fetched anew, once, and the call repeated. */
  refuses(result: HttpResult): boolean
  /** True for a 401 that speaks of the customer's payment: it came past the token, which is therefore good. Any other 401 ends it. */
  accepts?(result: HttpResult): boolean
  /** Milliseconds during which a new token may still be refused: until then the same one is tried again. */
  readonly settlingMs?: number
}

/** A provider account as an adapter sees it. */
export interface Connection {
  readonly settings: Readonly<Record<string, SettingValue>>
  /** For checking signatures of what comes in; empty where nothing can be called either. */
  readonly secrets: Readonly<Record<string, string>>
  /** UTC epoch ms, corrected as in `CallContext`: for what lives longer than one call. Absent for pure readers. */
  readonly now?: () => number
  call<Input, Result>(
    operation: HttpOperation<Input, Result>,
    input: Input,
    signal?: AbortSignal,
  ): Promise<Outcome<Result>>
}

/** What a vendor can do. A thing it cannot do is absent, never "not implemented". */
export interface Abilities {
  readonly sms?: Sms
  readonly whatsapp?: WhatsApp
  readonly mobileMoney?: MobileMoney
  /** A harmless real call that proves address and credentials; answers a line for the manager (balance, state). */
  readonly test: () => Promise<Outcome<Sentence>>
}

/** Words for one field of the account form, which is otherwise made from the zod schema. */
export interface FieldWords {
  readonly label: Sentence
  readonly help?: Sentence
  readonly example?: string
  readonly choices?: Readonly<Record<string, Sentence>>
  /** The setting is an address that secrets are sent to: it is guarded as the account's own address. */
  readonly takesSecrets?: true
}

/** A row of a provider's error table: their code, what it means to us, where it was read. */
export interface ErrorRow {
  readonly code: string
  readonly kind: import('./outcome.ts').ProviderErrorKind
  readonly reason: import('../../src-preload/contract/reasons.ts').ReasonCode
  readonly source: string
}

/** A provider, declared: everything Kaunta knows of it except how to imitate it. */
export interface ProviderDeclaration {
  readonly id: string
  readonly label: string
  readonly markets: readonly ('TZ' | 'KE')[]
  readonly docsUrl: string
  /** z.object of text, number and enum fields. `.meta()` is not used: words stand in `fields`. */
  readonly settings: z.ZodObject
  /** z.object of strings. */
  readonly secrets: z.ZodObject
  readonly fields: Readonly<Record<string, FieldWords>>
  readonly addresses: { readonly live: string; readonly sandbox: string }
  readonly session?: Session
  readonly capabilities: readonly Capability[]
  /** Calls a second, and how many may stand at once, for the lane's token bucket. */
  readonly rate: { readonly perSecond: number; readonly burst: number; readonly concurrency: number }
  /** Milliseconds after which "not found" proves that an unknown call did not happen; null when nothing can be asked. */
  readonly consistencyWindowMs: number | null
  /** Milliseconds until a call without an answer counts as unknown. */
  readonly timeoutMs: number
  /** What it cannot do, in words for the manager. */
  readonly limits: readonly Sentence[]
  readonly errors: readonly ErrorRow[]
  connect(connection: Connection): Abilities
}
