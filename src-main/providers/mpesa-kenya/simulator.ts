import { z } from 'zod'
import type {
  CreateSimulator,
  PromptAnswer,
  SimulatorReply,
  SimulatorRequest,
  WordedFault,
  World,
} from '../simulation.ts'

const provider = 'mpesa-kenya'
const shortcode = '174379'
const merchant = 'DUKA LA MAZOEZI'
const secrets = {
  consumerKey: 'practice-consumer-key',
  consumerSecret: 'practice-consumer-secret',
  passkey: 'practice-passkey-of-the-simulated-shop',
}

/** Seconds a token lives; the wire carries it as text. */
const tokenSeconds = 3_599
const clockSlackMs = 10 * 60_000
const nairobiMs = 3 * 3_600_000
/** Without an answer the network gives the prompt up. */
const promptWaitMs = 60_000
const queriesPerSecond = 5

interface Result {
  readonly code: number | string
  readonly description: string
  readonly receipt: string | null
}

interface Prompt {
  readonly checkoutId: string
  readonly merchantRequestId: string
  readonly phone: string
  readonly amount: number
  readonly account: string
  readonly callbackUrl: string
  result: Result | null
}

interface State {
  readonly world: World
  /** Token to the epoch ms at which it ends. */
  readonly tokens: Map<string, number>
  readonly prompts: Map<string, Prompt>
  /** Epoch ms of the queries of the last second. */
  queries: number[]
}

/**
 * Safaricom Daraja as its documents describe it: OAuth, M-Pesa Express and its query. Written from
 * the fact sheet of 2026-11 (copies of the portal's pages, amoskyalo/daraja-docs v2/v3, and RafaelJohn9/mpesakit
 * schemas), not from the adapter. A number +25470001NNNN ends in
 * result NNNN without a prompt, for the codes below.
 */
export const createSimulator: CreateSimulator = (world) => {
  const state: State = { world, tokens: new Map(), prompts: new Map(), queries: [] }
  return {
    practiceAccount: { settings: { shortcode, kind: 'CustomerPayBillOnline' }, secrets },
    hasEffect: (request) => request.path === pushPath,
    handle: async (request) => route(state, request),
    fault: (kind, request) => faultReplies[kind](request),
  }
}

const faultReplies: Readonly<Record<WordedFault, (request: SimulatorRequest) => SimulatorReply | null>> = {
  serverError: ({ path }) =>
    path === pushPath ? refusal(500, '500.003.1001', 'Internal Server Error') : null,
  throttled: ({ path }) =>
    path === pushPath ? refusal(500, '500.003.02', 'Error Occurred: Spike Arrest Violation') : null,
  wrongKey: ({ path }) =>
    path === tokenPath
      ? refusal(400, '400.008.01', 'Invalid Authentication passed')
      : refusal(404, '404.001.03', 'Invalid Access Token'),
  // A push takes nothing from the shop's own account, so there is no such answer.
  noBalance: () => null,
}

const tokenPath = '/oauth/v1/generate'
const pushPath = '/mpesa/stkpush/v1/processrequest'
const queryPath = '/mpesa/stkpushquery/v1/query'

function route(state: State, request: SimulatorRequest): SimulatorReply {
  const wanted = new Map([
    [tokenPath, 'GET'],
    [pushPath, 'POST'],
    [queryPath, 'POST'],
  ]).get(request.path)
  if (wanted === undefined) return refusal(404, '404.001.01', 'Resource not found')
  if (wanted !== request.method) return refusal(405, '405.001', 'Method Not Allowed')
  if (request.path === tokenPath) return issueToken(state, request)
  const gate = admit(state, request)
  if (gate !== null) return gate
  return request.path === pushPath ? push(state, request) : query(state, request)
}

function issueToken(state: State, request: SimulatorRequest): SimulatorReply {
  const expected = `Basic ${Buffer.from(`${secrets.consumerKey}:${secrets.consumerSecret}`).toString('base64')}`
  if (request.headers.authorization !== expected) {
    return refusal(400, '400.008.01', 'Invalid Authentication passed')
  }
  if (request.query.get('grant_type') !== 'client_credentials') {
    return refusal(400, '400.008.02', 'Invalid grant type passed')
  }
  const token = state.world.token(28)
  state.tokens.set(token, state.world.now() + tokenSeconds * 1_000)
  return json(200, { access_token: token, expires_in: String(tokenSeconds) })
}

function admit(state: State, request: SimulatorRequest): SimulatorReply | null {
  const header = request.headers.authorization ?? ''
  if (!header.startsWith('Bearer ')) return refusal(404, '404.001.04', 'Invalid Authentication Header')
  const ends = state.tokens.get(header.slice('Bearer '.length))
  if (ends === undefined || ends <= state.world.now())
    return refusal(404, '404.001.03', 'Invalid Access Token')
  if (!(request.headers['content-type'] ?? '').toLowerCase().startsWith('application/json')) {
    return refusal(400, '400.002.05', 'Invalid Request Payload')
  }
  return null
}

const digits = z.union([z.string().regex(/^\d+$/), z.number().int().min(0)]).transform(String)
const signedSchema = z.object({
  BusinessShortCode: digits.pipe(z.string().regex(/^\d{5,7}$/)),
  Password: z.string(),
  Timestamp: z.string().regex(/^\d{14}$/),
})
type Signed = z.infer<typeof signedSchema>
const phoneSchema = digits.pipe(z.string().regex(/^254(7|1)\d{8}$/))
const pushSchema = signedSchema.extend({
  TransactionType: z.enum(['CustomerPayBillOnline', 'CustomerBuyGoodsOnline']),
  Amount: digits.pipe(z.string().regex(/^[1-9]\d{0,8}$/)),
  PartyA: phoneSchema,
  PartyB: digits.pipe(z.string().regex(/^\d{5,7}$/)),
  PhoneNumber: phoneSchema,
  CallBackURL: z.string().refine(isPublicAddress),
  AccountReference: z.string().regex(/^[A-Za-z0-9]{1,12}$/),
  TransactionDesc: z.string().min(1).max(13),
})
const querySchema = signedSchema.extend({ CheckoutRequestID: z.string().min(1) })

/** Public https; words and tunnel services that the portal forbids. */
function isPublicAddress(text: string): boolean {
  if (!/^https:\/\/[^/\s]+\.[^/\s]+/.test(text)) return false
  if (/^https:\/\/(localhost|127\.|10\.|192\.168\.)/.test(text)) return false
  return !/mpesa|m-pesa|safaricom|exe|cmd|sql|query|ngrok|mockbin|requestbin/i.test(text)
}

/** Parses and checks who signs; answers a refusal or the fields. */
function read<T extends Signed>(
  state: State,
  request: SimulatorRequest,
  schema: { readonly safeParse: (value: unknown) => z.ZodSafeParseResult<T> },
): { readonly refused: SimulatorReply } | { readonly fields: T } {
  const parsed = schema.safeParse(parseJson(request.body))
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path[0]
    if (field === undefined) return { refused: refusal(400, '400.002.05', 'Invalid Request Payload') }
    return { refused: refusal(400, '400.002.02', `Bad Request - Invalid ${String(field)}`) }
  }
  const { BusinessShortCode, Password, Timestamp } = parsed.data
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
  return { fields: parsed.data }
}

/** Epoch ms of YYYYMMDDHHmmss in Africa/Nairobi; NaN for a date that does not exist. */
function timeOf(stamp: string): number {
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6.000Z')
  const at = Date.parse(iso)
  return Number.isNaN(at) || new Date(at).toISOString() !== iso ? Number.NaN : at - nairobiMs
}

function push(state: State, request: SimulatorRequest): SimulatorReply {
  const checked = read(state, request, pushSchema)
  if ('refused' in checked) return checked.refused
  const { fields } = checked
  const phone = `+${fields.PhoneNumber}`
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
  state.world.after(300 / state.world.haste, () => void ask(state, prompt, misfit))
  return json(200, {
    MerchantRequestID: prompt.merchantRequestId,
    CheckoutRequestID: prompt.checkoutId,
    ResponseCode: '0',
    ResponseDescription: 'Success. Request accepted for processing',
    CustomerMessage: 'Success. Request accepted for processing',
  })
}

async function ask({ world }: State, prompt: Prompt, misfit: boolean): Promise<void> {
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
  world.after(200 / world.haste, () => settle(world, prompt, decide(world, prompt, answer)))
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

function decide(world: World, prompt: Prompt, answer: PromptAnswer): Result {
  if (answer.kind === 'cancel') return results.cancelled
  if (answer.kind === 'ignore') return results.noAnswer
  if (!world.pinIs(prompt.phone, answer.pin)) return results.wrongPin
  if (!world.debit(prompt.phone, prompt.amount * 100)) return results.noMoney
  const receipt = `S${world.token(9)}`
  world.record({
    provider,
    kind: 'payment',
    phone: prompt.phone,
    text: prompt.account,
    amountMinor: prompt.amount * 100,
    reference: prompt.checkoutId,
  })
  world.deliver(
    prompt.phone,
    'wallet',
    'MPESA',
    `${receipt} Confirmed. Ksh${prompt.amount}.00 sent to ${merchant} for account ${prompt.account}.`,
  )
  return { code: 0, description: 'The service request is processed successfully.', receipt }
}

function settle(world: World, prompt: Prompt, result: Result): void {
  prompt.result = result
  callBack(world, prompt, result)
  // Seen in the field: a time-out is reported for a payment that went through.
  if (world.callbackFault() === 'outOfOrder') callBack(world, prompt, results.noAnswer)
}

function callBack(world: World, prompt: Prompt, result: Result): void {
  const paid = result.code === 0
  const stamp = new Date(world.now() + nairobiMs).toISOString().replace(/\D/g, '').slice(0, 14)
  const items = [
    { Name: 'Amount', Value: prompt.amount },
    { Name: 'MpesaReceiptNumber', Value: result.receipt },
    { Name: 'Balance' },
    { Name: 'TransactionDate', Value: Number(stamp) },
    { Name: 'PhoneNumber', Value: Number(prompt.phone.slice(1)) },
  ]
  world.callBack({
    url: prompt.callbackUrl,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      Body: {
        stkCallback: {
          MerchantRequestID: prompt.merchantRequestId,
          CheckoutRequestID: prompt.checkoutId,
          ResultCode: result.code,
          ResultDesc: result.description,
          ...(paid ? { CallbackMetadata: { Item: items } } : {}),
        },
      },
    }),
  })
}

function query(state: State, request: SimulatorRequest): SimulatorReply {
  const now = state.world.now()
  state.queries = [...state.queries.filter((at) => at > now - 1_000 / state.world.haste), now]
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

function parseJson(body: Buffer): unknown {
  try {
    const value: unknown = JSON.parse(body.toString())
    return value
  } catch {
    return undefined
  }
}

function refusal(status: number, errorCode: string, errorMessage: string): SimulatorReply {
  return json(status, { requestId: '11728-2929992-1', errorCode, errorMessage })
}

function json(status: number, body: unknown): SimulatorReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
