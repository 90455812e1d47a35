import { joinContracts, nothing } from './capability.ts'
import { cashUpContract } from './cash-up.ts'
import { customersContract } from './customers.ts'
import { groundProblems } from './ground-problems.ts'
import { messagingContract } from './messaging.ts'
import { outboxContract } from './outbox.ts'
import { paymentsContract } from './payments.ts'
import { practiceContract } from './practice.ts'
import { printingContract } from './printing.ts'
import { providersContract } from './providers.ts'
import { receiptLayoutContract } from './receipt-layout.ts'
import { receiptsContract } from './receipts.ts'
import { reconciliationContract } from './reconciliation.ts'
import { searchContract } from './search.ts'
import { settingsContract } from './settings.ts'
import { staffContract } from './staff.ts'
import { transfersContract } from './transfers.ts'

/** The capabilities: one line for each. What integrators may ask stands by itself, beside them. */
export const capabilities = joinContracts({ ...nothing, procedures: {}, problems: groundProblems })
  .with(receiptsContract)
  .with(customersContract)
  .with(messagingContract)
  .with(paymentsContract)
  .with(transfersContract)
  .with(reconciliationContract)
  .with(cashUpContract)
  .with(staffContract)
  .with(printingContract)
  .with(receiptLayoutContract)
  .with(outboxContract)
  .with(providersContract)
  .with(settingsContract)
  .with(searchContract)
  .with(practiceContract)
