import { z } from 'zod'
import type { SimulatorReply, SimulatorRequest } from '../simulation.ts'
import {
  digits,
  json,
  merchant,
  type Paid,
  parse,
  post,
  provider,
  receiptOf,
  refusal,
  type State,
  shortcode,
  stampOf,
  urlSchema,
} from './simulator-state.ts'

const registerSchema = z.object({
  ShortCode: digits,
  ResponseType: z.enum(['Completed', 'Cancelled']),
  ConfirmationURL: urlSchema,
  ValidationURL: urlSchema,
})

/** One address per shortcode; the same again is fine here, another one needs the portal. */
export function register(state: State, request: SimulatorRequest): SimulatorReply {
  const checked = parse(request, registerSchema)
  if ('refused' in checked) return checked.refused
  const { ShortCode, ConfirmationURL: confirmation, ValidationURL: validation } = checked.fields
  if (ShortCode !== shortcode) return refusal(400, '400.002.02', 'Bad Request - Invalid ShortCode')
  if (state.c2b !== null) return refusal(500, '500.003.1001', 'Urls are already registered.')
  state.c2b = { confirmation, validation }
  return json(200, {
    OriginatorCoversationID: `${state.world.token(4)}-${state.world.token(8)}-1`,
    ResponseCode: '0',
    ResponseDescription: 'Success',
  })
}

/** The notice of version 2: the number masked, the amount as text. */
export function confirm(state: State, paid: Paid, kind: 'Pay Bill' | 'Buy Goods'): void {
  if (state.c2b === null) return
  const phone = paid.phone.slice(1)
  post(state.world, state.c2b.confirmation, {
    TransactionType: kind,
    TransID: paid.code,
    TransTime: stampOf(paid.at),
    TransAmount: `${paid.amount}.00`,
    BusinessShortCode: shortcode,
    BillRefNumber: paid.account,
    InvoiceNumber: '',
    OrgAccountBalance: `${state.utility}.00`,
    ThirdPartyTransID: '',
    MSISDN: `${phone.slice(0, 5)}****${phone.slice(-3)}`,
    FirstName: 'ASHA',
    MiddleName: '',
    LastName: 'JUMA',
  })
}

/** Moves money from the wallet to the shop; null when the wallet is short. Safaricom's SMS goes to the customer. */
export function takeMoney(
  state: State,
  phone: string,
  amount: number,
  account: string,
  reference: string | null,
): Paid | null {
  const { world } = state
  if (!world.debit(phone, amount * 100)) return null
  const paid: Paid = { code: receiptOf(world), phone, amount, account, at: world.now(), reversed: false }
  state.payments.set(paid.code, paid)
  state.utility += amount
  world.record({
    provider,
    kind: 'payment',
    phone,
    text: account,
    amountMinor: amount * 100,
    reference: reference ?? paid.code,
  })
  const text = `${paid.code} Confirmed. Ksh${amount}.00 sent to ${merchant} for account ${account}.`
  world.deliver(phone, 'wallet', 'MPESA', text)
  return paid
}

/**
 * From the customer's own menu. Validation is off, as it is for most shortcodes until Safaricom switches it on: the
 * shop is told, not asked.
 */
export function customerPays(
  state: State,
  payment: { readonly phone: string; readonly amountMinor: number; readonly account: string },
): { readonly code: string } | null {
  const paid = takeMoney(state, payment.phone, payment.amountMinor / 100, payment.account.slice(0, 20), null)
  if (paid === null) return null
  confirm(state, paid, 'Pay Bill')
  return { code: paid.code }
}
