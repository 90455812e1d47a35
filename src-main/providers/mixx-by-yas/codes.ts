import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import type { ProviderErrorKind } from '../outcome.ts'
import type { ErrorRow } from '../provider.ts'

/**
 * Where each row was read. K: github msomali/tigopesa `push/status.go` and a Node client's table, which agree · S: the
 * table of TXNSTATUS in the same repository · R: `push/status.go`, reversals, no second source.
 */
const row = (code: string, kind: ProviderErrorKind, reason: ReasonCode, source: string): ErrorRow => ({
  code,
  kind,
  reason,
  source,
})

/** ResponseCode of a push. BILLER-18-0000-S is not here: it is the only one that means accepted. */
export const pushRows: readonly ErrorRow[] = [
  row('BILLER-18-3018-E', 'rejected', 'amountRefused', 'K'),
  row('BILLER-18-3019-E', 'rejected', 'amountRefused', 'K'),
  row('BILLER-18-3020-E', 'rejected', 'dailyLimit', 'K'),
  row('BILLER-18-3021-E', 'credentials', 'credentials', 'K'),
  row('BILLER-18-3022-E', 'credentials', 'credentials', 'K'),
  row('BILLER-18-3040-E', 'credentials', 'credentials', 'K'),
  row('DebitMandate-10-1000-E', 'unknownOutcome', 'unknownOutcome', 'K'),
  row('DebitMandate-10-2001-E', 'credentials', 'credentials', 'K'),
  row('DebitMandate-10-2002-E', 'recipient', 'recipient', 'K'),
  row('DebitMandate-10-2003-E', 'credentials', 'credentials', 'K'),
  row('DebitMandate-10-2004-V', 'recipient', 'recipient', 'K'),
  row('DebitMandate-10-2005-E', 'recipient', 'recipient', 'K'),
  // Also for a name that was used before: then the first request may stand on the phone.
  row('DebitMandate-10-2020-V', 'unknownOutcome', 'unknownOutcome', 'K'),
  row('DebitMandate-10-2038-V', 'credentials', 'credentials', 'K'),
  row('DebitMandate-10-3000-E', 'credentials', 'credentials', 'K'),
  row('DebitMandate-10-5000-E', 'unknownOutcome', 'unknownOutcome', 'K'),
]

/** ResponseCode of a reversal, besides those of a push. RefundTransaction-20-0000-S means done. */
export const reversalRows: readonly ErrorRow[] = [
  row('RefundTransaction-20-3039-E', 'rejected', 'rejected', 'R'),
]

/** TXNSTATUS of a payout; zeros in front mean nothing. 200 and 0 mean done. */
export const payOutRows: readonly ErrorRow[] = [
  row('00026', 'credentials', 'credentials', 'S: PIN expired'),
  row('00031', 'rejected', 'amountRefused', 'S: more than the network allows'),
  row('00042', 'rejected', 'amountRefused', 'S: not a multiple'),
  row('100', 'unknownOutcome', 'unknownOutcome', 'S: hold the money, it may be paid'),
  row('317', 'recipient', 'recipient', 'S: receiver barred'),
  row('410', 'rejected', 'amountRefused', 'S: above the maximum'),
  row('2117', 'credentials', 'credentials', 'S: sender barred'),
  row('60014', 'rejected', 'quota', 'S: payer’s value of the day'),
  row('60017', 'rejected', 'amountRefused', 'S: below the sender’s minimum'),
  row('60018', 'rejected', 'amountRefused', 'S: above the maximum'),
  row('60019', 'balance', 'balance', 'S: below the minimum balance'),
  row('60021', 'rejected', 'dailyLimit', 'S: receiver’s count of the day'),
  row('60024', 'rejected', 'dailyLimit', 'S: value of the day'),
  row('60028', 'rejected', 'amountRefused', 'S: above the receiver’s maximum'),
  row('60030', 'recipient', 'recipient', 'S: receiver’s wallet would be too full'),
  row('60074', 'recipient', 'recipient', 'S: no profile for the receiver'),
]

export function payOutRow(status: string): ErrorRow | undefined {
  return payOutRows.find((known) => known.code.replace(/^0+/, '') === status.replace(/^0+/, ''))
}
