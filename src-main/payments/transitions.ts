import type { PaymentState } from '../../src-preload/contract/payments.ts'

/** Where a piece of evidence came from. */
export type EvidenceSource = 'query' | 'callback' | 'reply' | 'person' | 'transport' | 'clock' | 'counter'

/**
 * The moves a payment may make, and which evidence may make them. The database has the same pairs in a trigger.
 * `completed` is never lost; `unknown` ends only by evidence, never by a clock.
 */
const moves: Readonly<
  Record<PaymentState, Readonly<Partial<Record<PaymentState, readonly EvidenceSource[]>>>>
> = {
  pending: {
    prompted: ['reply'],
    processing: ['query', 'callback'],
    completed: ['query', 'callback'],
    failed: ['reply', 'query', 'callback'],
    cancelled: ['counter', 'query', 'callback'],
    expired: ['query', 'callback'],
    unknown: ['transport', 'query', 'callback'],
  },
  prompted: {
    processing: ['query', 'callback'],
    completed: ['query', 'callback'],
    failed: ['query', 'callback'],
    cancelled: ['query', 'callback'],
    expired: ['query', 'callback'],
    unknown: ['clock', 'query', 'callback'],
  },
  processing: {
    completed: ['query', 'callback'],
    failed: ['query', 'callback'],
    cancelled: ['query', 'callback'],
    expired: ['query', 'callback'],
    unknown: ['clock', 'query', 'callback'],
  },
  unknown: {
    processing: ['query', 'callback'],
    completed: ['query', 'callback', 'person'],
    failed: ['query', 'callback', 'person'],
    cancelled: ['query', 'callback'],
    expired: ['query', 'callback'],
  },
  // Late success is real (no answer, then paid): never dropped, and only on strong evidence.
  failed: { completed: ['query'] },
  cancelled: { completed: ['query'] },
  expired: { completed: ['query'] },
  completed: {},
  reversed: {},
}

/** True when evidence of this source may move a payment so. */
export function mayMove(from: PaymentState, to: PaymentState, source: EvidenceSource): boolean {
  return moves[from][to]?.includes(source) ?? false
}

/** Every allowed pair, for the test that compares them with the database's trigger. */
export function allowedPairs(): string[] {
  return Object.entries(moves).flatMap(([from, targets]) => Object.keys(targets).map((to) => `${from}>${to}`))
}

/** True while another prompt for the same sale must be refused. */
export function isOpen(state: PaymentState): boolean {
  return state === 'pending' || state === 'prompted' || state === 'processing' || state === 'unknown'
}
