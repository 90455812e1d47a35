import type { Accounts } from '../accounts/service.ts'
import type { Database } from '../database/open.ts'
import type { Clock, Stop } from '../ports.ts'
import { KauntaError } from '../problem.ts'
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
  let stopped = false

  const ageOf = (row: PaymentRow) => (clock.now() - (row.promptedAt ?? row.createdAt)) * haste

  function watch(id: string): void {
    timers.get(id)?.()
    timers.delete(id)
    if (stopped) return
    const row = store.row(id)
    if (!isOpen(row.state) || row.needsDecision) return
    const windowMs = accounts.readers(row.accountId).mobileMoney?.promptWindowMs ?? 120_000
    const age = Math.max(0, ageOf(row))
    const nextWindow = age < windowMs ? windowMs - age : Number.POSITIVE_INFINITY
    const wait = Math.min(row.providerReference === null ? Number.POSITIVE_INFINITY : pause(age), nextWindow)
    if (wait === Number.POSITIVE_INFINITY) {
      timeOut(row)
      return
    }
    timers.set(
      id,
      clock.after(Math.ceil(wait / haste), () => void tick(id)),
    )
  }

  async function tick(id: string): Promise<void> {
    timers.delete(id)
    await askNow(id)
    if (stopped || !database.connection.open) return
    const row = store.row(id)
    const windowMs = accounts.readers(row.accountId).mobileMoney?.promptWindowMs ?? 120_000
    if (isOpen(row.state) && ageOf(row) >= windowMs) timeOut(row)
    watch(id)
  }

  /** Silence past the provider's window: not sure any more. Without a reference nobody can be asked but a person. */
  function timeOut(row: PaymentRow): void {
    const needsDecision = row.providerReference === null
    if (row.state === 'unknown' && row.needsDecision === needsDecision) return
    database.transact((tx) => {
      if (row.state === 'prompted' || row.state === 'processing') {
        applyEvidence(deps, tx, row.id, {
          source: 'clock',
          reading: { state: 'unknown', detail: '' },
          detail: null,
        })
      }
      if (needsDecision && store.row(row.id).state === 'unknown') {
        store.update(tx, row.id, { needsDecision: true, reason: 'needsDecision' })
        deps.outbox().askPerson(tx, row.effectId)
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
      if (!stopped) watch(id)
    })
  }

  async function ask(id: string): Promise<void> {
    const row = store.row(id)
    if (row.providerReference === null || row.state === 'completed' || row.state === 'reversed') return
    const reading = await query(row.accountId, row.providerReference)
    if (reading === null || stopped || !database.connection.open) return
    const late = ageOf(row) >= (accounts.readers(row.accountId).mobileMoney?.promptWindowMs ?? 120_000)
    // "Still working" after the window is no news: the screen must not flicker between the two.
    if (reading.state === 'processing' && late) return
    database.transact((tx) => {
      const detail = 'detail' in reading ? reading.detail : null
      applyEvidence(deps, tx, id, { source: 'query', reading, detail })
    })
    if (!isOpen(store.row(id).state)) watch(id)
  }

  async function query(accountId: string, reference: string) {
    try {
      const { mobileMoney } = await accounts.abilities(accountId)
      const answer = await mobileMoney?.queryPrompt?.(reference)
      return answer?.ok === true ? answer.value : null
    } catch (error) {
      if (error instanceof KauntaError) return null
      throw error
    }
  }

  return {
    watch,
    askNow,
    follow,
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
