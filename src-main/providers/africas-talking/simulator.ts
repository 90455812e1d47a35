import { z } from 'zod'
import type { CreateSimulator, SimulatorReply, SimulatorRequest, WordedFault, World } from '../simulation.ts'

const provider = 'africas-talking'
const username = 'sandbox'
const apiKey = 'practice-api-key-of-the-simulated-shop'
const sendPath = '/version1/messaging'
const userPath = '/version1/user'
/** What one SMS part costs the simulated shop, and what it holds. */
const cost = 'KES 0.8000'
const balance = 'KES 1785.50'

/** statusCode of a recipient and its name. */
const names: Readonly<Record<string, string>> = {
  '401': 'RiskHold',
  '402': 'InvalidSenderId',
  '403': 'InvalidPhoneNumber',
  '404': 'UnsupportedNumberType',
  '405': 'InsufficientBalance',
  '406': 'UserInBlacklist',
  '407': 'CouldNotRoute',
  '409': 'DoNotDisturbRejection',
  '500': 'InternalServerError',
  '501': 'GatewayError',
  '502': 'RejectedByGateway',
}

/**
 * Africa's Talking, SMS version1, as its documents describe it: legacy send (form), application data, delivery
 * reports by form POST. Written from developers.africastalking.com as of 2026-11 (fact sheet §2), not from the
 * adapter. A recipient +254700000NNN with NNN of the table above is answered with that code.
 */
export const createSimulator: CreateSimulator = (world) => ({
  practiceAccount: { settings: { username, senderId: 'DUKA' }, secrets: { apiKey } },
  hasEffect: (request) => request.path === sendPath && request.method === 'POST',
  handle: async (request) => route(world, request),
  fault: (kind, request) => faultReplies[kind](request),
})

const faultReplies: Readonly<Record<WordedFault, (request: SimulatorRequest) => SimulatorReply | null>> = {
  serverError: ({ path }) => (path === sendPath ? text(500, 'Internal Server Error') : null),
  throttled: ({ path }) => (path === sendPath ? text(429, 'Too Many Requests') : null),
  wrongKey: () => text(401, 'The supplied authentication is invalid'),
  noBalance: (request) => {
    const to = new URLSearchParams(request.body.toString()).get('to')
    return request.path === sendPath && to !== null
      ? sent(to.split(',').map((number) => refuse(number, '405')))
      : null
  },
}

function route(world: World, request: SimulatorRequest): SimulatorReply {
  const wanted = request.path === sendPath ? 'POST' : request.path === userPath ? 'GET' : null
  if (wanted === null) return text(404, 'The requested resource could not be found.')
  if (request.method !== wanted)
    return text(405, 'HTTP method not allowed, supported methods: '.concat(wanted))
  const key = request.headers.apikey
  if (key === undefined) {
    return text(401, 'The resource requires authentication, which was not supplied with the request')
  }
  if (key !== apiKey) return text(401, 'The supplied authentication is invalid')
  return request.path === sendPath ? send(world, request) : user(request)
}

function user(request: SimulatorRequest): SimulatorReply {
  if (request.query.get('username') !== username) return text(401, 'The supplied authentication is invalid')
  return json(200, { userData: { balance } })
}

const known = new Set(['username', 'to', 'message', 'from', 'bulkSMSMode', 'enqueue'])
const formSchema = z.object({
  username: z.literal(username),
  to: z.string().min(1),
  message: z.string().min(1),
  from: z.string().optional(),
  bulkSMSMode: z.literal('1'),
  // Its default changed between editions: a client must say what it wants.
  // The official client leaves it out by default.
  enqueue: z.enum(['0', '1']).optional(),
})

function send(world: World, request: SimulatorRequest): SimulatorReply {
  if (!(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    return text(
      400,
      "The request's Content-Type is not supported. Expected: application/x-www-form-urlencoded",
    )
  }
  const form = new URLSearchParams(new TextDecoder('utf-8').decode(request.body))
  const stranger = [...form.keys()].find((name) => !known.has(name))
  if (stranger !== undefined) return text(400, `The request contains an unknown form field: ${stranger}`)
  const parsed = formSchema.safeParse(Object.fromEntries(form))
  if (!parsed.success) {
    const field = String(parsed.error.issues[0]?.path[0])
    if (field === 'username') return text(401, 'The supplied authentication is invalid')
    return text(400, `Request is missing required form field '${field}'`)
  }
  const { to, message, from } = parsed.data
  if (from !== undefined && !/^([A-Za-z0-9 ._-]{3,11}|\d{3,15})$/.test(from)) {
    return json(201, { SMSMessageData: { Message: 'InvalidSenderId', Recipients: [] } })
  }
  return sent(to.split(',').map((number) => take(world, number, message, from ?? 'AFRICASTKNG')))
}

interface Recipient {
  readonly statusCode: number
  readonly number: string
  readonly status: string
  readonly cost: string
  readonly messageId: string
}

function take(world: World, number: string, message: string, from: string): Recipient {
  // A plus sign that travelled unescaped arrives as a blank.
  if (!/^\+[1-9]\d{9,14}$/.test(number)) return refuse(number, '403')
  if (/^\+255[2]\d{8}$/.test(number)) return refuse(number, '404')
  const scripted = /^\+25[45]700000(\d{3})$/.exec(number)?.[1]
  if (scripted !== undefined && names[scripted] !== undefined) return refuse(number, scripted)
  const messageId = `ATXid_${world.token(32).toLowerCase()}`
  world.record({ provider, kind: 'sms', phone: number, text: message, amountMinor: 0, reference: messageId })
  world.after(500 / world.timeScale, () => {
    world.deliver(number, 'sms', from, message)
    reportAll(world, messageId, number)
  })
  return { statusCode: 102, number, status: 'Queued', cost, messageId }
}

function refuse(number: string, code: string): Recipient {
  return { statusCode: Number(code), number, status: names[code] ?? '', cost: '0', messageId: 'None' }
}

/** "Sent" when the network took it, "Success" when the handset did; the other way round when things go wrong. */
function reportAll(world: World, id: string, number: string): void {
  const statuses = world.callbackFault() === 'outOfOrder' ? ['Success', 'Sent'] : ['Sent', 'Success']
  for (const [index, status] of statuses.entries()) {
    world.after((index * 1_500) / world.timeScale, () => report(world, { id, status, phoneNumber: number }))
  }
}

function report(
  world: World,
  form: { readonly id: string; readonly status: string; readonly phoneNumber: string },
): void {
  const url = world.reportUrl(provider)
  if (url === null) return
  world.callBack({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...form, networkCode: '63902', retryCount: '0' }).toString(),
  })
}

function sent(recipients: readonly Recipient[]): SimulatorReply {
  const taken = recipients.filter((recipient) => recipient.messageId !== 'None').length
  const total = (taken * 0.8).toFixed(4)
  return json(201, {
    SMSMessageData: {
      Message: `Sent to ${taken}/${recipients.length} Total Cost: KES ${total}`,
      Recipients: recipients,
    },
  })
}

function text(status: number, body: string): SimulatorReply {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body }
}

function json(status: number, body: unknown): SimulatorReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  }
}
