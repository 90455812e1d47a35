import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import type { ProviderErrorKind } from '../outcome.ts'
import type { ErrorRow } from '../provider.ts'

/**
 * Where each row was read. V: the table of GH/TZ/LES/DRC OpenAPI as public services carry it (a NestJS service for
 * vodacomTZN, a DRC payment service; read again 2026-11) · P: a checklist made from the portal's pages on 2026-08-18
 * (Ithute Pay Bridge, vodacomLES) · M: the Mozambican list only · Q: a public query client · unconfirmed: known in the
 * trade only. The Mozambican meanings of 993–997 are others; that network's tables must never be mixed with these.
 */
export interface CodeRow extends ErrorRow {
  /** Where the call is a prompt: the customer or his wallet ended it, and this is how. */
  readonly prompt?: 'failed' | 'cancelled'
  /** Where the call is a question: what the answer says of the transaction that was asked about. */
  readonly asked?: 'notFound' | 'unknown'
  /** Where the call pays the shop's own money out. */
  readonly transfer?: { readonly kind: ProviderErrorKind; readonly reason: ReasonCode }
  readonly retryAfterMs?: number
}

const row = (
  code: string,
  kind: ProviderErrorKind,
  reason: ReasonCode,
  source: string,
  more: Pick<CodeRow, 'prompt' | 'asked' | 'transfer' | 'retryAfterMs'> = {},
): CodeRow => ({ code, kind, reason, source, ...more })

const failed = { prompt: 'failed' } as const
const notFound = { asked: 'notFound' } as const

/** output_ResponseCode and input_ResultCode. INS-0 is not here: it is the only one that means success. */
export const errorRows: readonly CodeRow[] = [
  row('INS-1', 'unknownOutcome', 'unknownOutcome', 'V'),
  row('INS-2', 'credentials', 'credentials', 'V, P'),
  row('INS-4', 'recipient', 'recipient', 'V'),
  row('INS-5', 'rejected', 'customerCancelled', 'V', { prompt: 'cancelled' }),
  row('INS-6', 'rejected', 'rejected', 'V, P', failed),
  row('INS-9', 'unknownOutcome', 'unknownOutcome', 'V, P'),
  row('INS-10', 'unknownOutcome', 'unknownOutcome', 'V, P'),
  row('INS-13', 'credentials', 'credentials', 'V'),
  row('INS-14', 'rejected', 'rejected', 'V', notFound),
  row('INS-15', 'rejected', 'amountRefused', 'V'),
  row('INS-16', 'throttled', 'throttled', 'V', { retryAfterMs: 5_000 }),
  row('INS-17', 'rejected', 'rejected', 'V'),
  row('INS-18', 'rejected', 'rejected', 'V', notFound),
  row('INS-19', 'rejected', 'rejected', 'V', notFound),
  row('INS-20', 'rejected', 'rejected', 'V'),
  row('INS-21', 'rejected', 'rejected', 'V'),
  row('INS-22', 'rejected', 'rejected', 'V'),
  row('INS-23', 'unknownOutcome', 'unknownOutcome', 'V, Q', { asked: 'unknown' }),
  row('INS-24', 'credentials', 'credentials', 'V'),
  row('INS-25', 'credentials', 'credentials', 'V'),
  row('INS-26', 'rejected', 'rejected', 'V'),
  row('INS-27', 'rejected', 'rejected', 'unconfirmed'),
  row('INS-28', 'rejected', 'rejected', 'V', notFound),
  row('INS-30', 'rejected', 'rejected', 'V, P'),
  row('INS-989', 'temporary', 'temporary', 'unconfirmed', { retryAfterMs: 5_000 }),
  row('INS-990', 'rejected', 'dailyLimit', 'V', failed),
  row('INS-991', 'rejected', 'dailyLimit', 'V', failed),
  row('INS-993', 'rejected', 'tillFull', 'V', {
    ...failed,
    transfer: { kind: 'rejected', reason: 'quota' },
  }),
  row('INS-994', 'rejected', 'tillFull', 'V', {
    ...failed,
    transfer: { kind: 'rejected', reason: 'quota' },
  }),
  row('INS-995', 'rejected', 'amountRefused', 'V', failed),
  row('INS-996', 'rejected', 'rejected', 'V'),
  row('INS-997', 'credentials', 'credentials', 'V'),
  row('INS-998', 'credentials', 'credentials', 'V'),
  row('INS-2001', 'credentials', 'credentials', 'M'),
  row('INS-2002', 'recipient', 'recipient', 'M'),
  row('INS-2005', 'rejected', 'rejected', 'M', failed),
  row('INS-2006', 'rejected', 'insufficientFunds', 'V', {
    ...failed,
    transfer: { kind: 'balance', reason: 'balance' },
  }),
  row('INS-2051', 'recipient', 'recipient', 'V'),
  row('INS-2057', 'rejected', 'rejected', 'M'),
  row('INS-6140', 'unknownOutcome', 'unknownOutcome', 'Q', { asked: 'unknown' }),
]

export function rowOf(code: string): CodeRow | undefined {
  return errorRows.find((known) => known.code === code)
}
