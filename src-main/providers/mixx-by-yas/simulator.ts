import type { CreateSimulator, SimulatorReply, SimulatorRequest, WordedFault, World } from '../simulation.ts'
import { type Books, billerCode, json, login, push, reverse } from './simulator-biller.ts'
import { customerPays, payOut } from './simulator-wallet.ts'

const paths = {
  token: '/PRACTICE2DM-GetToken',
  push: '/PRACTICE2DM-PushBillpay',
  reverse: '/PRACTICE2DM-ReverseTransaction',
  payOut: '/PRACTICE2Tigo',
} as const

const tokenSeconds = 3_600

interface State {
  readonly world: World
  readonly books: Books
  /** Token to the epoch ms at which it ends. */
  readonly tokens: Map<string, number>
}

/**
 * The access gateway of Mixx by Yas as public clients describe it (github msomali/tigopesa, SceniQ, tumainimosha, a
 * CRDB refund client, the sample documents in an Odoo module), not as the adapter does. Numbers with a script:
 * `simulator-script.ts`.
 */
export const createSimulator: CreateSimulator = (world) => {
  const state: State = {
    world,
    books: {
      world,
      payments: [],
      references: new Set(),
      paidOut: new Set(),
      floatMinor: 50_000_000,
      count: 0,
    },
    tokens: new Map(),
  }
  return {
    practiceAccount: {
      settings: {
        username: login.username,
        billerMsisdn: login.billerMsisdn,
        billerCode,
        tokenPath: paths.token,
        pushPath: paths.push,
        shopName: 'Duka la mazoezi',
        reversePath: paths.reverse,
        channelMsisdn: login.channelMsisdn,
        payOutPath: paths.payOut,
        payOutMsisdn: login.payOutMsisdn,
        brandId: login.brandId,
      },
      secrets: { password: login.password, channelPin: login.channelPin, payOutPin: login.payOutPin },
    },
    hasEffect: ({ path }) => path !== paths.token,
    handle: async (request) => route(state, request),
    customerPays: (payment) => customerPays(state.books, payment),
    fault: (kind, request) => faultReplies[kind](request),
  }
}

const faultReplies: Readonly<Record<WordedFault, (request: SimulatorRequest) => SimulatorReply | null>> = {
  serverError: ({ path }) => {
    if (path === paths.push) return json(200, refusal('DebitMandate-10-1000-E', 'Internal Service Error'))
    return path === paths.token ? null : { status: 500, body: '' }
  },
  // The papers have no word for it: the gateway's own.
  throttled: ({ path }) => (path === paths.token ? null : { status: 429, body: '' }),
  wrongKey: ({ path }) =>
    path === paths.token
      ? json(400, { error: 'invalid_grant' })
      : json(200, refusal('DebitMandate-10-3000-E', 'Username/Password provided is wrong')),
  noBalance: ({ path }) =>
    path === paths.payOut
      ? {
          status: 200,
          headers: { 'content-type': 'application/xml' },
          body: '<?xml version="1.0"?><COMMAND><TYPE>REQMFCI</TYPE><TXNSTATUS>60019</TXNSTATUS><MESSAGE>Account would go below minimum balance</MESSAGE></COMMAND>',
        }
      : null,
}

function refusal(ResponseCode: string, ResponseDescription: string) {
  return { ResponseCode, ResponseStatus: false, ResponseDescription, ReferenceID: '' }
}

function route(state: State, request: SimulatorRequest): SimulatorReply {
  const { path } = request
  if (!Object.values<string>(paths).includes(path)) return { status: 404, body: 'Not Found' }
  if (request.method !== 'POST') return { status: 405, body: 'Method Not Allowed' }
  if (path === paths.token) return issueToken(state, request)
  if (path === paths.payOut) return payOut(state.books, request)
  if (!isAdmitted(state, request)) return json(401, { error: 'invalid_token' })
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return json(415, {})
  if (request.headers['cache-control'] !== 'no-cache') return json(400, { error: 'cache-control' })
  return path === paths.push ? push(state.books, request) : reverse(state.books, request)
}

function issueToken(state: State, request: SimulatorRequest): SimulatorReply {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')
  if (!isForm || request.headers['cache-control'] !== 'no-cache')
    return json(400, { error: 'invalid_request' })
  const form = new URLSearchParams(request.body.toString())
  if (form.get('grant_type') !== 'password') return json(400, { error: 'unsupported_grant_type' })
  if (form.get('username') !== login.username || form.get('password') !== login.password) {
    return json(400, { error: 'invalid_grant' })
  }
  const token = state.world.token(40)
  state.tokens.set(token, state.world.now() + tokenSeconds * 1_000)
  return json(200, { access_token: token, token_type: 'bearer', expires_in: tokenSeconds })
}

function isAdmitted({ tokens, world }: State, { headers }: SimulatorRequest): boolean {
  const [, token] = /^bearer (\S+)$/i.exec(headers.authorization ?? '') ?? []
  return (tokens.get(token ?? '') ?? 0) > world.now()
}
