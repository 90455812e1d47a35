import { z } from 'zod'
import type { MobileMoney } from '../mobile-money.ts'
import { accepted, type Outcome, refused } from '../outcome.ts'
import type { Connection, FieldWords, ProviderDeclaration } from '../provider.ts'
import { payOutRows, pushRows, reversalRows } from './codes.ts'
import { payOut, push, reverse } from './operations.ts'
import { acknowledge, readReport } from './reports.ts'
import { referenceOf, session } from './wire.ts'

/** What stands behind the base address, or a whole address. */
const path = /^(?:\/|https?:\/\/)[^\s?#]+$/
const msisdn = /^255\d{8,9}$/
const optional = (form: RegExp) =>
  z
    .string()
    .regex(new RegExp(`^$|${form.source}`))
    .optional()

const settings = z.object({
  username: z.string().min(1),
  billerMsisdn: z.string().regex(msisdn),
  billerCode: z.string().regex(/^[A-Z0-9]{2,10}$/),
  tokenPath: z.string().regex(path),
  pushPath: z.string().regex(path),
  shopName: z.string().max(50).optional(),
  reversePath: optional(path),
  channelMsisdn: optional(msisdn),
  payOutPath: optional(path),
  payOutMsisdn: optional(msisdn),
  brandId: z.string().max(20).optional(),
})
const secrets = z.object({
  password: z.string().min(1),
  channelPin: optional(/^\d{4,8}$/),
  payOutPin: optional(/^\d{4,8}$/),
})

const onlyFor = (en: string, sw: string) => ({ en: `Only for ${en}.`, sw: `Kwa ${sw} tu.` })
const reversals = onlyFor('giving payments back', 'kurudisha malipo')
const payOuts = onlyFor('paying out', 'kulipa nje')

const fields: Readonly<Record<string, FieldWords>> = {
  username: { label: { en: 'User name', sw: 'Jina la mtumiaji' } },
  password: { label: { en: 'Password', sw: 'Nenosiri' } },
  billerMsisdn: {
    label: { en: 'Biller’s number', sw: 'Namba ya biller' },
    help: { en: 'The wallet that receives, with 255.', sw: 'Pochi inayopokea, pamoja na 255.' },
    example: '255655000000',
  },
  billerCode: {
    label: { en: 'Biller code', sw: 'Biller code' },
    help: {
      en: 'The letters with which every reference of the shop begins.',
      sw: 'Herufi zinazoanza kila kumbukumbu ya duka.',
    },
    example: 'TCR',
  },
  tokenPath: {
    label: { en: 'Address of the token', sw: 'Anwani ya token' },
    help: {
      en: 'From the network’s paper: what follows the base address, or the whole address.',
      sw: 'Kwenye karatasi ya mtandao: kinachofuata anwani kuu, au anwani nzima.',
    },
    example: '/DUKA2DM-GetToken',
    takesSecrets: true,
  },
  pushPath: {
    label: { en: 'Address of the push', sw: 'Anwani ya push' },
    example: '/DUKA2DM-PushBillpay',
    takesSecrets: true,
  },
  shopName: {
    label: { en: 'Shop’s name for customers', sw: 'Jina la duka kwa wateja' },
    example: 'Duka la Asha',
  },
  reversePath: {
    label: { en: 'Address of reversals', sw: 'Anwani ya kurudisha' },
    help: reversals,
    example: '/DUKA2DM-ReverseTransaction',
    takesSecrets: true,
  },
  channelMsisdn: { label: { en: 'Channel’s number', sw: 'Namba ya channel' }, help: reversals },
  channelPin: { label: { en: 'Channel’s PIN', sw: 'PIN ya channel' }, help: reversals },
  payOutPath: {
    label: { en: 'Address of payouts', sw: 'Anwani ya kulipa nje' },
    help: {
      en: 'Only for paying out. The PIN travels in it, so a whole address begins with https.',
      sw: 'Kwa kulipa nje tu. PIN hupita humo, hivyo anwani nzima ianze na https.',
    },
    example: '/DUKA2Tigo',
    takesSecrets: true,
  },
  payOutMsisdn: { label: { en: 'Paying wallet’s number', sw: 'Namba ya pochi inayolipa' }, help: payOuts },
  payOutPin: { label: { en: 'Paying wallet’s PIN', sw: 'PIN ya pochi inayolipa' }, help: payOuts },
  brandId: { label: { en: 'Brand ID', sw: 'Brand ID' }, help: payOuts, example: '2341' },
}

/** Numbers are ported, so any Tanzanian mobile number passes. */
const mobileNumber = /^\+255[67]\d{8}$/

/** The largest amount is unconfirmed; the network refuses what it does not take (3019-E, 00031, 60018). */
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

function mobileMoney(connection: Connection): MobileMoney {
  const given = (name: string) => String(connection.settings[name] ?? '')
  const ownReference = (id: string) => referenceOf(given('billerCode'), id)
  const named = <Request extends { readonly reference: string }>(request: Request) => ({
    ...request,
    own: ownReference(request.reference),
  })
  return {
    currencies: ['TZS'],
    amount,
    countries: ['TZ'],
    networks: ['yas'],
    promptWindowMs: 120_000,
    promptAnswer: 'told',
    notFoundProvesAfterMs: null,
    receiptCode: /^[A-Z0-9][A-Z0-9.]{5,29}$/,
    ownReference,
    raisePrompt: async (request, signal) => unfit(request) ?? connection.call(push, named(request), signal),
    ...(given('reversePath') === '' || given('channelMsisdn') === ''
      ? {}
      : { reverse: reversal(connection, named) }),
    ...(given('payOutPath') === '' || given('payOutMsisdn') === ''
      ? {}
      : {
          payOut: {
            amount,
            send: async (request, signal) =>
              unfit(request) ??
              withoutPin(connection, 'payOutPin') ??
              connection.call(payOut, named(request), signal),
          },
        }),
    customerPayments: true,
    // No export of the portal was found: the headings are those of its papers and of other portals.
    statement: {
      code: ['MFSTransactionID', 'Transaction ID', 'Transaction Id', 'TXNID', 'Receipt No.'],
      at: ['Transaction Date', 'Date', 'Completion Time'],
      paidIn: ['Amount In', 'Paid In', 'Credit', 'Amount'],
      paidOut: ['Amount Out', 'Withdrawn', 'Debit'],
      phone: ['MSISDN', 'Sender', 'Other Party Info'],
      status: ['Status', 'Transaction Status'],
      completed: ['success', 'successful', 'completed', 'ts'],
      dates: ['yyyy-MM-dd HH:mm:ss', 'dd-MM-yyyy HH:mm:ss', 'dd/MM/yyyy HH:mm:ss', 'dd/MM/yyyy HH:mm'],
      zone: 'Africa/Dar_es_Salaam',
    },
    readReport,
    acknowledge: (callback, books) => acknowledge(callback, given('shopName'), books),
  }
}

function reversal(
  connection: Connection,
  named: <Request extends { readonly reference: string }>(
    request: Request,
  ) => Request & { readonly own: string },
): NonNullable<MobileMoney['reverse']> {
  return {
    partial: false,
    needsCode: true,
    async send(request, signal) {
      if (request.receiptCode === null) return refused('rejected', 'rejected', 'the code is not known')
      return withoutPin(connection, 'channelPin') ?? connection.call(reverse, named(request), signal)
    },
  }
}

function withoutPin(connection: Connection, name: string): Outcome<never> | null {
  const pin = connection.secrets[name] ?? ''
  return pin === '' ? refused('credentials', 'credentials', `${name} is not set`) : null
}

/** Mixx by Yas, before Tigo Pesa: push bill pay, bills paid from the menu, payouts, reversals. Facts of 2026-11. */
export const mixxByYas: ProviderDeclaration = {
  id: 'mixx-by-yas',
  label: 'Mixx by Yas (Tigo Pesa)',
  markets: ['TZ'],
  docsUrl: 'https://www.yas.co.tz',
  settings,
  secrets,
  fields,
  // Paper integration: the account's own address stands above these (both seen in public code, neither confirmed).
  addresses: {
    live: 'https://tmk-accessgw.tigo.co.tz:8443',
    sandbox: 'https://accessgwtest.tigo.co.tz:8443',
  },
  session,
  capabilities: ['mobileMoney'],
  rate: { perSecond: 3, burst: 3, concurrency: 4 },
  consistencyWindowMs: null,
  timeoutMs: 60_000,
  limits: [
    {
      en: 'A payment request cannot be asked about: its answer comes to our address, else the customer’s SMS or the statement tells.',
      sw: 'Ombi la malipo haliwezi kuulizwa: jibu huja kwenye anwani yetu, la sivyo SMS ya mteja au taarifa ya akaunti.',
    },
    {
      en: 'A receipt code cannot be checked with the network.',
      sw: 'Namba ya muamala haiwezi kuhakikiwa na mtandao.',
    },
    {
      en: 'Only the whole payment can be given back, never a part.',
      sw: 'Malipo hurudishwa yote tu, si sehemu.',
    },
    {
      en: 'What became of a reversal or a payout whose answer was lost cannot be asked: see the statement.',
      sw: 'Kurudisha au kulipa nje kuliko na jibu lililopotea hakuwezi kuulizwa: angalia taarifa ya akaunti.',
    },
    {
      en: 'The balance of the shop’s wallet cannot be asked for.',
      sw: 'Salio la pochi ya duka haliwezi kuulizwa.',
    },
    {
      en: 'Works only from an address that the network knows, mostly by VPN.',
      sw: 'Hufanya kazi kutoka anwani inayojulikana na mtandao tu, mara nyingi kwa VPN.',
    },
  ],
  errors: [...pushRows, ...reversalRows, ...payOutRows],
  connect: (connection) => ({
    mobileMoney: mobileMoney(connection),
    async test() {
      const opened = await connection.call(session.open, null)
      if (!opened.ok) return opened
      return accepted({
        en: 'The network took name and password. Biller code and number are proved by the first request.',
        sw: 'Mtandao umekubali jina na nenosiri. Biller code na namba zitathibitishwa na ombi la kwanza.',
      })
    },
  }),
}
