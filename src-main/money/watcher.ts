import type { Accounts } from '../accounts/service.ts'
import type { Database } from '../database/open.ts'
import type { Clock, Stop } from '../ports.ts'
import type { MobileMoney, MoneyReading, References } from '../providers/mobile-money.ts'
import type { Outcome } from '../providers/outcome.ts'
import { moneyOf } from './accounts.ts'
import type { Turn } from './turns.ts'

export interface Watcher<Row> {
  /** Follow this row from now on, or stop when it is settled. */
  watch(id: string): void
  /** Ask the provider now; answers when the answer is written. */
  askNow(id: string): Promise<void>
  /** Ask now, and go on following whatever the answer. */
  follow(id: string): void
  /** Is there anybody to ask about this row, and a name to ask by? */
  askable(row: Row): boolean
  /** Takes up every open row of the last run. */
  start(): void
  stop(): void
}

export interface WatcherDeps {
  readonly database: Database
  readonly accounts: Accounts
  readonly clock: Clock
  /** Divides the waits; 1 except where the world is simulated. */
  readonly timeScale: number
  readonly onFault: (what: string, error: unknown) => void
  readonly turn: Turn
}

/** What is watched, and what an answer or silence means for it. */
export interface Watched<Row> {
  /** As the log calls one of them. */
  readonly name: string
  /** True where somebody stands at the counter for it: it is asked about as soon as the program starts. */
  readonly urgent: boolean
  row(id: string): Row
  allOpen(): readonly Row[]
  isOpen(row: Row): boolean
  askable(row: Row): boolean
  /**
   * Milliseconds of the row's own time until it is looked at again; null: it is watched no more. Without end: nobody can be
   * asked and the time is over, so that its silence is judged at once.
   */
  pause(row: Row): number | null
  /** False where the network's own word must be awaited first. */
  mayAsk(row: Row): boolean
  /** Undefined where the account, as it is now, cannot be asked. */
  query(money: MobileMoney, row: Row, references: References): Promise<Outcome<MoneyReading>> | undefined
  /** An answer came. Writes what it is worth. */
  answered(id: string, reading: MoneyReading): Promise<void>
  /** The pause is over, and no answer ended it: judges how long it has lasted. */
  silent(row: Row): Promise<void>
}

interface Followed {
  readonly id: string
  readonly accountId: string
  readonly ownReference: string | null
  readonly providerReference: string | null
}

/** Follows open rows until evidence ends them: asks the network on a schedule, one question of a row at a time. */
export function createWatcher<Row extends Followed>(
  { database, accounts, clock, timeScale, onFault, turn }: WatcherDeps,
  watched: Watched<Row>,
): Watcher<Row> {
  const timers = new Map<string, Stop>()
  const asking = new Map<string, Promise<void>>()
  let stopped = false
  const ended = () => stopped || !database.connection.open
  const faultIn = (doing: string) => (error: unknown) => onFault(`${doing} a ${watched.name}`, error)

  function watch(id: string): void {
    timers.get(id)?.()
    timers.delete(id)
    if (stopped) return
    const row = watched.row(id)
    const pause = watched.pause(row)
    if (pause === null) return
    if (pause === Number.POSITIVE_INFINITY) {
      watched.silent(row).catch(faultIn('following'))
      return
    }
    const look = () => {
      tick(id).catch(faultIn('following'))
    }
    timers.set(id, clock.after(Math.ceil(pause / timeScale), look))
  }

  async function tick(id: string): Promise<void> {
    timers.delete(id)
    await askNow(id)
    if (ended()) return
    const row = watched.row(id)
    if (watched.isOpen(row)) await watched.silent(row)
    watch(id)
  }

  function askNow(id: string): Promise<void> {
    const running = asking.get(id)
    if (running !== undefined) return running
    const question = ask(id)
      .catch(faultIn('asking about'))
      .finally(() => asking.delete(id))
    asking.set(id, question)
    return question
  }

  async function ask(id: string): Promise<void> {
    const row = watched.row(id)
    if (!watched.mayAsk(row)) return
    const money = await moneyOf(accounts, row.accountId)
    if (money === null) return
    await turn(row.accountId)
    const answer = await watched.query(money, row, {
      own: row.ownReference,
      provider: row.providerReference,
    })
    if (answer?.ok !== true || ended()) return
    await watched.answered(id, answer.value)
    if (!watched.isOpen(watched.row(id))) watch(id)
  }

  function follow(id: string): void {
    watch(id)
    void askNow(id).then(() => {
      if (!ended()) watch(id)
    })
  }

  return {
    watch,
    askNow,
    follow,
    askable: watched.askable,
    start() {
      for (const { id } of watched.allOpen()) (watched.urgent ? follow : watch)(id)
    },
    stop() {
      stopped = true
      for (const end of timers.values()) end()
      timers.clear()
    },
  }
}
