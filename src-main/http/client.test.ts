import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { createHttpClient, type HttpRequest, replyLimit } from './client.ts'
import { farLookup } from './near.ts'

const servers: Server[] = []
const sockets = new Set<Socket>()

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))))
})

/** A bare TCP server, so that a test decides every byte and every hang-up. */
async function listen(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onConnection(socket)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return portOf(server)
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return address.port
}

function post(port: number, more: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'POST',
    url: `http://127.0.0.1:${port}/pay?key=canary`,
    headers: { 'content-type': 'application/json', authorization: 'Bearer canary' },
    body: '{"amount":"canary"}',
    ...more,
  }
}

const answer = (body: string, length = body.length) =>
  `HTTP/1.1 200 OK\r\ncontent-length: ${length}\r\n\r\n${body}`

it('answers status, headers and text of a reply', async () => {
  const port = await listen((socket) =>
    socket.once('data', () =>
      socket.end(`HTTP/1.1 201 Created\r\nX-A: 1\r\nX-A: 2\r\ncontent-length: 8\r\n\r\nSawa 🙂`),
    ),
  )
  const result = await createHttpClient().send(post(port), 5_000)
  expect(result).toEqual({
    kind: 'reply',
    status: 201,
    headers: { 'x-a': '1, 2', 'content-length': '8' },
    text: 'Sawa 🙂'.slice(0, 5).concat('\uFFFD'),
  })
})

it('writes every byte of method, address, headers and body', async () => {
  let seen = ''
  const port = await listen((socket) =>
    socket.on('data', (chunk) => {
      seen += chunk.toString()
      if (seen.includes('}')) socket.end(answer('{}'))
    }),
  )
  await createHttpClient().send(post(port, { body: '{"sms":"Habari 😀"}' }), 5_000)
  expect(seen).toMatch(/^POST \/pay\?key=canary HTTP\/1\.1\r\n/)
  expect(seen).toContain('authorization: Bearer canary')
  expect(seen).toContain('connection: close')
  expect(seen.endsWith('{"sms":"Habari 😀"}')).toBe(true)
})

it('writes bytes as they are, with their length', async () => {
  const bytes = Uint8Array.from({ length: 256 * 300 }, (_, at) => at % 256)
  const seen: Buffer[] = []
  const port = await listen((socket) =>
    socket.on('data', (chunk) => {
      seen.push(Buffer.from(chunk))
      const whole = Buffer.concat(seen)
      const start = whole.indexOf('\r\n\r\n') + 4
      if (whole.length - start >= bytes.length) socket.end(answer('{}'))
    }),
  )
  expect((await createHttpClient().send(post(port, { body: bytes }), 5_000)).kind).toBe('reply')
  const whole = Buffer.concat(seen)
  const start = whole.indexOf('\r\n\r\n') + 4
  expect(whole.subarray(0, start).toString()).toContain(`content-length: ${bytes.length}\r\n`)
  expect(whole.subarray(start).equals(bytes)).toBe(true)
})

it('says notSent for a port that refuses', async () => {
  const port = await listen(() => undefined)
  await new Promise((done) => servers.splice(0)[0]?.close(done))
  expect(await createHttpClient().send(post(port), 5_000)).toEqual({
    kind: 'notSent',
    detail: 'ECONNREFUSED',
  })
})

it('says notSent for an address that cannot be parsed and for a name that does not exist', async () => {
  const client = createHttpClient()
  expect((await client.send(post(1, { url: 'not an address' }), 5_000)).kind).toBe('notSent')
  expect((await client.send(post(1, { url: 'http://kaunta.invalid/' }), 5_000)).kind).toBe('notSent')
})

it('says notSent when TLS cannot be agreed', async () => {
  const port = await listen((socket) => socket.once('data', () => socket.end('this is not TLS')))
  const result = await createHttpClient().send(post(port, { url: `https://127.0.0.1:${port}/` }), 5_000)
  expect(result.kind).toBe('notSent')
})

it('says noReply for a hang-up before and after the request was read', async () => {
  // Never read, reset once the request lies in the server's buffer.
  const unread = await listen((socket) => void setTimeout(() => socket.resetAndDestroy(), 100))
  const afterReading = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()))
  const politely = await listen((socket) => socket.once('data', () => socket.end()))
  const client = createHttpClient()
  for (const port of [unread, afterReading, politely]) {
    expect((await client.send(post(port), 5_000)).kind).toBe('noReply')
  }
})

it('never sends a request a second time by itself', async () => {
  let connections = 0
  const port = await listen((socket) => {
    connections += 1
    socket.once('data', () => socket.destroy())
  })
  const client = createHttpClient()
  for (const method of ['GET', 'POST', 'PUT', 'DELETE'] as const) {
    await client.send(post(port, { method, body: null }), 5_000)
  }
  expect(connections).toBe(4)
})

it('says noReply when the time is over, at whatever point of the reply', async () => {
  const silent = await listen(() => undefined)
  const halfHead = await listen((socket) =>
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncont')),
  )
  const halfBody = await listen((socket) => socket.once('data', () => socket.write(answer('{"paid":', 100))))
  const client = createHttpClient()
  for (const port of [silent, halfHead, halfBody]) {
    expect(await client.send(post(port), 400)).toEqual({ kind: 'noReply', detail: 'no answer within 400 ms' })
  }
})

it("takes the request's own time over the provider's", async () => {
  const port = await listen(() => undefined)
  const result = await createHttpClient().send(post(port, { timeoutMs: 400 }), 60_000)
  expect(result).toEqual({ kind: 'noReply', detail: 'no answer within 400 ms' })
})

it('says noReply for a reply that is cut, oversized or garbage', async () => {
  const cut = await listen((socket) => socket.once('data', () => socket.end(answer('{"paid"', 100))))
  const cutChunk = await listen((socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhel')),
  )
  const oversized = await listen((socket) =>
    socket.once('data', () => socket.end(answer('x'.repeat(replyLimit + 1)))),
  )
  const garbage = await listen((socket) =>
    socket.once('data', () => socket.end('\x00\x01 this is no HTTP\r\n\r\n')),
  )
  const client = createHttpClient()
  for (const port of [cut, cutChunk, oversized, garbage]) {
    expect((await client.send(post(port), 5_000)).kind).toBe('noReply')
  }
})

it('reads a reply of exactly the largest size', async () => {
  const port = await listen((socket) => socket.once('data', () => socket.end(answer('x'.repeat(replyLimit)))))
  const result = await createHttpClient().send(post(port), 10_000)
  expect(result.kind === 'reply' && result.text.length).toBe(replyLimit)
})

it('follows no redirect', async () => {
  let connections = 0
  const port = await listen((socket) => {
    connections += 1
    socket.once('data', () =>
      socket.end('HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n'),
    )
  })
  const result = await createHttpClient().send(post(port), 5_000)
  expect(result.kind === 'reply' && result.status).toBe(302)
  expect(connections).toBe(1)
})

it('stops for the caller, and for close', async () => {
  const port = await listen(() => undefined)
  const client = createHttpClient()
  const stop = new AbortController()
  const stoppedHere = client.send(post(port), 60_000, stop.signal)
  const stoppedAtEnd = client.send(post(port), 60_000)
  await expect.poll(() => sockets.size).toBeGreaterThan(1)
  stop.abort()
  expect(await stoppedHere).toEqual({ kind: 'noReply', detail: 'stopped' })
  await client.close()
  expect(await stoppedAtEnd).toEqual({ kind: 'noReply', detail: 'closed' })
  expect(await client.send(post(port), 5_000)).toEqual({ kind: 'notSent', detail: 'closed' })
  expect(await createHttpClient().send(post(port), 5_000, stop.signal)).toEqual({
    kind: 'notSent',
    detail: 'stopped',
  })
})

it('tells nothing of address, headers or body in a detail', async () => {
  const reset = await listen((socket) => socket.once('data', () => socket.resetAndDestroy()))
  const client = createHttpClient()
  const requests = [
    post(reset),
    post(1, { url: 'http://canary.invalid/canary' }),
    post(1, { url: 'http://canary canary/' }),
    post(reset, { headers: { authorization: 'canary\r\ncanary' } }),
  ]
  for (const request of requests) {
    const result = await client.send(request, 5_000)
    expect(result.kind).not.toBe('reply')
    expect(JSON.stringify(result)).not.toContain('canary')
  }
})

it.each(['127.0.0.1', '192.168.1.1', '169.254.169.254', '::1', '::ffff:10.0.0.1', 'fd00::1'])(
  'does not connect by a name that stands for %s',
  async (address) => {
    let met = 0
    const port = await listen(() => {
      met += 1
    })
    const asked: string[] = []
    const client = createHttpClient((name, _options, found) => {
      asked.push(name)
      found(null, [{ address, family: address.includes(':') ? 6 : 4 }])
    })
    const result = await client.send(post(port, { url: `http://pay.example.com:${port}/` }), 5_000)
    expect(result).toEqual({ kind: 'notSent', detail: 'NEAR_ADDRESS' })
    expect(asked).toEqual(['pay.example.com'])
    expect(met).toBe(0)
  },
)

it('connects to those addresses of a name only that are on the internet', () => {
  const lookup = farLookup((_name, _options, found) =>
    found(null, [
      { address: '10.0.0.1', family: 4 },
      { address: '203.0.113.9', family: 4 },
      { address: '64:ff9b::cb00:7109', family: 6 },
      { address: '64:ff9b::a00:1', family: 6 },
    ]),
  )
  const told: unknown[] = []
  lookup('pay.example.com', { all: true }, (...answer) => told.push(answer))
  lookup('pay.example.com', {}, (...answer) => told.push(answer))
  expect(told).toEqual([
    [
      null,
      [
        { address: '203.0.113.9', family: 4 },
        { address: '64:ff9b::cb00:7109', family: 6 },
      ],
    ],
    [null, '203.0.113.9', 4],
  ])
})
