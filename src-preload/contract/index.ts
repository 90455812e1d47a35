import { cashUps } from './cash-up.ts'
import { customers } from './customers.ts'
import { integration } from './integration.ts'
import { live } from './live.ts'
import { messages, templates } from './messaging.ts'
import { outbox } from './outbox.ts'
import { notices, payments, unreadReports } from './payments.ts'
import { practice } from './practice.ts'
import { printers, printing } from './printing.ts'
import { accounts, pairing, providers } from './providers.ts'
import { receiptLayout } from './receipt-layout.ts'
import { sales } from './receipts.ts'
import { reconciliations } from './reconciliation.ts'
import { search } from './search.ts'
import { apiKeys, settings } from './settings.ts'
import { staff } from './staff.ts'
import { balances, transfers } from './transfers.ts'

/** Everything that can be asked of Kaunta and everything it tells: one line per capability. */
export const contract = {
  sales,
  customers,
  messages,
  templates,
  payments,
  notices,
  unreadReports,
  transfers,
  balances,
  reconciliations,
  cashUps,
  staff,
  printing,
  printers,
  receiptLayout,
  outbox,
  providers,
  accounts,
  pairing,
  settings,
  apiKeys,
  search,
  live,
  practice,
  integration,
}
export type Contract = typeof contract
