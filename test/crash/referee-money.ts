import type Engine from 'better-sqlite3'
import type { LedgerEntry } from '../../src-main/providers/simulation.ts'
import type { Findings } from './findings.ts'

interface PaymentRow {
  readonly id: string
  readonly provider: string
  readonly origin: 'prompt' | 'code' | 'notice'
  readonly phone: string | null
  readonly state: string
  readonly reason: string | null
  readonly proof: string | null
  /** The receipt code that it bears, proved or claimed. */
  readonly code: string | null
  readonly amountMinor: number
  readonly reversedMinor: number
  /** Null where no effect of ours stands behind it. */
  readonly effect: string | null
  readonly tenders: number
  readonly tenderMinor: number | null
}

interface TransferRow {
  readonly id: string
  readonly kind: 'reversal' | 'payout'
  readonly provider: string
  readonly paymentId: string | null
  readonly phone: string
  readonly state: string
  readonly reason: string | null
  readonly amountMinor: number
  readonly effect: string
  /** The receipt code of the payment that goes back. */
  readonly code: string | null
}

export interface MoneyRows {
  readonly payments: readonly PaymentRow[]
  readonly transfers: readonly TransferRow[]
}

export function readMoney(database: Engine.Database): MoneyRows {
  return {
    payments: database
      .prepare<[], PaymentRow>(
        `SELECT payment.id, provider, origin, phone, payment.state, payment.reason, proof,
           coalesce(receipt_code, claimed_code) AS code, payment.amount_minor AS amountMinor,
           reversed_minor AS reversedMinor, effect.state AS effect,
           (SELECT count(*) FROM tender WHERE payment_id = payment.id) AS tenders,
           (SELECT sum(amount_minor) FROM tender WHERE payment_id = payment.id) AS tenderMinor
         FROM payment LEFT JOIN effect ON effect.id = effect_id`,
      )
      .all(),
    transfers: database
      .prepare<[], TransferRow>(
        `SELECT transfer.id, transfer.kind, transfer.provider, payment_id AS paymentId, transfer.phone, transfer.state,
           transfer.reason, transfer.amount_minor AS amountMinor, effect.state AS effect, payment.receipt_code AS code
         FROM transfer JOIN effect ON effect.id = transfer.effect_id LEFT JOIN payment ON payment.id = payment_id`,
      )
      .all(),
  }
}

/** Money as the world booked it against money as Kaunta tells it: each flow has a phone of its own. */
export function judgeMoney(
  { payments, transfers }: MoneyRows,
  ledger: readonly LedgerEntry[],
  found: Findings,
): void {
  const booked = createIndex(ledger)
  const bearers = new Map<string, string>()
  for (const payment of payments) {
    judgePayment(payment, booked, found)
    if (payment.code === null || !isPaid(payment)) continue
    const name = `${payment.provider} ${payment.code}`
    const other = bearers.get(name)
    if (other !== undefined) found.duplicated.push(`payments ${other} and ${payment.id} rest on one code`)
    bearers.set(name, payment.id)
  }
  for (const transfer of transfers) judgeTransfer(transfer, found)
  for (const payout of transfers.filter(({ kind }) => kind === 'payout')) {
    judgeMoved(`payout ${payout.phone}`, [payout], booked('payout', payout.provider, payout.phone), found)
  }
  for (const payment of payments) {
    const own = transfers.filter(({ paymentId }) => paymentId === payment.id)
    if (own.length === 0) continue
    const entries = payment.code === null ? [] : booked('reversal', payment.provider, payment.code)
    judgeMoved(`reversal of ${payment.id}`, own, entries, found)
    if (own.some(({ state }) => state === 'completed') !== (payment.state === 'reversed'))
      found.lost.push(`payment ${payment.id} (${payment.state}) does not know that it went back`)
  }
}

type Booked = (kind: LedgerEntry['kind'], provider: string, mark: string) => readonly LedgerEntry[]

/** Entries by phone, and payments and reversals by code too. */
function createIndex(ledger: readonly LedgerEntry[]): Booked {
  const index = new Map<string, LedgerEntry[]>()
  const keep = (name: string, entry: LedgerEntry) => index.set(name, [...(index.get(name) ?? []), entry])
  for (const entry of ledger) {
    const { kind, provider, phone, text, reference } = entry
    keep(`${kind} ${provider} ${phone}`, entry)
    if (kind === 'reversal') keep(`${kind} ${provider} ${text}`, entry)
    if (kind === 'payment') keep(`${kind} ${provider} ${reference}`, entry)
  }
  return (kind, provider, mark) => index.get(`${kind} ${provider} ${mark}`) ?? []
}

function isPaid({ state }: PaymentRow): boolean {
  return state === 'completed' || state === 'reversed'
}

function judgePayment(payment: PaymentRow, booked: Booked, found: Findings): void {
  const { provider, origin, state, reason } = payment
  const name = `${provider} payment ${payment.id} by ${origin} (${state}, ${reason ?? 'no reason'})`
  const paid = booked('payment', provider, markOf(payment))
  judgePrompts(payment, name, booked, found)
  if (paid.length > 1) found.duplicated.push(`${name}: paid ${paid.length} times`)
  // Otherwise the outbox asks a person about a payment that has ended.
  if (state !== 'unknown' && payment.effect === 'unknown') found.stuck.push(`${name}: its effect is open`)
  judgeTenders(payment, name, found)
  if (state === 'unknown') found.review += 1
  else if (!isPaid(payment)) judgeFailure(payment, name, paid.length > 0, found)
  else if (paid.length === 0 && payment.proof !== 'person') found.lost.push(`${name}: no money moved`)
  else if (paid.some(({ amountMinor }) => amountMinor !== payment.amountMinor))
    found.lost.push(`${name}: another amount moved`)
}

/** What tells the payment's own entries in the ledger from all others. */
function markOf({ origin, phone, code }: PaymentRow): string {
  return (origin === 'prompt' ? phone : code) ?? ''
}

function judgePrompts(payment: PaymentRow, name: string, booked: Booked, found: Findings): void {
  if (payment.origin !== 'prompt') return
  const prompts = booked('prompt', payment.provider, markOf(payment)).length
  if (prompts > 1) found.duplicated.push(`${name}: ${prompts} prompts`)
}

function judgeFailure({ state, reason }: PaymentRow, name: string, paid: boolean, found: Findings): void {
  if (state !== 'failed' && state !== 'cancelled' && state !== 'expired') {
    found.stuck.push(name)
    return
  }
  found.failed += 1
  if (paid) found.lost.push(`${name}: the customer paid`)
  if (reason === null) found.lost.push(`${name}: ended without a reason`)
}

/** Money on the sale: once for a paid payment, never for another. */
function judgeTenders(payment: PaymentRow, name: string, found: Findings): void {
  const { tenders, tenderMinor, amountMinor } = payment
  if (tenders > 1) found.duplicated.push(`${name}: ${tenders} tenders`)
  if (!isPaid(payment)) {
    if (tenders > 0) found.lost.push(`${name}: the sale shows money that is not confirmed`)
  } else if (tenders === 0 || tenderMinor !== amountMinor * tenders)
    found.lost.push(`${name}: the sale does not show the money`)
}

function judgeTransfer({ id, kind, provider, state, reason, effect }: TransferRow, found: Findings): void {
  const name = `${provider} ${kind} ${id} (${state}, ${reason ?? 'no reason'})`
  if (state === 'unknown' || state === 'processing') found.review += 1
  else if (effect === 'unknown') found.stuck.push(`${name}: its effect is open`)
  if (state === 'pending') found.stuck.push(`${name}: its effect is ${effect}`)
  if (state !== 'failed') return
  found.failed += 1
  if (reason === null) found.lost.push(`${name}: failed without a reason`)
}

/** The rows of one thing that may leave the shop once, against what left. */
function judgeMoved(
  name: string,
  rows: readonly TransferRow[],
  entries: readonly LedgerEntry[],
  found: Findings,
): void {
  const states = rows.map(({ id, state }) => `${id} ${state}`).join(', ')
  const completed = rows.filter(({ state }) => state === 'completed')
  const hidden = rows.every(({ state }) => state === 'failed')
  if (entries.length > 1 || completed.length > 1)
    found.duplicated.push(`${name}: left ${entries.length} times (${states})`)
  if (completed.length > entries.length) found.lost.push(`${name}: called done, and nothing left (${states})`)
  if (hidden && entries.length > 0) found.lost.push(`${name}: called failed, and it left (${states})`)
  const [row] = rows
  if (entries.some(({ amountMinor }) => amountMinor !== row?.amountMinor))
    found.lost.push(`${name}: another amount left (${states})`)
}

/** What was answered with 2xx is in the file, as often as it was answered, and in the end it is processed. */
export function judgeCallbacks(
  database: Engine.Database,
  answered: ReadonlyMap<string, number>,
  found: Findings,
): void {
  const kept = new Map(
    database
      .prepare<[], [string, number]>('SELECT digest, count(*) FROM callback GROUP BY digest')
      .raw()
      .all(),
  )
  for (const [digest, times] of answered) {
    const here = kept.get(digest) ?? 0
    if (here < times) found.lost.push(`a callback was answered ${times} times and kept ${here} times`)
  }
  const stored = database
    .prepare<[], number>("SELECT count(*) FROM callback WHERE state = 'stored'")
    .pluck()
    .get()
  if (stored !== undefined && stored > 0) found.stuck.push(`${stored} callbacks are not processed`)
}
