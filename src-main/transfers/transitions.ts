import type { TransferState } from '../../src-preload/contract/transfers.ts'

export type TransferSource = 'reply' | 'query' | 'signed' | 'callback' | 'person' | 'transport'

const told: readonly TransferSource[] = ['reply', 'query', 'signed', 'callback']
const ended: readonly TransferSource[] = [...told, 'person']

/**
 * The moves of money that leaves the shop. As with payments: unknown ends by evidence or by a manager's word, never by a
 * clock, and money that moved stays moved.
 */
const moves: Readonly<
  Record<TransferState, Readonly<Partial<Record<TransferState, readonly TransferSource[]>>>>
> = {
  pending: { processing: told, completed: told, failed: told, unknown: ['transport', ...told] },
  processing: { completed: told, failed: told, unknown: ['transport', ...told] },
  unknown: { processing: told, completed: ended, failed: ended },
  // A late word that contradicts the end asks a person.
  failed: { completed: ['query', 'signed'], unknown: told },
  completed: {},
}

export function mayMove(from: TransferState, to: TransferState, source: TransferSource): boolean {
  return moves[from][to]?.includes(source) ?? false
}

/** Every allowed pair, for the test that compares them with the database's trigger. */
export function allowedPairs(): string[] {
  return Object.entries(moves).flatMap(([from, targets]) => Object.keys(targets).map((to) => `${from}>${to}`))
}

export function isOpen(state: TransferState): boolean {
  return state === 'pending' || state === 'processing' || state === 'unknown'
}
