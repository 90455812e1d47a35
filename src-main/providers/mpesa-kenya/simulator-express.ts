import { z } from 'zod'
import type { PromptAnswer, SimulatorReply, SimulatorRequest, World } from '../simulation.ts'
import { confirm, takeMoney } from './simulator-c2b.ts'
import {
  amountSchema,
  digits,
  json,
  merchant,
  nairobiMs,
  type Prompt,
  parse,
  phoneSchema,
  post,
  provider,
  type Result,
  refusal,
  type State,
  secrets,
  shortcode,
  stampOf,
  urlSchema,
} from './simulator-state.ts'

const clockSlackMs = 10 * 60_000
/** Without an answer the network gives the prompt up. */
const promptWaitMs = 60_000
const queriesPerSecond = 5
/** Public sources say that placeholder addresses are refused; whether that holds is unsettled, so a number plays it. */
const addressRefusing = '+254700024002'

const signedSchema = z.object({
  BusinessShortCode: digits.pipe(z.string().regex(/^\d{5,7}$/)),
  Password: z.string(),
  Timestamp: z.string().regex(/^\d{14}$/),
})
type Signed = z.infer<typeof signedSchema>
const pushSchema = signedSchema.extend({
  TransactionType: z.enum(['CustomerPayBillOnline', 'CustomerBuyGoodsOnline']),
  Amount: amountSchema,
  PartyA: phoneSchema,
  PartyB: digits.pipe(z.string().regex(/^\d{5,7}$/)),
  PhoneNumber: phoneSchema,
  CallBackURL: urlSchema,
  // Documents say 12 letters and digits; the real sandbox took 15 with a hyphen.
  AccountReference: z.string().regex(/^[A-Za-z0-9-]{1,20}$/),
  TransactionDesc: z.string().min(1).max(13),
})
const querySchema = signedSchema.extend({ CheckoutRequestID: z.string().min(1) })

/** Parses and checks who signs; answers a refusal or the fields. */
function read<T extends Signed>(
  state: State,
  request: SimulatorRequest,
  schema: { readonly safeParse: (value: unknown) => z.ZodSafeParseResult<T> },
): { readonly refused: SimulatorReply } | { readonly fields: T } {
  const parsed = parse(request, schema)
  if ('refused' in parsed) return parsed
  const { BusinessShortCode, Password, Timestamp } = parsed.fields
  const at = timeOf(Timestamp)
  if (Number.isNaN(at) || Math.abs(at - state.world.now()) > clockSlackMs) {
    return { refused: refusal(400, '400.002.02', 'Bad Request - Invalid Timestamp') }
  }
  if (BusinessShortCode !== shortcode) {
    return { refused: refusal(500, '500.001.1001', 'Merchant does not exist') }
  }
  if (Buffer.from(Password, 'base64').toString() !== `${shortcode}${secrets.passkey}${Timestamp}`) {
    return { refused: refusal(500, '500.001.1001', 'Wrong credentials') }
  }
  return parsed
}

/** Epoch ms of YYYYMMDDHHmmss in Africa/Nairobi; NaN for a date that does not exist. */
function timeOf(stamp: string): number {
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6.000Z')
  const at = Date.parse(iso)
  return Number.isNaN(at) || new Date(at).toISOString() !== iso ? Number.NaN : at - nairobiMs
}

export function push(state: State, request: SimulatorRequest): SimulatorReply {
  const checked = read(state, request, pushSchema)
  if ('refused' in checked) return checked.refused
  const { fields } = checked
  const phone = `+${fields.PhoneNumber}`
  if (phone === addressRefusing) return refusal(400, '400.002.02', 'Bad Request - Invalid CallBackURL')
  const busy = [...state.prompts.values()].some((open) => open.phone === phone && open.result === null)
  if (busy || state.world.hasPrompt(phone)) {
    return refusal(
      500,
      '500.001.1001',
      'Unable to lock subscriber, a transaction is already in process for the current subscriber',
    )
  }
  const prompt: Prompt = {
    checkoutId: `ws_CO_${state.world.token(18)}`,
    merchantRequestId: `${state.world.token(5)}-${state.world.token(8)}-1`,
    phone,
    amount: Number(fields.Amount),
    account: fields.AccountReference,
    callbackUrl: fields.CallBackURL,
    result: null,
  }
  state.prompts.set(prompt.checkoutId, prompt)
  state.world.record({
    provider,
    kind: 'prompt',
    phone,
    text: prompt.account,
    amountMinor: prompt.amount * 100,
    reference: prompt.checkoutId,
  })
  const misfit = fields.TransactionType === 'CustomerPayBillOnline' && fields.PartyB !== shortcode
  state.world.after(300 / state.world.timeScale, () => void ask(state, prompt, misfit))
  return json(200, {
    MerchantRequestID: prompt.merchantRequestId,
    CheckoutRequestID: prompt.checkoutId,
    ResponseCode: '0',
    ResponseDescription: 'Success. Request accepted for processing',
    CustomerMessage: 'Success. Request accepted for processing',
  })
}

async function ask(state: State, prompt: Prompt, misfit: boolean): Promise<void> {
  const { world } = state
  const text = `Do you want to pay Ksh${prompt.amount}.00 to ${merchant} Account no. ${prompt.account}? Enter M-PESA PIN:`
  const settled = misfit ? results.misfit : scripted.get(prompt.phone)
  if (settled !== undefined) {
    settle(world, prompt, settled)
    return
  }
  const answer = await world.prompt(prompt.phone, {
    text,
    amountMinor: prompt.amount * 100,
    currency: 'KES',
    merchant,
    waitMs: promptWaitMs,
  })
  world.after(200 / world.timeScale, () => settle(world, prompt, decide(state, prompt, answer)))
}

const results = {
  misfit: { code: 'SFC_IC0003', description: 'The operator does not exist.', receipt: null },
  cancelled: { code: 1032, description: 'Request cancelled by user', receipt: null },
  noAnswer: { code: 1037, description: 'DS timeout user cannot be reached', receipt: null },
  wrongPin: { code: 2001, description: 'The initiator information is invalid.', receipt: null },
  noMoney: { code: 1, description: 'The balance is insufficient for the transaction.', receipt: null },
} as const satisfies Record<string, Result>

/** Numbers that end in a result without a prompt: +25470001, then the code in four digits. */
const scripted: ReadonlyMap<string, Result> = new Map(
  (
    [
      [4, 'Customer has reached the limit of the day'],
      [8, 'The account would exceed its maximum balance'],
      [26, 'System busy'],
      [1001, 'Unable to lock subscriber, a transaction is already in process for the current subscriber'],
      [1019, 'Transaction has expired'],
      [1025, 'An error occurred while sending a push request'],
      [8006, 'The security credential is locked'],
      [9999, 'An error occurred while sending a push request'],
    ] as const
  ).map(([code, description]) => [
    `+25470001${String(code).padStart(4, '0')}`,
    { code, description, receipt: null },
  ]),
)

function decide(state: State, prompt: Prompt, answer: PromptAnswer): Result {
  const { world } = state
  if (answer.kind === 'cancel') return results.cancelled
  if (answer.kind === 'ignore') return results.noAnswer
  if (!world.pinIs(prompt.phone, answer.pin)) return results.wrongPin
  const paid = takeMoney(state, prompt.phone, prompt.amount, prompt.account, prompt.checkoutId)
  if (paid === null) return results.noMoney
  confirm(state, paid, 'Pay Bill')
  return { code: 0, description: 'The service request is processed successfully.', receipt: paid.code }
}

function settle(world: World, prompt: Prompt, result: Result): void {
  prompt.result = result
  callBack(world, prompt, result)
  // Seen in the field: a time-out is reported for a payment that went through.
  if (world.callbackFault() === 'outOfOrder') callBack(world, prompt, results.noAnswer)
}

function callBack(world: World, prompt: Prompt, result: Result): void {
  const paid = result.code === 0
  const items = [
    { Name: 'Amount', Value: prompt.amount },
    { Name: 'MpesaReceiptNumber', Value: result.receipt },
    { Name: 'Balance' },
    { Name: 'TransactionDate', Value: Number(stampOf(world.now())) },
    { Name: 'PhoneNumber', Value: Number(prompt.phone.slice(1)) },
  ]
  post(world, prompt.callbackUrl, {
    Body: {
      stkCallback: {
        MerchantRequestID: prompt.merchantRequestId,
        CheckoutRequestID: prompt.checkoutId,
        ResultCode: result.code,
        ResultDesc: result.description,
        ...(paid ? { CallbackMetadata: { Item: items } } : {}),
      },
    },
  })
}

export function query(state: State, request: SimulatorRequest): SimulatorReply {
  const now = state.world.now()
  state.queries = [...state.queries.filter((at) => at > now - 1_000 / state.world.timeScale), now]
  if (state.queries.length > queriesPerSecond) {
    return refusal(500, '500.003.02', 'Error Occurred: Spike Arrest Violation')
  }
  const checked = read(state, request, querySchema)
  if ('refused' in checked) return checked.refused
  const prompt = state.prompts.get(checked.fields.CheckoutRequestID)
  if (prompt === undefined) return refusal(400, '400.002.02', 'Bad Request - Invalid CheckoutRequestID')
  if (prompt.result === null) return refusal(500, '500.001.1001', 'The transaction is being processed')
  return json(200, {
    ResponseCode: '0',
    ResponseDescription: 'The service request has been accepted successsfully',
    MerchantRequestID: prompt.merchantRequestId,
    CheckoutRequestID: prompt.checkoutId,
    ResultCode: String(prompt.result.code),
    ResultDesc: prompt.result.description,
  })
}
