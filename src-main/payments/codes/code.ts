import { z } from 'zod'
import { type SaleTimes, soldAt } from '../../../src-preload/contract/sold-at.ts'
import type { Zone } from '../../../src-preload/contract/time.ts'
import type { Accounts } from '../../accounts/service.ts'
import type { Transaction } from '../../database/open.ts'
import { callbackUrl, moneyLane, moneyOf } from '../../money/accounts.ts'
import {
  type EffectRow,
  payloadOf,
  type RegisteredKind,
  registerKind,
  type Transition,
} from '../../outbox/kind.ts'
import type { Outbox } from '../../outbox/service.ts'
import type { Randomness } from '../../ports.ts'
import { KauntaError } from '../../problem.ts'
import type { Answer, CodeReading, MobileMoney } from '../../providers/mobile-money.ts'
import { refused } from '../../providers/outcome.ts'
import { applyEvidence, type EvidenceDeps } from '../evidence.ts'
import { type PaymentRow, plainCode } from '../store.ts'

export const codeKind = 'code'

/** A code is for money of this sale: paid at most so long before the sale was recorded, and not in the future. */
const oldestMs = 24 * 3_600_000
const clockSlackMs = 10 * 60_000

/**
 * A code as typed or scanned, in the network's form.
 * @throws KauntaError CODE_SHAPE
 */
export function readCode(typed: string, money: MobileMoney, provider: string): string {
  const code = plainCode(typed)
  if (!money.receiptCode.test(code)) throw new KauntaError('CODE_SHAPE', { field: 'code', code, provider })
  return code
}

/** Money that the network told of, as far as it must fit the sale that it is to pay. */
export interface ToldMoney {
  readonly code: string
  /** Epoch ms. */
  readonly paidAt: number
  /** True and false: whose phone paid; null where that is not told. */
  readonly samePhone: boolean | null
}

/** Why money needs a manager's word before it pays this sale: it is of another day, or of another phone. Null: it fits. */
export function misfit(
  { code, paidAt, samePhone }: ToldMoney,
  sale: SaleTimes,
  zone: Zone,
): KauntaError | null {
  if (paidAt < soldAt(sale) - oldestMs) {
    const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: zone }).format(paidAt)
    return new KauntaError('CODE_OLD', { field: 'code', code, day })
  }
  return samePhone === false ? new KauntaError('CODE_OTHER_PHONE', { field: 'code', code }) : null
}

/** Wants the network asked about a code of the payment, as an effect of its own. @returns the effect's id */
export function wantCode(
  outbox: Outbox,
  tx: Transaction,
  request: CodeQuestion & { readonly accountId: string; readonly title: string },
): number {
  return outbox.enqueue(tx, {
    lane: moneyLane(request.accountId),
    kind: codeKind,
    subjectId: request.paymentId,
    title: request.title,
    payload: { paymentId: request.paymentId, code: request.code },
    priority: 0,
  })
}

/** A question about one code: an answer about another one, typed before or after it, says nothing of this. */
export interface CodeQuestion {
  readonly paymentId: string
  readonly code: string
}

/** A payment's id, and what may stand behind it in an address. */
const subjectPattern = /^(.{36})(?:-(.+))?$/
const plainInAddress = /^[A-Za-z0-9.]{1,40}$/

/** Under which the network answers: the payment, and the code that was asked about. */
function subjectOf({ paymentId, code }: CodeQuestion): string {
  return plainInAddress.test(code) ? `${paymentId}-${code}` : paymentId
}

/** The payment, and the code that an answer is about; null where its address names none. */
export function readSubject(subject: string | null): {
  readonly id: string | null
  readonly code: string | null
} {
  const [, id = null, code = null] = subjectPattern.exec(subject ?? '') ?? []
  return { id, code }
}

/** False where another code was typed meanwhile: that one's own question goes on. Null: what was asked is not known. */
function isAbout(row: PaymentRow, asked: string | null): boolean {
  return asked === null || asked === row.claimedCode
}

/**
 * What the network said of a typed code moves its payment; what it leaves unsaid, a person must read from the SMS.
 * @param asked the code that was asked about; null where that is not known
 */
export function applyCode(
  deps: EvidenceDeps,
  tx: Transaction,
  row: PaymentRow,
  {
    reading,
    asked,
    source,
  }: {
    readonly reading: CodeReading
    readonly asked: string | null
    readonly source: 'query' | 'signed' | 'callback'
  },
): void {
  if (row.state !== 'unknown' || row.claimedCode === null || reading.state === 'unknown') return
  if (!isAbout(row, asked)) return
  const doubt = doubtOf(reading, soldAt(deps.receipts.get(row.saleId)), tx.now)
  if (doubt !== null) {
    deps.store.update(tx, row.id, { needsDecision: true, reason: doubt })
    return
  }
  const amountMinor = reading.state === 'found' && reading.completed ? reading.amountMinor : null
  applyEvidence(deps, tx, row.id, {
    source,
    detail: row.claimedCode,
    reading:
      amountMinor === null
        ? { state: 'failed', reason: 'codeNotCompleted', detail: row.claimedCode }
        : { state: 'completed', receiptCode: row.claimedCode, amountMinor },
  })
}

/** Why a person must look at what the network said; null when its word is enough. Times are epoch ms. */
function doubtOf(
  reading: Exclude<CodeReading, { readonly state: 'unknown' }>,
  saleAt: number,
  now: number,
): 'codeAmountUnsaid' | 'codeOld' | 'codeNotFound' | null {
  if (reading.state === 'notFound') return 'codeNotFound'
  if (!reading.completed) return null
  const { paidAt } = reading
  if (paidAt !== null && (paidAt < saleAt - oldestMs || paidAt > now + clockSlackMs)) return 'codeOld'
  return reading.amountMinor === null ? 'codeAmountUnsaid' : null
}

export interface CodeEffectDeps extends EvidenceDeps {
  readonly random: Randomness
  readonly accounts: Accounts
  readonly publicAddress: () => string
}

/** Questions of an older version name no code. */
const payloadSchema = z.object({ paymentId: z.string(), code: z.string().optional() })

function codeIn(effect: EffectRow): string | null {
  return payloadOf(payloadSchema, effect)?.code ?? null
}

/** Asks the network what stands behind a code. Asking twice does no harm, so it waits for the line and tries again. */
export function codeEffect(deps: CodeEffectDeps): RegisteredKind {
  const { store, accounts } = deps
  return registerKind<z.infer<typeof payloadSchema>, Answer<CodeReading>>({
    name: codeKind,
    label: { en: 'Code check', sw: 'Ukaguzi wa namba ya muamala' },
    payload: payloadSchema,
    waits: true,
    retryable: true,
    maxTries: 6,
    lifeMs: 24 * 3_600_000,
    leaseMs: 60_000,
    duplicateHarmless: true,
    unresolvedReason: 'codeUnproved',
    async execute(_effect, { paymentId, code: wanted }, signal) {
      const row = store.row(paymentId)
      const account = accounts.get(row.accountId)
      const money = await moneyOf(accounts, row.accountId)
      const code = wanted ?? row.claimedCode
      if (money?.queryCode === undefined || code === null) {
        return refused('credentials', 'credentials', 'the account is not complete, or its keychain is locked')
      }
      const outcome = await money.queryCode(
        {
          code,
          reference: deps.random.id(),
          callbackUrl: callbackUrl(deps.publicAddress(), account, subjectOf({ paymentId, code })),
        },
        signal,
      )
      // A payment of a moment ago may not be in the network's books yet: not found is asked again for a while.
      if (outcome.ok && outcome.value.kind === 'now' && outcome.value.value.state === 'notFound') {
        return refused('temporary', 'codeNotFound', outcome.value.value.detail)
      }
      return outcome
    },
    // A report or a notice may have answered before the question's own answer was lost: then nothing is left to ask.
    consistencyWindowMs: (effect) => (store.row(effect.subjectId).state === 'unknown' ? null : 0),
    resolve: (_effect, { paymentId }) =>
      Promise.resolve(
        store.row(paymentId).state === 'unknown'
          ? { kind: 'notFound' as const }
          : { kind: 'happened' as const, data: { kind: 'reported' as const, providerReference: '' } },
      ),
    onTransition(
      tx: Transaction,
      effect: EffectRow,
      transition: Transition,
      data: Answer<CodeReading> | null,
    ): void {
      const answered = transition.to === 'done' && data?.kind === 'now'
      const gaveUp = transition.to === 'failed' || (transition.to === 'unknown' && transition.needsDecision)
      if (!answered && !gaveUp) return
      const row = store.row(effect.subjectId)
      const asked = codeIn(effect)
      if (answered) {
        applyCode(deps, tx, row, { reading: data.value, asked, source: 'query' })
        return
      }
      if (isAbout(row, asked) && row.state === 'unknown') {
        const reason = transition.reason === 'codeNotFound' ? 'codeNotFound' : 'codeUnproved'
        store.update(tx, row.id, { needsDecision: true, reason, detail: transition.detail })
      }
    },
  })
}
