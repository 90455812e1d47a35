import type { EvidenceSource, PaymentState, Proof } from '../../src-preload/contract/payments.ts'
import { type Moves, stateMachine } from '../money/state-machine.ts'

type Sources = readonly EvidenceSource[]

/** What the provider itself said, in whatever way; a network without a query has nothing but its unsigned report. */
const told: Sources = ['query', 'signed', 'reply', 'callback', 'statement']
const paid: Sources = ['query', 'signed', 'reply', 'callback', 'notice', 'statement']
const ended = { completed: paid, failed: told, cancelled: told, expired: told }
/** A late word that contradicts the end: a person is asked. */
const reopened: Sources = ['query', 'signed', 'reply', 'callback', 'notice', 'statement']
const unsure: Sources = ['clock', 'query', 'signed', 'callback', 'notice', 'statement']
/** Late success is real (no answer, then paid): never dropped, and only on evidence that is not a bare report. */
const late: Sources = ['query', 'signed', 'notice', 'statement']

/**
 * The moves a payment may make, and which evidence may make them. The database has the same pairs in a trigger.
 * `completed` is never lost; `unknown` ends only by evidence, never by a clock.
 */
const moves: Moves<PaymentState, EvidenceSource> = {
  pending: {
    ...ended,
    prompted: ['reply'],
    // `counter`: the call that stays open while the customer types is about to be made.
    processing: ['counter', 'reply', 'query', 'signed', 'callback'],
    cancelled: ['counter', ...told],
    unknown: ['transport', ...reopened],
  },
  prompted: { ...ended, processing: ['reply', 'query', 'signed', 'callback'], unknown: ['reply', ...unsure] },
  processing: { ...ended, unknown: ['transport', 'reply', ...unsure] },
  unknown: {
    ...ended,
    processing: ['reply', 'query', 'signed', 'callback'],
    completed: [...paid, 'person'],
    failed: [...told, 'person'],
  },
  failed: { completed: late, unknown: reopened },
  cancelled: { completed: late, unknown: reopened },
  expired: { completed: late, unknown: reopened },
  completed: { reversed: ['query', 'signed', 'reply', 'callback', 'statement', 'person'] },
  reversed: {},
}

/** While one is open another prompt for the same sale must be refused. */
export const { mayMove, isOpen, allowedPairs } = stateMachine(moves, [
  'pending',
  'prompted',
  'processing',
  'unknown',
])

/** Strongest first. */
const ranks: readonly Proof[] = ['query', 'signed', 'statement', 'reply', 'notice', 'callback', 'person']

/** True when `next` is better proof of a payment than what it rests on. */
export function isStronger(next: Proof, than: Proof | null): boolean {
  return than === null || ranks.indexOf(next) < ranks.indexOf(than)
}

/** The proof that evidence of this source gives; null for what proves nothing. */
export function proofOf(source: EvidenceSource): Proof | null {
  return ranks.find((known) => known === source) ?? null
}
