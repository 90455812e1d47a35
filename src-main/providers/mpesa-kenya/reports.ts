import { z } from 'zod'
import { redact } from '../../http/redaction.ts'
import type {
  Acknowledgement,
  Balance,
  CodeReading,
  CustomerPayment,
  MoneyReading,
  Report,
} from '../mobile-money.ts'
import type { RawCallback, SettingValue } from '../provider.ts'
import { jsonOf } from '../reply.ts'
import { transferRows } from './codes.ts'
import { readResult, resultCodeSchema } from './express.ts'
import { codeOccasion, questionSuffix } from './transfers.ts'
import { minorOf, text, timeOf } from './wire.ts'

const expressSchema = z.object({
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

const word = z.union([z.string(), z.number()]).transform(String).catch('')
const pair = z.object({ Key: z.string(), Value: word })
/** One object or a list of them: both are seen. */
const pairs = z.union([z.array(pair), pair.transform((one) => [one])])
const resultSchema = z.object({
  Result: z.object({
    ResultCode: resultCodeSchema,
    ResultDesc: z.string().catch(''),
    OriginatorConversationID: z.string().catch(''),
    ConversationID: z.string().min(1),
    TransactionID: z.string().catch(''),
    ResultParameters: z.object({ ResultParameter: pairs }).optional().catch(undefined),
    ReferenceData: z.object({ ReferenceItem: pairs }).optional().catch(undefined),
  }),
})
type Result = z.infer<typeof resultSchema>['Result']

const paymentSchema = z.object({
  TransID: z.string().regex(/^[A-Z0-9]{8,12}$/),
  TransTime: z.union([z.string(), z.number()]).transform(String),
  TransAmount: z.union([z.string(), z.number()]),
  BusinessShortCode: z.union([z.string(), z.number()]).transform(String),
  BillRefNumber: word,
  MSISDN: word,
  FirstName: word,
  MiddleName: word,
  LastName: word,
})

/**
 * Everything that Safaricom posts (D1, D3, P): M-Pesa Express, the results of reversal, B2C, balance and transaction
 * status, and C2B. Nothing of it is signed.
 */
export function readReport(
  callback: RawCallback,
  settings: Readonly<Record<string, SettingValue>>,
): Report | null {
  const body = jsonOf(callback.body)
  const express = expressSchema.safeParse(body)
  if (express.success) return readExpress(express.data.Body.stkCallback)
  const result = resultSchema.safeParse(body)
  if (result.success) return readOutcome(result.data.Result, settings)
  const payment = paymentSchema.safeParse(body)
  if (!payment.success) return null
  if (isQuestion(callback)) return { trust: 'unsigned', about: 'question' }
  return readPayment(payment.data, settings)
}

/** Items are found by name, never by position, and any may be missing. */
function readExpress(said: z.infer<typeof expressSchema>['Body']['stkCallback']): Report {
  const report = {
    trust: 'unsigned',
    about: 'money',
    references: { own: null, provider: said.CheckoutRequestID },
  } as const
  const reading = readResult(said.ResultCode, said.ResultDesc)
  if (reading.state !== 'completed') return { ...report, reading }
  const metadata = (name: string) => said.CallbackMetadata?.Item.find((item) => item.Name === name)?.Value
  const receipt = metadata('MpesaReceiptNumber')
  return {
    ...report,
    reading: {
      state: 'completed',
      receiptCode: typeof receipt === 'string' && receipt !== '' ? receipt : null,
      amountMinor: minorOf(metadata('Amount')),
    },
  }
}

/** A uuid v7, as we give it to B2C; Safaricom's own ids of this field have another form. */
const ours = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

function readOutcome(result: Result, settings: Readonly<Record<string, SettingValue>>): Report {
  const values = new Map<string, string>()
  for (const { Key, Value } of result.ResultParameters?.ResultParameter ?? []) {
    // Spelt with and without blanks; of two alike the first stands.
    const key = Key.replaceAll(' ', '')
    if (!values.has(key)) values.set(key, Value)
  }
  const own = ours.test(result.OriginatorConversationID) ? result.OriginatorConversationID : null
  const base = { trust: 'unsigned', references: { own, provider: result.ConversationID } } as const
  const kind = kindOf(result, values)
  if (kind === 'balance') {
    return { ...base, about: 'balance', balances: balancesIn(values.get('AccountBalance') ?? '') }
  }
  if (kind === 'code') return { ...base, about: 'code', reading: readCode(result, values, settings) }
  return { ...base, about: 'money', reading: readTransfer(result, values) }
}

/** A failure carries no parameters: then the reference data tell what it was about. */
function kindOf(result: Result, values: ReadonlyMap<string, string>): 'balance' | 'code' | 'money' {
  const references = (result.ReferenceData?.ReferenceItem ?? []).map(({ Key, Value }) => `${Key}=${Value}`)
  const mentions = (words: RegExp) => references.some((reference) => words.test(reference))
  if (values.has('AccountBalance') || mentions(/abresults/i)) return 'balance'
  if (values.has('TransactionStatus') || mentions(new RegExp(codeOccasion))) return 'code'
  return 'money'
}

/** What a result of reversal or B2C means; one that stands in no table is unknown. */
function readTransfer(
  { ResultCode, ResultDesc, TransactionID }: Result,
  values: ReadonlyMap<string, string>,
): MoneyReading {
  if (ResultCode === '0') {
    return {
      state: 'completed',
      receiptCode: values.get('TransactionReceipt') || TransactionID || null,
      amountMinor: minorOf(values.get('TransactionAmount') ?? values.get('Amount')),
    }
  }
  const detail = redact(`${ResultCode} ${ResultDesc}`)
  const found = transferRows.find((known) => known.code === ResultCode)
  return found === undefined
    ? { state: 'unknown', detail }
    : { state: 'failed', reason: found.reason, detail }
}

function readCode(
  { ResultCode, ResultDesc }: Result,
  values: ReadonlyMap<string, string>,
  settings: Readonly<Record<string, SettingValue>>,
): CodeReading {
  const detail = redact(`${ResultCode} ${ResultDesc}`)
  if (ResultCode === 'R000002') return { state: 'notFound', detail }
  if (ResultCode !== '0') return { state: 'unknown', detail }
  const partyIn = (name: string) => /^\d+/.exec(values.get(name) ?? '')?.[0]
  const own = [text(settings, 'shortcode'), text(settings, 'tillNumber')]
  const [payee, giver] = [partyIn('CreditPartyName'), partyIn('DebitPartyName')]
  if ((payee !== undefined && !own.includes(payee)) || (giver !== undefined && own.includes(giver))) {
    return { state: 'notFound', detail: 'this code did not pay the shop' }
  }
  return {
    state: 'found',
    completed: values.get('TransactionStatus')?.toLowerCase() === 'completed',
    amountMinor: minorOf(values.get('Amount')),
    phone: giver !== undefined && /^254[17]\d{8}$/.test(giver) ? `+${giver}` : null,
    paidAt: timeOf(values.get('FinalisedTime') ?? ''),
  }
}

/** `Working Account|KES|700000.00|700000.00|0.00|0.00&Utility Account|…`: name, currency, current, available (P). */
function balancesIn(packed: string): Balance[] {
  return packed.split('&').flatMap((account) => {
    const [name = '', currency, , available = ''] = account.split('|')
    if (currency !== 'KES' || !/^-?\d+(?:\.\d{1,2})?$/.test(available)) return []
    return [{ name, availableMinor: Math.round(Number(available) * 100), currency }]
  })
}

/** Null for money that went to another shortcode, or that cannot be dated or counted. */
function readPayment(
  said: z.infer<typeof paymentSchema>,
  settings: Readonly<Record<string, SettingValue>>,
): Report | null {
  const paidAt = timeOf(said.TransTime)
  const amountMinor = minorOf(said.TransAmount)
  const own = [text(settings, 'shortcode'), text(settings, 'tillNumber')]
  if (paidAt === null || amountMinor === null || !own.includes(said.BusinessShortCode)) return null
  const payment: CustomerPayment = {
    code: said.TransID,
    amountMinor,
    currency: 'KES',
    phone: /^254[17]\d{8}$/.test(said.MSISDN) ? `+${said.MSISDN}` : null,
    // Version 1 of C2B sends a hash, which tells a person nothing.
    phoneShown: said.MSISDN.length > 20 ? '' : said.MSISDN,
    payerName: [said.FirstName, said.MiddleName, said.LastName].filter((name) => name !== '').join(' '),
    account: said.BillRefNumber,
    paidAt,
  }
  return { trust: 'unsigned', about: 'customerPayment', payment }
}

function isQuestion({ path }: RawCallback): boolean {
  return (path.split('?')[0] ?? '').endsWith(questionSuffix)
}

/** M-Pesa Express and results: "Accepted"; a notice: "Success"; a question: code as text (D1). */
export function acknowledge(callback: RawCallback): Acknowledgement {
  const say = (body: object) => ({
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify(body),
  })
  // Kaunta refuses nobody's money: what fits no sale waits in a list.
  if (isQuestion(callback)) return say({ ResultCode: '0', ResultDesc: 'Accepted' })
  if (paymentSchema.safeParse(jsonOf(callback.body)).success)
    return say({ ResultCode: 0, ResultDesc: 'Success' })
  return say({ ResultCode: 0, ResultDesc: 'Accepted' })
}
