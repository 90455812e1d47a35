import type { Chance } from '../fixtures/chance.ts'
import type { LetIn } from '../fixtures/let-in.ts'
import { textFrame, wrongFrame } from './frames.ts'

/** Where the doors of a running product are, and what is needed to come in. */
export interface Doors {
  readonly page: number
  readonly callbacks: number
  readonly simulator: number
  readonly printer: number
  readonly held: LetIn
  readonly apiKey: string
  readonly paymentId: string
  /** Path with the right secret. */
  readonly callbackPath: string
}

/** A step: these bytes, or waiting until something comes back. */
export type Step = Buffer | 'answer'

export interface Conversation {
  readonly door: string
  readonly port: number
  readonly steps: readonly Step[]
}

const lines = (...all: readonly string[]) => Buffer.from(`${all.join('\r\n')}\r\n\r\n`)

function post(port: number, path: string, body: string, ...headers: readonly string[]): Buffer {
  const length = `Content-Length: ${Buffer.byteLength(body)}`
  const head = lines(`POST ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, length, ...headers)
  return Buffer.concat([head, Buffer.from(body)])
}

function httpPage({ page, held }: Doors, chance: Chance): Step[] {
  const cookie = chance.pick([`Cookie: ${held.cookie}`, 'X: y', 'Cookie: kaunta=wrong'])
  const path = chance.pick(['/', '/index.html', '/open-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', '/nothing.js'])
  const get = lines(`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${page}`, cookie, 'Accept-Encoding: gzip')
  return chance.pick([[get, 'answer'], [get, get], [get, 'answer', get, 'answer'], [get]])
}

function rest({ page, apiKey }: Doors, chance: Chance): Step[] {
  const key = `Authorization: Bearer ${chance.pick([apiKey, 'kaunta_wrong_wrong_wrong_wrong'])}`
  const json = 'Content-Type: application/json'
  const sale = '{"lines":[{"name":"Sukari","quantityMilli":1000,"unitPriceMinor":-1}]}'
  const chunked = Buffer.concat([
    lines('POST /api/v1/sales HTTP/1.1', `Host: 127.0.0.1:${page}`, key, json, 'Transfer-Encoding: chunked'),
    Buffer.from(`5\r\n{"lin\r\n${chance.pick(['ffffffff', 'x', '0', '-1'])}\r\n\r\n`),
  ])
  return chance.pick<Step[]>([
    [lines('GET /api/v1/outbox HTTP/1.1', `Host: 127.0.0.1:${page}`, key), 'answer'],
    [lines('GET /api/v1/openapi.json HTTP/1.1', `Host: 127.0.0.1:${page}`, key), 'answer'],
    [post(page, '/api/v1/sales', sale, key, json, 'Idempotency-Key: one'), 'answer'],
    [post(page, '/api/v1/sales', sale.slice(0, 20), key, json, 'Expect: 100-continue'), 'answer'],
    [chunked, 'answer'],
  ])
}

function stream({ page, apiKey, paymentId }: Doors): Step[] {
  const path = `/api/v1/payments/${paymentId}/events`
  const head = lines(`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${page}`, `Authorization: Bearer ${apiKey}`)
  return [head, 'answer']
}

function upgrade({ page, held }: Doors, letIn: boolean, chance: Chance): Buffer {
  const cookie = letIn ? held.cookie : chance.pick(['kaunta=wrong', held.cookie])
  const origin = letIn ? `http://127.0.0.1:${page}` : chance.pick(['http://evil.test', 'null'])
  return lines(
    `GET ${letIn ? '/rpc' : chance.pick(['/rpc', '/', '/api/v1/rpc'])} HTTP/1.1`,
    `Host: 127.0.0.1:${page}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    `Sec-WebSocket-Version: ${letIn ? 13 : chance.pick([13, 8, 99])}`,
    `Sec-WebSocket-Key: ${letIn ? 'dGhlIHNhbXBsZSBub25jZQ==' : chance.pick(['x', 'dGhlIHNhbXBsZSBub25jZQ=='])}`,
    `Origin: ${origin}`,
    `Cookie: ${cookie}`,
  )
}

function socket(doors: Doors, chance: Chance): Step[] {
  const call = (id: string, path: string, body: unknown) =>
    textFrame(JSON.stringify({ i: id, p: { u: path, b: { json: body } } }))
  const first = chance.hits(0.8) ? textFrame(doors.held.secret) : wrongFrame(chance)
  const watch = call('1', '/live/watch', null)
  const status = call('2', '/live/status', null)
  const many: Step[] = [upgrade(doors, true, chance), 'answer', first, watch, status, 'answer']
  const early: Step[] = [Buffer.concat([upgrade(doors, true, chance), first, status]), 'answer']
  const wrong: Step[] = [upgrade(doors, true, chance), 'answer', first, status, wrongFrame(chance), 'answer']
  return chance.pick([many, early, wrong, wrong])
}

function callbacks({ callbacks: port, callbackPath }: Doors, chance: Chance): Step[] {
  const path = chance.pick([callbackPath, '/callbacks/wrong', '/', callbackPath.slice(0, -3)])
  const body = chance.pick(['{"Body":{}}', '<a>&</a>', 'x'.repeat(70_000), ''])
  return [post(port, path, body, 'Content-Type: application/json', 'Connection: close'), 'answer']
}

function simulator({ simulator: port }: Doors, chance: Chance): Step[] {
  const body = '{"username":"sandbox","message":"x"}'
  return chance.pick<Step[]>([
    [lines('GET /_practice/ledger HTTP/1.1', `Host: 127.0.0.1:${port}`), 'answer'],
    [post(port, '/africas-talking/version1/messaging', body, 'Content-Type: application/json'), 'answer'],
    [post(port, '/mpesa-kenya/oauth/v1/generate', body), 'answer'],
    [post(port, '//', 'x'), 'answer'],
  ])
}

/** ESC/POS: initialise, text, cut; and the real-time questions for the status. */
function printer(chance: Chance): Step[] {
  const paper = Buffer.concat([
    Buffer.from([0x1b, 0x40]),
    Buffer.from('Asante\n'),
    Buffer.from([0x1d, 0x56, 0]),
  ])
  const ask = Buffer.from([0x10, 0x04, chance.pick([1, 2, 3, 4, 0, 255])])
  return chance.pick<Step[]>([
    [ask, 'answer'],
    [paper],
    [ask, paper, ask, 'answer'],
    [Buffer.alloc(3000, 0x1d)],
  ])
}

/** What somebody says at one of the doors; half of the time with a byte turned, doubled or lost. */
export function converse(doors: Doors, chance: Chance): Conversation {
  const { page } = doors
  const said = chance.pick<() => Conversation>([
    () => ({ door: 'page', port: page, steps: httpPage(doors, chance) }),
    () => ({ door: 'rest', port: page, steps: rest(doors, chance) }),
    () => ({ door: 'stream', port: page, steps: stream(doors) }),
    () => ({ door: 'upgrade', port: page, steps: [upgrade(doors, false, chance), 'answer'] }),
    () => ({ door: 'socket', port: page, steps: socket(doors, chance) }),
    () => ({ door: 'callbacks', port: doors.callbacks, steps: callbacks(doors, chance) }),
    () => ({ door: 'simulator', port: doors.simulator, steps: simulator(doors, chance) }),
    () => ({ door: 'printer', port: doors.printer, steps: printer(chance) }),
  ])()
  if (chance.hits(0.6)) return said
  return { ...said, steps: said.steps.map((step) => (step === 'answer' ? step : damage(step, chance))) }
}

function damage(bytes: Buffer, chance: Chance): Buffer {
  const at = Math.floor(chance.upTo(bytes.length))
  const turned = Buffer.from([Math.floor(chance.upTo(256))])
  return chance.pick([
    Buffer.concat([bytes.subarray(0, at), turned, bytes.subarray(at + 1)]),
    Buffer.concat([bytes.subarray(0, at), turned, bytes.subarray(at)]),
    Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]),
    Buffer.concat([bytes.subarray(0, at), bytes]),
  ])
}
