import { z } from 'zod'
import { redact } from '../../http/redaction.ts'
import { readAmount, type SaidAmount, saidAmount } from '../amounts.ts'
import { idOf } from '../identifiers.ts'
import type { Acknowledgement, Books, CustomerPayment, MoneyReading, Report } from '../mobile-money.ts'
import type { RawCallback } from '../provider.ts'
import { jsonOf } from '../reply.ts'
import { readCommand, writeCommand } from './command.ts'

type Command = Readonly<Record<string, string>>

const word = z.union([z.string(), z.number()]).transform(String).catch('')
const callbackSchema = z.object({
  Status: z.unknown().optional(),
  Description: word,
  MFSTransactionID: z.unknown().optional(),
  ReferenceID: word.pipe(z.string().min(1)),
  Amount: z.unknown().optional(),
})

/** What became of a push (T1), or what a customer paid by himself (T2). Neither bears a signature. */
export function readReport({ body }: RawCallback): Report | null {
  const callback = callbackSchema.safeParse(jsonOf(body))
  if (callback.success) {
    const { Status, Description, MFSTransactionID, ReferenceID, Amount } = callback.data
    const provider = idOf(MFSTransactionID)
    return {
      trust: 'unsigned',
      about: 'money',
      references: { own: ReferenceID, provider },
      // Its Amount is always there (T1): where it is not, nobody can say what was paid.
      reading: readingOf(Status, redact(Description), provider, saidAmount(Amount ?? '')),
    }
  }
  const command = readCommand(body)
  if (command?.TYPE === 'SYNC_LOOKUP_REQUEST' || command?.TYPE === 'SYNC_ENQUIRY')
    return { trust: 'unsigned', about: 'question' }
  if (command?.TYPE !== 'SYNC_BILLPAY_REQUEST') return null
  const payment = paymentOf(command)
  return payment === null ? null : { trust: 'unsigned', about: 'customerPayment', payment }
}

/** Cancelled, short of money, a wrong PIN: only the words tell, and they are not documented. */
function readingOf(
  status: unknown,
  detail: string,
  receiptCode: string | null,
  amount: SaidAmount,
): MoneyReading {
  if (status === true) return { state: 'completed', receiptCode, ...amount }
  if (status === false) return { state: 'failed', reason: 'rejected', detail }
  return { state: 'unknown', detail: `Status ${JSON.stringify(status)}: ${detail}` }
}

function paymentOf(command: Command): CustomerPayment | null {
  const amountMinor = readAmount(command.AMOUNT)
  const code = idOf(command.TXNID) ?? ''
  const phoneShown = command.MSISDN ?? ''
  if (amountMinor === null || !/^[\w.-]{4,40}$/.test(code) || phoneShown === '') return null
  return {
    code,
    amountMinor,
    currency: 'TZS',
    phone: phoneOf(phoneShown),
    phoneShown,
    payerName: command.SENDERNAME ?? '',
    account: command.CUSTOMERREFERENCEID ?? '',
    paidAt: timeOf(code),
  }
}

/** With or without the country code: the documents say without, clients are sent both. */
function phoneOf(shown: string): string | null {
  const national = /^(?:\+?255|0)?([67]\d{8})$/.exec(shown)?.[1]
  return national === undefined ? null : `+255${national}`
}

/** The request has no time, but the network's codes begin with one: BP140218.1240.B01530, in East Africa. */
function timeOf(code: string): number | null {
  const found = /^[A-Z]{2}(\d\d)(\d\d)(\d\d)\.(\d\d)(\d\d)\./.exec(code)
  if (found === null) return null
  const [, year, month, day, hour, minute] = found
  const at = Date.parse(`20${year}-${month}-${day}T${hour}:${minute}:00+03:00`)
  return Number.isNaN(at) ? null : at
}

/** The network's words decide: its own code for each kind of request, the same for the same request. */
export function acknowledge({ body }: RawCallback, shopName: string, books?: Books): Acknowledgement {
  const command = readCommand(body)
  // XML is answered in XML, also where it could not be read.
  if (command !== null || /^\s*</.test(body)) return acknowledgeCommand(command ?? {}, shopName, books)
  const callback = callbackSchema.safeParse(jsonOf(body))
  return {
    status: 200,
    contentType: 'application/json',
    body: JSON.stringify({
      ResponseCode: callback.success ? 'BILLER-30-0000-S' : 'BILLER-30-3030-E',
      ResponseStatus: callback.success,
      ResponseDescription: callback.success ? 'Callback successful' : 'Callback failed',
      ReferenceID: callback.success ? callback.data.ReferenceID : '',
    }),
  }
}

function acknowledgeCommand(command: Command, shopName: string, books?: Books): Acknowledgement {
  const { TXNID = '', MSISDN = '' } = command
  const said = (fields: Readonly<Record<string, string>>): Acknowledgement => ({
    status: 200,
    contentType: 'application/xml',
    body: writeCommand(fields),
  })
  if (command.TYPE === 'SYNC_LOOKUP_REQUEST') {
    return said({
      TYPE: 'SYNC_LOOKUP_RESPONSE',
      RESULT: 'TS',
      ERRORCODE: 'error000',
      ERRORDESC: 'Successful',
      MSISDN,
      FLAG: 'Y',
      CONTENT: shopName,
    })
  }
  const isPayment = command.TYPE === 'SYNC_BILLPAY_REQUEST'
  const isEnquiry = command.TYPE === 'SYNC_ENQUIRY'
  const isTaken = isEnquiry
    ? TXNID !== '' && books?.knowsCode(TXNID) === true
    : isPayment && paymentOf(command) !== null
  return said({
    TYPE: isEnquiry ? 'SYNC_ENQUIRY_RESPONSE' : 'SYNC_BILLPAY_RESPONSE',
    TXNID,
    // Our own name for it is theirs, so that the same payment has the same answer for ever.
    REFID: TXNID,
    RESULT: isTaken ? 'TS' : 'TF',
    ERRORCODE: errorCode(isTaken, isPayment),
    ERRORDESCRIPTION: isTaken ? 'Successful transaction' : 'Invalid payment',
    MSISDN,
    FLAG: isTaken ? 'Y' : 'N',
    CONTENT: shopName,
  })
}

/** error016: an invalid payment · error100: a general error (T2). */
function errorCode(isTaken: boolean, isPayment: boolean): string {
  if (isTaken) return 'error000'
  return isPayment ? 'error016' : 'error100'
}
