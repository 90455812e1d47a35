import { declaredMoney } from '../money/accounts.ts'
import { detailOf } from '../money/transition.ts'
import { createWatcher, type Watcher, type WatcherDeps } from '../money/watcher.ts'
import type { MoneyReading } from '../providers/mobile-money.ts'
import { applyEvidence, type EvidenceDeps } from './evidence.ts'
import type { PaymentRow } from './store.ts'
import { isOpen } from './transitions.ts'

export type PaymentWatcher = Watcher<PaymentRow>
export type PaymentWatcherDeps = EvidenceDeps & WatcherDeps

const secondMs = 1_000
const minuteMs = 60_000
const dayMs = 86_400_000
/** A code that nothing proved for so long is a manager's matter. */
const codeWindowMs = 10 * minuteMs
/** A network account that is gone has no window any more. */
const usualWindowMs = 120_000

/** Milliseconds until the next question, by the payment's age: what the provider bears and a cashier can wait for. */
function pauseAt(ageMs: number): number {
  if (ageMs < 10 * secondMs) return 10 * secondMs - ageMs
  if (ageMs < 90 * secondMs) return 5 * secondMs
  if (ageMs < 5 * minuteMs) return 15 * secondMs
  return ageMs < dayMs ? 10 * minuteMs : 6 * 60 * minuteMs
}

/** Follows open payments until evidence ends them. A clock only ever makes a payment unknown, never failed. */
export function createPaymentWatcher(deps: PaymentWatcherDeps): PaymentWatcher {
  const { store, database, accounts, clock, timeScale } = deps
  const seenSince = new Map<string, number>()

  const ageOf = (row: PaymentRow) => (clock.now() - (row.promptedAt ?? row.createdAt)) * timeScale
  const declared = (row: PaymentRow) => declaredMoney(accounts, row.accountId)
  const windowOf = (row: PaymentRow) => declared(row)?.promptWindowMs ?? usualWindowMs
  const isLate = (row: PaymentRow) => ageOf(row) >= windowOf(row)
  const askable = (row: PaymentRow): boolean =>
    (row.ownReference !== null || row.providerReference !== null) && declared(row)?.queryPrompt !== undefined
  /** While a held call is out, its own answer is the news. */
  const held = (row: PaymentRow): boolean =>
    row.state === 'processing' &&
    declared(row)?.promptAnswer === 'held' &&
    !isLate(row) &&
    row.effectId !== null &&
    // The age alone would go on for an hour after the clock was set back by one.
    deps.outbox.brief([row.effectId]).get(row.effectId)?.state === 'leased'

  function pause(row: PaymentRow): number | null {
    if (!isOpen(row.state)) seenSince.delete(row.id)
    else if (!seenSince.has(row.id)) seenSince.set(row.id, clock.monotonic())
    // A contradiction is a person's matter, but one of the two words may yet give way.
    if (!isOpen(row.state) || (row.needsDecision && row.reason !== 'contradiction')) return null
    if (row.origin !== 'prompt') return codePause(row)
    const age = Math.max(0, ageOf(row))
    const windowMs = windowOf(row)
    const nextWindow = age < windowMs ? windowMs - age : Number.POSITIVE_INFINITY
    return Math.min(askable(row) ? pauseAt(age) : Number.POSITIVE_INFINITY, nextWindow)
  }

  /** A code is looked at once, when its time is over: then a person is asked, and nothing more is. */
  function codePause(row: PaymentRow): number | null {
    const left = codeWindowMs - (clock.now() - row.createdAt) * timeScale
    if (left > 0) return left
    return row.state === 'unknown' && !row.needsDecision ? 0 : null
  }

  /** A code's own effect asks the network; where no answer comes for long, a manager may decide while it goes on asking. */
  async function flagCode({ id, state, needsDecision }: PaymentRow): Promise<void> {
    if (state !== 'unknown' || needsDecision) return
    await database.persist((tx) => store.update(tx, id, { needsDecision: true, reason: 'codeUnproved' }))
  }

  /** Silence past the provider's window: not sure any more. Where nobody can be asked, a person must look. */
  async function timeOut(row: PaymentRow): Promise<void> {
    const needsDecision = !askable(row)
    if (row.state === 'unknown' && (row.needsDecision || !needsDecision)) return
    await database.persist((tx) => {
      const { state } = store.row(row.id)
      if (state === 'prompted' || state === 'processing') {
        const reading = { state: 'unknown', detail: '' } as const
        applyEvidence(deps, tx, row.id, { source: 'clock', reading, detail: null })
      }
      if (needsDecision && store.row(row.id).state === 'unknown') {
        const reason = declared(row)?.queryPrompt === undefined ? 'reportOnly' : 'needsDecision'
        store.update(tx, row.id, { needsDecision: true, reason })
        if (row.effectId !== null) deps.outbox.askPerson(tx, row.effectId)
      }
    })
  }

  /** What an answer is worth at this age of the payment; null: nothing new. */
  function weigh(row: PaymentRow, reading: MoneyReading): MoneyReading | null {
    const late = isLate(row)
    // "Still working" after the window is no news: the screen must not flicker between the two.
    if (reading.state === 'processing') return late ? null : reading
    if (reading.state === 'unknown') return late || row.state === 'pending' ? reading : null
    if (reading.state !== 'notFound') return reading
    const provesAfter = declared(row)?.notFoundProvesAfterMs ?? null
    if (provesAfter === null || waitedFor(row) < provesAfter) return null
    return { state: 'failed', reason: 'neverArrived', detail: reading.detail }
  }

  /** Real milliseconds that have surely passed: a clock that was set on proves nothing. */
  function waitedFor(row: PaymentRow): number {
    const here = clock.monotonic() - (seenSince.get(row.id) ?? clock.monotonic())
    return Math.min(here, clock.now() - row.createdAt) * timeScale
  }

  return createWatcher<PaymentRow>(deps, {
    name: 'payment',
    urgent: true,
    row: store.row,
    allOpen: store.allOpen,
    isOpen: ({ state }) => isOpen(state),
    askable,
    pause,
    // A reference that a typed code's payment bears is that of a question, and no prompt is behind it.
    mayAsk: (row) =>
      row.origin === 'prompt' &&
      askable(row) &&
      row.state !== 'completed' &&
      row.state !== 'reversed' &&
      !held(row),
    query: (money, _row, references) => money.queryPrompt?.(references),
    async answered(id, said) {
      const reading = weigh(store.row(id), said)
      if (reading === null) return
      const evidence = { source: 'query', reading, detail: detailOf(reading) } as const
      await database.persist((tx) => applyEvidence(deps, tx, id, evidence))
    },
    async silent(row) {
      if (row.origin !== 'prompt') await flagCode(row)
      else if (isLate(row)) await timeOut(row)
    },
  })
}
