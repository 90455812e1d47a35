import { z } from 'zod'
import type { Accepted, Balance, MoneyReading, PayOutRequest } from '../mobile-money.ts'
import { accepted, type Outcome } from '../outcome.ts'
import type { HttpOperation } from '../provider.ts'
import { jsonOf, type Reply, readReply, unclear } from '../reply.ts'
import { readStatus } from './codes.ts'
import { idOf, readEnquiry, wordsOf } from './collection.ts'
import { encrypt, signatureOf } from './signing.ts'
import { complaintOf, countryOf, currencyOf, get, msisdnOf, post, readError, saidIn } from './wire.ts'

export interface PayOutCall {
  readonly input: PayOutRequest
  /** The key for the PIN. */
  readonly pinKey: string
  /** The key for message signing; null where payouts are not signed. */
  readonly spki: string | null
}

/** Pays to a phone, disbursement v2 [A2, A4]. The PIN travels encrypted in the body. */
export const disburse: HttpOperation<PayOutCall, Accepted> = {
  name: 'disbursements',
  request({ input, pinKey, spki }, context) {
    const country = countryOf(context.settings)
    const body = JSON.stringify({
      payee: {
        msisdn: msisdnOf(input.phone, country) ?? '',
        currency: currencyOf(country),
        ...(input.name === '' ? {} : { name: input.name }),
      },
      reference: wordsOf(input.note, 'Malipo'),
      pin: encrypt(context.secrets.pin ?? '', pinKey),
      transaction: { amount: input.amountMinor / 100, id: idOf(input.reference), type: 'B2C' },
    })
    const signature = spki === null ? {} : signatureOf(body, spki)
    return post(context, '/standard/v2/disbursements/', body, signature)
  },
  outcome: (http, { input }) => readReply(http, 'effect', (reply) => readTaken(reply, idOf(input.reference))),
}

function readTaken(reply: Reply, id: string): Outcome<Accepted> {
  const said = saidIn(reply)
  if (reply.status >= 300 || complaintOf(said) !== undefined) return readError(reply, said, 'effect')
  if (said.success !== true) return unclear('effect', `HTTP ${reply.status} without success`)
  const { transaction } = said
  if (transaction.id !== '' && transaction.id !== id) {
    return unclear('effect', 'the answer names another payout')
  }
  // A Tanzanian client is answered success by its code alone, without a status beside it.
  const done = transaction.status === '' && said.codes.includes('DP00900001001')
  const code = transaction.airtel_money_id || null
  const reading = readStatus(done ? 'TS' : transaction.status, said.codes, code, said.detail)
  const providerReference = transaction.reference_id || null
  // Without a final status the payout is on its way: asking tells.
  return accepted(
    reading.state === 'completed' || reading.state === 'failed'
      ? { providerReference, reading }
      : { providerReference },
  )
}

/** Asks about a payout by our own id; a minute after it at the earliest, says a Tanzanian client [A4]. */
export const enquirePayOut: HttpOperation<string, MoneyReading> = {
  name: 'disbursement-enquiry',
  request: (id, context) => get(context, `/standard/v2/disbursements/${id}?transactionType=B2C`),
  outcome: readEnquiry,
}

const balanceSchema = z.object({
  data: z.object({ balance: z.union([z.string(), z.number()]).transform(String), currency: z.string() }),
})

/** GET /standard/v1/users/balance: "37,600.00" with commas [A6t; a Madagascar client]. */
export const readBalance: HttpOperation<null, readonly Balance[]> = {
  name: 'balance',
  request: (_input, context) => get(context, '/standard/v1/users/balance'),
  outcome: (http) =>
    readReply(http, 'read', (reply): Outcome<readonly Balance[]> => {
      const said = saidIn(reply)
      const parsed = balanceSchema.safeParse(jsonOf(reply.text))
      if (reply.status !== 200 || complaintOf(said) !== undefined || !parsed.success) {
        return readError(reply, said, 'read')
      }
      const { balance, currency } = parsed.data.data
      const amount = balance.replaceAll(',', '')
      if (!/^-?\d+(?:\.\d{1,2})?$/.test(amount) || (currency !== 'TZS' && currency !== 'KES')) {
        return unclear('read', 'a balance that cannot be read')
      }
      return accepted([{ name: 'Airtel Money', availableMinor: Math.round(Number(amount) * 100), currency }])
    }),
}
