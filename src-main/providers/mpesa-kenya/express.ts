import { z } from 'zod'
import { redact } from '../../http/redaction.ts'
import { idOf } from '../identifiers.ts'
import type { Accepted, MoneyReading, PromptRequest } from '../mobile-money.ts'
import { accepted, type Outcome } from '../outcome.ts'
import type { CallContext, HttpOperation } from '../provider.ts'
import { jsonOf, type Reply, readReply, unclear } from '../reply.ts'
import { resultRows } from './codes.ts'
import { errorSchema, post, readError, text, timestampOf } from './wire.ts'

/** Base64 of shortcode, passkey and timestamp, one after the other (D3, D4, P). */
export function passwordOf(shortcode: string, passkey: string, timestamp: string): string {
  return Buffer.from(`${shortcode}${passkey}${timestamp}`).toString('base64')
}

function signedFields(context: CallContext) {
  const shortcode = text(context.settings, 'shortcode')
  const timestamp = timestampOf(context.now)
  return {
    BusinessShortCode: shortcode,
    Password: passwordOf(shortcode, context.secrets.passkey ?? '', timestamp),
    Timestamp: timestamp,
  }
}

const acceptedSchema = z.object({
  ResponseCode: z.unknown().optional(),
  CheckoutRequestID: z.unknown().optional(),
})

/** M-Pesa Express (STK push). */
export const raise: HttpOperation<PromptRequest, Accepted> = {
  name: 'stkpush',
  request(input, context) {
    const phone = input.phone.slice(1)
    return post(context, '/mpesa/stkpush/v1/processrequest', {
      ...signedFields(context),
      TransactionType: text(context.settings, 'kind'),
      Amount: input.amountMinor / 100,
      PartyA: phone,
      PartyB: text(context.settings, 'tillNumber') || text(context.settings, 'shortcode'),
      PhoneNumber: phone,
      CallBackURL: input.callbackUrl,
      // The end of a receipt number tells customers apart, its beginning does not.
      AccountReference: input.account.replace(/[^A-Za-z0-9]/g, '').slice(-12) || 'Kaunta',
      TransactionDesc:
        input.description
          .replace(/[^A-Za-z0-9 ]/g, '')
          .trim()
          .slice(0, 13) || 'Payment',
    })
  },
  outcome: (http) =>
    readReply(http, 'effect', (reply): Outcome<Accepted> => {
      const parsed = acceptedSchema.safeParse(jsonOf(reply.text)).data
      const taken = readTaken(reply, parsed?.CheckoutRequestID, parsed?.ResponseCode)
      if (taken !== null) return taken
      return reply.status === 200
        ? unclear('effect', 'HTTP 200 without a CheckoutRequestID')
        : readError(reply, 'effect')
    }),
}

/**
 * A reply that names what it is about: taken where all of it says so, else not known but by that name, so that it can be
 * asked about. Null without a name.
 */
export function readTaken(reply: Reply, id: unknown, responseCode: unknown): Outcome<Accepted> | null {
  const providerReference = idOf(id)
  if (providerReference === null) return null
  const code =
    typeof responseCode === 'string' || typeof responseCode === 'number' ? String(responseCode) : ''
  if (reply.status === 200 && /^0+$/.test(code)) return accepted({ providerReference })
  return accepted({
    providerReference,
    reading: { state: 'unknown', detail: `HTTP ${reply.status} ResponseCode ${code}` },
  })
}

export const resultCodeSchema = z.union([z.string(), z.number()]).transform(String)
const answerSchema = z.object({ ResultCode: resultCodeSchema, ResultDesc: z.string().catch('') })

/** Asks by Safaricom's own id; the answer has neither receipt code nor amount (D4). */
export const query: HttpOperation<string, MoneyReading> = {
  name: 'stkpushquery',
  request: (reference, context) =>
    post(context, '/mpesa/stkpushquery/v1/query', { ...signedFields(context), CheckoutRequestID: reference }),
  outcome: (http) =>
    readReply(http, 'read', (reply): Outcome<MoneyReading> => {
      if (reply.status !== 200) return readPending(reply)
      const parsed = answerSchema.safeParse(jsonOf(reply.text))
      if (!parsed.success) return unclear('read', 'HTTP 200 without a ResultCode')
      return accepted(readResult(parsed.data.ResultCode, parsed.data.ResultDesc))
    }),
}

/** A query answers with an error body while the customer has the prompt (u1–u3), and for an id it does not know. */
function readPending(reply: Reply): Outcome<MoneyReading> {
  const parsed = errorSchema.safeParse(jsonOf(reply.text))
  const said = parsed.success ? parsed.data.errorMessage.toLowerCase() : ''
  if (parsed.success && parsed.data.errorCode === '500.001.1001' && said.includes('being processed')) {
    return accepted({ state: 'processing' })
  }
  if (said.includes('checkoutrequestid')) return accepted({ state: 'notFound', detail: redact(said) })
  return readError(reply, 'read')
}

/** What a ResultCode of M-Pesa Express means; one that stands in no table is unknown. */
export function readResult(code: string, description: string): MoneyReading {
  if (code === '0') return { state: 'completed', receiptCode: null, amountMinor: null }
  const detail = redact(`${code} ${description}`)
  const found = resultRows.find((known) => known.code === code)
  if (found === undefined || found.state === 'unknown') return { state: 'unknown', detail }
  if (found.state === 'processing') return { state: 'processing' }
  return { state: found.state, reason: found.reason, detail }
}
