import type { z } from 'zod'
import type { Sentence } from '../../src-preload/contract/paging.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Transaction } from '../database/open.ts'
import type { Outcome, ProviderError } from '../providers/outcome.ts'

export type EffectState = 'queued' | 'leased' | 'unknown' | 'done' | 'failed' | 'cancelled'

/** An effect as the outbox holds it. Times are epoch ms. */
export interface EffectRow {
  readonly id: number
  readonly lane: string
  readonly kind: string
  readonly subjectId: string
  readonly title: string
  readonly state: EffectState
  readonly priority: number
  readonly dueAt: number
  readonly deadlineAt: number
  readonly attempts: number
  readonly tries: number
  readonly leaseId: string | null
  readonly payload: string
  readonly reason: string | null
  readonly detail: string | null
  readonly needsDecision: 0 | 1
  readonly createdAt: number
  readonly updatedAt: number
}

/** A change of an effect's state, as its domain row must follow it. */
export interface Transition {
  readonly to: EffectState
  readonly by: 'outbox' | 'provider' | 'person'
  readonly reason: ReasonCode | null
  readonly detail: string | null
  readonly needsDecision: boolean
}

/** What asking about an unknown effect brought. */
export type Resolution<Data> =
  | { readonly kind: 'happened'; readonly data: Data }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'askLater'; readonly error: ProviderError }

/** A sort of effect: how it is done, asked about, and how its domain row follows. */
export interface EffectKind<Payload, Data> {
  readonly name: string
  /** As a person calls it. */
  readonly label: Sentence
  readonly payload: z.ZodType<Payload>
  /** False for what cannot wait for a line, a key or a balance (a prompt: the customer stands there). */
  readonly waits: boolean
  /** False for what a person starts anew instead of sending again. */
  readonly retryable: boolean
  /** Calls that may count before it fails. */
  readonly maxTries: number
  /** Milliseconds from its enqueueing to its deadline. */
  readonly lifeMs: number
  /** Milliseconds a call may take before its outcome counts as unknown. */
  readonly leaseMs: number
  /** Milliseconds that a call needs after its signal to leave nothing behind (a job in a queue, an open device); none: 0. */
  readonly endMs?: number
  /** True when doing it twice does no harm, so that an unanswerable unknown may go again. */
  readonly duplicateHarmless: boolean
  /** What a person is told when only a person can say what became of it. */
  readonly unresolvedReason: ReasonCode
  execute(effect: EffectRow, payload: Payload, signal: AbortSignal): Promise<Outcome<Data>>
  /** Milliseconds after which "not found" proves something; null when nothing can be asked. */
  consistencyWindowMs(effect: EffectRow): number | null
  /** `since`: epoch ms at which the unknown call began. */
  resolve(effect: EffectRow, payload: Payload, since: number): Promise<Resolution<Data>>
  /** The domain row and its history, in the same transaction as the effect. `data` only after success. */
  onTransition(tx: Transaction, effect: EffectRow, transition: Transition, data: Data | null): void
  /**
   * A person said that it did not happen, or wants what ended without a call: wants it anew in its own way. Left out: the
   * same effect goes out again.
   */
  redo?(tx: Transaction, effect: EffectRow): void
}

type Apply = (tx: Transaction, effect: EffectRow, transition: Transition) => void

/** The outcome of a call with its data closed in, so that the dispatcher needs no type for it. */
export interface Ran {
  readonly error: ProviderError | null
  readonly apply: Apply
}

export type Resolved =
  | { readonly kind: 'happened'; readonly apply: Apply }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'askLater'; readonly error: ProviderError }

/** An EffectKind without its type parameters, as the dispatcher keeps it. */
export interface RegisteredKind {
  readonly name: string
  readonly label: Sentence
  readonly waits: boolean
  readonly retryable: boolean
  readonly maxTries: number
  readonly lifeMs: number
  readonly leaseMs: number
  readonly endMs: number
  readonly duplicateHarmless: boolean
  readonly unresolvedReason: ReasonCode
  readonly redo: ((tx: Transaction, effect: EffectRow) => void) | null
  /** Rejects with `UnreadablePayload` when the stored payload does not fit. */
  run(effect: EffectRow, signal: AbortSignal): Promise<Ran>
  consistencyWindowMs(effect: EffectRow): number | null
  resolve(effect: EffectRow, since: number): Promise<Resolved>
  readonly onTransition: Apply
}

export class UnreadablePayload extends Error {}

/** What an effect was enqueued with; null where its row no longer holds that. */
export function payloadOf<Payload>(
  schema: z.ZodType<Payload>,
  { payload }: Pick<EffectRow, 'payload'>,
): Payload | null {
  const parsed = schema.safeParse(parseJson(payload))
  return parsed.success ? parsed.data : null
}

export function registerKind<Payload, Data>(kind: EffectKind<Payload, Data>): RegisteredKind {
  const read = (effect: EffectRow): Payload => {
    const payload = payloadOf(kind.payload, effect)
    if (payload === null) throw new UnreadablePayload(effect.payload)
    return payload
  }
  const onTransition: Apply = (tx, effect, transition) => kind.onTransition(tx, effect, transition, null)
  return {
    name: kind.name,
    label: kind.label,
    waits: kind.waits,
    retryable: kind.retryable,
    maxTries: kind.maxTries,
    lifeMs: kind.lifeMs,
    leaseMs: kind.leaseMs,
    endMs: kind.endMs ?? 0,
    duplicateHarmless: kind.duplicateHarmless,
    unresolvedReason: kind.unresolvedReason,
    redo: kind.redo === undefined ? null : (tx, effect) => kind.redo?.(tx, effect),
    onTransition,
    consistencyWindowMs: (effect) => kind.consistencyWindowMs(effect),
    async run(effect, signal) {
      const outcome = await kind.execute(effect, read(effect), signal)
      if (!outcome.ok) return { error: outcome.error, apply: onTransition }
      return {
        error: null,
        apply: (tx, row, transition) => kind.onTransition(tx, row, transition, outcome.value),
      }
    },
    async resolve(effect, since) {
      const found = await kind.resolve(effect, read(effect), since)
      if (found.kind !== 'happened') return found
      return {
        kind: 'happened',
        apply: (tx, row, transition) => kind.onTransition(tx, row, transition, found.data),
      }
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
