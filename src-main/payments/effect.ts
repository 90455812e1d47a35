import { z } from 'zod'
import type { ReasonCode } from '../../src-preload/contract/reasons.ts'
import type { Accounts } from '../accounts/service.ts'
import type { Transaction } from '../database/open.ts'
import { type EffectRow, type Move, type RegisteredKind, registerKind } from '../outbox/kind.ts'
import { KauntaError } from '../problem.ts'
import type { PromptAccepted } from '../providers/mobile-money.ts'
import { type ProviderError, refused } from '../providers/outcome.ts'
import type { Receipts } from '../receipts/service.ts'
import type { PaymentStore } from './store.ts'

export const promptKind = 'prompt'

export interface PromptEffectDeps {
  readonly store: PaymentStore
  readonly accounts: Accounts
  readonly receipts: Receipts
  /** The https address behind which this machine receives callbacks; empty when there is none. */
  readonly publicAddress: () => string
  /** The prompt is out, or its outcome is not known: start watching it. */
  readonly watch: (paymentId: string) => void
}

const dayMs = 86_400_000
const nobodyToAsk: ProviderError = {
  kind: 'unknownOutcome',
  reason: 'unknownOutcome',
  detail: 'no reference',
}

export function promptLane(accountId: string): string {
  return `mobileMoney:${accountId}`
}

/** How a prompt goes out. It cannot wait: whatever keeps it here fails it at once, and the cashier is told. */
export function promptEffect({
  store,
  accounts,
  receipts,
  publicAddress,
  watch,
}: PromptEffectDeps): RegisteredKind {
  return registerKind<{ paymentId: string }, PromptAccepted>({
    name: promptKind,
    payload: z.object({ paymentId: z.string() }),
    waits: false,
    retryable: false,
    maxTries: 1,
    lifeMs: 60_000,
    leaseMs: 60_000,
    duplicateHarmless: false,
    unsure: 'needsDecision',
    async execute(_effect, { paymentId }, signal) {
      const row = store.row(paymentId)
      const sale = receipts.get(row.saleId)
      const account = accounts.get(row.accountId)
      const abilities = await abilitiesOf(accounts, row.accountId)
      if (abilities?.mobileMoney === undefined) {
        return refused('credentials', 'credentials', 'the account is not complete, or its keychain is locked')
      }
      const number = String(sale.number ?? 0).padStart(6, '0')
      const outcome = await abilities.mobileMoney.raisePrompt(
        {
          reference: row.id,
          phone: row.phone,
          amountMinor: row.amountMinor,
          currency: row.currency,
          account: number,
          description: number,
          callbackUrl: callbackUrl(publicAddress(), account.id, account.callbackSecret, row.id),
        },
        signal,
      )
      return outcome.ok ? outcome : { ok: false, error: { ...outcome.error, reason: said(outcome.error) } }
    },
    // A prompt whose reply was lost has no reference to ask by: the watcher follows the payment, and says when only a person
    // can end it. A callback that overtook the lost reply brought the reference, and proves that the prompt went out.
    settleWindowMs: (effect) => (store.row(effect.subjectId).providerReference === null ? dayMs : 0),
    resolve(_effect, { paymentId }) {
      const { providerReference } = store.row(paymentId)
      return Promise.resolve(
        providerReference === null
          ? { kind: 'askLater' as const, error: nobodyToAsk }
          : { kind: 'happened' as const, data: { providerReference } },
      )
    },
    moved(tx: Transaction, effect: EffectRow, move: Move, data: PromptAccepted | null): void {
      const row = store.row(effect.subjectId)
      if (move.to === 'done' && data !== null) prompted(tx, row.id, data)
      else if (move.to === 'unknown') leave(tx, row.id, 'unknown', 'transport', move)
      else if (move.to === 'failed' && move.by === 'outbox') leave(tx, row.id, 'failed', 'reply', move)
      else if (move.to === 'cancelled') leave(tx, row.id, 'cancelled', 'counter', move)
      tx.afterCommit(() => watch(row.id))
    },
  })

  function prompted(tx: Transaction, id: string, { providerReference }: PromptAccepted): void {
    const row = store.row(id)
    // A callback may overtake the reply; then only the reference is new.
    const ahead = row.state !== 'pending'
    store.note(tx, {
      paymentId: id,
      source: 'reply',
      fromState: row.state,
      toState: 'prompted',
      applied: !ahead,
      reason: null,
      detail: providerReference,
    })
    store.update(tx, id, {
      providerReference: row.providerReference ?? providerReference,
      promptedAt: tx.now,
      ...(ahead ? {} : { state: 'prompted' as const }),
    })
  }

  function leave(
    tx: Transaction,
    id: string,
    to: 'unknown' | 'failed' | 'cancelled',
    source: 'transport' | 'reply' | 'counter',
    move: Move,
  ): void {
    const row = store.row(id)
    const applied = row.state === 'pending'
    store.note(tx, {
      paymentId: id,
      source,
      fromState: row.state,
      toState: to,
      applied,
      reason: move.reason,
      detail: move.detail,
    })
    if (!applied) return
    const reason = to === 'unknown' ? 'unknownOutcome' : move.reason
    store.update(tx, id, { state: to, reason, detail: move.detail })
  }
}

/** A prompt is not tried again by itself, so nobody may be told that it is. */
function said({ kind, reason }: ProviderError): ReasonCode {
  if (kind === 'offline') return 'noLine'
  return kind === 'temporary' || kind === 'throttled' ? 'promptNotSent' : reason
}

/** The address that the provider reports to; its last part names the payment, so that a lost reply can still be matched. */
export function callbackUrl(
  publicBase: string,
  accountId: string,
  secret: string,
  paymentId: string,
): string {
  // The networks insist on an https address even where nobody listens; then the answer is learnt by asking.
  const base = publicBase === '' ? 'https://callbacks.kaunta.invalid' : publicBase.replace(/\/$/, '')
  return `${base}/callbacks/${accountId}/${secret}/${paymentId}`
}

async function abilitiesOf(accounts: Accounts, accountId: string) {
  try {
    return await accounts.abilities(accountId)
  } catch (error) {
    if (error instanceof KauntaError) return null
    throw error
  }
}
