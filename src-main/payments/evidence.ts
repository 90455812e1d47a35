import type { EvidenceSource, PaymentState } from '../../src-preload/contract/payments.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Transaction } from '../database/open.ts'
import { type Claimed, transition } from '../money/transition.ts'
import type { Outbox } from '../outbox/service.ts'
import { carriesAmount, otherAmount, type SaidAmount } from '../providers/amounts.ts'
import type { MoneyReading } from '../providers/mobile-money.ts'
import type { Receipts } from '../receipts/service.ts'
import type { PaymentRow, PaymentStore } from './store.ts'
import { isOpen, isStronger, mayMove, proofOf } from './transitions.ts'

/** One piece of evidence: what it says and where it came from. */
export interface Evidence {
  readonly source: EvidenceSource
  readonly reading: MoneyReading
  /** The words or codes it came with, for the record. */
  readonly detail: string | null
  /** Who decided, where a person did. */
  readonly staffId?: string | null
}

export interface EvidenceDeps {
  readonly store: PaymentStore
  readonly receipts: Receipts
  readonly outbox: Outbox
  /** A payment was just completed, or its code became known: perhaps the network told of it. */
  readonly onCompleted: (tx: Transaction, id: string) => void
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
  const claim = weighed(store, row, evidence)
  const told = toldBy(tx, row, evidence, claim)
  if (row.state === claim.to) return strengthen(deps, tx, row, { ...claim, told })
  // What ended is opened again only for a person to look at.
  const opens = isOpen(row.state) || claim.to !== 'unknown' || claim.opensEnded
  const applied = opens && mayMove(row.state, claim.to, evidence.source)
  const paid = claim.to === 'completed'
  const moved = transition(store, tx, row, claim, applied, {
    ...told,
    state: claim.to,
    reason: paid ? null : claim.reason,
    detail: evidence.detail,
    needsDecision: claim.needsDecision,
    ...(paid ? { proof: proofOf(evidence.source), receiptCode: codeFor(store, row, claim) } : {}),
  })
  if (!moved) return row.state
  finish(deps, tx, row, claim.to)
  return claim.to
}

/** True for "no money moved" of money that is counted on a word no stronger than this one. */
export function contradictsPaid(
  row: PaymentRow,
  { state }: MoneyReading,
  source: 'signed' | 'callback',
): boolean {
  return (
    row.state === 'completed' && isEnding(state) && (row.proof === source || isStronger(source, row.proof))
  )
}

/**
 * An unsigned report where the network can be asked: kept, and moving nothing until it was asked. A "paid" stays beside the
 * payment with its code and amount; where that had ended otherwise it is a person's matter from now on, once.
 */
export function keepUnconfirmed(
  store: PaymentStore,
  tx: Transaction,
  row: PaymentRow,
  evidence: Evidence,
): void {
  const { reading } = evidence
  if (reading.state !== 'completed') {
    store.note(tx, row, claimOf(evidence), false)
    return
  }
  const code = reading.receiptCode
  const fresh = row.toldAt === null || row.toldCode !== code
  const opens = isEnding(row.state) && fresh && usableCode(store, row, code) === code
  const claim = { ...claimOf(evidence), to: opens ? 'unknown' : 'completed' } as const
  store.note(tx, row, claim, opens)
  store.update(tx, row.id, {
    toldAt: tx.now,
    toldCode: code ?? row.toldCode,
    ...(carriesAmount(reading) ? { toldAmount: otherAmount(reading, row.amountMinor, row.currency) } : {}),
    ...(opens ? { state: 'unknown', reason: 'contradiction', needsDecision: true } : {}),
  })
}

interface Claim extends Claimed<PaymentState, EvidenceSource> {
  readonly receiptCode: string | null
  readonly needsDecision: boolean
  /** It contradicts how a payment ended, so that a person must look at it again. */
  readonly opensEnded: boolean
}

type Told = Partial<Pick<PaymentRow, 'toldAt' | 'toldCode' | 'toldAmount'>>

function claimOf({ source, reading, detail, staffId = null }: Evidence): Claim {
  const said = {
    source,
    detail,
    staffId,
    reason: null,
    receiptCode: null,
    needsDecision: false,
    opensEnded: false,
  }
  switch (reading.state) {
    case 'processing':
      return { ...said, to: 'processing' }
    case 'completed':
      return { ...said, to: 'completed', receiptCode: reading.receiptCode }
    case 'unknown':
    case 'notFound':
      return { ...said, to: 'unknown', reason: 'unknownOutcome' }
    default:
      return { ...said, to: reading.state, reason: reading.reason }
  }
}

/** What evidence says, set against all that was said before. */
function weighed(store: PaymentStore, row: PaymentRow, evidence: Evidence): Claim {
  const claim = claimOf(evidence)
  if (evidence.source === 'person') return countedElsewhere(store, row, claim)
  if (isEnding(claim.to)) {
    // Two words of the network, of which one must be wrong.
    return row.toldAt !== null && isOpen(row.state) ? asking(claim, 'contradiction') : claim
  }
  if (evidence.reading.state !== 'completed') return claim
  // Money that does not fit the sale is never "paid": a manager looks.
  if (!sameAmount(row, evidence.reading)) return asking(claim, 'amountMismatch')
  const counted = countedElsewhere(store, row, claim)
  const refused = isEnding(row.state) && !mayMove(row.state, 'completed', evidence.source)
  return counted.to === 'completed' && refused ? asking(claim, 'contradiction') : counted
}

/** A person must look, also where the payment had ended. */
function asking(claim: Claim, reason: ReasonCode): Claim {
  return { ...claim, to: 'unknown', reason, needsDecision: true, opensEnded: true }
}

function isEnding(state: PaymentState | 'notFound'): boolean {
  return state === 'failed' || state === 'cancelled' || state === 'expired'
}

/** Evidence without an amount does not make another amount, told before, the right one. */
function sameAmount(row: PaymentRow, reading: SaidAmount): boolean {
  if (row.state === 'completed' || row.state === 'reversed') {
    return reading.amountMinor === null || reading.amountMinor === row.amountMinor
  }
  if (!carriesAmount(reading)) return row.toldAmount === null
  return otherAmount(reading, row.amountMinor, row.currency) === null
}

/** What must be shown to a person beside the payment: a "paid" that did not make it paid. */
function toldBy(tx: Transaction, row: PaymentRow, { reading }: Evidence, claim: Claim): Told {
  if (reading.state !== 'completed' || claim.to !== 'unknown') return {}
  const other = otherAmount(reading, row.amountMinor, row.currency)
  return {
    toldAt: row.toldAt ?? tx.now,
    ...(reading.receiptCode === null ? {} : { toldCode: reading.receiptCode }),
    ...(other === null ? {} : { toldAmount: other }),
  }
}

/** Money whose code proves another payment already is in the till: it is not counted again, and a manager looks. */
function countedElsewhere(store: PaymentStore, row: PaymentRow, claim: Claim): Claim {
  if (claim.to !== 'completed' || row.state === 'completed') return claim
  const code = claim.receiptCode ?? store.codeFromReports(row.id)
  return usableCode(store, row, code) === code
    ? claim
    : { ...claim, to: 'unknown', reason: 'needsDecision', needsDecision: true }
}

/** The same state again adds at most the receipt code that was missing, better proof, or a matter for a manager. */
function strengthen(
  deps: EvidenceDeps,
  tx: Transaction,
  row: PaymentRow,
  claim: Claim & { readonly told: Told },
): PaymentState {
  const asks = claim.needsDecision && (!row.needsDecision || row.reason !== claim.reason)
  if (asks) {
    deps.store.note(tx, row, claim, true)
    deps.store.update(tx, row.id, { ...claim.told, needsDecision: true, reason: claim.reason })
  }
  if (claim.to === 'completed') improve(deps, tx, row, claim)
  return row.state
}

/** More is known of money that is counted already. */
function improve(deps: EvidenceDeps, tx: Transaction, row: PaymentRow, claim: Claim): void {
  const code = newCode(deps.store, row, claim.receiptCode)
  const proof = proofOf(claim.source)
  const stronger = proof !== null && isStronger(proof, row.proof)
  if (code === null && claim.receiptCode !== null && claim.receiptCode !== row.receiptCode) {
    // Another code for the same payment is kept: the customer may have paid twice.
    deps.store.note(tx, row, claim, false)
  }
  if (code === null && !stronger) return
  deps.store.note(tx, row, { ...claim, receiptCode: code }, true)
  deps.store.update(tx, row.id, {
    ...(code === null ? {} : { receiptCode: code }),
    ...(stronger ? { proof } : {}),
  })
  if (code === null) return
  deps.receipts.changed(tx, row.saleId)
  // The same code is the same money, whichever word came first.
  deps.onCompleted(tx, row.id)
}

/** A code where there was none, or in place of one that the cashier only read from the SMS. */
function newCode(store: PaymentStore, row: PaymentRow, told: string | null): string | null {
  const typedOnly = row.origin === 'prompt' && row.receiptCode === row.claimedCode
  if (told === row.receiptCode || (row.receiptCode !== null && !typedOnly)) return null
  return usableCode(store, row, told)
}

/** The code of the proof itself, else what an earlier report brought, else what the cashier read from the SMS. */
function codeFor(store: PaymentStore, row: PaymentRow, claim: Claim): string | null {
  return (
    row.receiptCode ??
    usableCode(store, row, claim.receiptCode) ??
    usableCode(store, row, store.codeFromReports(row.id)) ??
    usableCode(store, row, row.claimedCode)
  )
}

/** One code proves one payment: a code that another payment bears is not taken a second time. */
function usableCode(store: PaymentStore, row: PaymentRow, code: string | null): string | null {
  if (code === null) return null
  const owner = store.byReceiptCode(code)
  return owner === undefined || owner.id === row.id ? code : null
}

function finish(deps: EvidenceDeps, tx: Transaction, row: PaymentRow, to: PaymentState): void {
  if (isOpen(to)) return
  if (to === 'completed') {
    takeMoney(deps, tx, row)
    deps.onCompleted(tx, row.id)
  }
  if (row.effectId !== null) deps.outbox.conclude(tx, row.effectId, to === 'completed' ? 'done' : 'failed')
}

/** The payment becomes a tender of its sale; what the sale did not need any more is marked, for a manager. */
export function takeMoney({ receipts, store }: EvidenceDeps, tx: Transaction, row: PaymentRow): void {
  receipts.addTender(tx, {
    saleId: row.saleId,
    kind: 'mobileMoney',
    amountMinor: row.amountMinor,
    paymentId: row.id,
    givenMinor: null,
  })
  const sale = receipts.get(row.saleId)
  const excessMinor = Math.min(row.amountMinor, Math.max(0, sale.paidMinor - sale.totalMinor))
  if (excessMinor > 0) store.update(tx, row.id, { excessMinor })
}
