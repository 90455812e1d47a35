import { z } from 'zod'
import type { PromptAnswer, SimulatorReply, SimulatorRequest, World } from '../simulation.ts'
import { type Result, resultOf, scriptOf } from './simulator-results.ts'

const provider = 'mpesa-tanzania'
const merchant = 'DUKA LA MAZOEZI'
const shortcode = '000000'
/** Without an answer the network gives the prompt up. */
const promptWaitMs = 90_000
/** An unacknowledged result is sent again after this, so many times. */
const repeatMs = 10_000
const repeats = 3

interface Transaction {
  readonly kind: 'payment' | 'payout' | 'reversal'
  readonly phone: string
  /** Minor units. */
  readonly amountMinor: number
  readonly conversation: string
  /** The shop's names for it; empty for what a customer paid by himself. */
  readonly own: string
  readonly reference: string
  /** The receipt; there from the moment the money moved. */
  id: string
  status: 'N/A' | 'Completed' | 'Cancelled' | 'Expired'
  /** Minor units that went back. */
  reversedMinor: number
}

export interface Money {
  readonly world: World
  readonly transactions: Transaction[]
  /** Minor units that the shop holds. */
  floatMinor: number
}

/** What a field must be, and the result where it is not. */
const rules: Readonly<Record<string, { readonly form: RegExp; readonly misfit: number }>> = {
  input_Amount: { form: /^[1-9]\d{0,7}$/, misfit: 15 },
  input_ReversalAmount: { form: /^[1-9]\d{0,7}$/, misfit: 15 },
  input_Country: { form: /^TZN$/, misfit: 27 },
  input_Currency: { form: /^TZS$/, misfit: 26 },
  input_CustomerMSISDN: { form: /^255\d{9}$/, misfit: 2051 },
  input_ServiceProviderCode: { form: new RegExp(`^${shortcode}$`), misfit: 13 },
  input_ThirdPartyConversationID: { form: /^[A-Za-z0-9]{1,40}$/, misfit: 28 },
  input_TransactionReference: { form: /^[A-Za-z0-9]{1,20}$/, misfit: 17 },
  input_PurchasedItemsDesc: { form: /^[A-Za-z0-9 ]{1,256}$/, misfit: 30 },
  input_PaymentItemsDesc: { form: /^[A-Za-z0-9 ]{1,256}$/, misfit: 30 },
  input_TransactionID: { form: /^[A-Za-z0-9]{1,40}$/, misfit: 18 },
  input_QueryReference: { form: /^[A-Za-z0-9]{1,64}$/, misfit: 14 },
}

const moneyNames = [
  'input_Amount',
  'input_Country',
  'input_Currency',
  'input_CustomerMSISDN',
  'input_ServiceProviderCode',
  'input_ThirdPartyConversationID',
  'input_TransactionReference',
] as const
const queryNames = [
  'input_QueryReference',
  'input_ServiceProviderCode',
  'input_ThirdPartyConversationID',
  'input_Country',
] as const

type Checked<Name extends string> =
  | { readonly refused: SimulatorReply }
  | { readonly fields: Readonly<Record<Name, string>> }

const textsSchema = z.record(z.string(), z.string())

/** Exactly these fields, each of them text, each in its form. */
function check<Name extends string>(given: unknown, names: readonly Name[]): Checked<Name> {
  const parsed = textsSchema.safeParse(given)
  if (!parsed.success) return { refused: answer(21) }
  const { data } = parsed
  if (names.some((name) => data[name] === undefined || data[name] === '')) return { refused: answer(20) }
  if (Object.keys(data).length !== names.length) return { refused: answer(21) }
  const misfit = names.find((name) => rules[name]?.form.test(data[name] ?? '') !== true)
  if (misfit !== undefined) return { refused: answer(rules[misfit]?.misfit ?? 21) }
  const fields = z.record(z.enum(names), z.string()).parse(data)
  return { fields }
}

function parseJson(body: Buffer): unknown {
  try {
    // Amounts are taken as numbers, too.
    const value: unknown = JSON.parse(body.toString(), (name, one: unknown) =>
      typeof one === 'number' && name.endsWith('Amount') ? String(one) : one,
    )
    return value
  } catch {
    return undefined
  }
}

function open(
  { world, transactions }: Money,
  made: Pick<Transaction, 'kind' | 'phone' | 'amountMinor' | 'own' | 'reference'>,
): Transaction {
  const conversation = Buffer.from(world.token(16)).toString('hex')
  const transaction: Transaction = { ...made, conversation, id: '', status: 'N/A', reversedMinor: 0 }
  transactions.push(transaction)
  return transaction
}

/** True when either of the shop's names was used before. */
function isTaken({ transactions }: Money, own: string, reference: string): boolean {
  return transactions.some(
    (known) => known.own === own || (reference !== '' && known.reference === reference),
  )
}

/** POST c2bPayment/singleStage: the reply is held while the customer types, or comes at once and the result later. */
export async function prompt(
  money: Money,
  request: SimulatorRequest,
  answersLater: boolean,
): Promise<SimulatorReply> {
  const checked = check(parseJson(request.body), [...moneyNames, 'input_PurchasedItemsDesc'])
  if ('refused' in checked) return checked.refused
  const { fields } = checked
  const own = fields.input_ThirdPartyConversationID
  const reference = fields.input_TransactionReference
  if (isTaken(money, own, reference)) return answer(10)
  const phone = `+${fields.input_CustomerMSISDN}`
  const script = scriptOf(phone)
  if (!answersLater && script?.pays === false) return answer(Number(script.result.code.slice(4)))
  const payment = open(money, {
    kind: 'payment',
    phone,
    amountMinor: Number(fields.input_Amount) * 100,
    own,
    reference,
  })
  const ended = collect(money, payment, fields.input_PurchasedItemsDesc)
  if (!answersLater) return named(payment, await ended)
  void ended.then((result) => report(money.world, payment, result))
  return named({ ...payment, id: '' }, resultOf(0))
}

async function collect(money: Money, payment: Transaction, items: string): Promise<Result> {
  const { world } = money
  const script = scriptOf(payment.phone)
  if (script !== null) {
    if (script.pays) take(money, payment, items)
    return script.result
  }
  if (world.hasPrompt(payment.phone)) {
    payment.status = 'Cancelled'
    return resultOf(6)
  }
  record(world, 'prompt', payment, items)
  const given = await world.prompt(payment.phone, {
    text: `Lipa TSh ${payment.amountMinor / 100}.00 kwa ${merchant} (${items}). Weka namba ya siri:`,
    amountMinor: payment.amountMinor,
    currency: 'TZS',
    merchant,
    waitMs: promptWaitMs,
  })
  return decide(money, payment, items, given)
}

function decide(money: Money, payment: Transaction, items: string, given: PromptAnswer): Result {
  if (given.kind === 'ignore') {
    payment.status = 'Expired'
    return resultOf(9)
  }
  const cancelled = given.kind === 'cancel'
  if (!cancelled && money.world.pinIs(payment.phone, given.pin)) {
    if (take(money, payment, items)) return resultOf(0)
    payment.status = 'Cancelled'
    return resultOf(2006)
  }
  payment.status = 'Cancelled'
  return resultOf(cancelled ? 5 : 6)
}

/** Money and receipt change hands; false when the wallet is short. */
function take(money: Money, payment: Transaction, items: string): boolean {
  const { world } = money
  if (!world.debit(payment.phone, payment.amountMinor)) return false
  payment.id = world.token(10)
  payment.status = 'Completed'
  money.floatMinor += payment.amountMinor
  record(world, 'payment', payment, items)
  tell(world, payment, `Umelipa TSh${payment.amountMinor / 100}.00 kwa ${merchant}`)
  return true
}

function record(
  world: World,
  kind: 'prompt' | 'payment' | 'payout' | 'reversal',
  transaction: Transaction,
  words: string,
): void {
  const { phone, amountMinor, conversation: reference } = transaction
  world.record({ provider, kind, phone, amountMinor, reference, text: words })
}

function tell(world: World, transaction: Transaction, words: string): void {
  world.deliver(transaction.phone, 'wallet', 'M-PESA', `${transaction.id} Imethibitishwa. ${words}.`)
}

/** POST b2cPayment: from the shop to a phone. */
export function payOut(money: Money, request: SimulatorRequest, answersLater: boolean): SimulatorReply {
  const checked = check(parseJson(request.body), [...moneyNames, 'input_PaymentItemsDesc'])
  if ('refused' in checked) return checked.refused
  const { fields } = checked
  const own = fields.input_ThirdPartyConversationID
  const reference = fields.input_TransactionReference
  if (isTaken(money, own, reference)) return answer(10)
  const phone = `+${fields.input_CustomerMSISDN}`
  const amountMinor = Number(fields.input_Amount) * 100
  const script = scriptOf(phone)
  if (script?.pays === false) return answer(Number(script.result.code.slice(4)))
  if (amountMinor > money.floatMinor) return answer(2006)
  const payment = open(money, { kind: 'payout', phone, amountMinor, own, reference })
  give(money, payment, fields.input_PaymentItemsDesc)
  return settled(money.world, payment, script?.result ?? resultOf(0), answersLater)
}

function give(money: Money, transfer: Transaction, words: string): void {
  const { world } = money
  money.floatMinor -= transfer.amountMinor
  world.credit(transfer.phone, transfer.amountMinor)
  transfer.id = world.token(10)
  transfer.status = 'Completed'
  record(world, transfer.kind, transfer, words)
  tell(world, transfer, `Umepokea TSh${transfer.amountMinor / 100}.00 kutoka ${merchant}`)
}

/** PUT reversal: once for a payment, the whole of it or less. */
export function reverse(money: Money, request: SimulatorRequest, answersLater: boolean): SimulatorReply {
  const checked = check(parseJson(request.body), [
    'input_ReversalAmount',
    'input_Country',
    'input_ServiceProviderCode',
    'input_ThirdPartyConversationID',
    'input_TransactionID',
  ])
  if ('refused' in checked) return checked.refused
  const { fields } = checked
  const own = fields.input_ThirdPartyConversationID
  if (isTaken(money, own, '')) return answer(10)
  const payment = money.transactions.find(
    (known) => known.kind === 'payment' && known.id === fields.input_TransactionID,
  )
  if (payment === undefined) return answer(18)
  const amountMinor = Number(fields.input_ReversalAmount) * 100
  if (payment.reversedMinor > 0) return answer(6)
  if (amountMinor > payment.amountMinor) return answer(15)
  if (amountMinor > money.floatMinor) return answer(2006)
  const { phone } = payment
  const reversal = open(money, { kind: 'reversal', phone, amountMinor, own, reference: '' })
  payment.reversedMinor = amountMinor
  give(money, reversal, payment.id)
  return settled(money.world, reversal, resultOf(0), answersLater)
}

function settled(
  world: World,
  transaction: Transaction,
  result: Result,
  answersLater: boolean,
): SimulatorReply {
  if (!answersLater) return named(transaction, result)
  world.after(300 / world.timeScale, () => report(world, transaction, result))
  return named({ ...transaction, id: '' }, resultOf(0))
}

/** GET queryTransactionStatus: by transaction, conversation or the shop's own name. */
export function query(money: Money, request: SimulatorRequest): SimulatorReply {
  const checked = check(Object.fromEntries(request.query), queryNames)
  if ('refused' in checked) return checked.refused
  const { input_QueryReference: about, input_ThirdPartyConversationID: own } = checked.fields
  // The question has a name of its own, which is no transaction's.
  if (money.transactions.some((known) => known.own === own)) return answer(28)
  const found = money.transactions.find(
    (known) => known.id === about || known.conversation === about || known.own === about,
  )
  // What has no form of a conversation can only be meant as a transaction.
  if (found === undefined && about.length < 32) return answer(18)
  return json(200, {
    output_ResponseCode: 'INS-0',
    output_ResponseDesc: 'Request processed successfully',
    output_ResponseTransactionStatus: found?.status ?? 'N/A',
    output_ConversationID: Buffer.from(money.world.token(16)).toString('hex'),
    output_ThirdPartyConversationID: own,
    output_OriginalTransactionID: found?.id || 'N/A',
    ...((found?.reversedMinor ?? 0) > 0 ? { output_Reversed: 'True' } : {}),
  })
}

/** A customer pays by the network's menu: nobody tells the shop. */
export function customerPays(
  money: Money,
  payment: { readonly phone: string; readonly amountMinor: number; readonly account: string },
): { readonly code: string } | null {
  const { world } = money
  const { phone, amountMinor, account } = payment
  if (!world.debit(phone, amountMinor)) return null
  const made = open(money, { kind: 'payment', phone, amountMinor, own: '', reference: '' })
  made.id = world.token(10)
  made.status = 'Completed'
  money.floatMinor += amountMinor
  world.record({ provider, kind: 'payment', phone, amountMinor, text: account, reference: made.id })
  tell(world, made, `Umelipa TSh${amountMinor / 100}.00 kwa ${merchant}, kumbukumbu ${account}`)
  return { code: made.id }
}

/** The result of an app that answers later: to the address on the portal, again until it is acknowledged. */
function report(world: World, transaction: Transaction, result: Result): void {
  tellShop(world, transaction, result, repeats)
  // Seen in the field: a time-out is reported for a payment that went through.
  if (world.callbackFault() === 'outOfOrder') tellShop(world, { ...transaction, id: '' }, resultOf(9), 0)
}

function tellShop(world: World, transaction: Transaction, result: Result, left: number): void {
  const url = world.reportUrl(provider)
  if (url === null) return
  world.callBack({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      input_OriginalConversationID: transaction.conversation,
      input_TransactionID: transaction.id,
      input_ResultCode: result.code,
      input_ResultDesc: result.words,
      input_ThirdPartyConversationID: transaction.own,
    }),
    answered: (reply) => {
      if (left === 0 || isAcknowledged(transaction, reply)) return
      world.after(repeatMs / world.timeScale, () => tellShop(world, transaction, result, left - 1))
    },
  })
}

/** Exactly these four fields, and nothing else, are taken for an acknowledgement. */
function isAcknowledged(
  { conversation, own }: Transaction,
  reply: { readonly status: number; readonly body: string } | null,
): boolean {
  if (reply?.status !== 200) return false
  const schema = z.strictObject({
    output_OriginalConversationID: z.literal(conversation),
    output_ResponseCode: z.literal('0'),
    output_ResponseDesc: z.literal('Successfully Accepted Result'),
    output_ThirdPartyConversationID: z.literal(own),
  })
  return schema.safeParse(parseJson(Buffer.from(reply.body))).success
}

function named(transaction: Transaction, result: Result): SimulatorReply {
  return json(result.status, {
    output_ResponseCode: result.code,
    output_ResponseDesc: result.words,
    ...(transaction.id === '' || result.code !== 'INS-0' ? {} : { output_TransactionID: transaction.id }),
    output_ConversationID: transaction.conversation,
    output_ThirdPartyConversationID: transaction.own,
  })
}

function answer(number: number): SimulatorReply {
  const { code, words, status } = resultOf(number)
  return json(status, { output_ResponseCode: code, output_ResponseDesc: words })
}

function json(status: number, body: unknown): SimulatorReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
