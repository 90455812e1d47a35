import type { Accounts } from '../accounts/service.ts'
import type { Database } from '../database/open.ts'
import type { Clock, Stop } from '../ports.ts'
import type { MoneyReading } from '../providers/mobile-money.ts'
import { sleep } from '../sleep.ts'
import { createTokenBucket, type TokenBucket } from '../token-bucket.ts'
import { moneyOf } from './effect.ts'
import { applyEvidence, type EvidenceDeps } from './evidence.ts'
import type { PaymentRow } from './store.ts'
import { isOpen } from './transitions.ts'

export interface Watcher {
  /** Follow this payment from now on, or stop when it is settled. */
  watch(id: string): void
  /** Ask the provider now; answers when the answer is written. */
  askNow(id: string): Promise<void>
  /** Ask now, and go on following whatever the answer. */
  follow(id: string): void
  /** Is there anybody to ask about this payment, and a name to ask by? */
  askable(row: PaymentRow): boolean
  /** Takes up every open payment of the last run. */
  start(): void
  stop(): void
}

export interface WatcherDeps extends EvidenceDeps {
  readonly database: Database
  readonly accounts: Accounts
  readonly clock: Clock
  /** Divides the waits; 1 except where the world is simulated. */
  readonly haste: number
  readonly onFault: (what: string, error: unknown) => void
}

const secondMs = 1_000
const minuteMs = 60_000
const dayMs = 86_400_000
/** A code that nothing proved for so long is a manager's matter. */
const codeWindowMs = 10 * minuteMs
/** A network account that is gone has no window any more. */
const usualWindowMs = 120_000

/** Milliseconds until the next question, by the payment's age: what the provider bears and a cashier can wait for. */
function pause(ageMs: number): number {
  if (ageMs < 10 * secondMs) return 10 * secondMs - ageMs
  if (ageMs < 90 * secondMs) return 5 * secondMs
  if (ageMs < 5 * minuteMs) return 15 * secondMs
  return ageMs < dayMs ? 10 * minuteMs : 6 * 60 * minuteMs
}

/** Follows open payments until evidence ends them. A clock only ever makes a payment unknown, never failed. */
export function createWatcher(deps: WatcherDeps): Watcher {
  const { store, database, accounts, clock, haste } = deps
  const timers = new Map<string, Stop>()
  const asking = new Map<string, Promise<void>>()
  const buckets = new Map<string, TokenBucket>()
  const seenSince = new Map<string, number>()
  let stopped = false

  const ageOf = (row: PaymentRow) => (clock.now() - (row.promptedAt ?? row.createdAt)) * haste
  const declared = (row: PaymentRow) =>
    accounts.knows(row.accountId) ? accounts.readers(row.accountId).mobileMoney : undefined
  const windowOf = (row: PaymentRow) => declared(row)?.promptWindowMs ?? usualWindowMs
  const askable = (row: PaymentRow): boolean =>
    (row.ownReference !== null || row.providerReference !== null) && declared(row)?.queryPrompt !== undefined
  /** While a held call is out, its own answer is the news. */
  const held = (row: PaymentRow): boolean =>
    row.state === 'processing' &&
    declared(row)?.promptAnswer === 'held' &&
    ageOf(row) < windowOf(row) &&
    row.effectId !== null &&
    // The age alone would go on for an hour after the clock was set back by one.
    deps.outbox.brief([row.effectId]).get(row.effectId)?.state === 'leased'

  function watch(id: string): void {
    timers.get(id)?.()
    timers.delete(id)
    if (stopped) return
    const row = store.row(id)
    if (!isOpen(row.state)) seenSince.delete(id)
    else if (!seenSince.has(id)) seenSince.set(id, clock.monotonic())
    // A contradiction is a person's matter, but one of the two words may yet give way.
    if (!isOpen(row.state) || (row.needsDecision && row.reason !== 'contradiction')) return
    if (row.origin !== 'prompt') {
      watchCode(row)
      return
    }
    const age = Math.max(0, ageOf(row))
    const windowMs = windowOf(row)
    const nextWindow = age < windowMs ? windowMs - age : Number.POSITIVE_INFINITY
    const wait = Math.min(askable(row) ? pause(age) : Number.POSITIVE_INFINITY, nextWindow)
    if (wait === Number.POSITIVE_INFINITY) {
      timeOut(row).catch((error: unknown) => deps.onFault('following a payment', error))
      return
    }
    timers.set(
      id,
      clock.after(Math.ceil(wait / haste), () => {
        tick(id).catch((error: unknown) => deps.onFault('following a payment', error))
      }),
    )
  }

  /** A code's own effect asks the network; where no answer comes for long, a manager may decide while it goes on asking. */
  function watchCode(row: PaymentRow): void {
    const wait = Math.max(0, codeWindowMs - (clock.now() - row.createdAt) * haste)
    const flag = () => {
      timers.delete(row.id)
      const now = store.row(row.id)
      if (stopped || !database.connection.open || now.state !== 'unknown' || now.needsDecision) return
      database
        .persist((tx) => store.update(tx, row.id, { needsDecision: true, reason: 'codeUnproved' }))
        .catch((error: unknown) => deps.onFault('following a code', error))
    }
    timers.set(row.id, clock.after(Math.ceil(wait / haste), flag))
  }

  async function tick(id: string): Promise<void> {
    timers.delete(id)
    await askNow(id)
    if (stopped || !database.connection.open) return
    const row = store.row(id)
    if (isOpen(row.state) && ageOf(row) >= windowOf(row)) await timeOut(row)
    watch(id)
  }

  /** Silence past the provider's window: not sure any more. Where nobody can be asked, a person must look. */
  async function timeOut(row: PaymentRow): Promise<void> {
    const needsDecision = !askable(row)
    if (row.state === 'unknown' && (row.needsDecision || !needsDecision)) return
    await database.persist((tx) => {
      const { state } = store.row(row.id)
      if (state === 'prompted' || state === 'processing') {
        applyEvidence(deps, tx, row.id, {
          source: 'clock',
          reading: { state: 'unknown', detail: '' },
          detail: null,
        })
      }
      if (needsDecision && store.row(row.id).state === 'unknown') {
        const reason = declared(row)?.queryPrompt === undefined ? 'reportOnly' : 'needsDecision'
        store.update(tx, row.id, { needsDecision: true, reason })
        if (row.effectId !== null) deps.outbox.askPerson(tx, row.effectId)
      }
    })
  }

  function askNow(id: string): Promise<void> {
    const running = asking.get(id)
    if (running !== undefined) return running
    const question = ask(id)
      .catch((error: unknown) => deps.onFault('asking about a payment', error))
      .finally(() => asking.delete(id))
    asking.set(id, question)
    return question
  }

  function follow(id: string): void {
    watch(id)
    void askNow(id).then(() => {
      if (!stopped && database.connection.open) watch(id)
    })
  }

  async function ask(id: string): Promise<void> {
    const row = store.row(id)
    if (!askable(row) || row.state === 'completed' || row.state === 'reversed' || held(row)) return
    const said = await query(row)
    if (said === null || stopped || !database.connection.open) return
    const reading = weigh(store.row(id), said)
    if (reading === null) return
    await database.persist((tx) => {
      const detail = 'detail' in reading ? reading.detail : null
      applyEvidence(deps, tx, id, { source: 'query', reading, detail })
    })
    if (!isOpen(store.row(id).state)) watch(id)
  }

  /** What an answer is worth at this age of the payment; null: nothing new. */
  function weigh(row: PaymentRow, reading: MoneyReading): MoneyReading | null {
    const late = ageOf(row) >= windowOf(row)
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
    return Math.min(here, clock.now() - row.createdAt) * haste
  }

  async function query(row: PaymentRow): Promise<MoneyReading | null> {
    const money = await moneyOf(accounts, row.accountId)
    if (money?.queryPrompt === undefined) return null
    const references = { own: row.ownReference, provider: row.providerReference }
    await turn(row.accountId)
    const answer = await money.queryPrompt(references)
    return answer.ok ? answer.value : null
  }

  /** Callbacks come in crowds, and each unsigned one wants a question; the provider bears only so many, one after the other. */
  async function turn(accountId: string): Promise<void> {
    const perSecond = accounts.get(accountId).declaration.rate.perSecond * haste
    const bucket = buckets.get(accountId) ?? createTokenBucket(clock, { perSecond, burst: 1 })
    buckets.set(accountId, bucket)
    const waitMs = bucket.take()
    // Timers do not measure less than a millisecond.
    if (waitMs >= 1) await sleep(clock, waitMs)
  }

  return {
    watch,
    askNow,
    follow,
    askable,
    start() {
      for (const row of store.allOpen()) follow(row.id)
    },
    stop() {
      stopped = true
      for (const end of timers.values()) end()
      timers.clear()
    },
  }
}
