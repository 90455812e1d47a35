import { z } from 'zod'
import type { Accounts } from '../accounts/service.ts'
import type { Transaction } from '../database/open.ts'
import { callbackUrl, moneyOf } from '../money/accounts.ts'
import { type EffectRow, type RegisteredKind, registerKind, type Transition } from '../outbox/kind.ts'
import type { Payments } from '../payments/service.ts'
import type { Accepted, MobileMoney } from '../providers/mobile-money.ts'
import { type Outcome, type ProviderError, refused } from '../providers/outcome.ts'
import { claimFrom, moveTransfer, type TransferEvidenceDeps } from './evidence.ts'
import type { TransferRow } from './store.ts'
import { isOpen } from './transitions.ts'

export const transferKind = 'transfer'

export interface TransferEffectDeps extends TransferEvidenceDeps {
  readonly accounts: Accounts
  readonly payments: Payments
  readonly publicAddress: () => string
  /** It is out, or its outcome is not known: follow it. */
  readonly watch: (transferId: string) => void
}

const dayMs = 86_400_000
const stillOpen: ProviderError = { kind: 'unknownOutcome', reason: 'unknownOutcome', detail: 'not known yet' }

/** How money leaves: once. Whatever is not certain is never sent again by itself. */
export function transferEffect(deps: TransferEffectDeps): RegisteredKind {
  const { store, accounts } = deps

  function send(money: MobileMoney, row: TransferRow, signal: AbortSignal): Promise<Outcome<Accepted>> {
    const account = accounts.get(row.accountId)
    const common = {
      reference: row.id,
      phone: row.phone,
      amountMinor: row.amountMinor,
      currency: row.currency,
      note: row.note,
      callbackUrl: callbackUrl(deps.publicAddress(), account, row.id),
    }
    if (row.paymentId === null) {
      return money.payOut === undefined ? unable() : money.payOut.send({ ...common, name: row.name }, signal)
    }
    const paid = deps.payments.row(row.paymentId)
    const payment = { own: paid.ownReference, provider: paid.providerReference }
    return money.reverse === undefined
      ? unable()
      : money.reverse.send({ ...common, receiptCode: paid.receiptCode, payment }, signal)
  }

  return registerKind<{ transferId: string }, Accepted>({
    name: transferKind,
    label: { en: 'Money going out', sw: 'Fedha inayotoka' },
    payload: z.object({ transferId: z.string() }),
    waits: false,
    retryable: false,
    maxTries: 1,
    lifeMs: 10 * 60_000,
    leaseMs: 150_000,
    duplicateHarmless: false,
    unresolvedReason: 'needsDecision',
    async execute(_effect, { transferId }, signal) {
      const row = store.row(transferId)
      const money = await moneyOf(accounts, row.accountId)
      if (money === null) {
        return refused('credentials', 'credentials', 'the account is not complete, or its keychain is locked')
      }
      return send(money, row, signal)
    },
    // The watcher asks, reports come by themselves, and in the end a manager decides; a report that overtook the lost
    // reply has ended it already.
    consistencyWindowMs: (effect) => (isOpen(store.row(effect.subjectId).state) ? dayMs : 0),
    resolve(_effect, { transferId }) {
      const { state, providerReference } = store.row(transferId)
      return Promise.resolve(
        isOpen(state)
          ? { kind: 'askLater' as const, error: stillOpen }
          : { kind: 'happened' as const, data: { providerReference } },
      )
    },
    onTransition(tx: Transaction, effect: EffectRow, transition: Transition, data: Accepted | null): void {
      const id = effect.subjectId
      const { reason, detail } = transition
      if (transition.to === 'done' && data !== null) {
        const row = store.row(id)
        const providerReference = store.freeReference(row, data.providerReference) ?? row.providerReference
        store.update(tx, id, { providerReference, sentAt: tx.now })
        const reading = data.reading ?? ({ state: 'processing' } as const)
        moveTransfer(deps, tx, id, claimFrom(row, reading, 'reply'))
      } else if (transition.to === 'unknown') {
        moveTransfer(deps, tx, id, { to: 'unknown', source: 'transport', reason: 'unknownOutcome', detail })
      } else if (transition.to === 'failed' && transition.by === 'outbox') {
        moveTransfer(deps, tx, id, { to: 'failed', source: 'reply', reason, detail })
      } else if (transition.to === 'cancelled') {
        moveTransfer(deps, tx, id, { to: 'failed', source: 'reply', reason: 'cancelledHere', detail })
      }
      tx.afterCommit(() => deps.watch(id))
    },
  })
}

function unable(): Promise<Outcome<Accepted>> {
  return Promise.resolve(refused('rejected', 'rejected', 'this network cannot do that'))
}
