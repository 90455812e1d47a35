import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import type { ProviderErrorKind } from '../outcome.ts'
import type { ErrorRow } from '../provider.ts'

/**
 * Where each row was read. D1: copies of the portal's text (github amoskyalo/daraja-docs) · D4: npm package mpesa-api
 * 3.0.2 · D6: four public tables of result codes (paylod, kenzobe, ronnyabuto/daraja-error-codes, api-evangelist/mpesa)
 * · D6b: the portal's table as given in a public workshop of 2026 · D9: pesakit.landelatech.com · D10: github
 * parseen254/daraja-mcp · u1–u3: public query clients · unconfirmed: known in the trade only.
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
  row('400.002.02', 'credentials', 'credentials', 'D6b', { text: 'callbackurl' }),
  row('400.002.02', 'rejected', 'rejected', 'D6b'),
  row('400.002.05', 'rejected', 'rejected', 'unconfirmed'),
  row('400.008.01', 'credentials', 'credentials', 'unconfirmed'),
  row('400.008.02', 'credentials', 'credentials', 'unconfirmed'),
  row('401.002.01', 'credentials', 'credentials', 'D1'),
  row('404.001.01', 'credentials', 'credentials', 'D6b'),
  row('404.001.03', 'credentials', 'credentials', 'u1, D6b'),
  row('404.001.04', 'credentials', 'credentials', 'D1'),
  row('405.001', 'rejected', 'rejected', 'D6b'),
  row('500.001.1001', 'credentials', 'credentials', 'D6b', { text: 'merchant does not exist' }),
  row('500.001.1001', 'credentials', 'credentials', 'D6b', { text: 'wrong credentials' }),
  row('500.001.1001', 'temporary', 'phoneBusy', 'D6, D10', {
    text: 'unable to lock subscriber',
    retryAfterMs: 60_000,
  }),
  row('500.001.1001', 'unknownOutcome', 'unknownOutcome', 'D6'),
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
  result('1', 'failed', 'insufficientFunds', 'D6'),
  result('2', 'failed', 'amountRefused', 'D4, D6b'),
  result('3', 'failed', 'amountRefused', 'D4, D6b'),
  result('4', 'failed', 'dailyLimit', 'D6b'),
  result('8', 'failed', 'tillFull', 'D6b'),
  ...['11', '12', '13', '14', '20'].map((code) => result(code, 'failed', 'credentials', 'D4')),
  result('15', 'unknown', 'unknownOutcome', 'D4'),
  // Three sources give three meanings; all of them say that nothing was paid.
  result('17', 'failed', 'phoneBusy', 'D4, D6, D6b'),
  result('26', 'failed', 'promptNotSent', 'D4, D6'),
  result('1001', 'failed', 'phoneBusy', 'D6'),
  result('1019', 'expired', 'promptExpired', 'D6'),
  result('1025', 'failed', 'promptNotSent', 'D6'),
  result('9999', 'failed', 'promptNotSent', 'D6'),
  result('1032', 'cancelled', 'customerCancelled', 'D6, D9'),
  result('1037', 'expired', 'noAnswer', 'D6'),
  result('2001', 'failed', 'wrongPin', 'D1, D6'),
  result('2028', 'failed', 'credentials', 'D6b'),
  result('4999', 'processing', 'unknownOutcome', 'unconfirmed'),
  result('8006', 'failed', 'pinLocked', 'D6b'),
  result('SFC_IC0003', 'failed', 'credentials', 'D6b'),
]
