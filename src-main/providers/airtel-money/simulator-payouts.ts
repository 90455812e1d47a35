import { z } from 'zod'
import type { SimulatorReply, SimulatorRequest } from '../simulation.ts'
import { amountSchema, idSchema, moneyId, msisdnSchema } from './simulator-payments.ts'
import {
  type Country,
  currencies,
  decrypt,
  merchant,
  openingBalance,
  type Payment,
  parseJson,
  prefixes,
  provider,
  routed,
  type State,
  said,
  secrets,
} from './simulator-state.ts'

const disbursementSchema = z.object({
  payee: z.object({ msisdn: msisdnSchema, currency: z.string(), name: z.string().min(1).optional() }),
  reference: z.string().regex(/^[A-Za-z0-9 ]{4,64}$/),
  pin: z.string().min(1),
  transaction: z.object({ amount: amountSchema, id: idSchema, type: z.enum(['B2C', 'B2B']) }),
})

export function disburse(state: State, country: Country, request: SimulatorRequest): SimulatorReply {
  const { world } = state
  const parsed = disbursementSchema.safeParse(parseJson(request.body))
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? 'body'
    return said(400, false, { result: 'ESB000008' }, `Field validation: ${field}`)
  }
  const { payee, reference, pin, transaction } = parsed.data
  if (payee.currency !== currencies[country]) {
    return said(400, false, { result: 'ESB000035' }, 'Currency not configured')
  }
  if (decrypt(state, pin) !== secrets.pin) return routed(400, 'ROUTER116', 'Encrypted PIN is incorrect')
  if (state.payments.has(transaction.id)) {
    return said(400, false, { response: 'DP00900001017' }, 'Duplicate transaction Id')
  }
  if (world.providerFault(provider) === 'noBalance') {
    return said(200, false, { response: 'DP00900001007', result: 'ESB000011' }, 'Insufficient Funds')
  }
  const phone = `${prefixes[country]}${payee.msisdn}`
  const code = moneyId(world, 'CI')
  const { amount, id } = transaction
  const payout: Payment = {
    id,
    kind: 'payout',
    phone,
    country,
    amount,
    at: world.now(),
    ending: { status: 'TS', responseCode: 'DP00900001001', message: 'Transaction is successful' },
    airtelMoneyId: code,
    refunded: false,
  }
  state.payments.set(id, payout)
  world.credit(phone, amount * 100)
  world.record({ provider, kind: 'payout', phone, text: reference, amountMinor: amount * 100, reference: id })
  const text = `You have received ${currencies[country]} ${amount} from ${merchant}. Trans ID ${code}.`
  world.deliver(phone, 'wallet', 'AirtelMoney', text)
  return said(200, true, { response: 'DP00900001001' }, 'SUCCESS', {
    transaction: { reference_id: world.token(10), airtel_money_id: code, id, status: 'TS' },
  })
}

export function enquirePayOut(state: State, id: string): SimulatorReply {
  const payout = state.payments.get(id)
  if (payout?.kind !== 'payout') {
    return said(404, false, { response: 'DP00900001015', result: 'ESB000045' }, 'Transaction Not Found')
  }
  const { status, message, responseCode } = payout.ending
  return said(200, true, { response: responseCode }, 'SUCCESS', {
    transaction: { id, status, message, airtel_money_id: payout.airtelMoneyId },
  })
}

/** What came in less what went out, above the purse of the first day. */
export function balance(state: State, country: Country): SimulatorReply {
  const moved = [...state.payments.values()]
    .filter((known) => known.country === country && known.ending.status === 'TS' && !known.refunded)
    .reduce((sum, known) => sum + (known.kind === 'payment' ? known.amount : -known.amount), 0)
  return said(200, true, { response: 'DP02100000001' }, 'SUCCESS', {
    balance: (openingBalance + moved).toLocaleString('en-US', { minimumFractionDigits: 2 }),
    currency: currencies[country],
    account_status: 'Active',
  })
}
