import type { AccountRow, Accounts } from '../accounts/service.ts'
import type { CallbackReader } from '../callbacks/service.ts'
import type { Transaction } from '../database/open.ts'
import { moneyOf } from '../money/accounts.ts'
import type { Payments } from '../payments/service.ts'
import type { MobileMoney } from '../providers/mobile-money.ts'
import type { RawCallback } from '../providers/provider.ts'
import type { Transfers } from './service.ts'

export interface MoneyReportsDeps {
  readonly accounts: Accounts
  readonly payments: Payments
  readonly transfers: Transfers
}

/** What a person is told of a report that moved nothing. */
const whyUnread = {
  unreadable: 'not readable as a report',
  unmatched: 'nothing of ours has this reference',
  accountRemoved: 'its account was removed',
  contradicted: 'it contradicts what was told: a person is asked',
} as const

/**
 * Reads what a network reports to one account: about a payment first, else about money that left, else a balance. What
 * cannot be read, or is about nothing of ours, is kept for a person: it came with the right secret.
 */
export function moneyReports(
  { accounts, payments, transfers }: MoneyReportsDeps,
  account: AccountRow,
  declared: MobileMoney,
): CallbackReader {
  const asks = (tx: Transaction, raw: RawCallback, why: keyof typeof whyUnread) => {
    payments.keepUnread(tx, account, raw, why)
    return { used: false, note: whyUnread[why] }
  }
  return {
    headers: declared.reportHeaders ?? [],
    acknowledge: (raw, waits) =>
      declared.acknowledge(raw, { knowsCode: (code) => payments.knowsCode(code) || waits(code) }),
    broken: (tx, raw) => payments.keepUnread(tx, account, raw, 'broken'),
    async ready() {
      // Signatures are checked with the account's own secret, which the keychain may hold back for a while.
      const money = await moneyOf(accounts, account.id)
      // Those of a removed account never come back: what it still reports is for a person, at once.
      if (money === null) return account.removed ? (tx, raw) => asks(tx, raw, 'accountRemoved') : null
      return (tx, raw, subject) => {
        const report = money.readReport(raw)
        if (report === null) return asks(tx, raw, 'unreadable')
        if (report.trust === 'forged') return { used: false, note: 'forged: the signature does not fit' }
        if (report.about === 'question') return { used: true, note: 'a question, answered' }
        const handled =
          payments.handle(tx, account, report, subject) ?? transfers.handle(tx, account, report, subject)
        if (handled === null) return asks(tx, raw, 'unmatched')
        return handled.contradicts === true ? asks(tx, raw, 'contradicted') : handled
      }
    },
  }
}
