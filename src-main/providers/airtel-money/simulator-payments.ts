import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { PromptAnswer, SimulatorReply, SimulatorRequest, World } from '../simulation.ts'
import {
  type Country,
  currencies,
  type Ending,
  merchant,
  type Payment,
  parseJson,
  prefixes,
  provider,
  type State,
  said,
  secrets,
} from './simulator-state.ts'

const countrySchema = z.enum(['TZ', 'KE'])
/** Nine digits: no country code, no leading 0. */
export const msisdnSchema = z.string().regex(/^[1-9]\d{8}$/)
export const idSchema = z.string().regex(/^[A-Za-z0-9-]{4,64}$/)
export const amountSchema = z.number().int().min(1).max(10_000_000)
const paymentSchema = z.object({
  reference: z.string().regex(/^[A-Za-z0-9 ]{4,64}$/),
  subscriber: z.object({ country: countrySchema, currency: z.string(), msisdn: msisdnSchema }),
  transaction: z.object({
    amount: amountSchema,
    country: countrySchema.optional(),
    currency: z.string().optional(),
    id: idSchema,
  }),
})

/** Without an answer the network gives the prompt up. */
const promptWaitMs = 60_000

const endings = {
  paid: { status: 'TS', responseCode: 'DP00800001001', message: 'Paid' },
  open: { status: 'TIP', responseCode: 'DP00800001006', message: 'Transaction in progress' },
  ambiguous: { status: 'TA', responseCode: 'DP00800001000', message: 'Transaction ambiguous' },
  wrongPin: { status: 'TF', responseCode: 'DP00800001002', message: 'Incorrect pin has been entered' },
  limit: { status: 'TF', responseCode: 'DP00800001003', message: 'Withdrawal amount limit exceeded' },
  poor: { status: 'TF', responseCode: 'DP00800001007', message: 'Not enough balance' },
  refused: { status: 'TF', responseCode: 'DP00800001008', message: 'The transaction was refused' },
  barred: { status: 'TF', responseCode: 'DP00800001010', message: 'Transaction not permitted to Payee' },
  expired: { status: 'TE', responseCode: 'DP00800001029', message: 'Transaction has been expired' },
} as const satisfies Record<string, Ending>

/** Numbers (without country code) that end without a prompt, and the one that nobody can tell for ten minutes. */
const scripted: ReadonlyMap<string, Ending> = new Map<string, Ending>([
  ['780001003', endings.limit],
  ['780001010', endings.barred],
  ['780001000', endings.ambiguous],
])
const ambiguousMs = 10 * 60_000
/** The enquiry does not know a payment of this number during its first seconds. */
const lateNumber = '780001025'
const unknownMs = 5_000

export function raise(state: State, country: Country, request: SimulatorRequest): SimulatorReply {
  const { world } = state
  const parsed = paymentSchema.safeParse(parseJson(request.body))
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? 'body'
    return said(400, false, { result: 'ESB000008' }, `Field validation: ${field}`)
  }
  const { reference, subscriber, transaction } = parsed.data
  const place = { country, currency: currencies[country], ...transaction }
  if (subscriber.country !== country || place.country !== country) {
    return said(400, false, { result: 'ESB000034' }, 'Country not configured')
  }
  if (subscriber.currency !== currencies[country] || place.currency !== currencies[country]) {
    return said(400, false, { result: 'ESB000035' }, 'Currency not configured')
  }
  if (state.payments.has(transaction.id)) {
    return said(400, false, { result: 'ESB000041' }, 'External id already exists')
  }
  const payment: Payment = {
    id: transaction.id,
    kind: 'payment',
    phone: `${prefixes[country]}${subscriber.msisdn}`,
    country,
    amount: transaction.amount,
    at: world.now(),
    ending: endings.open,
    airtelMoneyId: null,
    refunded: false,
  }
  state.payments.set(payment.id, payment)
  const { phone } = payment
  world.record({
    provider,
    kind: 'prompt',
    phone,
    text: reference,
    amountMinor: payment.amount * 100,
    reference: payment.id,
  })
  world.after(300 / world.timeScale, () => void ask(state, payment, subscriber.msisdn))
  return said(200, true, { response: 'DP00800001006' }, 'SUCCESS', {
    transaction: { id: payment.id, status: 'SUCCESS' },
  })
}

async function ask(state: State, payment: Payment, msisdn: string): Promise<void> {
  const { world } = state
  const script = scripted.get(msisdn)
  if (script !== undefined) {
    settle(state, payment, script)
    if (script.status !== 'TA') return
    world.after(ambiguousMs / world.timeScale, () => settle(state, payment, take(world, payment)))
    return
  }
  const answer = await world.prompt(payment.phone, {
    text: `Pay ${currencies[payment.country]} ${payment.amount} to ${merchant}? Enter Airtel Money PIN:`,
    amountMinor: payment.amount * 100,
    currency: currencies[payment.country],
    merchant,
    waitMs: promptWaitMs,
  })
  world.after(200 / world.timeScale, () => settle(state, payment, decide(world, payment, answer)))
}

function decide(world: World, payment: Payment, answer: PromptAnswer): Ending {
  if (answer.kind === 'cancel') return endings.refused
  if (answer.kind === 'ignore') return endings.expired
  return world.pinIs(payment.phone, answer.pin) ? take(world, payment) : endings.wrongPin
}

function take(world: World, payment: Payment): Ending {
  if (!world.debit(payment.phone, payment.amount * 100)) return endings.poor
  payment.airtelMoneyId = moneyId(world, 'MP')
  const { phone, amount, country, airtelMoneyId, id } = payment
  world.record({ provider, kind: 'payment', phone, text: id, amountMinor: amount * 100, reference: id })
  const message = `Paid ${currencies[country]} ${amount} to ${merchant}. Trans ID ${airtelMoneyId}.`
  world.deliver(phone, 'wallet', 'AirtelMoney', message)
  return { ...endings.paid, message }
}

/** "MP210603.1234.L06941": kind, day, minute, and a mark. */
export function moneyId(world: World, kind: string): string {
  const stamp = new Date(world.now() + 3 * 3_600_000).toISOString().replace(/\D/g, '')
  return `${kind}${stamp.slice(2, 8)}.${stamp.slice(8, 12)}.${world.token(6)}`
}

function settle(state: State, payment: Payment, ending: Ending): void {
  payment.ending = ending
  if (ending.status === 'TA' || ending.status === 'TIP') return
  callBack(state.world, payment, ending)
  if (state.world.callbackFault() === 'outOfOrder') callBack(state.world, payment, endings.expired)
}

/** The report knows success and failure only, and bears the hash of its `transaction` part. */
function callBack(world: World, payment: Payment, ending: Ending): void {
  const url = world.reportUrl(provider)
  if (url === null) return
  const transaction = JSON.stringify({
    id: payment.id,
    message: ending.message,
    status_code: ending.status === 'TS' ? 'TS' : 'TF',
    ...(ending.status === 'TS' ? { airtel_money_id: payment.airtelMoneyId } : {}),
  })
  const hash = createHmac('sha256', secrets.callbackKey).update(transaction).digest('base64')
  world.callBack({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"transaction":${transaction},"hash":${JSON.stringify(hash)}}`,
  })
}

export function enquire(state: State, id: string): SimulatorReply {
  const payment = state.payments.get(id)
  const { world } = state
  const young = payment !== undefined && world.now() - payment.at < unknownMs / world.timeScale
  if (payment?.kind !== 'payment' || (young && payment.phone.endsWith(lateNumber))) {
    return said(404, false, { response: 'DP00800001025', result: 'ESB000045' }, 'Transaction Not Found')
  }
  const { ending, airtelMoneyId } = payment
  return said(200, true, { response: ending.responseCode }, 'SUCCESS', {
    transaction: {
      id,
      status: ending.status,
      message: ending.message,
      ...(ending.status === 'TS' ? { airtel_money_id: airtelMoneyId } : {}),
    },
  })
}

const refundSchema = z.object({ transaction: z.object({ airtel_money_id: z.string().min(1) }) })

/** Whole and once; the success flag is false as in the documents' own sample. */
export function refund(state: State, country: Country, request: SimulatorRequest): SimulatorReply {
  const { world } = state
  const parsed = refundSchema.safeParse(parseJson(request.body))
  if (!parsed.success) return said(400, false, { result: 'ESB000008' }, 'Field validation')
  const code = parsed.data.transaction.airtel_money_id
  const payment = [...state.payments.values()].find((known) => known.airtelMoneyId === code)
  if (payment?.kind !== 'payment' || payment.country !== country) {
    return said(400, false, { result: 'ESB000045' }, 'No transaction found')
  }
  if (payment.refunded) return said(400, false, { result: 'ESB000011' }, 'Already refunded')
  if (world.providerFault(provider) === 'noBalance') {
    return said(400, false, { response: 'DP00800001007', result: 'ESB000011' }, 'Not enough balance')
  }
  payment.refunded = true
  const { phone, amount } = payment
  const back = moneyId(world, 'CI')
  world.credit(phone, amount * 100)
  world.record({ provider, kind: 'reversal', phone, text: code, amountMinor: amount * 100, reference: back })
  world.deliver(
    phone,
    'wallet',
    'AirtelMoney',
    `${currencies[country]} ${amount} was refunded. Trans ID ${back}.`,
  )
  return said(200, false, {}, 'SUCCESS', { transaction: { airtel_money_id: back, status: 'SUCCESS' } })
}

/** From the customer's own menu; Airtel reports nothing of it to the shop. */
export function customerPays(
  { world }: State,
  {
    phone,
    amountMinor,
    account,
  }: { readonly phone: string; readonly amountMinor: number; readonly account: string },
): { readonly code: string } | null {
  const country: Country = phone.startsWith(prefixes.KE) ? 'KE' : 'TZ'
  if (!world.debit(phone, amountMinor)) return null
  const code = moneyId(world, 'MP')
  world.record({ provider, kind: 'payment', phone, text: account, amountMinor, reference: code })
  const text = `Paid ${currencies[country]} ${amountMinor / 100} to ${merchant}${account === '' ? '' : ` for ${account}`}. Trans ID ${code}.`
  world.deliver(phone, 'wallet', 'AirtelMoney', text)
  return { code }
}
