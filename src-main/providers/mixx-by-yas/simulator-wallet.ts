import type { SimulatorReply, SimulatorRequest, World } from '../simulation.ts'
import { type Books, billerCode, codeOf, login, merchant, provider } from './simulator-biller.ts'
import { payOutResult, payOutScript } from './simulator-script.ts'
import { commandOf, fieldsOf } from './simulator-xml.ts'

/** A request that the shop does not answer is sent again after this, so many times. */
const repeatMs = 10_000
const repeats = 3

const payOutTags = [
  'TYPE',
  'REFERENCEID',
  'MSISDN',
  'PIN',
  'MSISDN1',
  'AMOUNT',
  'SENDERNAME',
  'LANGUAGE1',
  'BRAND_ID',
] as const

/** REQMFCI: from the shop's wallet to a phone. No token: the PIN is in it. */
export function payOut(books: Books, request: SimulatorRequest): SimulatorReply {
  if (!/^application\/xml\b/i.test(request.headers['content-type'] ?? '')) return { status: 415, body: '' }
  const fields = fieldsOf(request.body.toString())
  if (fields === null || !isPayOut(fields)) return { status: 400, body: '' }
  const reference = fields.get('REFERENCEID') ?? ''
  const phone = `+${fields.get('MSISDN1') ?? ''}`
  const amountMinor = Number(fields.get('AMOUNT')) * 100
  const status = judge(books, fields, { reference, phone, amountMinor })
  if (status !== '200') return told(reference, status, '')
  const code = codeOf(books)
  const { world } = books
  books.paidOut.add(reference)
  books.floatMinor -= amountMinor
  world.credit(phone, amountMinor)
  world.record({ provider, kind: 'payout', phone, amountMinor, text: reference, reference: code })
  const words = `Umepokea TSh ${amountMinor / 100} kutoka ${merchant}`
  world.deliver(phone, 'wallet', 'MIXX BY YAS', `${words}. Kumbukumbu no. ${code}`)
  return told(reference, '200', code)
}

/** Exactly the tags of the document, in their forms. */
function isPayOut(fields: ReadonlyMap<string, string>): boolean {
  const forms: Readonly<Record<string, RegExp>> = {
    TYPE: /^REQMFCI$/,
    REFERENCEID: new RegExp(`^${billerCode}[A-Za-z0-9]{1,27}$`),
    MSISDN1: /^255[67]\d{8}$/,
    AMOUNT: /^[1-9]\d{0,7}$/,
    SENDERNAME: /^[^<>&]{1,50}$/,
    LANGUAGE1: /^(?:EN|SW)$/,
  }
  const named = fields.size === payOutTags.length && payOutTags.every((tag) => fields.has(tag))
  return named && Object.entries(forms).every(([tag, form]) => form.test(fields.get(tag) ?? ''))
}

function judge(
  books: Books,
  fields: ReadonlyMap<string, string>,
  { reference, phone, amountMinor }: Readonly<{ reference: string; phone: string; amountMinor: number }>,
): string {
  const isOurs =
    fields.get('MSISDN') === login.payOutMsisdn &&
    fields.get('PIN') === login.payOutPin &&
    fields.get('BRAND_ID') === login.brandId
  if (!isOurs) return '00026'
  if (books.paidOut.has(reference)) return '100'
  const script = payOutScript(phone)
  if (script !== null) return script.status
  return amountMinor > books.floatMinor ? '60019' : '200'
}

function told(reference: string, status: string, code: string): SimulatorReply {
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: commandOf({
      TYPE: 'REQMFCI',
      REFERENCEID: reference,
      TXNID: code,
      TXNSTATUS: status,
      MESSAGE: payOutResult(status)?.words ?? '',
    }),
  }
}

/** A customer pays the shop's bill from his menu: first its name is asked for, then the shop must take the money. */
export function customerPays(
  books: Books,
  payment: { readonly phone: string; readonly amountMinor: number; readonly account: string },
): { readonly code: string } | null {
  const { world } = books
  const { phone, amountMinor, account } = payment
  if (!world.debit(phone, amountMinor)) return null
  const code = codeOf(books)
  books.floatMinor += amountMinor
  world.record({ provider, kind: 'payment', phone, amountMinor, text: account, reference: code })
  const words = `Umelipa TSh ${amountMinor / 100} kwa ${merchant}, kumbukumbu ${account}`
  world.deliver(phone, 'wallet', 'MIXX BY YAS', `${words}. Kumbukumbu no. ${code}`)
  // The document says without the country code, and its example has a nought in front.
  const MSISDN = `0${phone.slice(4)}`
  const common = { MSISDN, COMPANYNAME: billerCode, CUSTOMERREFERENCEID: account }
  send(world, commandOf({ TYPE: 'SYNC_LOOKUP_REQUEST', ...common }), () => undefined)
  const request = commandOf({
    TYPE: 'SYNC_BILLPAY_REQUEST',
    TXNID: code,
    ...common,
    AMOUNT: String(amountMinor / 100),
    SENDERNAME: 'Asha Juma',
  })
  bill(books, { code, phone, amountMinor, request }, repeats)
  return { code }
}

function send(
  world: World,
  body: string,
  answered: (reply: { readonly status: number; readonly body: string } | null) => void,
): void {
  const url = world.reportUrl(provider)
  if (url === null) return
  world.callBack({ url, method: 'POST', headers: { 'content-type': 'application/xml' }, body, answered })
}

interface Bill {
  readonly code: string
  readonly phone: string
  readonly amountMinor: number
  readonly request: string
}

function bill(books: Books, paid: Bill, left: number): void {
  const { world } = books
  send(world, paid.request, (reply) => {
    const result = resultOf(paid, reply)
    if (result === 'TF') giveBack(books, paid)
    if (result !== null || left === 0) return
    world.after(repeatMs / world.timeScale, () => bill(books, paid, left - 1))
  })
}

/** TS or TF of a well-formed answer about this payment; null for none (error111: try again). */
function resultOf(
  { code }: Bill,
  reply: { readonly status: number; readonly body: string } | null,
): string | null {
  const fields = reply?.status === 200 ? fieldsOf(reply.body) : null
  if (fields?.get('TYPE') !== 'SYNC_BILLPAY_RESPONSE' || fields.get('TXNID') !== code) return null
  const whole = ['REFID', 'MSISDN', 'FLAG'].every((tag) => (fields.get(tag) ?? '') !== '')
  const result = fields.get('RESULT') ?? ''
  const isTaken = fields.get('ERRORCODE') === 'error000'
  return whole && ((result === 'TS' && isTaken) || (result === 'TF' && !isTaken)) ? result : null
}

function giveBack(books: Books, { code, phone, amountMinor }: Bill): void {
  const { world } = books
  books.floatMinor -= amountMinor
  world.credit(phone, amountMinor)
  world.record({ provider, kind: 'reversal', phone, amountMinor, text: code, reference: code })
  world.deliver(
    phone,
    'wallet',
    'MIXX BY YAS',
    `Malipo ${code} hayakupokelewa; TSh ${amountMinor / 100} zimerudi.`,
  )
}
