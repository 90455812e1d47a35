import type { Accounts } from './accounts/service.ts'
import { createCustomers } from './customers/service.ts'
import type { Foundations } from './foundations.ts'
import { createMoneyRooms, createMoneyStore, type MoneyRooms } from './money-rooms.ts'
import { createReceipts, type Receipts } from './receipts/service.ts'

/** What is sold and how it is paid. */
export function createTillRooms(foundations: Foundations, accounts: Accounts) {
  const { base, shop, staff, status, practice } = foundations
  const customers = createCustomers({ ...base, country: () => shop().country })
  const publicAddress = () => practice?.publicAddress ?? shop().publicAddress
  const moneyDeps = { ...base, staff, accounts, shop, publicAddress }
  const store = createMoneyStore(moneyDeps)
  const receipts: Receipts = createReceipts({ ...base, customers, shop, ...staff, payments: store })
  const money: MoneyRooms = createMoneyRooms(moneyDeps, store, receipts, customers)
  status.countMoney(money.counts)
  return { customers, receipts, money }
}
