import type { Accounts } from './accounts/service.ts'
import { createCustomers } from './customers/service.ts'
import type { Foundations } from './foundations.ts'
import { createMoneyRooms, createMoneyStore, type MoneyRooms } from './money-rooms.ts'
import type { Printing } from './printing/service.ts'
import { createReceipts, type Receipts } from './receipts/service.ts'

/** What is sold and how it is paid: rooms that need each other. */
export function createTillRooms(foundations: Foundations, accounts: Accounts, papers: () => Printing) {
  const { base, shop, staff, status, practice } = foundations
  const customers = createCustomers({ ...base, country: () => shop().country })
  const publicAddress = () => practice?.publicAddress ?? shop().publicAddress
  const moneyDeps = { ...base, staff, accounts, shop, publicAddress }
  const store = createMoneyStore(moneyDeps, () => receipts)
  const receipts: Receipts = createReceipts({
    ...base,
    customers,
    shop,
    ...staff,
    openPayment: (saleId) => store.openOf(saleId)?.state ?? null,
    paymentFacts: (ids) => store.facts(ids),
    noteLeftOpen: (...word) => money.payments.noteLeftOpen(...word),
    recorded: (...sale) => papers().saleRecorded(...sale),
    grown: (...sale) => papers().saleGrown(...sale),
    print: (...sale) => void papers().printReceiptIn(...sale),
    cashTaken: (...sale) => papers().cashTaken(...sale),
  })
  const money: MoneyRooms = createMoneyRooms(moneyDeps, store, receipts, customers)
  status.countMoney(money.counts)
  return { customers, receipts, money }
}
