import type { PaymentState } from '../../src-preload/contract/payments.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Transaction } from '../database/open.ts'
import type { Outbox } from '../outbox/service.ts'
import type { PaymentReading } from '../providers/mobile-money.ts'
import type { Receipts } from '../receipts/service.ts'
import type { PaymentRow, PaymentStore } from './store.ts'
import { type EvidenceSource, isOpen, mayMove } from './transitions.ts'

/** One piece of evidence: what it says and where it came from. */
export interface Evidence {
  readonly source: EvidenceSource
  readonly reading: PaymentReading
  /** The words or codes it came with, for the record. */
  readonly detail: string | null
}

export interface EvidenceDeps {
  readonly store: PaymentStore
  readonly receipts: Receipts
  readonly outbox: () => Outbox
}

/**
 * The one place where evidence moves a payment. Every piece that says something new is kept, applied or not; money
 * becomes a tender once, in the same transaction.
 * @returns the payment's state afterwards
 */
export function applyEvidence(
  deps: EvidenceDeps,
  tx: Transaction,
  id: string,
  evidence: Evidence,
): PaymentState {
  const { store } = deps
  const row = store.row(id)
  const claim = claimOf(row, evidence)
  if (row.state === claim.to) return enrich(deps, tx, row, evidence, claim)
  const applied = mayMove(row.state, claim.to, evidence.source)
  store.note(tx, {
    paymentId: id,
    source: evidence.source,
    fromState: row.state,
    toState: claim.to,
    applied,
    reason: claim.reason,
    detail: evidence.detail,
    receiptCode: claim.receiptCode,
  })
  if (!applied) return row.state
  const receiptCode =
    claim.to === 'completed'
      ? usableCode(store, row, claim.receiptCode ?? store.codeFromCallbacks(id))
      : row.receiptCode
  store.update(tx, id, {
    state: claim.to,
    reason: claim.to === 'completed' ? null : claim.reason,
    detail: evidence.detail,
    needsDecision: claim.needsDecision,
    receiptCode,
  })
  finish(deps, tx, row, claim.to)
  return claim.to
}

/** An unsigned "paid": kept with its code, and moving nothing until the provider itself is asked. */
export function keepUnconfirmed(
  store: PaymentStore,
  tx: Transaction,
  row: PaymentRow,
  evidence: Evidence,
): void {
  store.note(tx, {
    paymentId: row.id,
    source: evidence.source,
    fromState: row.state,
    toState: 'completed',
    applied: false,
    reason: null,
    detail: evidence.detail,
    receiptCode: claimOf(row, evidence).to === 'completed' ? codeOf(evidence.reading) : null,
  })
}

interface Claim {
  readonly to: PaymentState
  readonly reason: ReasonCode | null
  readonly receiptCode: string | null
  readonly needsDecision: boolean
}

function claimOf(row: PaymentRow, { reading }: Evidence): Claim {
  const none = { reason: null, receiptCode: null, needsDecision: false }
  switch (reading.state) {
    case 'processing':
      return { ...none, to: 'processing' }
    case 'completed':
      // Money that does not fit the sale is never "paid": a manager looks.
      return reading.amountMinor !== null && reading.amountMinor !== row.amountMinor
        ? { ...none, to: 'unknown', reason: 'amountMismatch', needsDecision: true }
        : { ...none, to: 'completed', receiptCode: reading.receiptCode }
    case 'unknown':
      return { ...none, to: 'unknown', reason: 'unknownOutcome' }
    default:
      return { ...none, to: reading.state, reason: reading.reason }
  }
}

/** The same state again adds at most the receipt code that was missing. */
function enrich(
  deps: EvidenceDeps,
  tx: Transaction,
  row: PaymentRow,
  evidence: Evidence,
  claim: Claim,
): PaymentState {
  const code = claim.to === 'completed' ? usableCode(deps.store, row, claim.receiptCode) : null
  if (code !== null && row.receiptCode === null) {
    deps.store.note(tx, {
      paymentId: row.id,
      source: evidence.source,
      fromState: row.state,
      toState: row.state,
      applied: true,
      reason: null,
      detail: evidence.detail,
      receiptCode: code,
    })
    deps.store.update(tx, row.id, { receiptCode: code })
    deps.receipts.changed(tx, row.saleId)
  }
  return row.state
}

/** One code proves one payment: a code that another payment bears is not taken a second time. */
function usableCode(store: PaymentStore, row: PaymentRow, code: string | null): string | null {
  if (code === null) return null
  const owner = store.byReceiptCode(row.provider, code)
  return owner === undefined || owner.id === row.id ? code : null
}

function codeOf(reading: PaymentReading): string | null {
  return reading.state === 'completed' ? reading.receiptCode : null
}

function finish(
  { receipts, outbox }: EvidenceDeps,
  tx: Transaction,
  row: PaymentRow,
  to: PaymentState,
): void {
  if (isOpen(to)) return
  if (to === 'completed') {
    receipts.addTender(tx, {
      saleId: row.saleId,
      kind: 'mobileMoney',
      amountMinor: row.amountMinor,
      paymentId: row.id,
    })
  }
  outbox().conclude(tx, row.effectId, to === 'completed' ? 'done' : 'failed')
}
