import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { TransferState } from '../../src-preload/contract/transfers.ts'
import type { Transaction } from '../database/open.ts'
import { type Claimed, transition } from '../money/transition.ts'
import type { Outbox } from '../outbox/service.ts'
import { carriesAmount, otherAmount } from '../providers/amounts.ts'
import type { MoneyReading } from '../providers/mobile-money.ts'
import type { TransferRow, TransferStore } from './store.ts'
import { isOpen, mayMove, type TransferSource } from './transitions.ts'

export interface TransferEvidenceDeps {
  readonly store: TransferStore
  readonly outbox: Outbox
  /** A reversal went through: the payment is told. */
  readonly reversed: (
    tx: Transaction,
    paymentId: string,
    amountMinor: number,
    source: 'reply' | 'query' | 'signed' | 'callback' | 'person',
    detail: string | null,
  ) => void
}

export interface TransferClaim extends Claimed<TransferState, TransferSource> {
  /** The amount that was told, where it is not the one that was sent. */
  readonly toldAmount?: string | null
}

/** What a reading says of a transfer: a customer cannot cancel one, so every end without money is `failed`. */
export function claimFrom(row: TransferRow, reading: MoneyReading, source: TransferSource): TransferClaim {
  switch (reading.state) {
    case 'completed': {
      const { receiptCode } = reading
      // Evidence without an amount does not make another amount, told before, the right one.
      const toldAmount = carriesAmount(reading)
        ? otherAmount(reading, row.amountMinor, row.currency)
        : row.toldAmount
      // Another amount than was wanted is nobody's success: a manager looks.
      return toldAmount === null
        ? { to: 'completed', source, reason: null, detail: receiptCode, receiptCode }
        : { to: 'unknown', source, reason: 'amountMismatch', detail: receiptCode, receiptCode, toldAmount }
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

/** Reasons for which a person must look. */
const asking: readonly (ReasonCode | null)[] = ['amountMismatch', 'contradiction', 'failureUnproved']

/** What evidence says, set against all that was said before. */
function weighed(row: TransferRow, claim: TransferClaim): TransferClaim {
  const asks = (reason: ReasonCode): TransferClaim => ({ ...claim, to: 'unknown', reason })
  if (claim.source === 'person') return claim
  if (claim.to === 'failed' && isOpen(row.state)) {
    if (row.toldAt !== null) return asks('contradiction')
    // Who believes a forged failure pays twice.
    return claim.source === 'callback' ? asks('failureUnproved') : claim
  }
  const late = claim.to === 'completed' && row.state === 'failed'
  return late && !mayMove(row.state, claim.to, claim.source) ? asks('contradiction') : claim
}

/** What ended is opened again only for a person to look at, and only once for the same word. */
function applies(row: TransferRow, claim: TransferClaim, asks: boolean): boolean {
  if (row.state === claim.to) return true
  const again = row.receiptCode !== null && row.receiptCode === claim.receiptCode
  if (!isOpen(row.state) && claim.to === 'unknown' && (!asks || again)) return false
  return mayMove(row.state, claim.to, claim.source)
}

function isAsked(row: TransferRow, claim: TransferClaim): boolean {
  return row.needsDecision && row.reason === claim.reason
}

/** The one place where evidence moves a transfer; every piece that says something new is kept, applied or not. */
export function moveTransfer(
  deps: TransferEvidenceDeps,
  tx: Transaction,
  id: string,
  request: TransferClaim,
): void {
  const { store } = deps
  const row = store.row(id)
  const claim = weighed(row, request)
  const asks = claim.to === 'unknown' && asking.includes(claim.reason)
  if (row.state === claim.to && (!asks || isAsked(row, claim))) return
  const applied = applies(row, claim, asks)
  const { reason, detail } = claim
  const moved = transition(store, tx, row, claim, applied, {
    state: claim.to,
    reason,
    detail,
    receiptCode: claim.receiptCode ?? row.receiptCode,
    toldAmount: claim.toldAmount ?? row.toldAmount,
    needsDecision: asks,
    toldAt: asks && request.to !== 'failed' ? tx.now : row.toldAt,
    completedAt: claim.to === 'completed' ? tx.now : row.completedAt,
  })
  if (moved) finish(deps, tx, row, claim)
}

function finish(deps: TransferEvidenceDeps, tx: Transaction, row: TransferRow, claim: TransferClaim): void {
  if (asking.includes(claim.reason)) deps.outbox.askPerson(tx, row.effectId)
  if (isOpen(claim.to)) return
  if (claim.to === 'completed' && row.paymentId !== null && claim.source !== 'transport') {
    deps.reversed(tx, row.paymentId, row.amountMinor, claim.source, claim.detail)
  }
  deps.outbox.conclude(tx, row.effectId, claim.to === 'completed' ? 'done' : 'failed')
}

/** An unsigned report where the network can be asked: kept, and moving nothing until it was asked. */
export function keepUnconfirmed(
  { store }: TransferEvidenceDeps,
  tx: Transaction,
  row: TransferRow,
  claim: TransferClaim,
): void {
  store.note(tx, row, claim, false)
  if (claim.to !== 'completed' && (claim.toldAmount ?? null) === null) return
  const opens = row.state === 'failed' && row.receiptCode !== claim.receiptCode
  store.update(tx, row.id, {
    toldAt: tx.now,
    receiptCode: claim.receiptCode ?? row.receiptCode,
    toldAmount: claim.toldAmount ?? row.toldAmount,
    ...(opens ? { state: 'unknown', reason: 'contradiction', needsDecision: true } : {}),
  })
}
