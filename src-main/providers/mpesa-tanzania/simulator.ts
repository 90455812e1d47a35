import { constants, createPrivateKey, type KeyObject, privateDecrypt } from 'node:crypto'
import type { CreateSimulator, SimulatorReply, SimulatorRequest, WordedFault, World } from '../simulation.ts'
import { practicePrivateKey, practicePublicKey } from './simulator-key.ts'
import { customerPays, type Money, payOut, prompt, query, reverse } from './simulator-money.ts'
import { resultOf } from './simulator-results.ts'

interface App {
  readonly apiKey: string
  readonly answersLater: boolean
}

/** An app's mode is set on the portal: one app of each. */
const apps: readonly App[] = [
  { apiKey: 'practice-key-of-the-app-that-answers-at-once', answersLater: false },
  { apiKey: 'practice-key-of-the-app-that-answers-later', answersLater: true },
]

/** The origins that were registered, and the seconds until a new session is known behind each. */
const origins: ReadonlyMap<string, number> = new Map([
  ['*', 0],
  ['soon.practice.example', 25],
  ['slow.practice.example', 30],
  ['never.practice.example', Number.POSITIVE_INFINITY],
])

const sessionMs = 3_600_000
/** Characters of base64 that 4096 bits have. */
const bearerLength = 684

interface OpenSession {
  readonly app: App
  /** Epoch ms. */
  readonly from: number
  readonly until: number
}

interface State {
  readonly world: World
  readonly key: KeyObject
  readonly sessions: Map<string, OpenSession>
  readonly money: Money
}

/**
 * M-Pesa OpenAPI for vodacomTZN as public clients and copies of its portal describe it (Golang-Tanzania/mpesa,
 * elirehema/mpesa, openpesa, the Pay Bridge checklist of 2026-08-18), not as the adapter does. Sessions are known
 * a while after they were opened; the origin decides how long. Numbers with a script: `simulator-results.ts`.
 */
export const createSimulator: CreateSimulator = (world) => {
  const state: State = {
    world,
    key: createPrivateKey({ key: practicePrivateKey, format: 'der', type: 'pkcs8' }),
    sessions: new Map(),
    money: { world, transactions: [], floatMinor: 50_000_000 },
  }
  return {
    practiceAccount: {
      settings: {
        serviceProviderCode: '000000',
        mode: 'synchronous',
        origin: '*',
        publicKey: practicePublicKey,
      },
      secrets: { apiKey: apps[0]?.apiKey ?? '' },
    },
    hasEffect: ({ path }) => effects.has(plain(path)),
    handle: (request) => route(state, request),
    customerPays: (payment) => customerPays(state.money, payment),
    fault: (kind, request) => faultReplies[kind](request),
  }
}

const effects: ReadonlySet<string> = new Set(['/c2bPayment/singleStage', '/b2cPayment', '/reversal'])

const faultReplies: Readonly<Record<WordedFault, (request: SimulatorRequest) => SimulatorReply | null>> = {
  serverError: ({ path }) => (effects.has(plain(path)) ? answer(1) : null),
  throttled: ({ path }) => (effects.has(plain(path)) ? answer(16) : null),
  wrongKey: () => answer(2),
  noBalance: ({ path }) => (/^\/(?:b2cPayment|reversal)$/.test(plain(path)) ? answer(2006) : null),
}

/** Paths are written with and without the last slash. */
function plain(path: string): string {
  return path.replace(/\/$/, '')
}

const methods: ReadonlyMap<string, string> = new Map([
  ['/getSession', 'GET'],
  ['/c2bPayment/singleStage', 'POST'],
  ['/b2cPayment', 'POST'],
  ['/reversal', 'PUT'],
  ['/queryTransactionStatus', 'GET'],
])

async function route(state: State, request: SimulatorRequest): Promise<SimulatorReply> {
  const path = plain(request.path)
  const method = methods.get(path)
  if (method === undefined) return { status: 404, body: 'Not Found' }
  if (method !== request.method) return { status: 405, body: 'Method Not Allowed' }
  if (!isWellSent(request, path)) return answer(21)
  const plainText = decrypted(state, request.headers.authorization ?? '')
  const settles = origins.get(request.headers.origin ?? '')
  if (plainText === null || settles === undefined) return answer(2)
  if (path === '/getSession') return openSession(state, plainText, settles)
  const app = appOf(state, plainText)
  return app === null ? answer(2) : operate(state.money, path, request, app.answersLater)
}

/** Called JSON, but for the session's own call, and without a body where nothing is sent. */
function isWellSent({ method, headers, body }: SimulatorRequest, path: string): boolean {
  const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '')
  return (isJson || path === '/getSession') && (method !== 'GET' || body.length === 0)
}

/** Whose session it is; null before it is known, and after its end. */
function appOf({ sessions, world }: State, sessionId: string): App | null {
  const session = sessions.get(sessionId)
  const now = world.now()
  return session !== undefined && now >= session.from && now < session.until ? session.app : null
}

function operate(
  money: Money,
  path: string,
  request: SimulatorRequest,
  answersLater: boolean,
): SimulatorReply | Promise<SimulatorReply> {
  switch (path) {
    case '/c2bPayment/singleStage':
      return prompt(money, request, answersLater)
    case '/b2cPayment':
      return payOut(money, request, answersLater)
    case '/reversal':
      return reverse(money, request, answersLater)
    default:
      return query(money, request)
  }
}

/** The text behind the bearer; null for none. A wrong ciphertext decrypts to noise, which no comparison accepts. */
function decrypted({ key }: State, header: string): string | null {
  const [, bearer] = /^Bearer ([A-Za-z0-9+/]+={0,2})$/.exec(header) ?? []
  if (bearer?.length !== bearerLength) return null
  try {
    const padding = constants.RSA_PKCS1_PADDING
    return privateDecrypt({ key, padding }, Buffer.from(bearer, 'base64')).toString()
  } catch {
    return null
  }
}

function openSession({ world, sessions }: State, apiKey: string, settles: number): SimulatorReply {
  const app = apps.find((known) => known.apiKey === apiKey)
  if (app === undefined) return answer(2)
  const id = Buffer.from(world.token(16)).toString('hex')
  const now = world.now()
  sessions.set(id, { app, from: now + (settles * 1_000) / world.timeScale, until: now + sessionMs })
  return {
    ...answer(0),
    body: JSON.stringify({
      output_ResponseCode: 'INS-0',
      output_ResponseDesc: 'Request processed successfully',
      output_SessionID: id,
    }),
  }
}

function answer(number: number): SimulatorReply {
  const { code, words, status } = resultOf(number)
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ output_ResponseCode: code, output_ResponseDesc: words }),
  }
}
