import { z } from 'zod'
import type { Sentence } from '../../../src-preload/contract/paging.ts'
import { refusesToken } from '../http-answers.ts'
import type { AmountLimits, MobileMoney, StatementFormat } from '../mobile-money.ts'
import { accepted, type ProviderError, refused } from '../outcome.ts'
import type { Connection, FieldWords, ProviderDeclaration, Session } from '../provider.ts'
import { jsonOf, readReply } from '../reply.ts'
import { errorRows } from './codes.ts'
import { query, raise } from './express.ts'
import { acknowledge, readReport } from './reports.ts'
import { askBalance, askCode, keyIn, payOut, registerUrls, reverse } from './transfers.ts'
import { errorSchema, fits, isKenyan, readError, text } from './wire.ts'

const number = z.string().regex(/^(\d{5,7})?$/)
const settings = z.object({
  shortcode: z.string().regex(/^\d{5,7}$/),
  kind: z.enum(['CustomerPayBillOnline', 'CustomerBuyGoodsOnline']),
  tillNumber: number.optional(),
  initiatorName: z.string().optional(),
  certificate: z.string().optional(),
  payoutShortcode: number.optional(),
  callbackAddress: z
    .string()
    .regex(/^(https:\/\/[^\s/?#]+\.[^\s?#]+)?$/)
    .optional(),
})
const secrets = z.object({
  consumerKey: z.string().min(8),
  consumerSecret: z.string().min(8),
  passkey: z.string().min(8),
  initiatorPassword: z.string().optional(),
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
  initiatorName: {
    label: { en: 'API operator', sw: 'Mtumiaji wa API' },
    help: {
      en: 'For reversals, payouts, balance and checking codes: the operator with access channel API.',
      sw: 'Kwa kurudisha malipo, kulipa nje, salio na kuhakiki namba: mtumiaji wa aina ya API.',
    },
    example: 'dukaapi',
  },
  certificate: {
    label: { en: 'Safaricom’s certificate', sw: 'Cheti cha Safaricom' },
    help: {
      en: 'The text of the .cer file of the Daraja portal (production), with or without its first and last line.',
      sw: 'Maandishi ya faili la .cer la tovuti ya Daraja (production), pamoja au bila mstari wa kwanza na wa mwisho.',
    },
  },
  payoutShortcode: {
    label: { en: 'Payout shortcode', sw: 'Namba ya kulipa nje' },
    help: {
      en: 'Only with a B2C or “one account” shortcode; the same number may stand here.',
      sw: 'Kwa namba ya B2C au “one account” tu; inaweza kuwa namba ile ile.',
    },
    example: '600998',
  },
  callbackAddress: {
    label: { en: 'Address for reports', sw: 'Anwani ya taarifa' },
    help: {
      en: 'Only for a shop without a public address, when Safaricom refuses requests for it: any https address of the shop’s own. Empty: https://callbacks.kaunta.invalid.',
      sw: 'Kwa duka lisilo na anwani ya umma tu, Safaricom ikikataa maombi kwa sababu yake: anwani yoyote ya https ya duka. Ikiwa tupu: https://callbacks.kaunta.invalid.',
    },
    example: 'https://duka.co.ke',
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
  initiatorPassword: {
    label: { en: 'Password of the API operator', sw: 'Nenosiri la mtumiaji wa API' },
  },
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

/** The token's codes that do not come with HTTP 401; others of that family begin with 401. */
const tokenRefusals = new Set(['404.001.03', '400.003.01'])

const session: Session = {
  open: openSession,
  refuses: (http) => {
    if (http.kind !== 'reply') return false
    const code = errorSchema.safeParse(jsonOf(http.text)).data?.errorCode ?? ''
    return refusesToken(http) || tokenRefusals.has(code) || code.startsWith('401.')
  },
}

/** 1 to 250,000 shillings (P). */
const promptLimits: AmountLimits = { minMinor: 100, maxMinor: 25_000_000, wholeUnits: true }
/** 10 to 250,000 shillings (P). */
const payOutLimits: AmountLimits = { minMinor: 1_000, maxMinor: 25_000_000, wholeUnits: true }

/** The CSV of the M-PESA organisation portal; headings and dates as public readers of it have them. */
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

type Refusal = { readonly ok: false; readonly error: ProviderError }

function mobileMoney(connection: Connection): MobileMoney {
  const { settings: set } = connection
  return {
    currencies: ['KES'],
    amount: promptLimits,
    countries: ['KE'],
    networks: ['safaricom'],
    promptWindowMs: 120_000,
    promptAnswer: 'told',
    // The query takes nothing but Safaricom's own id, which a lost reply never brought.
    notFoundProvesAfterMs: null,
    receiptCode: /^[A-Z0-9]{10}$/,
    ownReference: () => null,
    customerPayments: true,
    statement,
    async raisePrompt(request, signal) {
      const refusal = misfit(request, promptLimits)
      return refusal ?? connection.call(raise, request, signal)
    },
    async queryPrompt({ provider }, signal) {
      if (provider === null) return accepted({ state: 'unknown', detail: 'no CheckoutRequestID to ask by' })
      return connection.call(query, provider, signal)
    },
    ...(hasInitiator(connection) ? initiated(connection) : {}),
    registerNotices: (callbackUrl, signal) => connection.call(registerUrls, callbackUrl, signal),
    readReport: (callback) => readReport(callback, set),
    acknowledge,
  }
}

function misfit(
  command: { readonly phone: string; readonly amountMinor: number; readonly currency: string },
  limits: AmountLimits,
): Refusal | null {
  if (!isKenyan(command.phone)) return refused('recipient', 'recipient', 'not a number of Kenya')
  return command.currency === 'KES' && fits(limits, command.amountMinor)
    ? null
    : refused('rejected', 'amountRefused', 'whole Kenyan shillings only, to 250,000')
}

function hasInitiator({ settings: set }: Connection): boolean {
  return text(set, 'initiatorName') !== '' && text(set, 'certificate') !== ''
}

/** What the API operator may do; all of it is answered to the address that goes along. */
function initiated(
  connection: Connection,
): Pick<MobileMoney, 'reverse' | 'payOut' | 'queryCode' | 'balance'> {
  const { settings: set, secrets: kept } = connection
  const locked = (): Refusal | null => {
    if ((kept.initiatorPassword ?? '') === '') {
      return refused('credentials', 'credentials', 'the password of the API operator is missing')
    }
    return keyIn(text(set, 'certificate')) === null
      ? refused('credentials', 'credentials', 'Safaricom’s certificate cannot be read')
      : null
  }
  const sendOut: NonNullable<MobileMoney['payOut']> = {
    amount: payOutLimits,
    async send(request, signal) {
      return misfit(request, payOutLimits) ?? locked() ?? connection.call(payOut, request, signal)
    },
  }
  return {
    reverse: {
      partial: false,
      needsCode: true,
      async send(request, signal) {
        if (request.receiptCode === null || request.receiptCode === '') {
          return refused('rejected', 'rejected', 'a reversal needs the M-Pesa code of the payment')
        }
        return locked() ?? connection.call(reverse, request, signal)
      },
    },
    ...(text(set, 'payoutShortcode') === '' ? {} : { payOut: sendOut }),
    async queryCode({ code, callbackUrl }, signal) {
      const asked = locked() ?? (await connection.call(askCode, { code, callbackUrl }, signal))
      if (!asked.ok) return asked
      return accepted({ kind: 'reported', providerReference: asked.value.providerReference ?? '' })
    },
    async balance({ callbackUrl }, signal) {
      const asked = locked() ?? (await connection.call(askBalance, { callbackUrl }, signal))
      if (!asked.ok) return asked
      return accepted({ kind: 'reported', providerReference: asked.value.providerReference ?? '' })
    },
  }
}

const limits: readonly Sentence[] = [
  {
    en: 'A payment request whose answer was lost cannot be asked for: wait for the report, or look at the customer’s SMS.',
    sw: 'Ombi la malipo lililopotea jibu haliwezi kuulizwa: subiri taarifa, au angalia SMS ya mteja.',
  },
  {
    en: 'The M-Pesa code of a payment comes by report only, and so do the answers to reversals, payouts, balance and codes: they need a public address.',
    sw: 'Namba ya muamala ya M-Pesa huja kwa taarifa tu, na vilevile majibu ya kurudisha, kulipa nje, salio na namba: yanahitaji anwani ya mtandaoni.',
  },
  {
    en: 'Reversing, checking a code and reading the balance need an API operator and Safaricom’s certificate in the account.',
    sw: 'Kurudisha malipo, kuhakiki namba na kusoma salio vinahitaji mtumiaji wa API na cheti cha Safaricom kwenye akaunti.',
  },
  {
    en: 'Payouts need a B2C or “one account” shortcode besides.',
    sw: 'Kulipa nje kunahitaji pia namba ya B2C au “one account”.',
  },
  {
    en: 'A reversal gives back the whole payment, and neither it nor a payout can be asked about afterwards: only its report ends it.',
    sw: 'Kurudisha hurudisha malipo yote; wala hayo wala malipo ya nje hayawezi kuulizwa baadaye: taarifa yake tu huyamaliza.',
  },
]

/**
 * Safaricom Daraja: M-Pesa Express (STK push), C2B, reversal, B2C, account balance and transaction status. Written from
 * shared facts of 2026-11; the second check stands in this folder's README.md.
 */
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
  consistencyWindowMs: null,
  timeoutMs: 30_000,
  limits,
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
