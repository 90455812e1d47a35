import type { Accounts } from '../accounts/service.ts'
import type { Database } from '../database/open.ts'
import { moneyOf } from '../payments/service.ts'
import type { Clock, Stop } from '../ports.ts'
import type { MoneyReading } from '../providers/mobile-money.ts'
import { claimFrom, moveTransfer, type TransferEvidenceDeps } from './evidence.ts'
import type { TransferRow } from './store.ts'
import { isOpen } from './transitions.ts'

export interface TransferWatcher {
  watch(id: string): void
  /** Ask the provider now; answers when the answer is written. */
  askNow(id: string): Promise<void>
  /** Ask now, and go on following whatever the answer. */
  follow(id: string): void
  /** Is there anybody to ask about this transfer, and a name to ask by? */
  askable(row: TransferRow): boolean
  start(): void
  stop(): void
}

export interface TransferWatcherDeps extends TransferEvidenceDeps {
  readonly database: Database
  readonly accounts: Accounts
  readonly clock: Clock
  readonly haste: number
  readonly onFault: (what: string, error: unknown) => void
}

const minuteMs = 60_000
/** Silence for so long makes a transfer that is on its way unknown, and a person's matter where nobody can be asked. */
const windowMs = 5 * minuteMs

/** Milliseconds until the next question, by the transfer's age. */
function pause(ageMs: number): number {
  if (ageMs < minuteMs) return 10_000
  return ageMs < 10 * minuteMs ? minuteMs : 10 * minuteMs
}

/** Follows money that left until evidence says where it is. */
export function createTransferWatcher(deps: TransferWatcherDeps): TransferWatcher {
  const { store, database, accounts, clock, haste } = deps
  const timers = new Map<string, Stop>()
  let stopped = false

  const ageOf = (row: TransferRow) => (clock.now() - row.createdAt) * haste
  const declared = (row: TransferRow) => {
    const money = accounts.knows(row.accountId) ? accounts.readers(row.accountId).mobileMoney : undefined
    return row.kind === 'payout' ? money?.payOut : money?.reverse
  }
  const named = (row: TransferRow) => row.ownReference !== null || row.providerReference !== null
  const askable = (row: TransferRow) => named(row) && declared(row)?.query !== undefined

  function watch(id: string): void {
    timers.get(id)?.()
    timers.delete(id)
    if (stopped) return
    const row = store.row(id)
    // A contradiction is a person's matter, but one of the two words may yet give way.
    if (!isOpen(row.state) || (row.needsDecision && row.reason !== 'contradiction')) return
    if (row.needsDecision && !askable(row)) return
    timers.set(
      id,
      clock.after(Math.ceil(pause(ageOf(row)) / haste), () => {
        tick(id).catch((error: unknown) => deps.onFault('following a transfer', error))
      }),
    )
  }

  async function tick(id: string): Promise<void> {
    await askNow(id)
    if (stopped || !database.connection.open) return
    const row = store.row(id)
    if (row.state === 'unknown' || row.state === 'processing') await silence(row)
    watch(id)
  }

  /** Where the network cannot be asked, silence past the window wants a person; it ends nothing. */
  async function silence(row: TransferRow): Promise<void> {
    if (askable(row) || row.needsDecision || ageOf(row) < windowMs) return
    await database.persist((tx) => {
      moveTransfer(deps, tx, row.id, {
        to: 'unknown',
        source: 'transport',
        reason: 'unknownOutcome',
        detail: row.detail,
      })
      store.update(tx, row.id, { needsDecision: true, reason: 'reportOnly' })
      deps.outbox.askPerson(tx, row.effectId)
    })
  }

  async function askNow(id: string): Promise<void> {
    const row = store.row(id)
    if (!isOpen(row.state) || row.state === 'pending' || !named(row)) return
    try {
      const reading = await query(row)
      if (reading === null || stopped || !database.connection.open) return
      // Not to be found proves nothing of money that may be under way; a manager may say so.
      if (reading.state === 'notFound' || reading.state === 'unknown') return
      if (reading.state === 'processing' && row.state === 'unknown') return
      await database.persist((tx) => moveTransfer(deps, tx, id, claimFrom(store.row(id), reading, 'query')))
    } catch (error) {
      deps.onFault('asking about a transfer', error)
    }
  }

  async function query(row: TransferRow): Promise<MoneyReading | null> {
    const money = await moneyOf(accounts, row.accountId)
    const ability = row.kind === 'payout' ? money?.payOut : money?.reverse
    const answer = await ability?.query?.({ own: row.ownReference, provider: row.providerReference })
    return answer?.ok === true ? answer.value : null
  }

  function follow(id: string): void {
    watch(id)
    void askNow(id)
  }

  return {
    watch,
    askNow,
    follow,
    askable,
    start() {
      for (const row of store.allOpen()) watch(row.id)
    },
    stop() {
      stopped = true
      for (const end of timers.values()) end()
      timers.clear()
    },
  }
}
