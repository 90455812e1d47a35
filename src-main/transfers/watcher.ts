import { declaredMoney } from '../money/accounts.ts'
import { createWatcher, type Watcher, type WatcherDeps } from '../money/watcher.ts'
import type { MobileMoney } from '../providers/mobile-money.ts'
import { claimFrom, moveTransfer, type TransferEvidenceDeps } from './evidence.ts'
import type { TransferRow } from './store.ts'
import { isOpen } from './transitions.ts'

export type TransferWatcher = Watcher<TransferRow>
export type TransferWatcherDeps = TransferEvidenceDeps & WatcherDeps

const minuteMs = 60_000
/** Silence for so long makes a transfer that is on its way unknown, and a person's matter where nobody can be asked. */
const windowMs = 5 * minuteMs

/** Milliseconds until the next question, by the transfer's age. */
function pauseAt(ageMs: number): number {
  if (ageMs < minuteMs) return 10_000
  return ageMs < 10 * minuteMs ? minuteMs : 10 * minuteMs
}

function abilityOf(money: MobileMoney | undefined, row: TransferRow) {
  return row.kind === 'payout' ? money?.payOut : money?.reverse
}

/** Follows money that left until evidence says where it is. */
export function createTransferWatcher(deps: TransferWatcherDeps): TransferWatcher {
  const { store, database, accounts, clock, timeScale } = deps

  const ageOf = (row: TransferRow) => (clock.now() - row.createdAt) * timeScale
  const named = (row: TransferRow) => row.ownReference !== null || row.providerReference !== null
  const askable = (row: TransferRow) =>
    named(row) && abilityOf(declaredMoney(accounts, row.accountId), row)?.query !== undefined

  return createWatcher<TransferRow>(deps, {
    name: 'transfer',
    urgent: false,
    row: store.row,
    allOpen: store.allOpen,
    isOpen: ({ state }) => isOpen(state),
    askable,
    pause(row) {
      // A contradiction is a person's matter, but one of the two words may yet give way.
      const waits = row.needsDecision && (row.reason !== 'contradiction' || !askable(row))
      return !isOpen(row.state) || waits ? null : pauseAt(ageOf(row))
    },
    mayAsk: (row) => isOpen(row.state) && row.state !== 'pending' && named(row),
    query: (money, row, references) => abilityOf(money, row)?.query?.(references),
    async answered(id, reading) {
      // Not to be found proves nothing of money that may be under way; a manager may say so.
      if (reading.state === 'notFound' || reading.state === 'unknown') return
      if (reading.state === 'processing' && store.row(id).state === 'unknown') return
      await database.persist((tx) => moveTransfer(deps, tx, id, claimFrom(store.row(id), reading, 'query')))
    },
    /** Where the network cannot be asked, silence past the window wants a person; it ends nothing. */
    async silent(row) {
      if (row.state === 'pending' || askable(row) || row.needsDecision || ageOf(row) < windowMs) return
      const { id, detail, effectId } = row
      await database.persist((tx) => {
        moveTransfer(deps, tx, id, { to: 'unknown', source: 'transport', reason: 'unknownOutcome', detail })
        store.update(tx, id, { needsDecision: true, reason: 'reportOnly' })
        deps.outbox.askPerson(tx, effectId)
      })
    },
  })
}
