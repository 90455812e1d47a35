import { z } from 'zod'
import type { CreateSimulator, SimulatorReply, SimulatorRequest, WordedFault } from '../simulation.ts'
import { customerPays, enquire, raise, refund } from './simulator-payments.ts'
import { balance, disburse, enquirePayOut } from './simulator-payouts.ts'
import {
  type Country,
  currencies,
  json,
  keyNow,
  parseJson,
  routed,
  type State,
  said,
  secrets,
  signatureFits,
  tokenSeconds,
} from './simulator-state.ts'

/**
 * Airtel Money as its documents describe it: token, USSD push v1 and v2 (signed), enquiry, refund, disbursement and
 * balance. Written from the fact sheet of 2026-11 (Zambia and Uganda portal notes, public clients of Tanzania), not from
 * the adapter. One merchant serves both countries, told apart by X-Country. Numbers with a script: see
 * `simulator-payments.ts`.
 */
export const createSimulator: CreateSimulator = (world) => {
  const state: State = { world, tokens: new Map(), payments: new Map(), key: null }
  return {
    practiceAccount: {
      settings: { country: 'TZ', signing: 'collection', payouts: 'yes' },
      secrets,
    },
    hasEffect: (request) => request.method === 'POST' && request.path !== tokenPath,
    handle: async (request) => route(state, request),
    customerPays: (payment) => customerPays(state, payment),
    fault: (kind, request) => faultReplies[kind](request),
  }
}

const tokenPath = '/auth/oauth2/token'
const isEffect = ({ method, path }: SimulatorRequest) => method === 'POST' && path !== tokenPath

const faultReplies: Readonly<Record<WordedFault, (request: SimulatorRequest) => SimulatorReply | null>> = {
  serverError: (request) =>
    isEffect(request) ? said(500, false, { result: 'ESB000001' }, 'Something went wrong') : null,
  throttled: (request) => (isEffect(request) ? { ...json(429, { message: 'Too many requests' }) } : null),
  wrongKey: (request) =>
    request.path === tokenPath
      ? json(401, { error: 'invalid_client', error_description: 'Invalid client authentication' })
      : json(401, expiredToken),
  // The purse is looked at where money leaves it.
  noBalance: () => null,
}

const expiredToken = {
  error: 'invalid_token',
  error_description: 'The access token is invalid or has expired',
}

type Handler = (state: State, country: Country, request: SimulatorRequest) => SimulatorReply

const signed =
  (handler: Handler, response: string): Handler =>
  (state, country, request) =>
    signatureFits(state, request)
      ? handler(state, country, request)
      : said(403, false, { response, result: 'ESB000011' }, 'X-signature and payload did not match')

/** Payouts may bear a signature; one that is there must fit. */
const perhapsSigned =
  (handler: Handler): Handler =>
  (state, country, request) =>
    request.headers['x-signature'] === undefined
      ? handler(state, country, request)
      : signed(handler, 'DP00900001016')(state, country, request)

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['POST /merchant/v1/payments', raise],
  ['POST /merchant/v2/payments', signed(raise, 'DP00800001026')],
  ['POST /standard/v1/payments/refund', refund],
  ['POST /standard/v2/payments/refund', signed(refund, 'DP00800001026')],
  ['POST /standard/v2/disbursements', perhapsSigned(disburse)],
  ['GET /standard/v1/users/balance', (state, country) => balance(state, country)],
  ['GET /v1/rsa/encryption-keys', (state) => encryptionKey(state)],
])

function route(state: State, request: SimulatorRequest): SimulatorReply {
  if (request.path === tokenPath) return issueToken(state, request)
  const path = request.path.replace(/\/$/, '')
  const asked = /^\/standard\/v[12]\/(payments|disbursements)\/([A-Za-z0-9]+)$/.exec(path)
  const handler = handlers.get(`${request.method} ${path}`)
  if (handler === undefined && (asked === null || request.method !== 'GET')) {
    return routed(404, 'ROUTER005', 'Route is not configured')
  }
  const gate = admit(state, request)
  if (!('country' in gate)) return gate
  if (handler !== undefined) return handler(state, gate.country, request)
  if (request.body.length > 0) return routed(400, 'ROUTER003', 'A body on GET')
  const id = asked?.[2] ?? ''
  return asked?.[1] === 'payments' ? enquire(state, id) : enquirePayOut(state, id)
}

const tokenSchema = z.object({
  client_id: z.literal(secrets.clientId),
  client_secret: z.literal(secrets.clientSecret),
  grant_type: z.literal('client_credentials'),
})

function issueToken(state: State, request: SimulatorRequest): SimulatorReply {
  if (request.method !== 'POST' || !isJson(request)) return routed(400, 'ROUTER003', 'Bad request')
  if (!tokenSchema.safeParse(parseJson(request.body)).success) {
    return json(401, { error: 'invalid_client', error_description: 'Invalid client authentication' })
  }
  const token = state.world.token(32)
  state.tokens.set(token, state.world.now() + tokenSeconds * 1_000)
  return json(200, { access_token: token, expires_in: String(tokenSeconds), token_type: 'bearer' })
}

function admit(state: State, request: SimulatorRequest): SimulatorReply | { readonly country: Country } {
  const { headers } = request
  const ends = state.tokens.get((headers.authorization ?? '').replace(/^Bearer /, ''))
  if (ends === undefined || ends <= state.world.now()) return json(401, expiredToken)
  const country = headers['x-country']
  if (country !== 'TZ' && country !== 'KE') return routed(400, 'ROUTER006', 'Invalid country')
  if (headers['x-currency'] !== currencies[country]) return routed(400, 'ROUTER007', 'Invalid currency')
  if (request.method === 'POST' && !isJson(request)) return routed(400, 'ROUTER003', 'Missing header')
  return { country }
}

function isJson({ headers }: SimulatorRequest): boolean {
  return (headers['content-type'] ?? '').toLowerCase().startsWith('application/json')
}

/** The key is base64 of a SubjectPublicKeyInfo; the time is the shop's, day first. */
function encryptionKey(state: State): SimulatorReply {
  const { id, pair, until } = keyNow(state)
  const shown = new Date(until + 3 * 3_600_000).toISOString()
  const validUpTo = shown.replace(/^(\d{4})-(\d\d)-(\d\d)T([\d:]{8}).*$/, '$3-$2-$1 $4')
  return said(200, true, { response: 'DP02010001001' }, 'SUCCESS', {
    key_id: id,
    key: pair.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    valid_upto: validUpTo,
  })
}
