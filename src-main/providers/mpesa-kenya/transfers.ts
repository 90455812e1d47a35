import { constants, createPublicKey, type KeyObject, publicEncrypt, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import type { Sentence } from '../../../src-preload/contract/paging.ts'
import type { Accepted, PayOutRequest, ReverseRequest } from '../mobile-money.ts'
import { accepted, type Outcome } from '../outcome.ts'
import type { CallContext, HttpOperation } from '../provider.ts'
import { jsonOf, type Nature, type Reply, readReply, unclear } from '../reply.ts'
import { readTaken as readNamed } from './express.ts'
import { errorSchema, post, readError, text, wordsOf } from './wire.ts'

/**
 * The public key in what the portal hands out: a certificate or a bare key, PEM or the base64 inside it (a form field
 * may have eaten the line ends). The certificate's dates are not looked at: the published ones ran out and still count.
 * @returns null for anything else
 */
export function keyIn(certificate: string): KeyObject | null {
  const der = Buffer.from(certificate.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64')
  const readers = [
    () => new X509Certificate(der).publicKey,
    () => createPublicKey({ key: der, format: 'der', type: 'spki' }),
  ]
  for (const read of readers) {
    try {
      const key = read()
      if (key.asymmetricKeyType === 'rsa') return key
    } catch {
      // The next form is tried.
    }
  }
  return null
}

/** Base64 of the initiator's password, RSA PKCS#1 v1.5 (D4, u7, P). @throws when the certificate cannot be read */
function securityCredential(context: CallContext): string {
  const key = keyIn(text(context.settings, 'certificate'))
  if (key === null) throw new Error('the certificate cannot be read')
  const password = Buffer.from(context.secrets.initiatorPassword ?? '')
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, password).toString('base64')
}

/** The path's end by which the notice that a request died in its queue is told from a result: the bodies are alike. */
export const timeOutSuffixes = {
  money: '/timeout',
  code: '/codetimeout',
  balance: '/balancetimeout',
} as const
/** The path's end of answers about a typed code: a failed one does not say what it is about. */
export const codeSuffix = '/code'

function resultTo(callbackUrl: string, kind: 'money' | 'balance' = 'money') {
  return { ResultURL: callbackUrl, QueueTimeOutURL: `${callbackUrl}${timeOutSuffixes[kind]}` }
}

const takenSchema = z.object({
  ResponseCode: z.unknown().optional(),
  ConversationID: z.unknown().optional(),
})

/** All four answer "accepted" with a ConversationID, and the result later to ResultURL (P). */
function readTaken(reply: Reply, nature: Nature): Outcome<Accepted> {
  const parsed = takenSchema.safeParse(jsonOf(reply.text)).data
  const taken = readNamed(reply, parsed?.ConversationID, parsed?.ResponseCode)
  if (taken?.ok === true && (nature === 'effect' || taken.value.reading === undefined)) return taken
  return reply.status === 200
    ? unclear(nature, 'HTTP 200 without a ConversationID and ResponseCode 0')
    : readError(reply, nature)
}

/** Gives a C2B payment back; identifier type 11 is the portal's (P), 4 in an old package is wrong. */
export const reverse: HttpOperation<ReverseRequest, Accepted> = {
  name: 'reversal',
  request: (input, context) =>
    post(context, '/mpesa/reversal/v1/request', {
      Initiator: text(context.settings, 'initiatorName'),
      SecurityCredential: securityCredential(context),
      CommandID: 'TransactionReversal',
      TransactionID: input.receiptCode ?? '',
      Amount: input.amountMinor / 100,
      ReceiverParty: text(context.settings, 'shortcode'),
      RecieverIdentifierType: '11',
      ...resultTo(input.callbackUrl),
      Remarks: wordsOf(input.note, 100, 'Marejesho'),
      Occasion: 'Marejesho',
    }),
  outcome: (http) => readReply(http, 'effect', (reply) => readTaken(reply, 'effect')),
}

/**
 * Pays to a phone, B2C v3. The transfer's id goes along as OriginatorConversationID: a second call under the same id is
 * refused with 500.002.1001 (P), which proves that the first one was taken.
 */
export const payOut: HttpOperation<PayOutRequest, Accepted> = {
  name: 'b2c',
  request: (input, context) =>
    post(context, '/mpesa/b2c/v3/paymentrequest', {
      OriginatorConversationID: input.reference,
      InitiatorName: text(context.settings, 'initiatorName'),
      SecurityCredential: securityCredential(context),
      CommandID: 'BusinessPayment',
      Amount: input.amountMinor / 100,
      PartyA: text(context.settings, 'payoutShortcode'),
      PartyB: input.phone.slice(1),
      Remarks: wordsOf(input.note, 100, 'Malipo'),
      ...resultTo(input.callbackUrl),
      Occassion: 'Malipo',
    }),
  outcome: (http) => readReply(http, 'effect', (reply) => readTaken(reply, 'effect')),
}

export interface Question {
  readonly callbackUrl: string
}

export const askBalance: HttpOperation<Question, Accepted> = {
  name: 'accountbalance',
  request: (input, context) =>
    post(context, '/mpesa/accountbalance/v1/query', {
      Initiator: text(context.settings, 'initiatorName'),
      SecurityCredential: securityCredential(context),
      CommandID: 'AccountBalance',
      PartyA: text(context.settings, 'shortcode'),
      IdentifierType: '4',
      Remarks: 'Salio',
      ...resultTo(input.callbackUrl, 'balance'),
    }),
  outcome: (http) => readReply(http, 'read', (reply) => readTaken(reply, 'read')),
}

/** Stands in `Occasion` of a question about a code: some answers repeat it, and then need no word in their path. */
export const codeOccasion = 'KauntaCode'

export const askCode: HttpOperation<Question & { readonly code: string }, Accepted> = {
  name: 'transactionstatus',
  request: (input, context) =>
    post(context, '/mpesa/transactionstatus/v1/query', {
      Initiator: text(context.settings, 'initiatorName'),
      SecurityCredential: securityCredential(context),
      CommandID: 'TransactionStatusQuery',
      TransactionID: input.code,
      PartyA: text(context.settings, 'shortcode'),
      IdentifierType: '4',
      ResultURL: `${input.callbackUrl}${codeSuffix}`,
      QueueTimeOutURL: `${input.callbackUrl}${timeOutSuffixes.code}`,
      Remarks: 'Hakiki',
      Occasion: codeOccasion,
    }),
  outcome: (http) => readReply(http, 'read', (reply) => readTaken(reply, 'read')),
}

/** The path's end by which a question ("may he pay?") is told from a notice ("he paid"): the bodies are alike. */
export const questionSuffix = '/validation'

const registered: Sentence = {
  en: 'Safaricom reports customers’ payments to this address from now on.',
  sw: 'Kuanzia sasa Safaricom italeta taarifa za malipo ya wateja kwenye anwani hii.',
}
const registeredBefore: Sentence = {
  en: 'Safaricom already holds an address for this shortcode. If notices do not come, delete it in the Daraja portal (Self service, URL management) and register again.',
  sw: 'Safaricom tayari ina anwani ya namba hii. Taarifa zisipokuja, ifute kwenye tovuti ya Daraja (Self service, URL management) kisha usajili tena.',
}
const registerSchema = z.object({ ResponseCode: z.string().regex(/^0+$/) })

/** C2B v2: once per shortcode in the live network; silence of our side must never cancel a payment, hence Completed. */
export const registerUrls: HttpOperation<string, Sentence> = {
  name: 'registerurl',
  request: (callbackUrl, context) =>
    post(context, '/mpesa/c2b/v2/registerurl', {
      ShortCode: text(context.settings, 'shortcode'),
      ResponseType: 'Completed',
      ConfirmationURL: callbackUrl,
      ValidationURL: `${callbackUrl}${questionSuffix}`,
    }),
  outcome: (http) =>
    readReply(http, 'read', (reply): Outcome<Sentence> => {
      const said = errorSchema.safeParse(jsonOf(reply.text))
      if (said.success && /already registered/i.test(said.data.errorMessage)) {
        return accepted(registeredBefore)
      }
      if (reply.status !== 200) return readError(reply, 'read')
      const parsed = registerSchema.safeParse(jsonOf(reply.text))
      return parsed.success ? accepted(registered) : unclear('read', 'HTTP 200 without ResponseCode 0')
    }),
}
