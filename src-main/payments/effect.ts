import { z } from 'zod'
import type { EvidenceSource } from '../../src-preload/contract/payments.ts'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import { formatSaleNumber } from '../../src-preload/contract/sale-number.ts'
import type { Accounts } from '../accounts/service.ts'
import type { Database, Transaction } from '../database/open.ts'
import { callbackUrl, moneyOf } from '../money/accounts.ts'
import { detailOf, transition } from '../money/transition.ts'
import { type EffectRow, type RegisteredKind, registerKind, type Transition } from '../outbox/kind.ts'
import type { Accepted } from '../providers/mobile-money.ts'
import { type ProviderError, refused } from '../providers/outcome.ts'
import { applyEvidence, type EvidenceDeps } from './evidence.ts'
import type { PaymentRow } from './store.ts'
import { isOpen, mayMove } from './transitions.ts'

export const promptKind = 'prompt'

export interface PromptEffectDeps extends EvidenceDeps {
  readonly database: Database
  readonly accounts: Accounts
  /** The https address behind which this machine receives callbacks; empty when there is none. */
  readonly publicAddress: () => string
  /** The prompt is out, or its outcome is not known: start watching it. */
  readonly watch: (paymentId: string) => void
}

const dayMs = 86_400_000
/** Longer than any network holds a call while the customer types. */
const leaseMs = 150_000
const nobodyToAsk: ProviderError = {
  kind: 'unknownOutcome',
  reason: 'unknownOutcome',
  detail: 'no reference',
}

/** How a prompt goes out. It cannot wait: whatever keeps it here fails it at once, and the cashier is told. */
export function promptEffect(deps: PromptEffectDeps): RegisteredKind {
  const { store, accounts, receipts } = deps

  /** A held call is written down before its bytes go out: the customer may have the prompt from then on. */
  function opened(id: string): void {
    deps.database.transact((tx) => move(tx, id, 'processing', 'counter', null, null))
  }

  /** Moves a payment by what became of its call; evidence that may not move it is kept all the same. */
  function move(
    tx: Transaction,
    id: string,
    to: 'prompted' | 'processing' | 'unknown' | 'cancelled',
    source: EvidenceSource,
    reason: ReasonCode | null,
    detail: string | null,
  ): void {
    const row = store.row(id)
    const applied = mayMove(row.state, to, source)
    transition(store, tx, row, { to, source, reason, detail }, applied, { state: to, reason, detail })
  }

  /** The call was refused; a report that said "paid" before it makes that a contradiction. */
  function refusedTo(tx: Transaction, id: string, reason: ReasonCode | null, detail: string | null): void {
    const reading = { state: 'failed', reason: reason ?? 'rejected', detail: detail ?? '' } as const
    applyEvidence(deps, tx, id, { source: 'reply', reading, detail })
  }

  function answered(tx: Transaction, id: string, { providerReference, reading }: Accepted): void {
    const row = store.row(id)
    // A report may overtake the reply; then only the reference is new.
    move(tx, id, row.state === 'processing' ? 'processing' : 'prompted', 'reply', null, providerReference)
    store.update(tx, id, {
      // The reply is the network's own word; what a report named before it may be anybody's.
      providerReference: store.freeReference(row, providerReference) ?? row.providerReference,
      promptedAt: row.promptedAt ?? tx.now,
    })
    if (reading === undefined || reading.state === 'processing') return
    applyEvidence(deps, tx, id, { source: 'reply', reading, detail: detailOf(reading) })
  }

  return registerKind<{ paymentId: string }, Accepted>({
    name: promptKind,
    label: { en: 'Payment request', sw: 'Ombi la malipo' },
    payload: z.object({ paymentId: z.string() }),
    waits: false,
    retryable: false,
    maxTries: 1,
    lifeMs: 60_000,
    leaseMs,
    duplicateHarmless: false,
    unresolvedReason: 'needsDecision',
    async execute(_effect, { paymentId }, signal) {
      const row = store.row(paymentId)
      const sale = receipts.get(row.saleId)
      const account = accounts.get(row.accountId)
      const money = await moneyOf(accounts, row.accountId)
      if (money === null || row.phone === null) {
        return refused('credentials', 'credentials', 'the account is not complete, or its keychain is locked')
      }
      const number = formatSaleNumber(sale)
      if (money.promptAnswer === 'held') opened(paymentId)
      const outcome = await money.raisePrompt(
        {
          reference: row.id,
          phone: row.phone,
          amountMinor: row.amountMinor,
          currency: row.currency,
          account: number,
          description: number,
          callbackUrl: callbackUrl(deps.publicAddress(), account, row.id),
        },
        signal,
      )
      return outcome.ok ? outcome : { ok: false, error: { ...outcome.error, reason: said(outcome.error) } }
    },
    // A prompt whose reply was lost is followed by the watcher, which ends it by asking, by a report, or by a person. A
    // report or an answer that overtook the lost reply proves that the prompt went out.
    consistencyWindowMs: (effect) => (isOvertaken(store.row(effect.subjectId)) ? 0 : dayMs),
    resolve(_effect, { paymentId }) {
      const row = store.row(paymentId)
      return Promise.resolve(
        isOvertaken(row)
          ? { kind: 'happened' as const, data: { providerReference: row.providerReference } }
          : { kind: 'askLater' as const, error: nobodyToAsk },
      )
    },
    onTransition(tx: Transaction, effect: EffectRow, change: Transition, data: Accepted | null): void {
      const id = effect.subjectId
      if (change.to === 'done' && data !== null) answered(tx, id, data)
      else if (change.to === 'unknown') move(tx, id, 'unknown', 'transport', 'unknownOutcome', change.detail)
      else if (change.to === 'failed' && change.by === 'outbox')
        refusedTo(tx, id, change.reason, change.detail)
      else if (change.to === 'cancelled') move(tx, id, 'cancelled', 'counter', change.reason, change.detail)
      tx.afterCommit(() => deps.watch(id))
    },
  })
}

/** The network knows this prompt, whatever became of the reply. */
function isOvertaken({ state, providerReference }: PaymentRow): boolean {
  return providerReference !== null || !isOpen(state)
}

/** A prompt is not tried again by itself, so nobody may be told that it is. */
function said({ kind, reason }: ProviderError): ReasonCode {
  if (kind === 'offline') return 'noLine'
  return kind === 'temporary' || kind === 'throttled' ? 'promptNotSent' : reason
}
