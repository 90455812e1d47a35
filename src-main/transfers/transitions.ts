import type { TransferState } from '../../src-preload/contract/transfers.ts'
import { type Moves, stateMachine } from '../money/state-machine.ts'

export type TransferSource = 'reply' | 'query' | 'signed' | 'callback' | 'person' | 'transport'

const told: readonly TransferSource[] = ['reply', 'query', 'signed', 'callback']
const ended: readonly TransferSource[] = [...told, 'person']

/**
 * The moves of money that leaves the shop. As with payments: unknown ends by evidence or by a manager's word, never by a
 * clock, and money that moved stays moved.
 */
const moves: Moves<TransferState, TransferSource> = {
  pending: { processing: told, completed: told, failed: told, unknown: ['transport', ...told] },
  processing: { completed: told, failed: told, unknown: ['transport', ...told] },
  unknown: { processing: told, completed: ended, failed: ended },
  // A late word that contradicts the end asks a person.
  failed: { completed: ['query', 'signed'], unknown: told },
  completed: {},
}

export const { mayMove, isOpen, allowedPairs } = stateMachine(moves, ['pending', 'processing', 'unknown'])
