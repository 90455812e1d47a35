import { z } from 'zod'
import type { SimulatorReply, SimulatorRequest } from '../simulation.ts'
import {
  amountSchema,
  digits,
  initiatorName,
  json,
  merchant,
  opens,
  parse,
  payoutShortcode,
  phoneSchema,
  post,
  provider,
  receiptOf,
  refusal,
  type State,
  shortcode,
  stampOf,
  urlSchema,
} from './simulator-state.ts'

const remarks = z.string().min(2).max(100)
const answered = { ResultURL: urlSchema, QueueTimeOutURL: urlSchema, SecurityCredential: z.string().min(1) }
const reversalSchema = z.object({
  ...answered,
  Initiator: z.string().min(1),
  CommandID: z.literal('TransactionReversal'),
  TransactionID: z.string().regex(/^[A-Z0-9]{10}$/),
  Amount: amountSchema,
  ReceiverParty: digits,
  RecieverIdentifierType: z.literal('11'),
  Remarks: remarks,
  Occasion: z.string().max(100).optional(),
})
const payoutSchema = z.object({
  ...answered,
  OriginatorConversationID: z.string().min(1).max(60),
  InitiatorName: z.string().min(1),
  CommandID: z.enum(['BusinessPayment', 'SalaryPayment', 'PromotionPayment']),
  Amount: amountSchema,
  PartyA: digits,
  PartyB: phoneSchema,
  Remarks: remarks,
  Occassion: z.string().max(100).optional(),
})
/** Version 1 names nothing of the caller's, and spells its last field rightly [D4]. */
const payoutV1Schema = payoutSchema
  .omit({ OriginatorConversationID: true, Occassion: true })
  .extend({ Occasion: z.string().max(100).optional() })
type Payout = z.infer<typeof payoutV1Schema>

const questionSchema = z.object({
  ...answered,
  Initiator: z.string().min(1),
  PartyA: digits,
  IdentifierType: z.enum(['1', '2', '4']),
  Remarks: z.string().max(100),
})
const balanceSchema = questionSchema.extend({ CommandID: z.literal('AccountBalance') })
const statusSchema = questionSchema.extend({
  CommandID: z.literal('TransactionStatusQuery'),
  TransactionID: z.string().regex(/^[A-Z0-9]{10}$/),
  Occasion: z.string().max(100).optional(),
})

/** How a call ended, as the result tells it. */
interface Ended {
  readonly code: number | string
  readonly description: string
  readonly transactionId?: string
  readonly parameters?: Readonly<Record<string, string | number>>
}

const done = 'The service request is processed successfully.'
const wrongInitiator: Ended = { code: 2001, description: 'The initiator information is invalid.' }
const short: Ended = { code: 1, description: 'The balance is insufficient for the transaction.' }
const notAssigned: Ended = {
  code: 2028,
  description: 'The request is not permitted according to product assignment.',
}

/** Accepts, and reports the end later. Wrong initiators are told then too, never in the reply. */
function accept(
  { world }: State,
  call: { readonly ResultURL: string; readonly SecurityCredential: string },
  initiator: string,
  reference: { readonly own?: string; readonly key: string; readonly value: string },
  act: (conversationId: string) => Ended,
): SimulatorReply {
  const conversationId = `AG_${stampOf(world.now()).slice(0, 8)}_${world.token(20)}`
  const originator = reference.own ?? `${world.token(4)}-${world.token(8)}-1`
  const known = initiator === initiatorName && opens(call.SecurityCredential)
  world.after(300 / world.timeScale, () => {
    const { code, description, transactionId, parameters } = known ? act(conversationId) : wrongInitiator
    const items = Object.entries(parameters ?? {}).map(([Key, Value]) => ({ Key, Value }))
    post(world, call.ResultURL, {
      Result: {
        ResultType: 0,
        ResultCode: code,
        ResultDesc: description,
        OriginatorConversationID: originator,
        ConversationID: conversationId,
        TransactionID: transactionId ?? `${world.token(3)}0000000`,
        ...(parameters === undefined ? {} : { ResultParameters: { ResultParameter: items } }),
        ReferenceData: { ReferenceItem: { Key: reference.key, Value: reference.value } },
      },
    })
  })
  return json(200, {
    OriginatorConversationID: originator,
    ConversationID: conversationId,
    ResponseCode: '0',
    ResponseDescription: 'Accept the service request successfully.',
  })
}

const timeoutItem = (kind: string) => ({
  key: 'QueueTimeoutURL',
  value: `https://internalsandbox.safaricom.co.ke/mpesa/${kind}results/v1/submit`,
})

export function reverse(state: State, request: SimulatorRequest): SimulatorReply {
  const checked = parse(request, reversalSchema)
  if ('refused' in checked) return checked.refused
  const { fields } = checked
  return accept(state, fields, fields.Initiator, timeoutItem('reversal'), (conversationId) => {
    const { world } = state
    const paid = state.payments.get(fields.TransactionID)
    const amount = Number(fields.Amount)
    if (fields.ReceiverParty !== shortcode) return notAssigned
    if (paid === undefined || amount > paid.amount) {
      return { code: 'R000002', description: 'The OriginalTransactionID is invalid.' }
    }
    if (paid.reversed) return { code: 'R000001', description: 'The transaction has already been reversed.' }
    if (world.providerFault(provider) === 'noBalance') return short
    paid.reversed = true
    state.utility -= amount
    const { phone, code } = paid
    const back = receiptOf(world)
    world.credit(phone, amount * 100)
    world.record({
      provider,
      kind: 'reversal',
      phone,
      text: code,
      amountMinor: amount * 100,
      reference: conversationId,
    })
    const text = `${back} Confirmed. Transaction ${code} has been reversed. Ksh${amount}.00 is back in your account.`
    world.deliver(phone, 'wallet', 'MPESA', text)
    return {
      code: 0,
      description: done,
      transactionId: back,
      parameters: {
        DebitAccountBalance: `Utility Account|KES|${state.utility}.00|${state.utility}.00|0.00|0.00`,
        Amount: amount,
        TransCompletedTime: Number(stampOf(world.now())),
        OriginalTransactionID: code,
        Charge: 0,
        CreditPartyPublicName: `${phone.slice(1)} - ASHA JUMA`,
        DebitPartyPublicName: `${shortcode} - ${merchant}`,
      },
    }
  })
}

export function payOut(state: State, request: SimulatorRequest): SimulatorReply {
  const checked = parse(request, payoutSchema)
  if ('refused' in checked) return checked.refused
  const { fields } = checked
  if (state.payouts.has(fields.OriginatorConversationID)) {
    return refusal(500, '500.002.1001', 'Duplicate OriginatorConversationID.')
  }
  state.payouts.add(fields.OriginatorConversationID)
  return sendOut(state, fields, fields.OriginatorConversationID)
}

export function payOutV1(state: State, request: SimulatorRequest): SimulatorReply {
  const checked = parse(request, payoutV1Schema)
  return 'refused' in checked ? checked.refused : sendOut(state, checked.fields, null)
}

function sendOut(state: State, fields: Payout, own: string | null): SimulatorReply {
  const reference = { ...timeoutItem('b2c'), ...(own === null ? {} : { own }) }
  return accept(state, fields, fields.InitiatorName, reference, (conversationId) => {
    const { world } = state
    const amount = Number(fields.Amount)
    if (fields.PartyA !== payoutShortcode) return notAssigned
    if (amount < 10) return { code: 2, description: 'Declined due to limit rule' }
    if (amount > 250_000) {
      return {
        code: 3,
        description: 'Declined due to limit rule: greater than the maximum transaction amount.',
      }
    }
    if (world.providerFault(provider) === 'noBalance') return short
    const phone = `+${fields.PartyB}`
    const receipt = receiptOf(world)
    world.credit(phone, amount * 100)
    world.record({
      provider,
      kind: 'payout',
      phone,
      text: own ?? conversationId,
      amountMinor: amount * 100,
      reference: conversationId,
    })
    const text = `${receipt} Confirmed. You have received Ksh${amount}.00 from ${merchant}.`
    world.deliver(phone, 'wallet', 'MPESA', text)
    return {
      code: 0,
      description: done,
      transactionId: receipt,
      parameters: {
        TransactionAmount: amount,
        TransactionReceipt: receipt,
        ReceiverPartyPublicName: `${fields.PartyB} - ASHA JUMA`,
        TransactionCompletedDateTime: dotted(world.now()),
        B2CUtilityAccountAvailableFunds: 8_959_269.6,
        B2CWorkingAccountAvailableFunds: 1_199_371,
        B2CRecipientIsRegisteredCustomer: 'Y',
        B2CChargesPaidAccountAvailableFunds: -1_980,
      },
    }
  })
}

/** "06.07.2024 22:48:52" */
function dotted(at: number): string {
  return stampOf(at).replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$3.$2.$1 $4:$5:$6')
}

export function balance(state: State, request: SimulatorRequest): SimulatorReply {
  const checked = parse(request, balanceSchema)
  if ('refused' in checked) return checked.refused
  const { fields } = checked
  return accept(state, fields, fields.Initiator, timeoutItem('ab'), () => {
    if (fields.PartyA !== shortcode) return notAssigned
    const utility = `${state.utility}.00`
    return {
      code: 0,
      description: done,
      parameters: {
        AccountBalance: `Working Account|KES|700000.00|700000.00|0.00|0.00&Utility Account|KES|${utility}|${utility}|0.00|0.00&Charges Paid Account|KES|-1540.00|-1540.00|0.00|0.00`,
        BOCompletedTime: stampOf(state.world.now()),
      },
    }
  })
}

/** The result carries the occasion back; whether every failure does so is not documented. */
export function status(state: State, request: SimulatorRequest): SimulatorReply {
  const checked = parse(request, statusSchema)
  if ('refused' in checked) return checked.refused
  const { fields } = checked
  const occasion = { key: 'Occasion', value: fields.Occasion ?? '' }
  return accept(state, fields, fields.Initiator, occasion, (conversationId) => {
    const paid = state.payments.get(fields.TransactionID)
    if (paid === undefined) return { code: 'R000002', description: 'The OriginalTransactionID is invalid.' }
    return {
      code: 0,
      description: done,
      parameters: {
        DebitPartyName: `${paid.phone.slice(1)} - ASHA JUMA`,
        CreditPartyName: `${shortcode} - ${merchant}`,
        OriginatorConversationID: '3211-416020-3',
        InitiatedTime: stampOf(paid.at),
        DebitAccountType: 'MMF Account For Customer',
        DebitPartyCharges: '',
        TransactionReason: '',
        ReasonType: 'Pay Bill Online',
        TransactionStatus: paid.reversed ? 'Reversed' : 'Completed',
        FinalisedTime: stampOf(paid.at),
        Amount: String(paid.amount),
        ConversationID: conversationId,
        ReceiptNo: paid.code,
      },
    }
  })
}
