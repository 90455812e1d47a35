import { z } from 'zod'
import type { Sentence } from '../../../src-preload/contract/paging.ts'
import { refusesToken } from '../http-answers.ts'
import type { AmountLimits, MobileMoney } from '../mobile-money.ts'
import { accepted, type Outcome, type ProviderError, refused } from '../outcome.ts'
import type { Connection, FieldWords, ProviderDeclaration, Session } from '../provider.ts'
import { jsonOf, readReply } from '../reply.ts'
import { errorRows } from './codes.ts'
import { enquire, idOf, raise, refund } from './collection.ts'
import { readReport, received } from './reports.ts'
import { createKeyCache, type Keys } from './signing.ts'
import { disburse, enquirePayOut, readBalance } from './transfers.ts'
import { addresses, countryOf, currencyOf, msisdnOf, readError, saidIn, text, tokenRequest } from './wire.ts'

const settings = z.object({
  country: z.enum(['TZ', 'KE']),
  signing: z.enum(['none', 'collection', 'all']),
  payouts: z.enum(['no', 'yes']),
  host: z
    .string()
    .regex(/^(https:\/\/[^\s/]+\/?)?$/)
    .optional(),
  pinKey: z.string().optional(),
})
const secrets = z.object({
  clientId: z.string().min(8),
  clientSecret: z.string().min(8),
  callbackKey: z.string().optional(),
  pin: z
    .string()
    .regex(/^(\d{4})?$/)
    .optional(),
})

const fields: Readonly<Record<string, FieldWords>> = {
  country: {
    label: { en: 'Country', sw: 'Nchi' },
    choices: { TZ: { en: 'Tanzania', sw: 'Tanzania' }, KE: { en: 'Kenya', sw: 'Kenya' } },
  },
  signing: {
    label: { en: 'Message signing', sw: 'Sahihi ya ujumbe' },
    help: {
      en: 'As Airtel switched it on for your application. Try “Payments” when every request is refused.',
      sw: 'Kama Airtel ilivyoiwasha kwa programu yako. Jaribu “Malipo” ikiwa kila ombi linakataliwa.',
    },
    choices: {
      none: { en: 'None (v1)', sw: 'Hakuna (v1)' },
      collection: { en: 'Payments and refunds (v2)', sw: 'Malipo na marejesho (v2)' },
      all: { en: 'Payouts too', sw: 'Hata malipo ya nje' },
    },
  },
  payouts: {
    label: { en: 'Payouts to phones', sw: 'Kulipa kwenda simu' },
    help: {
      en: 'Yes, when Airtel gave you the Disbursement product and a PIN.',
      sw: 'Ndiyo, kama Airtel imekupa huduma ya Disbursement na PIN.',
    },
    choices: { no: { en: 'No', sw: 'Hapana' }, yes: { en: 'Yes', sw: 'Ndiyo' } },
  },
  host: {
    label: { en: 'Address of Airtel', sw: 'Anwani ya Airtel' },
    help: {
      en: 'Only when Airtel told you another one.',
      sw: 'Ikiwa tu Airtel imekupa nyingine.',
    },
    example: 'https://openapi.airtel.co.tz',
    takesSecrets: true,
  },
  pinKey: {
    label: { en: 'Public key for the PIN', sw: 'Ufunguo wa umma wa PIN' },
    help: {
      en: 'Only when Airtel’s documents show one for the PIN. Otherwise Kaunta fetches it.',
      sw: 'Ikiwa tu nyaraka za Airtel zina ufunguo wa PIN. La sivyo Kaunta huuchukua yenyewe.',
    },
  },
  clientId: { label: { en: 'Client ID', sw: 'Client ID' } },
  clientSecret: { label: { en: 'Client secret', sw: 'Client secret' } },
  callbackKey: {
    label: { en: 'Callback key', sw: 'Ufunguo wa taarifa' },
    help: {
      en: 'The private key of “callback authentication” in Airtel’s portal. With it Kaunta sees through forged reports.',
      sw: 'Private key ya “callback authentication” kwenye tovuti ya Airtel. Nayo Kaunta hutambua taarifa bandia.',
    },
  },
  pin: { label: { en: 'Payout PIN', sw: 'PIN ya kulipa nje' } },
}

const tokenSchema = z.object({
  access_token: z.string().min(1),
  expires_in: z.union([z.string().regex(/^\d+$/), z.number().int().min(0)]),
})

const session: Session = {
  open: {
    name: 'token',
    request: (_input, context) => tokenRequest(context),
    outcome: (http) =>
      readReply(http, 'read', (reply) => {
        const parsed = tokenSchema.safeParse(jsonOf(reply.text))
        if (reply.status === 200 && parsed.success) {
          const { access_token: token, expires_in: seconds } = parsed.data
          return accepted({ token, expiresInMs: Number(seconds) * 1_000 })
        }
        const said = saidIn(reply)
        return reply.status === 400
          ? refused('credentials', 'credentials', `HTTP 400 ${said.detail}`)
          : readError(reply, said, 'read')
      }),
  },
  refuses: (http) => http.kind === 'reply' && refusesToken(http),
}

/** Largest payment of a wallet, unconfirmed: Airtel itself refuses what it does not take. */
const limitsOf: Readonly<Record<'TZ' | 'KE', AmountLimits>> = {
  TZ: { minMinor: 100, maxMinor: 1_000_000_000, wholeUnits: true },
  KE: { minMinor: 100, maxMinor: 25_000_000, wholeUnits: true },
}

/** The key that payments and refunds are signed with; null where they are not (v1). */
type SigningKey = (signal?: AbortSignal) => Promise<Outcome<string | null>>

type Refusal = { readonly ok: false; readonly error: ProviderError }

function mobileMoney(connection: Connection): MobileMoney {
  const country = countryOf(connection.settings)
  const currency = currencyOf(country)
  const amount = limitsOf[country]
  const keys = createKeyCache(connection)

  const misfit = (command: { phone: string; amountMinor: number; currency: string }): Refusal | null => {
    if (msisdnOf(command.phone, country) === null) {
      return refused('recipient', 'recipient', 'not a number of the account’s country')
    }
    const { minMinor, maxMinor } = amount
    const fits =
      command.amountMinor >= minMinor && command.amountMinor <= maxMinor && command.amountMinor % 100 === 0
    return command.currency === currency && fits
      ? null
      : refused('rejected', 'amountRefused', `whole ${currency} only, within the wallet’s limits`)
  }
  const keyForCollection: SigningKey = async (signal) =>
    text(connection.settings, 'signing') === 'none' ? accepted(null) : keys.current(signal)

  return {
    currencies: [currency],
    amount,
    countries: [country],
    networks: ['airtel'],
    promptWindowMs: 180_000,
    promptAnswer: 'told',
    // Documents: ask no sooner than three minutes after; a second "not found" after ten is taken for never accepted.
    notFoundProvesAfterMs: 600_000,
    // MP210603.1234.L06941 in the documents; other forms of the id are seen, so only its letters are held to.
    receiptCode: /^[A-Z0-9](?:[A-Z0-9.]{6,28})[A-Z0-9]$/,
    ownReference: idOf,
    customerPayments: false,
    async raisePrompt(input, signal) {
      const refusal = misfit(input)
      if (refusal !== null) return refusal
      const key = await keyForCollection(signal)
      if (!key.ok) return key
      return heeding(keys, await connection.call(raise, { input, spki: key.value }, signal))
    },
    async queryPrompt({ own }, signal) {
      if (own === null) return accepted({ state: 'unknown', detail: 'no id to ask by' })
      return connection.call(enquire, own, signal)
    },
    reverse: refunds(connection, keys, keyForCollection),
    ...(connection.settings.payouts === 'yes' ? { payOut: payOut(connection, keys, amount, misfit) } : {}),
    async balance(_request, signal) {
      const read = await connection.call(readBalance, null, signal)
      return read.ok ? accepted({ kind: 'now', value: read.value }) : read
    },
    // Some of Airtel's portals write the hash there instead of into the body [C].
    reportHeaders: ['hash'],
    readReport: (callback) => readReport(callback, connection.secrets.callbackKey ?? ''),
    acknowledge: () => received,
  }
}

function refunds(
  connection: Connection,
  keys: Keys,
  signingKey: SigningKey,
): NonNullable<MobileMoney['reverse']> {
  return {
    partial: false,
    needsCode: true,
    async send(input, signal) {
      if (input.receiptCode === null || input.receiptCode === '') {
        return refused('rejected', 'rejected', 'a refund needs Airtel’s id of the payment')
      }
      const key = await signingKey(signal)
      if (!key.ok) return key
      return heeding(keys, await connection.call(refund, { input, spki: key.value }, signal))
    },
  }
}

function payOut(
  connection: Connection,
  keys: Keys,
  amount: AmountLimits,
  misfit: (command: { phone: string; amountMinor: number; currency: string }) => Refusal | null,
): NonNullable<MobileMoney['payOut']> {
  return {
    amount,
    async send(input, signal) {
      const refusal = misfit(input)
      if (refusal !== null) return refusal
      if ((connection.secrets.pin ?? '') === '') {
        return refused('credentials', 'credentials', 'the payout PIN is missing')
      }
      const own = text(connection.settings, 'pinKey').replace(/-----[A-Z ]+-----|\s/g, '')
      const signed = text(connection.settings, 'signing') === 'all'
      const key = own !== '' && !signed ? accepted(own) : await keys.current(signal)
      if (!key.ok) return key
      const pinKey = own === '' ? key.value : own
      const call = { input, pinKey, spki: signed ? key.value : null }
      return heeding(keys, await connection.call(disburse, call, signal))
    },
    async query({ own }, signal) {
      if (own === null) return accepted({ state: 'unknown', detail: 'no id to ask by' })
      return connection.call(enquirePayOut, own, signal)
    },
  }
}

/** Airtel's key may change before its time: a message that it could not read is the sign. */
function heeding<T>(keys: Keys, outcome: Outcome<T>): Outcome<T> {
  const unread = /\b(?:DP00800001026|DP00900001016|ROUTER11[456])\b/
  if (!outcome.ok && unread.test(outcome.error.detail)) keys.forget()
  return outcome
}

const limits: readonly Sentence[] = [
  {
    en: 'Payouts need Airtel’s Disbursement product: switch them on in the account when you have it.',
    sw: 'Kulipa nje kunahitaji huduma ya Disbursement ya Airtel: iwashe kwenye akaunti ukiwa nayo.',
  },
  {
    en: 'A refund gives back the whole payment: no part of it can be sent back.',
    sw: 'Marejesho hurudisha malipo yote: sehemu yake haiwezi kurudishwa.',
  },
  {
    en: 'A refund whose answer was lost cannot be asked about: look at the statement before sending it again.',
    sw: 'Marejesho yaliyopotea jibu hayawezi kuulizwa: angalia taarifa ya akaunti kabla ya kuyatuma tena.',
  },
  {
    en: 'Money that customers pay by themselves is not reported: type the code from their SMS.',
    sw: 'Malipo ambayo wateja wanalipa wenyewe hayaletewi taarifa: andika namba ya muamala iliyo kwenye SMS yao.',
  },
  {
    en: 'A code that a customer shows cannot be asked about: compare it with the statement.',
    sw: 'Namba ya muamala anayoonyesha mteja haiwezi kuulizwa: ilinganishe na taarifa ya akaunti.',
  },
]

/**
 * Airtel Money Open API (Tanzania, Kenya): USSD push v1 and v2 with message signing, enquiry, refund, disbursement v2,
 * balance. Written from shared facts of 2026-11; the second check stands in this folder's README.md.
 */
export const airtelMoney: ProviderDeclaration = {
  id: 'airtel-money',
  label: 'Airtel Money',
  markets: ['TZ', 'KE'],
  docsUrl: 'https://developers.airtel.africa/documentation',
  settings,
  secrets,
  fields,
  addresses,
  session,
  capabilities: ['mobileMoney'],
  rate: { perSecond: 3, burst: 3, concurrency: 2 },
  consistencyWindowMs: 600_000,
  timeoutMs: 30_000,
  limits,
  errors: errorRows,
  connect: (connection) => ({
    mobileMoney: mobileMoney(connection),
    async test() {
      const read = await connection.call(readBalance, null)
      if (!read.ok) return read
      return accepted({
        en: 'Airtel took the keys and told the balance.',
        sw: 'Airtel imekubali funguo na kutaja salio.',
      })
    },
  }),
}
