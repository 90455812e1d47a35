import type { Accounts } from './accounts/service.ts'
import type { Customers } from './customers/service.ts'
import type { Transaction } from './database/open.ts'
import type { Host } from './host.ts'
import { declaredMoney } from './money/accounts.ts'
import { createTurns } from './money/turns.ts'
import { codeEffect } from './payments/codes/code.ts'
import { promptEffect } from './payments/effect.ts'
import { createNotices } from './payments/notices.ts'
import { createNoticesRoom } from './payments/notices-room.ts'
import { paymentsProcedures } from './payments/procedures.ts'
import { createPayments } from './payments/service.ts'
import { createPaymentStore, type PaymentStore } from './payments/store.ts'
import { paymentNotifications } from './payments/told.ts'
import { createUnread } from './payments/unread.ts'
import { createPaymentWatcher } from './payments/watcher.ts'
import type { Receipts } from './receipts/service.ts'
import { transferEffect } from './transfers/effect.ts'
import { transfersProcedures } from './transfers/procedures.ts'
import { moneyReports } from './transfers/reports.ts'
import { createTransfers } from './transfers/service.ts'
import { createTransferStore } from './transfers/store.ts'
import { createTransferWatcher } from './transfers/watcher.ts'

/** Rows of payments: sales tell what was paid by them. */
export function createMoneyStore(host: Host, accounts: Accounts): PaymentStore {
  return createPaymentStore({
    ...host,
    // "M-Pesa (Vodacom, Tanzania)" is M-Pesa to the customer.
    networkOf: (provider) => accounts.labelOf(provider).replace(/ \(.*\)$/, ''),
    networkCan: (accountId) => {
      const money = declaredMoney(accounts, accountId)
      return { ask: money?.queryPrompt !== undefined, hold: money?.promptAnswer === 'held' }
    },
  })
}

export interface MoneyNeeds {
  readonly accounts: Accounts
  readonly customers: Customers
  readonly receipts: Receipts
  readonly store: PaymentStore
}

/** The rooms where money moves: payments, customers' own payments, and what goes back or out. */
export function joinMoney(host: Host, needs: MoneyNeeds) {
  const { outbox, staff, practice, shop } = host
  const { accounts, customers, receipts, store } = needs
  const { approve, managed } = staff
  const publicAddress = () => practice?.publicAddress ?? shop().publicAddress
  const turn = createTurns({ ...host, accounts })
  const deps = { ...host, accounts, publicAddress, turn }
  const zone = () => shop().zone
  const evidence = {
    ...deps,
    store,
    receipts,
    onCompleted: (tx: Transaction, id: string) => notices.adopt(tx, id),
  }
  const watcher = createPaymentWatcher(evidence)
  const notices = createNotices({
    ...evidence,
    follow: watcher.follow,
    askable: watcher.askable,
    provesCodes: (id) => accounts.readers(id).mobileMoney?.queryCode !== undefined,
    zone,
  })
  const unread = createUnread({ ...evidence, approve })
  const transferStore = createTransferStore(deps)
  const openTransfers = () =>
    transferStore
      .allOpen()
      .filter((row) => row.state === 'unknown')
      .map(transferStore.present)
  const around = { customers, notices, unread, approve, managed, openTransfers, zone }
  const payments = createPayments({ ...evidence, ...around, watcher })
  const leaving = { ...deps, store: transferStore, reversed: payments.markReversed, customers, payments }
  const transferWatcher = createTransferWatcher(leaving)
  const currency = () => shop().currency
  const transfers = createTransfers({ ...leaving, watcher: transferWatcher, currency, approve })

  outbox.register(promptEffect({ ...evidence, watch: watcher.watch }))
  outbox.register(codeEffect(evidence))
  outbox.register(transferEffect({ ...leaving, watch: transferWatcher.watch }))

  const noticesRoom = createNoticesRoom({ ...deps, store, notices, receipts, approve })
  host.procedures({ ...paymentsProcedures(payments, noticesRoom, unread), ...transfersProcedures(transfers) })
  const money = () => ({
    ...store.counts(),
    transfers: transferStore.countUnknown(),
    notices: notices.countWaiting() + unread.count(),
  })
  host.status.counts({ money }, ['payment', 'notice', 'transfer'])
  host.notifications.of(paymentNotifications)
  for (const { start, stop } of [watcher, transferWatcher]) {
    host.onStart(start)
    host.onStop(stop)
  }
  return {
    payments,
    transfers,
    reports: (...whose: [Parameters<typeof moneyReports>[1], Parameters<typeof moneyReports>[2]]) =>
      moneyReports({ accounts, payments, transfers }, ...whose),
    /** The wall clock was set by so many ms, in the caller's transaction. */
    clockSet(tx: Transaction, byMs: number) {
      store.clockSet(tx, byMs)
      transferStore.clockSet(tx, byMs)
    },
    newestOpen: (): number => Math.max(store.newestOpen() ?? 0, transferStore.newestOpen() ?? 0),
  }
}

export type Money = ReturnType<typeof joinMoney>
