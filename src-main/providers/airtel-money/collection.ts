import type { HttpResult } from '../../http/client.ts'
import { mayHide } from '../http-answers.ts'
import type { Accepted, MoneyReading, PromptRequest, ReverseRequest } from '../mobile-money.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import type { CallContext, HttpOperation } from '../provider.ts'
import { readReply, unclear } from '../reply.ts'
import { readStatus, rowOf } from './codes.ts'
import { signatureOf } from './signing.ts'
import { complaintOf, countryOf, currencyOf, get, msisdnOf, post, readError, saidIn } from './wire.ts'

/** What a call is signed with: Airtel's public key, or null where nothing is signed (v1). */
export interface Signed<Input> {
  readonly input: Input
  readonly spki: string | null
}

/**
 * Our id as Airtel takes it: 25 letters and digits (limits seen: 4 to 64 letters and digits). The whole id in base 36,
 * so that two ids never meet.
 */
export function idOf(reference: string): string {
  const bits = BigInt(`0x${reference.replaceAll('-', '')}`)
  return bits.toString(36).toUpperCase().padStart(25, '0')
}

/** Letters, digits and blanks; 64 at most (a public plugin cuts there). The end of a receipt number tells customers apart. */
export function wordsOf(said: string, otherwise: string): string {
  const clean = said
    .replace(/[^A-Za-z0-9 ]/g, '')
    .trim()
    .slice(-64)
  return clean.length >= 4 ? clean : `${otherwise} ${clean}`.trim()
}

function send(context: CallContext, path: { v1: string; v2: string }, body: unknown, spki: string | null) {
  const text = JSON.stringify(body)
  return spki === null ? post(context, path.v1, text) : post(context, path.v2, text, signatureOf(text, spki))
}

/** USSD push [A2]. A success means that the prompt is on its way, never that it is paid. */
export const raise: HttpOperation<Signed<PromptRequest>, Accepted> = {
  name: 'payments',
  request({ input, spki }, context) {
    const country = countryOf(context.settings)
    const place = { country, currency: currencyOf(country) }
    return send(
      context,
      { v1: '/merchant/v1/payments/', v2: '/merchant/v2/payments/' },
      {
        reference: wordsOf(input.account, 'Malipo'),
        subscriber: { ...place, msisdn: msisdnOf(input.phone, country) ?? '' },
        transaction: { amount: input.amountMinor / 100, ...place, id: idOf(input.reference) },
      },
      spki,
    )
  },
  outcome: (http, { input }) =>
    readReply(http, 'effect', (reply): Outcome<Accepted> => {
      const said = saidIn(reply)
      if (reply.status >= 300 || complaintOf(said) !== undefined) return readError(reply, said, 'effect')
      if (said.success !== true) return unclear('effect', `HTTP ${reply.status} without success`)
      const named = said.transaction.id
      if (named !== '' && named !== idOf(input.reference)) {
        return unclear('effect', 'the answer names another payment')
      }
      return accepted({ providerReference: null })
    }),
}

/** Asks by our own id; the documents advise three minutes of patience, tills ask sooner [A2]. */
export const enquire: HttpOperation<string, MoneyReading> = {
  name: 'enquiry',
  request: (id, context) => get(context, `/standard/v1/payments/${id}`),
  outcome: readEnquiry,
}

/** The answer to both enquiries, for payments and for payouts. */
export function readEnquiry(http: HttpResult, id: string): Outcome<MoneyReading> {
  return readReply(http, 'read', (reply): Outcome<MoneyReading> => {
    const said = saidIn(reply)
    const { transaction } = said
    if (said.codes.some((code) => rowOf(code)?.missing === true)) {
      // Beside a payment that lives, or a failure of Airtel's own machines, "not found" proves nothing.
      const doubtful = /^(?:TS|TIP)$/.test(transaction.status) || mayHide(reply.status) || reply.status >= 500
      return accepted({ state: doubtful ? 'unknown' : 'notFound', detail: said.detail })
    }
    if (reply.status !== 200 || transaction.status === '') {
      return readError(reply, said, 'read')
    }
    if (transaction.id !== '' && transaction.id !== id) {
      return accepted({ state: 'unknown', detail: 'the answer names another one' })
    }
    return accepted(
      readStatus(transaction.status, said.codes, transaction.airtel_money_id || null, said.detail),
    )
  })
}

/**
 * Gives a payment back, always whole: the body has no amount [A2, A9]. The documents' sample of a success carries
 * `"success": false` beside SUCCESS, so the flag decides nothing; a new id of Airtel's own does.
 */
export const refund: HttpOperation<Signed<ReverseRequest>, Accepted> = {
  name: 'refund',
  request: ({ input, spki }, context) =>
    send(
      context,
      { v1: '/standard/v1/payments/refund', v2: '/standard/v2/payments/refund' },
      { transaction: { airtel_money_id: input.receiptCode ?? '' } },
      spki,
    ),
  outcome: (http) =>
    readReply(http, 'effect', (reply): Outcome<Accepted> => {
      const said = saidIn(reply)
      const complaint = complaintOf(said)
      // Here the purse that is short is the shop's own.
      if (complaint === 'DP00800001007') return refused('balance', 'balance', said.detail)
      if (reply.status >= 300 || complaint !== undefined) return readError(reply, said, 'effect')
      const { status, airtel_money_id: code } = said.transaction
      if (!/^(?:SUCCESS\.?|TS)$/i.test(status) || code === '') {
        return unclear('effect', `HTTP ${reply.status} without a refund`)
      }
      return accepted({
        providerReference: code,
        reading: { state: 'completed', receiptCode: code, amountMinor: null },
      })
    }),
}
