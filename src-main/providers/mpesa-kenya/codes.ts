import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import type { ProviderErrorKind } from '../outcome.ts'
import type { ErrorRow } from '../provider.ts'

/**
 * Where each row was read. D1: copies of the portal's text (github amoskyalo/daraja-docs) · D4: npm package mpesa-api
 * 3.0.2 · D6: four public tables of result codes (paylod, kenzobe, ronnyabuto/daraja-error-codes, api-evangelist/mpesa)
 * · D6b: the portal's table as given in a public workshop of 2026 · D9: pesakit.landelatech.com · D10: github
 * parseen254/daraja-mcp · u1–u3: public query clients · P: copies of the portal's pages of 2025/26 (github
 * JacksCodeVault/mpesa-daraja-mcp) · u8: two public clients' tests · unconfirmed: known in the trade only.
 */
export interface CodeRow extends ErrorRow {
  /** Lower case; the row counts only where the provider's words contain it. The first row that fits wins. */
  readonly text?: string
  readonly retryAfterMs?: number
}

const row = (
  code: string,
  kind: ProviderErrorKind,
  reason: ReasonCode,
  source: string,
  more: { readonly text?: string; readonly retryAfterMs?: number } = {},
): CodeRow => ({ code, kind, reason, source, ...more })

/** Codes of the synchronous error body; the HTTP status is the code's first part. */
export const errorRows: readonly CodeRow[] = [
  row('400.002.02', 'recipient', 'recipient', 'D6b', { text: 'phonenumber' }),
  row('400.002.02', 'recipient', 'recipient', 'D6b', { text: 'partya' }),
  row('400.002.02', 'rejected', 'amountRefused', 'D6b', { text: 'amount' }),
  row('400.002.02', 'credentials', 'credentials', 'D6b', { text: 'businessshortcode' }),
  ...['callbackurl', 'callback url', 'resulturl', 'queuetimeouturl'].map((text) =>
    row('400.002.02', 'rejected', 'addressRefused', 'D6b', { text }),
  ),
  row('400.002.02', 'credentials', 'credentials', 'P', { text: 'initiator' }),
  row('400.002.02', 'credentials', 'credentials', 'P', { text: 'securitycredential' }),
  row('400.002.02', 'recipient', 'recipient', 'P', { text: 'partyb' }),
  row('400.002.02', 'rejected', 'rejected', 'D6b'),
  row('400.002.05', 'rejected', 'rejected', 'P'),
  row('400.003.01', 'credentials', 'credentials', 'P'),
  row('400.003.02', 'rejected', 'rejected', 'P'),
  row('400.008.01', 'credentials', 'credentials', 'unconfirmed'),
  row('400.008.02', 'credentials', 'credentials', 'unconfirmed'),
  row('401.002.01', 'credentials', 'credentials', 'D1'),
  row('404.001.01', 'credentials', 'credentials', 'D6b'),
  row('404.001.03', 'credentials', 'credentials', 'u1, D6b'),
  row('404.001.04', 'credentials', 'credentials', 'D1, P'),
  row('404.003.01', 'credentials', 'credentials', 'P'),
  row('405.001', 'rejected', 'rejected', 'D6b'),
  row('500.001.1001', 'credentials', 'credentials', 'D6b', { text: 'merchant does not exist' }),
  row('500.001.1001', 'credentials', 'credentials', 'D6b', { text: 'wrong credentials' }),
  row('500.001.1001', 'temporary', 'phoneBusy', 'D6, D10', {
    text: 'unable to lock subscriber',
    retryAfterMs: 60_000,
  }),
  row('500.001.1001', 'unknownOutcome', 'unknownOutcome', 'D6'),
  // The OriginatorConversationID was used before: that payout was taken.
  row('500.002.1001', 'unknownOutcome', 'unknownOutcome', 'P'),
  row('500.003.02', 'throttled', 'throttled', 'D6b', { retryAfterMs: 5_000 }),
  row('500.003.03', 'throttled', 'throttled', 'D6b', { retryAfterMs: 60_000 }),
  row('500.003.1001', 'unknownOutcome', 'unknownOutcome', 'D6b'),
]

export interface ResultRow {
  readonly code: string
  readonly state: 'failed' | 'cancelled' | 'expired' | 'processing' | 'unknown'
  readonly reason: ReasonCode
  readonly source: string
}

const result = (code: string, state: ResultRow['state'], reason: ReasonCode, source: string): ResultRow => ({
  code,
  state,
  reason,
  source,
})

/** ResultCode of a callback and of a query, as text. 0 is not here: it is the only one that means paid. */
export const resultRows: readonly ResultRow[] = [
  result('1', 'failed', 'insufficientFunds', 'D6, P'),
  result('2', 'failed', 'amountRefused', 'D4, D6b, P'),
  result('3', 'failed', 'amountRefused', 'D4, D6b, P'),
  result('4', 'failed', 'dailyLimit', 'D6b, P'),
  result('8', 'failed', 'tillFull', 'D6b, P'),
  ...['11', '12', '13', '14', '20'].map((code) => result(code, 'failed', 'credentials', 'D4')),
  result('15', 'unknown', 'unknownOutcome', 'D4'),
  // "Rule limited": the same amount to the same customer within two minutes. Nothing was paid.
  result('17', 'failed', 'phoneBusy', 'D6b, P'),
  result('26', 'failed', 'promptNotSent', 'D4, D6'),
  result('1001', 'failed', 'phoneBusy', 'D6'),
  result('1019', 'expired', 'promptExpired', 'D6, P'),
  result('1025', 'failed', 'promptNotSent', 'D6, P'),
  result('9999', 'failed', 'promptNotSent', 'D6'),
  result('1032', 'cancelled', 'customerCancelled', 'D6, D9, P'),
  result('1037', 'expired', 'noAnswer', 'D6, P'),
  result('2001', 'failed', 'wrongPin', 'D1, D6, P'),
  result('2028', 'failed', 'credentials', 'D6b, P'),
  result('4999', 'processing', 'unknownOutcome', 'unconfirmed'),
  result('8006', 'failed', 'pinLocked', 'D6b, P'),
  result('SFC_IC0003', 'failed', 'credentials', 'D6b, P'),
]

/**
 * ResultCode of reversal and B2C, as text; 0 is not here. The same number means other things than in M-Pesa Express:
 * here the purse that is short, and the credentials, are the shop's. All of them say that nothing moved.
 */
export const transferRows: readonly {
  readonly code: string
  readonly reason: ReasonCode
  readonly source: string
}[] = [
  { code: '1', reason: 'balance', source: 'P' },
  { code: '2', reason: 'amountRefused', source: 'P' },
  { code: '3', reason: 'amountRefused', source: 'P' },
  { code: '4', reason: 'dailyLimit', source: 'P' },
  { code: '8', reason: 'recipient', source: 'P' },
  { code: '11', reason: 'credentials', source: 'P' },
  { code: '21', reason: 'credentials', source: 'P' },
  { code: '2001', reason: 'credentials', source: 'D1, P' },
  { code: '2006', reason: 'credentials', source: 'P' },
  { code: '2028', reason: 'credentials', source: 'P' },
  { code: '2040', reason: 'recipient', source: 'P' },
  { code: '8006', reason: 'credentials', source: 'P' },
  { code: 'R000001', reason: 'rejected', source: 'P' },
  { code: 'R000002', reason: 'rejected', source: 'P' },
  { code: 'SFC_IC0003', reason: 'recipient', source: 'P' },
]
