import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { TransferState } from '../../src-preload/contract/transfers.ts'
import type { Transaction } from '../database/open.ts'
import type { Outbox } from '../outbox/service.ts'
import type { MoneyReading } from '../providers/mobile-money.ts'
import type { TransferRow, TransferStore } from './store.ts'
import { isOpen, mayMove, type TransferSource } from './transitions.ts'

export interface TransferEvidenceDeps {
  readonly store: TransferStore
  readonly outbox: () => Outbox
  /** A reversal went through: the payment is told. */
  readonly reversed: (
    tx: Transaction,
    paymentId: string,
    amountMinor: number,
    source: 'reply' | 'query' | 'signed' | 'callback' | 'person',
    detail: string | null,
  ) => void
}

export interface TransferClaim {
  readonly to: TransferState
  readonly source: TransferSource
  readonly reason: ReasonCode | null
  readonly detail: string | null
  readonly receiptCode?: string | null
  readonly staffId?: string | null
}

/** What a reading says of a transfer: a customer cannot cancel one, so every end without money is `failed`. */
export function claimFrom(row: TransferRow, reading: MoneyReading, source: TransferSource): TransferClaim {
  switch (reading.state) {
    case 'completed':
      // Another amount than was wanted is nobody's success: a manager looks.
      return reading.amountMinor !== null && reading.amountMinor !== row.amountMinor
        ? { to: 'unknown', source, reason: 'amountMismatch', detail: null }
        : {
            to: 'completed',
            source,
            reason: null,
            detail: reading.receiptCode,
            receiptCode: reading.receiptCode,
          }
    case 'processing':
      return { to: 'processing', source, reason: null, detail: null }
    case 'unknown':
    case 'notFound':
      return { to: 'unknown', source, reason: 'unknownOutcome', detail: reading.detail }
    default:
      return { to: 'failed', source, reason: reading.reason, detail: reading.detail }
  }
}

/** The one place where evidence moves a transfer; every piece that says something new is kept, applied or not. */
export function moveTransfer(
  deps: TransferEvidenceDeps,
  tx: Transaction,
  id: string,
  claim: TransferClaim,
): void {
  const { store } = deps
  const row = store.row(id)
  if (row.state === claim.to) return
  const applied = mayMove(row.state, claim.to, claim.source)
  store.note(tx, {
    transferId: id,
    source: claim.source,
    fromState: row.state,
    toState: claim.to,
    applied,
    reason: claim.reason,
    detail: claim.detail,
    staffId: claim.staffId ?? null,
  })
  if (!applied) return
  store.update(tx, id, {
    state: claim.to,
    reason: claim.reason,
    detail: claim.detail,
    receiptCode: claim.receiptCode ?? row.receiptCode,
    needsDecision: claim.reason === 'amountMismatch',
    ...(claim.to === 'completed' ? { completedAt: tx.now } : {}),
  })
  if (isOpen(claim.to)) return
  if (claim.to === 'completed' && row.paymentId !== null && claim.source !== 'transport') {
    deps.reversed(tx, row.paymentId, row.amountMinor, claim.source, claim.detail)
  }
  deps.outbox().conclude(tx, row.effectId, claim.to === 'completed' ? 'done' : 'failed')
}
