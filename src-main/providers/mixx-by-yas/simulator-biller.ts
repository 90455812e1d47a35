import { z } from 'zod'
import type { PromptAnswer, SimulatorReply, SimulatorRequest, World } from '../simulation.ts'
import { type Course, courseOf, pushResult, pushScript } from './simulator-script.ts'

export const provider = 'mixx-by-yas'
export const merchant = 'DUKA LA MAZOEZI'
export const billerCode = 'KNT'
export const login = {
  username: 'PRACTICE',
  password: 'practice-password-of-the-biller',
  billerMsisdn: '255655000000',
  channelMsisdn: '255655000001',
  channelPin: '47110815',
  payOutMsisdn: '255655000002',
  payOutPin: '81504711',
  brandId: '2341',
} as const

/** Without an answer the network gives the prompt up. */
const promptWaitMs = 60_000
const lateMs = 600_000
/** An unacknowledged callback is sent again after this, so many times. */
const repeatMs = 10_000
const repeats = 3

export interface Payment {
  readonly reference: string
  readonly phone: string
  /** Minor units. */
  readonly amountMinor: number
  readonly remarks: string
  /** The network's code; empty until it is paid. */
  code: string
  reversed: boolean
}

export interface Books {
  readonly world: World
  readonly payments: Payment[]
  /** Names that were used for pushes and reversals. */
  readonly references: Set<string>
  readonly paidOut: Set<string>
  /** Minor units that the shop holds. */
  floatMinor: number
  /** Transactions so far, for their codes. */
  count: number
}

/** BP140218.1240.B01530: two letters, date and time in East Africa, a running number. */
export function codeOf(books: Books): string {
  books.count += 1
  const east = new Date(books.world.now() + 3 * 3_600_000).toISOString()
  const [day, time] = [east.slice(2, 10).replaceAll('-', ''), east.slice(11, 16).replace(':', '')]
  return `BP${day}.${time}.B${String(books.count).padStart(5, '0')}`
}

export function json(status: number, body: unknown): SimulatorReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}

const pushSchema = z.strictObject({
  CustomerMSISDN: z.string(),
  BillerMSISDN: z.string(),
  Amount: z.int(),
  Remarks: z.string().max(100).optional(),
  ReferenceID: z.string(),
})
type Push = z.infer<typeof pushSchema>

function answered(digits: string, reference: string): SimulatorReply {
  const result = pushResult(digits)
  return json(200, {
    ResponseCode: result?.code ?? '',
    ResponseStatus: digits === '0000',
    ResponseDescription: result?.words ?? '',
    ReferenceID: reference,
  })
}

/** The digits of the refusal; null for a request in order. */
function misfitOf(books: Books, headers: SimulatorRequest['headers'], fields: Push): string | null {
  const ordered: readonly (readonly [wrong: boolean, digits: string])[] = [
    [headers.username === undefined, '2001'],
    [headers.password === undefined, '2003'],
    [headers.username !== login.username || headers.password !== login.password, '3000'],
    [fields.CustomerMSISDN === '', '2002'],
    [!/^255[67]\d{8}$/.test(fields.CustomerMSISDN), '2004'],
    [fields.BillerMSISDN === '', '2038'],
    [fields.BillerMSISDN !== login.billerMsisdn, '3040'],
    [fields.Amount < 1 || fields.Amount > 10_000_000, '3019'],
    [!isNewName(books, fields.ReferenceID), '2020'],
  ]
  return ordered.find(([wrong]) => wrong)?.[1] ?? null
}

/** Names begin with the biller's code, have at most 30 letters and digits, and are used once. */
function isNewName({ references }: Books, reference: string): boolean {
  return /^KNT[A-Za-z0-9]{1,27}$/.test(reference) && !references.has(reference)
}

/** PushBillpay: accepted, shown on the handset, and told by a callback to the address that was agreed on paper. */
export function push(books: Books, request: SimulatorRequest): SimulatorReply {
  const parsed = pushSchema.safeParse(parseJson(request.body.toString()))
  if (!parsed.success) return json(400, { error: 'invalid_request' })
  const fields = parsed.data
  const misfit = misfitOf(books, request.headers, fields)
  if (misfit !== null) return answered(misfit, fields.ReferenceID)
  const phone = `+${fields.CustomerMSISDN}`
  const script = pushScript(phone)
  if (script !== null) return answered(/-(\d{4})-/.exec(script.code)?.[1] ?? '', fields.ReferenceID)
  books.references.add(fields.ReferenceID)
  const payment: Payment = {
    reference: fields.ReferenceID,
    phone,
    amountMinor: fields.Amount * 100,
    remarks: fields.Remarks ?? '',
    code: '',
    reversed: false,
  }
  books.payments.push(payment)
  const course = courseOf(phone)
  if (course === null) {
    record(books.world, 'prompt', payment)
    books.world.after(300 / books.world.timeScale, () => void ask(books, payment))
  } else {
    follow(books, payment, course)
  }
  return answered(course === 'afterAll' ? '5000' : '0000', fields.ReferenceID)
}

function follow(books: Books, payment: Payment, course: Course): void {
  const { world } = books
  if (course === 'refused') {
    tellShop(world, payment, 'Transaction failed', repeats)
    return
  }
  if (!take(books, payment) || course === 'untold') return
  world.after((course === 'late' ? lateMs : 300) / world.timeScale, () =>
    tellShop(world, payment, 'Success', repeats),
  )
}

async function ask(books: Books, payment: Payment): Promise<void> {
  const { world } = books
  if (world.hasPrompt(payment.phone)) {
    tellShop(world, payment, 'Another request is on the phone', repeats)
    return
  }
  const given = await world.prompt(payment.phone, {
    text: `Lipa TSh ${payment.amountMinor / 100} kwa ${merchant}. ${payment.remarks} Ingiza PIN:`,
    amountMinor: payment.amountMinor,
    currency: 'TZS',
    merchant,
    waitMs: promptWaitMs,
  })
  tellShop(world, payment, decide(books, payment, given), repeats)
  // Seen in the field: a failure is told of a payment that went through.
  if (payment.code !== '' && world.callbackFault() === 'outOfOrder') {
    tellShop(world, { ...payment, code: '' }, 'Request timed out', 0)
  }
}

/** Words that no paper fixes: the shop must not read them. */
function decide(books: Books, payment: Payment, given: PromptAnswer): string {
  if (given.kind === 'cancel') return 'Cancelled by the customer'
  if (given.kind === 'ignore') return 'No answer from the customer'
  if (!books.world.pinIs(payment.phone, given.pin)) return 'Invalid PIN'
  return take(books, payment) ? 'Success' : 'Insufficient balance'
}

/** False when the wallet is short. */
function take(books: Books, payment: Payment): boolean {
  const { world } = books
  if (!world.debit(payment.phone, payment.amountMinor)) return false
  payment.code = codeOf(books)
  books.floatMinor += payment.amountMinor
  record(world, 'payment', payment)
  const paid = `Umelipa TSh ${payment.amountMinor / 100} kwa ${merchant}`
  world.deliver(payment.phone, 'wallet', 'MIXX BY YAS', `${paid}. Kumbukumbu no. ${payment.code}`)
  return true
}

function record(world: World, kind: 'prompt' | 'payment', payment: Payment): void {
  const { phone, amountMinor, reference, remarks: text } = payment
  world.record({ provider, kind, phone, amountMinor, reference, text })
}

/** Amount is text here, and true or false is none. Without the exact acknowledgement it comes again. */
function tellShop(world: World, payment: Payment, words: string, left: number): void {
  const url = world.reportUrl(provider)
  if (url === null) return
  world.callBack({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      Status: payment.code !== '',
      Description: words,
      ...(payment.code === '' ? {} : { MFSTransactionID: payment.code }),
      ReferenceID: payment.reference,
      Amount: String(payment.amountMinor / 100),
    }),
    answered: (reply) => {
      if (left === 0 || isAcknowledged(payment, reply)) return
      world.after(repeatMs / world.timeScale, () => tellShop(world, payment, words, left - 1))
    },
  })
}

function isAcknowledged(
  { reference }: Payment,
  reply: { readonly status: number; readonly body: string } | null,
): boolean {
  if (reply?.status !== 200) return false
  const schema = z.strictObject({
    ResponseCode: z.literal('BILLER-30-0000-S'),
    ResponseStatus: z.literal(true),
    ResponseDescription: z.string().min(1),
    ReferenceID: z.literal(reference),
  })
  return schema.safeParse(parseJson(reply.body)).success
}

const reverseSchema = z.strictObject({
  CustomerMSISDN: z.string(),
  ChannelMSISDN: z.string(),
  ChannelPIN: z.string(),
  Amount: z.int(),
  MFSTransactionID: z.string(),
  ReferenceID: z.string(),
  PurchaseReferenceID: z.string(),
})

/** ReverseTransaction: the whole of one payment, once. */
export function reverse(books: Books, request: SimulatorRequest): SimulatorReply {
  const parsed = reverseSchema.safeParse(parseJson(request.body.toString()))
  if (!parsed.success) return json(400, { error: 'invalid_request' })
  const fields = parsed.data
  const { username, password } = request.headers
  if (username !== login.username || password !== login.password) return answered('3000', fields.ReferenceID)
  if (!isNewName(books, fields.ReferenceID)) return answered('2020', fields.ReferenceID)
  const payment = reversible(books, fields)
  return payment === null
    ? reversed(fields.ReferenceID, { ResponseCode: 'RefundTransaction-20-3039-E', ResponseStatus: false })
    : giveBack(books, payment, fields.ReferenceID)
}

/** The payment that is meant, when every field fits it and the shop can pay it. */
function reversible(books: Books, fields: z.infer<typeof reverseSchema>): Payment | null {
  if (fields.ChannelMSISDN !== login.channelMsisdn || fields.ChannelPIN !== login.channelPin) return null
  const payment = books.payments.find(
    (known) => known.code === fields.MFSTransactionID && known.reference === fields.PurchaseReferenceID,
  )
  if (payment === undefined || payment.code === '' || payment.reversed) return null
  const isWhole = payment.amountMinor === fields.Amount * 100 && payment.phone === `+${fields.CustomerMSISDN}`
  return isWhole && payment.amountMinor <= books.floatMinor ? payment : null
}

function giveBack(books: Books, payment: Payment, reference: string): SimulatorReply {
  const { world } = books
  const { phone, amountMinor } = payment
  books.references.add(reference)
  payment.reversed = true
  books.floatMinor -= amountMinor
  world.credit(phone, amountMinor)
  const code = codeOf(books)
  const DMReferenceID = `DM${code}`
  world.record({
    provider,
    kind: 'reversal',
    phone,
    amountMinor,
    text: payment.code,
    reference: DMReferenceID,
  })
  world.deliver(
    phone,
    'wallet',
    'MIXX BY YAS',
    `TSh ${amountMinor / 100} zimerudishwa. Kumbukumbu no. ${code}`,
  )
  return reversed(reference, {
    ResponseCode: 'RefundTransaction-20-0000-S',
    ResponseStatus: true,
    DMReferenceID,
    MFSTransactionID: code,
  })
}

function reversed(
  ReferenceID: string,
  more: { readonly ResponseCode: string; readonly ResponseStatus: boolean } & Readonly<
    Record<string, unknown>
  >,
): SimulatorReply {
  const ResponseDescription = more.ResponseStatus
    ? 'Reverse Transaction Success'
    : 'Reverse Transaction Failed'
  return json(200, { ResponseDescription, ReferenceID, DMReferenceID: '', ...more })
}
