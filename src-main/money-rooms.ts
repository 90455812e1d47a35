import type { Shop } from '../src-preload/contract/settings.ts'
import type { Accounts } from './accounts/service.ts'
import type { Customers } from './customers/service.ts'
import type { Database, Transaction } from './database/open.ts'
import type { Feed } from './live/feed.ts'
import type { Outbox } from './outbox/service.ts'
import { codeEffect } from './payments/codes/code.ts'
import { promptEffect } from './payments/effect.ts'
import { createNotices } from './payments/notices.ts'
import { createNoticesRoom } from './payments/notices-room.ts'
import { createPayments } from './payments/service.ts'
import { createPaymentStore, type PaymentStore } from './payments/store.ts'
import { createUnread } from './payments/unread.ts'
import { createWatcher } from './payments/watcher.ts'
import type { Clock, Randomness } from './ports.ts'
import type { Receipts } from './receipts/service.ts'
import type { StaffRoom } from './staff/service.ts'
import { transferEffect } from './transfers/effect.ts'
import { moneyReports } from './transfers/reports.ts'
import { createTransfers } from './transfers/service.ts'
import { createTransferStore } from './transfers/store.ts'
import { createTransferWatcher } from './transfers/watcher.ts'

export interface MoneyDeps {
  readonly database: Database
  readonly clock: Clock
  readonly random: Randomness
  readonly feed: Feed
  readonly haste: number
  readonly onFault: (what: string, error: unknown) => void
  readonly outbox: Outbox
  readonly staff: StaffRoom
  readonly accounts: Accounts
  readonly shop: () => Shop
  readonly publicAddress: () => string
}

/** Rows of payments: sales tell what was paid by them. */
export function createMoneyStore(deps: MoneyDeps): PaymentStore {
  const { accounts } = deps
  return createPaymentStore({
    ...deps,
    nameOf: deps.staff.nameOf,
    // "M-Pesa (Vodacom, Tanzania)" is M-Pesa to the customer.
    networkOf: (provider) => accounts.labelOf(provider).replace(/ \(.*\)$/, ''),
    networkCan: (accountId) => {
      const money = accounts.knows(accountId) ? accounts.readers(accountId).mobileMoney : undefined
      return { ask: money?.queryPrompt !== undefined, hold: money?.promptAnswer === 'held' }
    },
  })
}

/** The rooms where money moves: payments, customers' own payments, and what goes back or out. */
export function createMoneyRooms(
  deps: MoneyDeps,
  store: PaymentStore,
  receipts: Receipts,
  customers: Customers,
) {
  const { outbox, accounts, staff } = deps
  const { approve, managed, nameOf } = staff
  const zone = () => deps.shop().zone
  const evidence = {
    ...deps,
    store,
    receipts,
    onCompleted: (tx: Transaction, id: string) => notices.adopt(tx, id),
  }
  const watcher = createWatcher(evidence)
  const notices = createNotices({
    ...evidence,
    follow: watcher.follow,
    askable: watcher.askable,
    provesCodes: (id) => accounts.readers(id).mobileMoney?.queryCode !== undefined,
    zone,
  })
  const unread = createUnread({ ...evidence, approve })
  const transferStore = createTransferStore({ ...deps, nameOf })
  const openTransfers = () =>
    transferStore
      .allOpen()
      .filter((row) => row.state === 'unknown')
      .map(transferStore.present)
  const around = { customers, notices, unread, approve, managed, openTransfers, zone }
  const payments = createPayments({ ...evidence, ...around, watcher })
  const leaving = { ...deps, store: transferStore, reversed: payments.markReversed, customers, payments }
  const transferWatcher = createTransferWatcher(leaving)
  const currency = () => deps.shop().currency
  const transfers = createTransfers({ ...leaving, watcher: transferWatcher, currency, approve })

  outbox.register(promptEffect({ ...evidence, watch: watcher.watch }))
  outbox.register(codeEffect(evidence))
  outbox.register(transferEffect({ ...leaving, watch: transferWatcher.watch }))

  const reports = (...whose: [Parameters<typeof moneyReports>[1], Parameters<typeof moneyReports>[2]]) =>
    moneyReports({ accounts, payments, transfers }, ...whose)
  return {
    payments,
    transfers,
    noticesRoom: createNoticesRoom({ ...deps, store, notices, receipts, approve }),
    unread,
    reports,
    counts: () => ({
      ...store.counts(),
      transfers: transferStore.countUnknown(),
      notices: notices.countWaiting() + unread.count(),
    }),
    start() {
      watcher.start()
      transferWatcher.start()
    },
    /** The wall clock was set by so many ms, in the caller's transaction. */
    clockSet(tx: Transaction, byMs: number) {
      store.clockSet(tx, byMs)
      transferStore.clockSet(tx, byMs)
    },
    newestOpen: (): number => Math.max(store.newestOpen() ?? 0, transferStore.newestOpen() ?? 0),
    stop() {
      watcher.stop()
      transferWatcher.stop()
    },
  }
}

export type MoneyRooms = ReturnType<typeof createMoneyRooms>
