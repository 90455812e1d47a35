import { z } from 'zod'
import { redact } from '../../http/redaction.ts'
import { readAmount, type SaidAmount, saidAmount } from '../amounts.ts'
import { idOf } from '../identifiers.ts'
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
import { codeOccasion, codeSuffix, questionSuffix, timeOutSuffixes } from './transfers.ts'
import { text, timeOf } from './wire.ts'

const word = z.union([z.string(), z.number()]).transform(String).catch('')

const item = z.object({ Name: word, Value: z.unknown().optional() }).catch({ Name: '' })
/** One object or a list of them; one that cannot be read does not hide the others. */
const metadataSchema = z.object({ Item: z.union([z.array(item), item.transform((one) => [one])]) })

const expressSchema = z.object({
  Body: z.object({
    stkCallback: z.object({
      CheckoutRequestID: word.pipe(z.string().min(1)),
      ResultCode: resultCodeSchema,
      ResultDesc: word,
      CallbackMetadata: z.unknown().optional(),
    }),
  }),
})

const pair = z.object({ Key: word, Value: word }).catch({ Key: '', Value: '' })
/** One object or a list of them: both are seen. */
const pairs = z.union([z.array(pair), pair.transform((one) => [one])])
const resultSchema = z.object({
  Result: z.object({
    /** 0: a result. What else stands here is no result yet. */
    ResultType: word,
    ResultCode: resultCodeSchema,
    ResultDesc: word,
    OriginatorConversationID: word,
    ConversationID: word,
    TransactionID: word,
    ResultParameters: z.object({ ResultParameter: pairs }).optional().catch(undefined),
    ReferenceData: z.object({ ReferenceItem: pairs }).optional().catch(undefined),
  }),
})
type Result = z.infer<typeof resultSchema>['Result']

const paymentSchema = z.object({
  TransID: word.transform((code) => code.trim().toUpperCase()).pipe(z.string().regex(/^[A-Z0-9]{6,20}$/)),
  TransTime: word,
  TransAmount: z.union([z.string(), z.number()]),
  BusinessShortCode: word,
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
  if (result.success) return readOutcome(result.data.Result, callback, settings)
  const payment = paymentSchema.safeParse(body)
  if (!payment.success) return null
  if (endsWith(callback, questionSuffix)) return { trust: 'unsigned', about: 'question' }
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
  return { ...report, reading: { state: 'completed', ...paidIn(said.CallbackMetadata) } }
}

/** Code and amount among the details of a payment. Details without a readable amount are no proof of the right one. */
function paidIn(details: unknown): { readonly receiptCode: string | null } & SaidAmount {
  if (details === undefined || details === null) return { receiptCode: null, amountMinor: null }
  const items = metadataSchema.safeParse(details).data?.Item ?? []
  const named = (name: string) =>
    items.find((one) => one.Name.replace(/\s/g, '').toLowerCase() === name.toLowerCase())?.Value
  return { receiptCode: idOf(named('MpesaReceiptNumber')), ...saidAmount(named('Amount') ?? '') }
}

/** A uuid, as we give it to B2C; Safaricom's own ids of this field have another form. */
const ours = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function readOutcome(
  result: Result,
  callback: RawCallback,
  settings: Readonly<Record<string, SettingValue>>,
): Report {
  const values = new Map<string, string>()
  for (const { Key, Value } of result.ResultParameters?.ResultParameter ?? []) {
    // Spelt with and without blanks; of two alike the first stands.
    const key = Key.replaceAll(' ', '')
    if (!values.has(key)) values.set(key, Value)
  }
  const own = ours.test(result.OriginatorConversationID) ? result.OriginatorConversationID : null
  const base = { trust: 'unsigned', references: { own, provider: idOf(result.ConversationID) } } as const
  const kind = kindOf(result, values, callback)
  if (kind === 'balance') {
    return { ...base, about: 'balance', balances: balancesIn(values.get('AccountBalance') ?? '') }
  }
  if (kind === 'code')
    return { ...base, about: 'code', reading: readCode(result, values, callback, settings) }
  return { ...base, about: 'money', reading: readTransfer(result, values, callback) }
}

/** A failure carries no parameters: then its address, or the reference data, tell what it was about. */
function kindOf(
  result: Result,
  values: ReadonlyMap<string, string>,
  callback: RawCallback,
): 'balance' | 'code' | 'money' {
  const references = (result.ReferenceData?.ReferenceItem ?? []).map(({ Key, Value }) => `${Key}=${Value}`)
  const mentions = (words: RegExp) => references.some((reference) => words.test(reference))
  const isBalance = endsWith(callback, timeOutSuffixes.balance) || mentions(/abresults/i)
  if (isBalance || values.has('AccountBalance')) return 'balance'
  const isCode = [codeSuffix, timeOutSuffixes.code].some((suffix) => endsWith(callback, suffix))
  return isCode || mentions(new RegExp(codeOccasion)) || values.has('TransactionStatus') ? 'code' : 'money'
}

/**
 * A request that died in its queue, or that is not done yet: nobody knows what became of it. Whether the notice to
 * QueueTimeOutURL has a body of its own is unconfirmed, so its address, its type and its words count.
 */
function isSilence({ ResultType, ResultDesc }: Result, callback: RawCallback): boolean {
  return (
    Object.values(timeOutSuffixes).some((suffix) => endsWith(callback, suffix)) ||
    !/^0?$/.test(ResultType) ||
    /timed?[ -]?out|pending/i.test(ResultDesc)
  )
}

/** What a result of reversal or B2C means; one that stands in no table is unknown. */
function readTransfer(
  result: Result,
  values: ReadonlyMap<string, string>,
  callback: RawCallback,
): MoneyReading {
  const { ResultCode, ResultDesc, TransactionID } = result
  const detail = redact(`${ResultCode} ${ResultDesc}`)
  if (isSilence(result, callback)) return { state: 'unknown', detail }
  if (ResultCode === '0') {
    return {
      state: 'completed',
      receiptCode: idOf(values.get('TransactionReceipt')) ?? idOf(TransactionID),
      ...saidAmount(values.get('TransactionAmount') ?? values.get('Amount')),
    }
  }
  const found = transferRows.find((known) => known.code === ResultCode)
  return found === undefined
    ? { state: 'unknown', detail }
    : { state: 'failed', reason: found.reason, detail }
}

/** R000002 and 2032: no such receipt. Every other code is about the question, never about the customer's payment. */
const unknownReceipt = new Set(['R000002', '2032'])

/** The ends of a transaction as the organisation's portal names them. */
const settled = new Set(['completed', 'reversed', 'cancelled', 'declined', 'expired', 'failed'])

function readCode(
  result: Result,
  values: ReadonlyMap<string, string>,
  callback: RawCallback,
  settings: Readonly<Record<string, SettingValue>>,
): CodeReading {
  const { ResultCode, ResultDesc } = result
  const status = values.get('TransactionStatus')?.toLowerCase() ?? ''
  const detail = redact(`${ResultCode} ${ResultDesc} ${status}`.trim())
  if (unknownReceipt.has(ResultCode)) return { state: 'notFound', detail }
  // Pending, authorised, or a word of nobody's list: nothing is proved.
  if (ResultCode !== '0' || !settled.has(status) || isSilence(result, callback)) {
    return { state: 'unknown', detail }
  }
  const giver = partyIn(values, 'DebitPartyName')
  if (!paidTheShop(values, settings)) return { state: 'notFound', detail: 'this code did not pay the shop' }
  return {
    state: 'found',
    completed: status === 'completed',
    amountMinor: saidAmount(values.get('Amount')).amountMinor,
    phone: giver !== undefined && /^254[17]\d{8}$/.test(giver) ? `+${giver}` : null,
    paidAt: timeOf(values.get('FinalisedTime') ?? ''),
  }
}

function partyIn(values: ReadonlyMap<string, string>, name: string): string | undefined {
  return /^\d+/.exec(values.get(name) ?? '')?.[0]
}

function paidTheShop(
  values: ReadonlyMap<string, string>,
  settings: Readonly<Record<string, SettingValue>>,
): boolean {
  const own = [text(settings, 'shortcode'), text(settings, 'tillNumber')]
  const [payee, giver] = [partyIn(values, 'CreditPartyName'), partyIn(values, 'DebitPartyName')]
  return (payee === undefined || own.includes(payee)) && (giver === undefined || !own.includes(giver))
}

/** `Working Account|KES|700000.00|700000.00|0.00|0.00&Utility Account|…`: name, currency, current, available (P). */
function balancesIn(packed: string): Balance[] {
  return packed.split('&').flatMap((account) => {
    const [name = '', currency, , available = ''] = account.split('|')
    if (currency !== 'KES' || !/^-?\d+(?:\.\d{1,2})?$/.test(available)) return []
    return [{ name, availableMinor: Math.round(Number(available) * 100), currency }]
  })
}

/**
 * Null for money that cannot be counted. A shortcode of no setting (a store, a head office) is shown beside the account: the
 * address it came to is the shop's own. Without a time that can be read, the moment it was told counts.
 */
function readPayment(
  said: z.infer<typeof paymentSchema>,
  settings: Readonly<Record<string, SettingValue>>,
): Report | null {
  const paidAt = timeOf(said.TransTime)
  const amountMinor = readAmount(said.TransAmount)
  const own = [text(settings, 'shortcode'), text(settings, 'tillNumber')]
  if (amountMinor === null) return null
  const elsewhere = own.includes(said.BusinessShortCode) ? [] : [`(${said.BusinessShortCode || '?'})`]
  const payment: CustomerPayment = {
    code: said.TransID,
    amountMinor,
    currency: 'KES',
    phone: /^254[17]\d{8}$/.test(said.MSISDN) ? `+${said.MSISDN}` : null,
    // Version 1 of C2B sends a hash, which tells a person nothing.
    phoneShown: said.MSISDN.length > 20 ? '' : said.MSISDN,
    payerName: [said.FirstName, said.MiddleName, said.LastName].filter((name) => name !== '').join(' '),
    account: [said.BillRefNumber, ...elsewhere].filter((part) => part !== '').join(' '),
    paidAt,
  }
  return { trust: 'unsigned', about: 'customerPayment', payment }
}

function endsWith({ path }: RawCallback, suffix: string): boolean {
  return (path.split('?')[0] ?? '').replace(/\/+$/, '').endsWith(suffix)
}

/** M-Pesa Express and results: "Accepted"; a notice: "Success"; a question: code as text (D1). */
export function acknowledge(callback: RawCallback): Acknowledgement {
  const say = (body: object) => ({
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify(body),
  })
  // Kaunta refuses nobody's money: what fits no sale waits in a list.
  if (endsWith(callback, questionSuffix)) return say({ ResultCode: '0', ResultDesc: 'Accepted' })
  if (paymentSchema.safeParse(jsonOf(callback.body)).success)
    return say({ ResultCode: 0, ResultDesc: 'Success' })
  return say({ ResultCode: 0, ResultDesc: 'Accepted' })
}
