import { z } from 'zod'
import { redact } from '../../http/redaction.ts'
import type { Acknowledgement, MobileMoney, MoneyReading, References, Report } from '../mobile-money.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import type { Connection, FieldWords, ProviderDeclaration, RawCallback } from '../provider.ts'
import { jsonOf } from '../reply.ts'
import { errorRows } from './codes.ts'
import { codeReading, heldMs, payOut, query, raise, reverse } from './operations.ts'
import { conversationOf, isPublicKey, nameSchema, promptReading, session } from './wire.ts'

const settings = z.object({
  serviceProviderCode: z.string().regex(/^[A-Za-z0-9]{4,12}$/),
  mode: z.enum(['synchronous', 'asynchronous']),
  origin: z.string().regex(/^\S+$/),
  publicKey: z.string().refine(isPublicKey),
})
const secrets = z.object({ apiKey: z.string().min(8) })

const fields: Readonly<Record<string, FieldWords>> = {
  serviceProviderCode: {
    label: { en: 'Service provider code', sw: 'Namba ya biashara (service provider code)' },
    help: { en: 'The shop’s short code at M-Pesa.', sw: 'Namba fupi ya duka kwenye M-Pesa.' },
    example: '123456',
  },
  mode: {
    label: { en: 'The app answers', sw: 'App hujibu' },
    help: {
      en: 'As the app was made on openapiportal.m-pesa.com.',
      sw: 'Kama app ilivyotengenezwa kwenye openapiportal.m-pesa.com.',
    },
    choices: {
      synchronous: { en: 'when the customer is done (synchronous)', sw: 'mteja akimaliza (synchronous)' },
      asynchronous: {
        en: 'later, to our address (asynchronous)',
        sw: 'baadaye, kwa anwani yetu (asynchronous)',
      },
    },
  },
  origin: {
    label: { en: 'Origin', sw: 'Origin' },
    help: {
      en: 'The origin that was registered for the app; * for the sandbox.',
      sw: 'Origin iliyosajiliwa kwa ajili ya app; * kwa sandbox.',
    },
    example: 'duka.example.co.tz',
  },
  publicKey: {
    label: { en: 'Public key', sw: 'Public key' },
    help: {
      en: 'From the portal: one for the sandbox, another one for live.',
      sw: 'Kutoka kwenye portal: moja ya sandbox, nyingine ya kazi halisi.',
    },
    example: 'MIICIjANBgkqhkiG9w0BAQEFAAOCAg8A…',
  },
  apiKey: {
    label: { en: 'API key', sw: 'API key' },
    help: { en: 'From the portal, of the same app.', sw: 'Kutoka kwenye portal, ya app ileile.' },
  },
}

/** Vodacom serves numbers that were ported to it, so any Tanzanian mobile number passes. */
const mobileNumber = /^\+255[67]\d{8}$/

/** The largest amount is unconfirmed, and the network itself refuses what it does not take (INS-15, INS-995). */
const amount = { minMinor: 100, maxMinor: 1_000_000_000, wholeUnits: true } as const

function unfit(command: {
  readonly phone: string
  readonly amountMinor: number
  readonly currency: string
}): Outcome<never> | null {
  if (!mobileNumber.test(command.phone)) return refused('recipient', 'recipient', 'not a number of Tanzania')
  const fits =
    command.currency === 'TZS' &&
    command.amountMinor % 100 === 0 &&
    command.amountMinor >= amount.minMinor &&
    command.amountMinor <= amount.maxMinor
  return fits ? null : refused('rejected', 'amountRefused', 'whole Tanzanian shillings, 1 to 10,000,000')
}

const reportSchema = z.object({
  input_OriginalConversationID: nameSchema.pipe(z.string()),
  input_TransactionID: nameSchema,
  input_ResultCode: z.union([z.string(), z.number()]).transform(String),
  input_ResultDesc: z.string().catch(''),
  input_ThirdPartyConversationID: nameSchema,
})

/** The result of an asynchronous app: unsigned, without an amount (V2b). */
function readReport({ body }: RawCallback): Report | null {
  const parsed = reportSchema.safeParse(jsonOf(body))
  if (!parsed.success) return null
  const { data } = parsed
  return {
    trust: 'unsigned',
    about: 'money',
    references: {
      own: data.input_ThirdPartyConversationID,
      provider: data.input_OriginalConversationID,
    },
    reading: promptReading(
      data.input_ResultCode,
      redact(`${data.input_ResultCode} ${data.input_ResultDesc}`.trim()),
      data.input_TransactionID,
    ),
  }
}

const echoedSchema = z
  .object({
    input_OriginalConversationID: z.union([z.string(), z.number()]).transform(String).catch(''),
    input_ThirdPartyConversationID: z.union([z.string(), z.number()]).transform(String).catch(''),
  })
  .catch({ input_OriginalConversationID: '', input_ThirdPartyConversationID: '' })

/** Both names come back; without exactly this the result is sent again (V2b). */
function acknowledge({ body }: RawCallback): Acknowledgement {
  const named = echoedSchema.parse(jsonOf(body))
  return {
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify({
      output_OriginalConversationID: named.input_OriginalConversationID,
      output_ResponseCode: '0',
      output_ResponseDesc: 'Successfully Accepted Result',
      output_ThirdPartyConversationID: named.input_ThirdPartyConversationID,
    }),
  }
}

/**
 * Asks by the conversation where the network named one, and by our own name where that brought nothing: which of them
 * it takes is unconfirmed.
 */
async function ask(
  connection: Connection,
  { own, provider }: References,
  signal?: AbortSignal,
): Promise<Outcome<MoneyReading>> {
  const asker = own ?? provider ?? ''
  const first = await connection.call(query, { about: provider ?? asker, asker }, signal)
  if (!first.ok || provider === null || own === null) return first
  const open = first.value.state === 'notFound' || first.value.state === 'unknown'
  return open ? connection.call(query, { about: own, asker }, signal) : first
}

function mobileMoney(connection: Connection): MobileMoney {
  const held = connection.settings.mode !== 'asynchronous'
  const ownQuery = (references: References, signal?: AbortSignal) => ask(connection, references, signal)
  return {
    currencies: ['TZS'],
    amount,
    countries: ['TZ'],
    networks: ['vodacom'],
    promptWindowMs: heldMs,
    promptAnswer: held ? 'held' : 'told',
    notFoundProvesAfterMs: null,
    // The sandbox writes twelve small letters and digits; on a live receipt they are ten or eleven, and large.
    receiptCode: /^[A-Z0-9]{8,14}$/,
    ownReference: conversationOf,
    raisePrompt: async (request, signal) =>
      unfit(request) ?? connection.call(raise, { ...request, held }, signal),
    queryPrompt: ownQuery,
    reverse: {
      partial: true,
      needsCode: true,
      async send({ reference, receiptCode, amountMinor }, signal) {
        if (receiptCode === null) return refused('rejected', 'rejected', 'the M-Pesa code is not known')
        return connection.call(reverse, { reference, transaction: receiptCode, amountMinor, held }, signal)
      },
      query: ownQuery,
    },
    payOut: {
      amount,
      send: async (request, signal) =>
        unfit(request) ?? connection.call(payOut, { ...request, held }, signal),
      query: ownQuery,
    },
    async queryCode({ code, reference }, signal) {
      const asked = await connection.call(query, { about: code, asker: conversationOf(reference) }, signal)
      return asked.ok ? accepted({ kind: 'now', value: codeReading(asked.value) }) : asked
    },
    customerPayments: false,
    // As the portal of the same make exports it in Kenya; unconfirmed for Tanzania.
    statement: {
      code: ['Receipt No.', 'Receipt No', 'Receipt'],
      at: ['Completion Time'],
      paidIn: ['Paid In'],
      paidOut: ['Withdrawn'],
      phone: ['Other Party Info', 'Details'],
      status: ['Transaction Status', 'Status'],
      completed: ['completed'],
      dates: ['yyyy-MM-dd HH:mm:ss', 'dd-MM-yyyy HH:mm:ss', 'dd/MM/yyyy HH:mm:ss', 'dd/MM/yyyy HH:mm'],
      zone: 'Africa/Dar_es_Salaam',
    },
    readReport,
    acknowledge,
  }
}

/** M-Pesa OpenAPI for vodacomTZN: session, C2B, B2C, reversal and status, written from shared facts of 2026-11. */
export const mpesaTanzania: ProviderDeclaration = {
  id: 'mpesa-tanzania',
  label: 'M-Pesa (Vodacom, Tanzania)',
  markets: ['TZ'],
  docsUrl: 'https://openapiportal.m-pesa.com',
  settings,
  secrets,
  fields,
  addresses: {
    live: 'https://openapi.m-pesa.com/openapi/ipg/v2/vodacomTZN',
    sandbox: 'https://openapi.m-pesa.com/sandbox/ipg/v2/vodacomTZN',
  },
  session,
  capabilities: ['mobileMoney'],
  // A call stands as long as the customer thinks: eight customers at once.
  rate: { perSecond: 5, burst: 8, concurrency: 8 },
  consistencyWindowMs: null,
  timeoutMs: 30_000,
  limits: [
    {
      en: 'The shop’s balance cannot be asked for here: see the M-Pesa organisation portal.',
      sw: 'Salio la duka haliwezi kuulizwa hapa: angalia tovuti ya M-Pesa ya biashara.',
    },
    {
      en: 'Payments that a customer makes by himself are not announced: type the M-Pesa code from his phone.',
      sw: 'Malipo anayofanya mteja mwenyewe hayatangazwi: andika namba ya muamala iliyo kwenye simu yake.',
    },
    {
      en: 'The network says whether a code is paid, but not how much or by whom.',
      sw: 'Mtandao husema kama namba ya muamala imelipwa, lakini si kiasi wala nani amelipa.',
    },
    {
      en: 'Shops that still have the older USSD push by VPN need a new app on the OpenAPI portal.',
      sw: 'Duka lenye USSD push ya zamani kwa VPN linahitaji app mpya kwenye tovuti ya OpenAPI.',
    },
  ],
  errors: errorRows,
  connect: (connection) => ({
    mobileMoney: mobileMoney(connection),
    async test() {
      const opened = await connection.call(session.open, null)
      if (!opened.ok) return opened
      return accepted({
        en: 'Vodacom took the key. Short code and products are proved by the first payment.',
        sw: 'Vodacom imekubali ufunguo. Namba ya biashara na huduma zitathibitishwa na malipo ya kwanza.',
      })
    },
  }),
}
