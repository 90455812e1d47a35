import type { CreateSimulator, SimulatorReply, SimulatorRequest, WordedFault } from '../simulation.ts'
import { customerPays, register } from './simulator-c2b.ts'
import { push, query } from './simulator-express.ts'
import {
  certificate,
  initiatorName,
  json,
  payoutShortcode,
  refusal,
  type State,
  secrets,
  shortcode,
  tokenSeconds,
} from './simulator-state.ts'
import { balance, payOut, payOutV1, reverse, status } from './simulator-transfers.ts'

/**
 * Safaricom Daraja as its documents describe it: OAuth, M-Pesa Express and its query, C2B, reversal, B2C, account
 * balance and transaction status. Written from the fact sheet of 2026-11 and the portal's pages of 2025/26 as copied in
 * amoskyalo/daraja-docs and JacksCodeVault/mpesa-daraja-mcp, not from the adapter. A number +25470001NNNN ends in
 * result NNNN without a prompt, for the codes listed in `simulator-express.ts`.
 */
export const createSimulator: CreateSimulator = (world) => {
  const state: State = {
    world,
    tokens: new Map(),
    prompts: new Map(),
    payments: new Map(),
    payouts: new Set(),
    c2b: null,
    utility: 228_037,
    queries: [],
  }
  return {
    practiceAccount: {
      settings: { shortcode, kind: 'CustomerPayBillOnline', initiatorName, certificate, payoutShortcode },
      secrets,
    },
    hasEffect: (request) => effects.has(request.path),
    handle: async (request) => route(state, request),
    customerPays: (payment) => customerPays(state, payment),
    fault: (kind, request) => faultReplies[kind](request),
  }
}

const tokenPath = '/oauth/v1/generate'
const effects = new Set([
  '/mpesa/stkpush/v1/processrequest',
  '/mpesa/reversal/v1/request',
  '/mpesa/b2c/v3/paymentrequest',
  '/mpesa/b2c/v1/paymentrequest',
])

const faultReplies: Readonly<Record<WordedFault, (request: SimulatorRequest) => SimulatorReply | null>> = {
  serverError: ({ path }) =>
    effects.has(path) ? refusal(500, '500.003.1001', 'Internal Server Error') : null,
  throttled: ({ path }) =>
    effects.has(path) ? refusal(500, '500.003.02', 'Error Occurred: Spike Arrest Violation') : null,
  wrongKey: ({ path }) =>
    path === tokenPath
      ? refusal(400, '400.008.01', 'Invalid Authentication passed')
      : refusal(404, '404.001.03', 'Invalid Access Token'),
  // The purse is looked at where money leaves it: the result tells.
  noBalance: () => null,
}

type Handler = (state: State, request: SimulatorRequest) => SimulatorReply

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['/mpesa/stkpush/v1/processrequest', push],
  ['/mpesa/stkpushquery/v1/query', query],
  ['/mpesa/reversal/v1/request', reverse],
  ['/mpesa/b2c/v3/paymentrequest', payOut],
  ['/mpesa/b2c/v1/paymentrequest', payOutV1],
  ['/mpesa/accountbalance/v1/query', balance],
  ['/mpesa/transactionstatus/v1/query', status],
  ['/mpesa/c2b/v2/registerurl', register],
  ['/mpesa/c2b/v1/registerurl', register],
])

function route(state: State, request: SimulatorRequest): SimulatorReply {
  const handler = handlers.get(request.path)
  if (handler === undefined && request.path !== tokenPath) {
    return refusal(404, '404.001.01', 'Resource not found')
  }
  if (request.method !== (handler === undefined ? 'GET' : 'POST')) {
    return refusal(405, '405.001', 'Method Not Allowed')
  }
  if (handler === undefined) return issueToken(state, request)
  return admit(state, request) ?? handler(state, request)
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
