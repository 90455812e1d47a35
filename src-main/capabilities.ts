import { joinAccounts } from './accounts/capability.ts'
import { answerForGround } from './api/ground.ts'
import { joinCallbacks } from './callbacks/capability.ts'
import { cashUpProcedures } from './cash-up/procedures.ts'
import { createCashUp } from './cash-up/service.ts'
import { customersProcedures } from './customers/procedures.ts'
import { createCustomers } from './customers/service.ts'
import type { CompanionOptions } from './foundations.ts'
import type { Host } from './host.ts'
import { integrationProcedures } from './integration/procedures.ts'
import { createMoneyStore, joinMoney } from './join-money.ts'
import { joinMessaging } from './messaging/capability.ts'
import { deliveryReceipts } from './messaging/delivery-receipts.ts'
import { joinPractice } from './practice/capability.ts'
import { joinPrinting } from './printing/capability.ts'
import { receiptsProcedures } from './receipts/procedures.ts'
import { createReceipts } from './receipts/service.ts'
import { joinReconciliation } from './reconciliation/capability.ts'
import { searchProcedures } from './search/procedures.ts'

/** The capabilities, lowest first: each is made over those that it is given. */
export function joinAll(host: Host, options: CompanionOptions) {
  answerForGround(host)
  const accounts = joinAccounts(host, options)
  const customers = createCustomers({ ...host, country: () => host.shop().country })
  const store = createMoneyStore(host, accounts)
  const receipts = createReceipts({ ...host, ...host.staff, customers, payments: store })
  const sold = { accounts, customers, receipts }
  const money = joinMoney(host, { ...sold, store })
  const { payments, transfers } = money
  const printing = joinPrinting(host, sold)
  const { messaging, answeredBy } = joinMessaging(host, { ...sold, printing })
  const callbacks = joinCallbacks(host, {
    accounts,
    readerOf(account) {
      const { sms, mobileMoney } = accounts.readers(account.id)
      if (mobileMoney !== undefined) return money.reports(account, mobileMoney)
      return sms === undefined ? null : deliveryReceipts(messaging, sms)
    },
  })
  answeredBy(callbacks)
  joinReconciliation(host, { accounts, payments })
  joinPractice(host, printing)
  const rooms = { ...host, ...sold, payments, transfers, printing, messaging }
  host.procedures({
    sales: receiptsProcedures(receipts, printing),
    customers: customersProcedures(customers),
    cashUps: cashUpProcedures(createCashUp({ ...rooms, practice: host.practice !== null })),
    search: searchProcedures(rooms),
    integration: integrationProcedures(rooms),
  })
  return { accounts, callbacks, money, printing }
}
