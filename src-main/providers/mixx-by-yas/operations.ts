import { z } from 'zod'
import { redact } from '../../http/redaction.ts'
import { mayHide } from '../http-answers.ts'
import { idOf } from '../identifiers.ts'
import type { Accepted, PayOutRequest, PromptRequest, ReverseRequest } from '../mobile-money.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import type { HttpOperation } from '../provider.ts'
import { type Reply, readReply, unclear } from '../reply.ts'
import { payOutRow, pushRows, reversalRows } from './codes.ts'
import { readCommand, writeCommand } from './command.ts'
import { headersOf, readAnswer, text, urlOf, withoutCode } from './wire.ts'

/** `own` is the name that the network is given. */
export type Named<Request> = Request & { readonly own: string }

/** Letters, digits and blanks: which others pass is unconfirmed. */
function plainWords(words: string, longest: number): string {
  return words
    .replace(/[^\p{L}\d ]+/gu, ' ')
    .trim()
    .slice(0, longest)
    .trim()
}

/** PushBillpay: a request on the customer's phone (T1, T7). The answer only says that it was taken. */
export const push: HttpOperation<Named<PromptRequest>, Accepted> = {
  name: 'PushBillpay',
  request: (input, context) => ({
    method: 'POST',
    url: urlOf(context, 'pushPath'),
    headers: headersOf(context),
    body: JSON.stringify({
      CustomerMSISDN: input.phone.slice(1),
      BillerMSISDN: text(context, 'billerMsisdn'),
      Amount: input.amountMinor / 100,
      Remarks: plainWords(`${input.account} ${input.description}`, 50),
      ReferenceID: input.own,
    }),
  }),
  outcome: (http, { own: reference }) =>
    readReply(http, 'effect', (reply) =>
      readAnswer(reply, { code: 'BILLER-18-0000-S', reference, rows: pushRows }, () => ({
        providerReference: null,
      })),
    ),
}

/** ReverseTransaction (T1): the whole payment, by the network's code for it. */
export const reverse: HttpOperation<Named<ReverseRequest>, Accepted> = {
  name: 'ReverseTransaction',
  request: (input, context) => ({
    method: 'POST',
    url: urlOf(context, 'reversePath'),
    headers: headersOf(context),
    body: JSON.stringify({
      CustomerMSISDN: input.phone.slice(1),
      ChannelMSISDN: text(context, 'channelMsisdn'),
      ChannelPIN: context.secrets.channelPin ?? '',
      Amount: input.amountMinor / 100,
      MFSTransactionID: input.receiptCode ?? '',
      ReferenceID: input.own,
      PurchaseReferenceID: input.payment.own ?? '',
    }),
  }),
  outcome: (http, input) =>
    readReply(http, 'effect', (reply) =>
      readAnswer(
        reply,
        {
          code: 'RefundTransaction-20-0000-S',
          reference: input.own,
          rows: [...reversalRows, ...pushRows],
        },
        (answer) => ({
          providerReference: answer.DMReferenceID || null,
          reading: {
            state: 'completed',
            // Whether this names the reversal or the payment again is unconfirmed.
            receiptCode:
              answer.MFSTransactionID === input.receiptCode ? null : answer.MFSTransactionID || null,
            amountMinor: null,
          },
        }),
      ),
    ),
}

/** REQMFCI (T1): from the shop's wallet to a phone. The PIN stands in the body and nowhere else. */
export const payOut: HttpOperation<Named<PayOutRequest>, Accepted> = {
  name: 'REQMFCI',
  request: (input, context) => ({
    method: 'POST',
    url: urlOf(context, 'payOutPath'),
    headers: { 'content-type': 'application/xml' },
    body: writeCommand({
      TYPE: 'REQMFCI',
      REFERENCEID: input.own,
      MSISDN: text(context, 'payOutMsisdn'),
      PIN: context.secrets.payOutPin ?? '',
      MSISDN1: input.phone.slice(1),
      AMOUNT: String(input.amountMinor / 100),
      SENDERNAME: plainWords(text(context, 'shopName'), 50) || 'Duka',
      LANGUAGE1: 'EN',
      BRAND_ID: text(context, 'brandId'),
    }),
  }),
  outcome: (http, { own }) => readReply(http, 'effect', (reply) => readPayOut(reply, own)),
}

const payOutSchema = z.object({
  TXNSTATUS: z.string().min(1),
  TXNID: z.string().catch(''),
  REFERENCEID: z.string().catch(''),
  MESSAGE: z.string().catch(''),
})

function readPayOut(reply: Reply, own: string): Outcome<Accepted> {
  const parsed = payOutSchema.safeParse(readCommand(reply.text))
  if (!parsed.success) return withoutCode(reply, 'effect')
  const { TXNSTATUS: status, TXNID, REFERENCEID, MESSAGE } = parsed.data
  const detail = redact(`${status} ${MESSAGE}`.trim())
  if (REFERENCEID !== '' && REFERENCEID !== own) return unclear('effect', `${detail}, for another reference`)
  if (status === '200' || status === '0') {
    if (reply.status >= 300) return unclear('effect', `HTTP ${reply.status} ${detail}`)
    const receiptCode = idOf(TXNID)
    return accepted({
      providerReference: receiptCode,
      reading: { state: 'completed', receiptCode, amountMinor: null },
    })
  }
  const row = payOutRow(status)
  if (row === undefined || mayHide(reply.status) || row.kind === 'unknownOutcome')
    return unclear('effect', detail)
  return refused(row.kind, row.reason, detail)
}
