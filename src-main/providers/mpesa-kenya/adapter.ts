import { z } from 'zod'
import { redact } from '../../http/redaction.ts'
import type {
  Accepted,
  Acknowledgement,
  AmountLimits,
  MobileMoney,
  MoneyReading,
  PromptRequest,
  Report,
  StatementFormat,
} from '../mobile-money.ts'
import { accepted, type Outcome, type ProviderError, refused } from '../outcome.ts'
import type {
  CallContext,
  Connection,
  FieldWords,
  HttpOperation,
  ProviderDeclaration,
  RawCallback,
  Session,
} from '../provider.ts'
import { jsonOf, type Nature, type Reply, readReply, unclear, unmapped } from '../reply.ts'
import { errorRows, resultRows } from './codes.ts'

const settings = z.object({
  shortcode: z.string().regex(/^\d{5,7}$/),
  kind: z.enum(['CustomerPayBillOnline', 'CustomerBuyGoodsOnline']),
  tillNumber: z
    .string()
    .regex(/^(\d{5,7})?$/)
    .optional(),
})
const secrets = z.object({
  consumerKey: z.string().min(8),
  consumerSecret: z.string().min(8),
  passkey: z.string().min(8),
})

const fields: Readonly<Record<string, FieldWords>> = {
  shortcode: {
    label: { en: 'Shortcode', sw: 'Namba ya biashara (shortcode)' },
    help: {
      en: 'The paybill; for a till, the store or head-office number on the portal.',
      sw: 'Paybill; kwa till, namba ya duka au makao makuu iliyo kwenye tovuti ya Safaricom.',
    },
    example: '174379',
  },
  kind: {
    label: { en: 'Kind', sw: 'Aina' },
    choices: {
      CustomerPayBillOnline: { en: 'Paybill', sw: 'Paybill' },
      CustomerBuyGoodsOnline: { en: 'Till (buy goods)', sw: 'Till (Buy Goods)' },
    },
  },
  tillNumber: {
    label: { en: 'Till number', sw: 'Namba ya till' },
    help: {
      en: 'Only for a till, when it differs from the shortcode.',
      sw: 'Kwa till tu, kama si sawa na shortcode.',
    },
    example: '5123456',
  },
  consumerKey: { label: { en: 'Consumer key', sw: 'Consumer key' } },
  consumerSecret: { label: { en: 'Consumer secret', sw: 'Consumer secret' } },
  passkey: {
    label: { en: 'Passkey', sw: 'Passkey' },
    help: {
      en: 'Safaricom sends it by e-mail when M-Pesa Express goes live.',
      sw: 'Safaricom huituma kwa barua pepe M-Pesa Express inapowashwa.',
    },
  },
}

/** Africa/Nairobi is three hours ahead of UTC all year. Whether the zone is checked is unconfirmed. */
const nairobiMs = 3 * 3_600_000

/** YYYYMMDDHHmmss in Africa/Nairobi. */
export function timestampOf(now: number): string {
  return new Date(now + nairobiMs).toISOString().replace(/\D/g, '').slice(0, 14)
}

/** Base64 of shortcode, passkey and timestamp, one after the other (D3, D4). */
export function passwordOf(shortcode: string, passkey: string, timestamp: string): string {
  return Buffer.from(`${shortcode}${passkey}${timestamp}`).toString('base64')
}

function text(context: CallContext, name: string): string {
  return String(context.settings[name] ?? '')
}

function signedFields(context: CallContext) {
  const shortcode = text(context, 'shortcode')
  const timestamp = timestampOf(context.now)
  return {
    BusinessShortCode: shortcode,
    Password: passwordOf(shortcode, context.secrets.passkey ?? '', timestamp),
    Timestamp: timestamp,
  }
}

function post(context: CallContext, path: string, body: unknown) {
  return {
    method: 'POST' as const,
    url: `${context.baseUrl}${path}`,
    headers: { authorization: `Bearer ${context.token ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
}

const errorSchema = z.object({ errorCode: z.string(), errorMessage: z.string().catch('') })

function readError(reply: Reply, nature: Nature): { readonly ok: false; readonly error: ProviderError } {
  const parsed = errorSchema.safeParse(jsonOf(reply.text))
  if (!parsed.success) return unmapped(nature, reply, '')
  const { errorCode, errorMessage } = parsed.data
  const words = errorMessage.toLowerCase()
  const found = errorRows.find(
    (known) => known.code === errorCode && (known.text === undefined || words.includes(known.text)),
  )
  const detail = `${errorCode} ${errorMessage}`
  if (found === undefined) return unmapped(nature, reply, detail)
  if (found.kind === 'unknownOutcome') return unclear(nature, detail)
  return refused(found.kind, found.reason, detail, found.retryAfterMs)
}

const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.union([z.string().regex(/^\d+$/), z.number().int().min(0)]),
})

const openSession: Session['open'] = {
  name: 'token',
  request: (_input, context) => ({
    method: 'GET',
    url: `${context.baseUrl}/oauth/v1/generate?grant_type=client_credentials`,
    headers: {
      authorization: `Basic ${Buffer.from(`${context.secrets.consumerKey ?? ''}:${context.secrets.consumerSecret ?? ''}`).toString('base64')}`,
    },
    body: null,
  }),
  outcome: (http) =>
    readReply(http, 'read', (reply) => {
      const parsed = tokenSchema.safeParse(jsonOf(reply.text))
      if (reply.status === 200 && parsed.success) {
        const { access_token: token, expires_in: seconds } = parsed.data
        return accepted({ token, expiresInMs: Number(seconds) * 1_000 })
      }
      if (reply.status === 400 || reply.status === 401)
        return refused('credentials', 'credentials', `HTTP ${reply.status}`)
      return readError(reply, 'read')
    }),
}

const session: Session = {
  open: openSession,
  refuses: (http) => {
    if (http.kind !== 'reply') return false
    const parsed = errorSchema.safeParse(jsonOf(http.text))
    if (!parsed.success) return http.status === 401
    return parsed.data.errorCode === '404.001.03' || parsed.data.errorCode === '401.002.01'
  },
}

const acceptedSchema = z.object({ ResponseCode: z.string(), CheckoutRequestID: z.string().min(1) })

const raise: HttpOperation<PromptRequest, Accepted> = {
  name: 'stkpush',
  request(input, context) {
    const phone = input.phone.slice(1)
    return post(context, '/mpesa/stkpush/v1/processrequest', {
      ...signedFields(context),
      TransactionType: text(context, 'kind'),
      Amount: input.amountMinor / 100,
      PartyA: phone,
      PartyB: text(context, 'tillNumber') || text(context, 'shortcode'),
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
    readReply(http, 'effect', (reply) => {
      if (reply.status !== 200) return readError(reply, 'effect')
      const parsed = acceptedSchema.safeParse(jsonOf(reply.text))
      if (!parsed.success) return unclear('effect', 'HTTP 200 without a CheckoutRequestID')
      if (parsed.data.ResponseCode !== '0')
        return unclear('effect', `ResponseCode ${parsed.data.ResponseCode}`)
      return accepted({ providerReference: parsed.data.CheckoutRequestID })
    }),
}

const resultCodeSchema = z.union([z.string(), z.number()]).transform(String)
const answerSchema = z.object({ ResultCode: resultCodeSchema, ResultDesc: z.string().catch('') })

const query: HttpOperation<string, MoneyReading> = {
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

function readResult(code: string, description: string): MoneyReading {
  if (code === '0') return { state: 'completed', receiptCode: null, amountMinor: null }
  const detail = redact(`${code} ${description}`)
  const found = resultRows.find((known) => known.code === code)
  if (found === undefined || found.state === 'unknown') return { state: 'unknown', detail }
  if (found.state === 'processing') return { state: 'processing' }
  return { state: found.state, reason: found.reason, detail }
}

const callbackSchema = z.object({
  Body: z.object({
    stkCallback: z.object({
      CheckoutRequestID: z.string().min(1),
      ResultCode: resultCodeSchema,
      ResultDesc: z.string().catch(''),
      CallbackMetadata: z
        .object({ Item: z.array(z.object({ Name: z.string(), Value: z.unknown().optional() })) })
        .optional()
        .catch(undefined),
    }),
  }),
})

/** The callback of M-Pesa Express (D3): items are found by name, never by position, and any may be missing. */
function readReport({ body }: RawCallback): Report | null {
  const parsed = callbackSchema.safeParse(jsonOf(body))
  if (!parsed.success) return null
  const { CheckoutRequestID, ResultCode, ResultDesc, CallbackMetadata } = parsed.data.Body.stkCallback
  const report = {
    trust: 'unsigned',
    about: 'money',
    references: { own: null, provider: CheckoutRequestID },
  } as const
  const reading = readResult(ResultCode, ResultDesc)
  if (reading.state !== 'completed') return { ...report, reading }
  const metadata = (name: string) => CallbackMetadata?.Item.find((item) => item.Name === name)?.Value
  const amount = Number(metadata('Amount'))
  const receipt = metadata('MpesaReceiptNumber')
  return {
    ...report,
    reading: {
      state: 'completed',
      receiptCode: typeof receipt === 'string' && receipt !== '' ? receipt : null,
      amountMinor: Number.isFinite(amount) && amount > 0 ? Math.round(amount * 100) : null,
    },
  }
}

const received: Acknowledgement = {
  status: 200,
  contentType: 'application/json',
  body: JSON.stringify({ ResultCode: 0, ResultDesc: 'Accepted' }),
}

/** The CSV of the M-PESA organisation portal (org.ke.m-pesa.com); headings as public readers of it have them. */
const statement: StatementFormat = {
  code: ['Receipt No.', 'Receipt No', 'Receipt'],
  at: ['Completion Time', 'Completion time'],
  paidIn: ['Paid In', 'Paid in'],
  paidOut: ['Withdrawn', 'Paid Out'],
  phone: ['Other Party Info', 'Details'],
  status: ['Transaction Status', 'Status'],
  completed: ['completed'],
  dates: ['yyyy-MM-dd HH:mm:ss', 'dd-MM-yyyy HH:mm:ss', 'dd/MM/yyyy HH:mm:ss', 'dd/MM/yyyy HH:mm'],
  zone: 'Africa/Nairobi',
}

/** 250,000 a transaction (the network's tariff of 2023). */
const limits: AmountLimits = { minMinor: 100, maxMinor: 25_000_000, wholeUnits: true }

function fits({ minMinor, maxMinor }: AmountLimits, amountMinor: number): boolean {
  return amountMinor >= minMinor && amountMinor <= maxMinor && amountMinor % 100 === 0
}

function mobileMoney(connection: Connection): MobileMoney {
  return {
    currencies: ['KES'],
    amount: limits,
    countries: ['KE'],
    networks: ['safaricom'],
    promptWindowMs: 120_000,
    promptAnswer: 'told',
    // The query takes nothing but Safaricom's own id, which a lost reply never brought.
    notFoundProvesAfterMs: null,
    receiptCode: /^[A-Z0-9]{10}$/,
    ownReference: () => null,
    customerPayments: false,
    statement,
    async raisePrompt(request, signal) {
      if (!/^\+254[17]\d{8}$/.test(request.phone))
        return refused('recipient', 'recipient', 'not a number of Kenya')
      if (request.currency !== 'KES' || !fits(limits, request.amountMinor)) {
        return refused('rejected', 'amountRefused', 'whole Kenyan shillings only, to 250,000')
      }
      return connection.call(raise, request, signal)
    },
    async queryPrompt({ provider }, signal) {
      if (provider === null) return accepted({ state: 'unknown', detail: 'no CheckoutRequestID to ask by' })
      return connection.call(query, provider, signal)
    },
    readReport,
    acknowledge: () => received,
  }
}

/** Safaricom Daraja: M-Pesa Express (STK push) with its query and callback, written from shared facts of 2026-11. */
export const mpesaKenya: ProviderDeclaration = {
  id: 'mpesa-kenya',
  label: 'M-Pesa (Safaricom, Kenya)',
  markets: ['KE'],
  docsUrl: 'https://developer.safaricom.co.ke/APIs/MpesaExpressSimulate',
  settings,
  secrets,
  fields,
  addresses: { live: 'https://api.safaricom.co.ke', sandbox: 'https://sandbox.safaricom.co.ke' },
  session,
  capabilities: ['mobileMoney'],
  rate: { perSecond: 3, burst: 3, concurrency: 2 },
  settleWindowMs: null,
  timeoutMs: 30_000,
  limits: [
    {
      en: 'A payment request whose answer was lost cannot be asked for: wait for the callback, or look at the customer’s SMS.',
      sw: 'Ombi la malipo lililopotea jibu haliwezi kuulizwa: subiri taarifa, au angalia SMS ya mteja.',
    },
    {
      en: 'The M-Pesa code of a payment comes by callback only.',
      sw: 'Namba ya muamala ya M-Pesa huja kwa taarifa (callback) tu.',
    },
    {
      en: 'Kaunta cannot reverse, pay out, or read balance and customers’ payments by themselves here yet.',
      sw: 'Kaunta haiwezi bado kurudisha, kulipa nje, wala kusoma salio na malipo ya wateja wenyewe hapa.',
    },
  ],
  errors: errorRows,
  connect: (connection) => ({
    mobileMoney: mobileMoney(connection),
    async test() {
      const opened = await connection.call(openSession, null)
      if (!opened.ok) return opened
      return accepted({
        en: 'Safaricom took the key and the secret. The passkey is proved by the first payment request.',
        sw: 'Safaricom imekubali ufunguo na siri. Passkey itathibitishwa na ombi la kwanza la malipo.',
      })
    },
  }),
}
