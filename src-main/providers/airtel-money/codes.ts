import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import type { MoneyReading } from '../mobile-money.ts'
import type { ProviderErrorKind } from '../outcome.ts'
import type { ErrorRow } from '../provider.ts'

/**
 * Where each row was read. A2: integration note from the Airtel Zambia portal's file of June 2025 · A3: copies of the
 * Uganda portal's error tables (a Python SDK, a WordPress plugin and a Go wallet carry the same words) · A4: a public
 * client of Airtel Tanzania · A9: a plan quoting the Airtel Chad documents v3.0 of September 2026 · K1: a Go client made
 * from the Kenyan portal (github Shamba-Records-Limited/microvault), which counts ESB000001, 4, 8 and 14 as "ask, never
 * repeat" · m: iplusacademy/moodle-paygw_airtelafrica. `result_code` is deprecated, and a client made from Tanzanian
 * traffic reads it otherwise: where meanings differ, the row says the safest.
 */
export interface CodeRow extends ErrorRow {
  /** How a payment or payout ends that carries this code once it is final. */
  readonly ends?: { readonly state: 'failed' | 'cancelled' | 'expired'; readonly reason: ReasonCode }
  /** True for "transaction not found". */
  readonly missing?: true
}

const row = (
  code: string,
  kind: ProviderErrorKind,
  reason: ReasonCode,
  source: string,
  more: Pick<CodeRow, 'ends' | 'missing'> = {},
): CodeRow => ({ code, kind, reason, source, ...more })

const failed = (reason: ReasonCode) => ({ ends: { state: 'failed', reason } }) as const
const expired = (reason: ReasonCode) => ({ ends: { state: 'expired', reason } }) as const

/** `status.response_code` of the collection API. 1001 and 1006 are no errors and stand in `fineCodes`. */
const collectionRows: readonly CodeRow[] = [
  row('DP00800001000', 'unknownOutcome', 'unknownOutcome', 'A3'),
  row('DP00800001002', 'rejected', 'wrongPin', 'A3', failed('wrongPin')),
  row('DP00800001003', 'rejected', 'dailyLimit', 'A3', failed('dailyLimit')),
  row('DP00800001004', 'rejected', 'amountRefused', 'A3', failed('amountRefused')),
  // Two meanings in one code: no PIN entered, or an id that is not valid. Asking by our id tells which.
  row('DP00800001005', 'unknownOutcome', 'unknownOutcome', 'A3', expired('noAnswer')),
  row('DP00800001007', 'rejected', 'insufficientFunds', 'A3', failed('insufficientFunds')),
  row('DP00800001008', 'rejected', 'customerCancelled', 'A3', {
    ends: { state: 'cancelled', reason: 'customerCancelled' },
  }),
  row('DP00800001009', 'rejected', 'rejected', 'A3', failed('rejected')),
  row('DP00800001010', 'recipient', 'recipient', 'A3', failed('recipient')),
  row('DP00800001024', 'unknownOutcome', 'unknownOutcome', 'A3', expired('noAnswer')),
  row('DP00800001025', 'unknownOutcome', 'unknownOutcome', 'A3', { missing: true }),
  row('DP00800001026', 'credentials', 'credentials', 'A3'),
  row('DP00800001029', 'rejected', 'promptExpired', 'A3', expired('promptExpired')),
]

/** `status.response_code` of the disbursement API. */
const disbursementRows: readonly CodeRow[] = [
  row('DP00900001000', 'unknownOutcome', 'unknownOutcome', 'A3'),
  row('DP00900001003', 'rejected', 'dailyLimit', 'A3', failed('dailyLimit')),
  row('DP00900001004', 'rejected', 'amountRefused', 'A3', failed('amountRefused')),
  row('DP00900001005', 'rejected', 'rejected', 'A3', failed('rejected')),
  row('DP00900001007', 'balance', 'balance', 'A3', failed('balance')),
  row('DP00900001009', 'recipient', 'recipient', 'A3', failed('recipient')),
  row('DP00900001010', 'credentials', 'credentials', 'A3', failed('credentials')),
  row('DP00900001011', 'unknownOutcome', 'unknownOutcome', 'A3'),
  row('DP00900001012', 'recipient', 'recipient', 'A3', failed('recipient')),
  row('DP00900001013', 'rejected', 'rejected', 'A3', failed('rejected')),
  row('DP00900001014', 'unknownOutcome', 'unknownOutcome', 'A3'),
  row('DP00900001015', 'unknownOutcome', 'unknownOutcome', 'A3', { missing: true }),
  row('DP00900001016', 'credentials', 'credentials', 'A3'),
  row('DP00900001017', 'unknownOutcome', 'unknownOutcome', 'A3, A9'),
]

/** `status.result_code`, the router's `status_code`, and the codes of balance and encryption key. */
const routerRows: readonly CodeRow[] = [
  row('ESB000001', 'unknownOutcome', 'unknownOutcome', 'A2, K1, m'),
  row('ESB000004', 'unknownOutcome', 'unknownOutcome', 'A2, K1, m'),
  row('ESB000008', 'unknownOutcome', 'unknownOutcome', 'A2, K1, m'),
  row('ESB000011', 'rejected', 'rejected', 'A2, m', failed('rejected')),
  row('ESB000014', 'unknownOutcome', 'unknownOutcome', 'A2, K1, m'),
  row('ESB000033', 'recipient', 'recipient', 'A2'),
  row('ESB000034', 'credentials', 'credentials', 'A2'),
  row('ESB000035', 'credentials', 'credentials', 'A2'),
  row('ESB000036', 'recipient', 'recipient', 'A2'),
  row('ESB000039', 'credentials', 'credentials', 'A2'),
  // The first call under this id was taken: asking by the id tells what became of it.
  row('ESB000041', 'unknownOutcome', 'unknownOutcome', 'A2'),
  row('ESB000045', 'unknownOutcome', 'unknownOutcome', 'A2, m', { missing: true }),
  row('ROUTER001', 'credentials', 'credentials', 'A2, A9'),
  row('ROUTER003', 'rejected', 'rejected', 'A2'),
  row('ROUTER005', 'credentials', 'credentials', 'A2, A9'),
  row('ROUTER006', 'credentials', 'credentials', 'A2, A9'),
  row('ROUTER007', 'credentials', 'credentials', 'A2'),
  row('ROUTER112', 'credentials', 'credentials', 'A2'),
  row('ROUTER114', 'credentials', 'credentials', 'A2, A9'),
  row('ROUTER115', 'credentials', 'credentials', 'A2, A9'),
  row('ROUTER116', 'credentials', 'credentials', 'A2, A9'),
  row('ROUTER117', 'unknownOutcome', 'unknownOutcome', 'A2, A9'),
  row('ROUTER119', 'credentials', 'credentials', 'A2'),
  row('DP02010001000', 'temporary', 'temporary', 'A3, A9'),
  row('DP02100000000', 'temporary', 'temporary', 'A3'),
  row('DP02100000002', 'credentials', 'credentials', 'A3'),
]

/** Codes of calls that were taken: success, or under way. */
export const fineCodes: ReadonlySet<string> = new Set([
  'ESB000010',
  'DP00800001001',
  'DP00800001006',
  'DP00900001001',
  'DP00900001006',
  'DP02010001001',
  'DP02100000001',
])

export const errorRows: readonly CodeRow[] = [...collectionRows, ...disbursementRows, ...routerRows]

const byCode = new Map(errorRows.map((known) => [known.code, known]))

export function rowOf(code: string): CodeRow | undefined {
  return byCode.get(code)
}

/** `data.transaction.status` of the enquiries, and `status_code` of the report [A2, A9]. */
export type Ending = 'TS' | 'TF' | 'TE' | 'TA' | 'TIP'

/**
 * What a status means together with the codes beside it. TA is Airtel's own "we do not know". A status that stands in
 * no document is unknown.
 * @param detail the provider's words, already redacted
 */
export function readStatus(
  status: string,
  codes: readonly string[],
  receiptCode: string | null,
  detail: string,
): MoneyReading {
  const ends = codes.map((code) => rowOf(code)?.ends).find((known) => known !== undefined)
  switch (status) {
    case 'TS':
      // Two words that contradict each other in one answer; `result_code` is none, it is read in several ways.
      if (codes.some((code) => /^DP00[89]/.test(code) && !fineCodes.has(code)))
        return { state: 'unknown', detail }
      return { state: 'completed', receiptCode, amountMinor: null }
    case 'TIP':
      return { state: 'processing' }
    case 'TF':
      return { ...(ends ?? { state: 'failed', reason: 'rejected' }), detail }
    case 'TE':
      return { ...(ends?.state === 'expired' ? ends : { state: 'expired', reason: 'promptExpired' }), detail }
    default:
      return { state: 'unknown', detail }
  }
}
