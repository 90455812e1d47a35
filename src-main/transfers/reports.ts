import type { Accounts } from '../accounts/service.ts'
import type { CallbackReader } from '../callbacks/service.ts'
import { moneyOf, type Payments } from '../payments/service.ts'
import type { MobileMoney } from '../providers/mobile-money.ts'
import type { Transfers } from './service.ts'

export interface MoneyReportsDeps {
  readonly accounts: Accounts
  readonly payments: Payments
  readonly transfers: Transfers
}

/** Reads what a network reports to one account: about a payment first, else about money that left, else a balance. */
export function moneyReports(
  { accounts, payments, transfers }: MoneyReportsDeps,
  declared: MobileMoney,
): CallbackReader {
  return {
    acknowledge: (raw) => declared.acknowledge(raw),
    async ready(account) {
      // Signatures are checked with the account's own secret, which the keychain may hold back for a while.
      const money = await moneyOf(accounts, account.id)
      if (money === null) return null
      return (tx, raw, subject) => {
        const report = money.readReport(raw)
        if (report === null) return { used: false, note: 'not readable as a report' }
        if (report.trust === 'forged') return { used: false, note: 'forged: the signature does not fit' }
        if (report.about === 'question') return { used: true, note: 'a question, answered' }
        return (
          payments.handle(tx, account, report, subject) ??
          transfers.handle(tx, account, report, subject) ?? {
            used: false,
            note: 'nothing of ours has this reference',
          }
        )
      }
    },
  }
}
