import { z } from 'zod'
import type { ReasonCode } from '../../../src-preload/contract/reasons.ts'
import { redact } from '../../http/redaction.ts'
import { idOf } from '../identifiers.ts'
import { accepted, type Outcome, type ProviderErrorKind, refused } from '../outcome.ts'
import type {
  CallContext,
  Connection,
  ErrorRow,
  FieldWords,
  HttpOperation,
  ProviderDeclaration,
  RawCallback,
} from '../provider.ts'
import { jsonOf, type Reply, readReply, retryAfterMs, unclear, unmapped } from '../reply.ts'
import type { DeliveryReceipt, SmsAccepted, SmsMessage } from '../sms.ts'

const settings = z.object({
  username: z.string().trim().min(1).max(60),
  /** The account's default sender when empty. */
  senderId: z
    .string()
    .regex(/^([A-Za-z0-9 ._-]{3,11}|\d{3,15})?$/)
    .optional(),
})
const secrets = z.object({ apiKey: z.string().min(8) })

const fields: Readonly<Record<string, FieldWords>> = {
  username: {
    label: { en: 'Username', sw: 'Jina la mtumiaji (username)' },
    help: {
      en: 'The app’s username on Africa’s Talking; for the sandbox it is the word sandbox.',
      sw: 'Username ya programu kwenye Africa’s Talking; kwa majaribio ni neno sandbox.',
    },
    example: 'sandbox',
  },
  senderId: {
    label: { en: 'Sender name', sw: 'Jina la mtumaji' },
    help: {
      en: 'As approved by the networks. Empty: the account’s own default.',
      sw: 'Lililoidhinishwa na mitandao. Ikiwa tupu: la kawaida la akaunti.',
    },
    example: 'DUKA',
  },
  apiKey: { label: { en: 'API key', sw: 'Ufunguo wa API (API key)' } },
}

const row = (code: string, kind: ProviderErrorKind, reason: ReasonCode, source: string): ErrorRow => ({
  code,
  kind,
  reason,
  source,
})

/**
 * `statusCode`: of one recipient, under HTTP 201. `message`: of a whole request refused under HTTP 201 with no
 * recipient. `http`: of the request. A1: developers.africastalking.com, "Send bulk SMS" · A3: public third-party
 * adapters and their fixtures.
 */
const errors: readonly ErrorRow[] = [
  row('statusCode 401', 'rejected', 'rejected', 'A1 RiskHold'),
  row('statusCode 402', 'credentials', 'sender', 'A1 InvalidSenderId'),
  row('statusCode 403', 'recipient', 'recipient', 'A1 InvalidPhoneNumber'),
  row('statusCode 404', 'recipient', 'recipient', 'A1 UnsupportedNumberType'),
  row('statusCode 405', 'balance', 'balance', 'A1 InsufficientBalance'),
  row('statusCode 406', 'rejected', 'optedOut', 'A1 UserInBlacklist'),
  row('statusCode 407', 'rejected', 'notDelivered', 'A1 CouldNotRoute'),
  row('statusCode 409', 'rejected', 'rejected', 'A1 DoNotDisturbRejection'),
  row('statusCode 500', 'unknownOutcome', 'unknownOutcome', 'A1 InternalServerError'),
  row('statusCode 501', 'temporary', 'temporary', 'A1 GatewayError'),
  row('statusCode 502', 'rejected', 'notDelivered', 'A1 RejectedByGateway'),
  row('message InvalidSenderId', 'credentials', 'sender', 'A3'),
  row('message InvalidPhoneNumber', 'recipient', 'recipient', 'A3'),
  row('http 400', 'rejected', 'rejected', 'unconfirmed: a form field is missing'),
  row('http 401', 'credentials', 'credentials', 'A3'),
  row('http 409', 'unknownOutcome', 'unknownOutcome', 'rule: a conflict may be with the same message'),
  row('http 429', 'throttled', 'throttled', 'unconfirmed'),
  row('http 500', 'unknownOutcome', 'unknownOutcome', 'rule: 5xx'),
  row('http 502', 'unknownOutcome', 'unknownOutcome', 'rule: 5xx'),
  row('http 503', 'unknownOutcome', 'unknownOutcome', 'rule: 5xx'),
]

function lookUp(code: string, detail: string, retryAfter?: number) {
  const found = errors.find((known) => known.code === code)
  return found === undefined ? null : refused(found.kind, found.reason, detail, retryAfter)
}

function headersOf(context: CallContext) {
  return { apiKey: context.secrets.apiKey ?? '', accept: 'application/json' }
}

const recipientSchema = z.object({
  statusCode: z.union([z.number(), z.string()]).transform(String),
  number: z.string().catch(''),
  status: z.string().catch(''),
  cost: z.string().catch(''),
  messageId: z
    .unknown()
    .optional()
    .transform((id) => idOf(id) ?? ''),
})
const sentSchema = z.object({
  SMSMessageData: z.object({ Message: z.string().catch(''), Recipients: z.array(recipientSchema) }),
})

/** 100 Processed, 101 Sent, 102 Queued (A1). */
const acceptedCodes = new Set(['100', '101', '102'])

const send: HttpOperation<SmsMessage, SmsAccepted> = {
  name: 'messaging',
  request(message, context) {
    const senderId = String(context.settings.senderId ?? '')
    const form = new URLSearchParams({
      username: String(context.settings.username ?? ''),
      to: message.to,
      message: message.body,
      bulkSMSMode: '1',
      // Its default changed between editions of the documents, so it is always said: reply first, then send.
      enqueue: '1',
      ...(senderId === '' ? {} : { from: senderId }),
    })
    return {
      method: 'POST',
      url: `${context.baseUrl}/version1/messaging`,
      headers: { ...headersOf(context), 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    }
  },
  outcome: (http) => readReply(http, 'effect', readSent),
}

function readSent(reply: Reply): Outcome<SmsAccepted> {
  const parsed = sentSchema.safeParse(jsonOf(reply.text))
  if (reply.status >= 300) {
    return readRefusal(reply, parsed.success ? parsed.data.SMSMessageData.Message : reply.text)
  }
  if (!parsed.success) return unclear('effect', `HTTP ${reply.status} without SMSMessageData`)
  const { Message, Recipients } = parsed.data.SMSMessageData
  const [recipient] = Recipients
  if (recipient !== undefined) return readRecipient(recipient)
  if (/^sent to [1-9]/i.test(Message.trim())) return unclear('effect', `${Message}, and no recipient`)
  // Nobody is named, so nobody was written to: the whole request was refused.
  return (
    lookUp(`message ${Message.trim()}`, Message) ?? refused('rejected', 'rejected', Message || 'no recipient')
  )
}

function readRefusal(reply: Reply, said: string): Outcome<SmsAccepted> {
  const wait = reply.status === 429 ? (retryAfterMs(reply) ?? 1_000) : undefined
  return (
    lookUp(`http ${reply.status}`, `HTTP ${reply.status} ${said}`, wait) ?? unmapped('effect', reply, said)
  )
}

function readRecipient(recipient: z.infer<typeof recipientSchema>): Outcome<SmsAccepted> {
  const { statusCode, messageId, cost } = recipient
  const detail = `${statusCode} ${recipient.status}`
  if (!acceptedCodes.has(statusCode)) {
    return lookUp(`statusCode ${statusCode}`, detail) ?? unclear('effect', detail)
  }
  if (messageId === '') return unclear('effect', `${detail} without a messageId`)
  return accepted({
    providerReference: messageId,
    cost: /^(?:[A-Z]{3} )?\d+(?:\.\d+)?$/.test(cost) ? cost : null,
  })
}

const userDataSchema = z.object({ balance: z.string().min(1) })
// The documents show both spellings.
const userSchema = z.union([
  z.object({ userData: userDataSchema }).transform((user) => user.userData),
  z.object({ UserData: userDataSchema }).transform((user) => user.UserData),
])

const balance: HttpOperation<null, string> = {
  name: 'user',
  request: (_input, context) => ({
    method: 'GET',
    url: `${context.baseUrl}/version1/user?username=${encodeURIComponent(String(context.settings.username ?? ''))}`,
    headers: headersOf(context),
    body: null,
  }),
  outcome: (http) =>
    readReply(http, 'read', (reply) => {
      if (reply.status === 401) return refused('credentials', 'credentials', `HTTP 401 ${reply.text}`)
      const parsed = userSchema.safeParse(jsonOf(reply.text))
      return reply.status < 300 && parsed.success
        ? accepted(parsed.data.balance)
        : unmapped('read', reply, reply.text)
    }),
}

interface StatusRow {
  readonly state: DeliveryReceipt['state']
  readonly reason: ReasonCode | null
}

/** Statuses of a delivery report (A1). One that is not here tells nothing. */
const statuses: ReadonlyMap<string, StatusRow> = new Map([
  ['Sent', { state: 'sent', reason: null }],
  ['Submitted', { state: 'sent', reason: null }],
  ['Buffered', { state: 'sent', reason: null }],
  ['Success', { state: 'delivered', reason: null }],
  ['Rejected', { state: 'failed', reason: 'notDelivered' }],
  ['Failed', { state: 'failed', reason: 'notDelivered' }],
  ['AbsentSubscriber', { state: 'failed', reason: 'notDelivered' }],
  ['Expired', { state: 'failed', reason: 'notDelivered' }],
] satisfies [string, StatusRow][])

/** Reasons that mean something else than "not delivered" (A1; the second is spelled so). */
const failureReasons: ReadonlyMap<string, ReasonCode> = new Map([
  ['UserDoesNotExist', 'recipient'],
  ['NotNetworkSubcriber', 'recipient'],
  ['UserInBlackList', 'optedOut'],
  ['InsufficientCredit', 'balance'],
] satisfies [string, ReasonCode][])

/** A delivery report: form POST with id, status, phoneNumber and, on failures, failureReason (A1). */
function readDeliveryReceipt(callback: RawCallback): DeliveryReceipt | null {
  const form = new URLSearchParams(callback.body)
  const id = form.get('id')
  const status = statuses.get(form.get('status') ?? '')
  if (callback.method !== 'POST' || id === null || id === '' || status === undefined) return null
  const to = form.get('phoneNumber')
  const failure = form.get('failureReason') ?? ''
  return {
    providerReference: id,
    to: to !== null && /^\+[1-9]\d{7,14}$/.test(to) ? to : null,
    state: status.state,
    reason: status.state === 'failed' ? (failureReasons.get(failure) ?? status.reason) : null,
    detail: failure === '' ? null : redact(failure),
  }
}

function connect(connection: Connection) {
  return {
    sms: {
      // The documents name no limit; ten parts of a long message.
      maxCharacters: 1_530,
      send: (message: SmsMessage, signal?: AbortSignal) => connection.call(send, message, signal),
      readDeliveryReceipt,
    },
    async test() {
      const asked = await connection.call(balance, null)
      if (!asked.ok) return asked
      return accepted({
        en: `The key is right. Balance: ${asked.value}.`,
        sw: `Ufunguo ni sahihi. Salio: ${asked.value}.`,
      })
    },
  }
}

/** Africa's Talking, SMS, API version1 (the path that its own client still uses), from the facts of 2026-11. */
export const africasTalking: ProviderDeclaration = {
  id: 'africas-talking',
  label: 'Africa’s Talking (SMS)',
  markets: ['TZ', 'KE'],
  docsUrl: 'https://developers.africastalking.com/docs/sms/overview',
  settings,
  secrets,
  fields,
  addresses: { live: 'https://api.africastalking.com', sandbox: 'https://api.sandbox.africastalking.com' },
  capabilities: ['sms'],
  rate: { perSecond: 5, burst: 5, concurrency: 4 },
  consistencyWindowMs: null,
  timeoutMs: 30_000,
  limits: [
    {
      en: 'It cannot be asked what became of an SMS; delivery is known only where reports can reach this machine.',
      sw: 'Haiwezi kuulizwa SMS imefikaje; kufika hujulikana tu pale taarifa zinapoweza kufika kwenye mashine hii.',
    },
  ],
  errors,
  connect,
}
