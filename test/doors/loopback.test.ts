import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { type LetIn, letIn } from '../fixtures/let-in.ts'
import { type RunningServer, startServer } from '../fixtures/server.ts'

/** S5: what other programs and pages on this machine may try against the loopback port. All of it is refused. */
let server: RunningServer
let port = 0
let cookie = ''
let held: LetIn = { cookie: '', secret: '' }
const folder = mkdtempSync(join(tmpdir(), 'kaunta-loopback-'))

beforeAll(async () => {
  server = await startServer(folder)
  port = Number(new URL(server.origin).port)
  held = await letIn(server.url)
  cookie = held.cookie
})

afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Sends these bytes and answers the first line that comes back; '' when the door closes without a word. */
async function raw(text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(text)
  let reply = ''
  socket.on('data', (data: Buffer) => {
    reply += data.toString('latin1')
  })
  socket.setTimeout(5_000, () => socket.destroy())
  await Promise.race([once(socket, 'close'), new Promise((resolve) => socket.once('data', resolve))])
  socket.destroy()
  return reply.split('\r\n')[0] ?? ''
}

const host = () => `127.0.0.1:${port}`
const get = (path: string, headers: readonly string[]) =>
  `GET ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`
const refused = /^(HTTP\/1\.1 (400|401|403|404|413|415|421|422|431) .*|)$/

describe('what is let in', () => {
  it('our own page with its cookie, and nothing less', async () => {
    expect(await raw(get('/', [`Host: ${host()}`, `Cookie: ${cookie}`, 'Connection: close']))).toBe(
      'HTTP/1.1 200 OK',
    )
    expect(await raw(get('/', [`Host: ${host()}`, 'Connection: close']))).toBe('HTTP/1.1 401 Unauthorized')
  })

  it('one browser by the printed address, once', async () => {
    expect((await fetch(server.url, { redirect: 'manual' })).status).toBe(401)
  })

  it('a cookie that no script can read and no other site can send', async () => {
    const other = mkdtempSync(join(tmpdir(), 'kaunta-cookie-'))
    const fresh = await startServer(other)
    const set = (await fetch(fresh.url, { redirect: 'manual' })).headers.get('set-cookie')
    await fresh.stop()
    rmSync(other, { recursive: true, force: true })
    expect(set).toMatch(/^kaunta=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
  })
})

describe('what is refused', () => {
  const withCookie = (...headers: string[]) => [...headers, `Cookie: ${cookie}`, 'Connection: close']
  const attacks: readonly (readonly [name: string, () => string])[] = [
    ['a rebound name', () => get('/', withCookie('Host: evil.test'))],
    ['a rebound name with our port', () => get('/', withCookie(`Host: evil.test:${port}`))],
    ['localhost by name', () => get('/', withCookie(`Host: localhost:${port}`))],
    ['IPv6 loopback', () => get('/', withCookie(`Host: [::1]:${port}`))],
    ['0.0.0.0', () => get('/', withCookie(`Host: 0.0.0.0:${port}`))],
    ['a decimal address', () => get('/', withCookie(`Host: 2130706433:${port}`))],
    ['an octal address', () => get('/', withCookie(`Host: 0177.0.0.1:${port}`))],
    ['a trailing dot', () => get('/', withCookie(`Host: 127.0.0.1.:${port}`))],
    ['user info', () => get('/', withCookie(`Host: a@127.0.0.1:${port}`))],
    ['upper case hiding another name', () => get('/', withCookie('Host: EVIL.TEST'))],
    ['an absolute target', () => get(`http://evil.test:${port}/`, withCookie(`Host: ${host()}`))],
    ['HTTP/1.0 without a Host', () => `GET / HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`],
    ['two Hosts', () => get('/', withCookie(`Host: ${host()}`, 'Host: evil.test'))],
    ['a foreign Origin', () => get('/', withCookie(`Host: ${host()}`, 'Origin: http://evil.test'))],
    ['Origin null', () => get('/', withCookie(`Host: ${host()}`, 'Origin: null'))],
    [
      'our origin on another port',
      () => get('/', withCookie(`Host: ${host()}`, 'Origin: http://127.0.0.1:1')),
    ],
    [
      'length and chunks at once',
      () =>
        `POST /api/v1/sales HTTP/1.1\r\nHost: ${host()}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
    ['a header bomb', () => get('/', [`Host: ${host()}`, `X: ${'a'.repeat(20_000)}`])],
    ['walking out of the folder', () => get('/../../package.json', withCookie(`Host: ${host()}`))],
    ['walking out, encoded', () => get('/..%2f..%2fpackage.json', withCookie(`Host: ${host()}`))],
    ['a guessed one-time path', () => get(`/open-${'a'.repeat(32)}`, [`Host: ${host()}`])],
    ['the token in a query', () => get(`/?token=${cookie.slice(7)}`, [`Host: ${host()}`])],
    [
      'a simple cross-site POST',
      () =>
        `POST /api/v1/sales HTTP/1.1\r\nHost: ${host()}\r\nContent-Type: text/plain\r\nAuthorization: Bearer ${server.apiKey}\r\nContent-Length: 2\r\n\r\n{}`,
    ],
    [
      'a method override',
      () =>
        get('/api/v1/sales', [
          `Host: ${host()}`,
          'X-HTTP-Method-Override: POST',
          `Authorization: Bearer ${server.apiKey}`,
        ]),
    ],
    ['the cookie in place of an API key', () => get('/api/v1/outbox', withCookie(`Host: ${host()}`))],
  ]

  it.each(attacks)('%s', async (_name, request) => {
    const answer = await raw(request())
    expect(answer).toMatch(refused)
  })

  it('covers at least the 24 of the goal', () => {
    expect(attacks.length + 1).toBeGreaterThanOrEqual(24)
  })

  it.each([
    ['without a cookie', () => ({ origin: server.origin })],
    ['without an origin', () => ({ headers: { cookie } })],
    ['from a foreign page with a stolen cookie', () => ({ origin: 'http://evil.test', headers: { cookie } })],
    [
      'with a wrong cookie',
      () => ({ origin: server.origin, headers: { cookie: `kaunta=${'a'.repeat(43)}` } }),
    ],
  ])('a websocket %s', async (_name, options) => {
    const socket = new WebSocket(`ws://${host()}/rpc`, options())
    const [error] = await once(socket, 'error')
    expect(String(error)).toMatch(/40[13]/)
  })

  it('lets our own page open its websocket', async () => {
    const socket = new WebSocket(`ws://${host()}/rpc`, { origin: server.origin, headers: { cookie } })
    await once(socket, 'open')
    socket.send(held.secret)
    socket.send(JSON.stringify({ i: '1', p: { u: '/live/status', b: {} } }))
    const [answer] = await once(socket, 'message')
    expect(String(answer)).toContain('"mode":"practice"')
    socket.close()
  })

  it.each([
    ['the wrong secret', () => 'a'.repeat(43)],
    ['a call in its place', () => JSON.stringify({ i: '1', p: { u: '/live/status', b: {} } })],
    ['bytes', () => Buffer.from(held.secret)],
  ])('closes a socket with the right cookie that says %s first, without an answer', async (_name, first) => {
    const socket = new WebSocket(`ws://${host()}/rpc`, { origin: server.origin, headers: { cookie } })
    await once(socket, 'open')
    let answered = false
    socket.on('message', () => {
      answered = true
    })
    socket.send(first())
    const [code] = await once(socket, 'close')
    expect([code, answered]).toEqual([4401, false])
  })

  it('gives no leave to other sites: not one CORS header', async () => {
    const reply = await fetch(`${server.apiUrl}/sales`, {
      method: 'OPTIONS',
      headers: { origin: 'http://evil.test', 'access-control-request-method': 'POST' },
    })
    expect(reply.status).toBe(403)
    expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    expect(reply.headers.get('cross-origin-resource-policy')).toBe('same-origin')
  })

  it('goes on serving past 80 sockets that say nothing', async () => {
    const idle = Array.from({ length: 80 }, () => connect(port, '127.0.0.1').on('error', () => {}))
    await new Promise((resolve) => setTimeout(resolve, 200))
    for (const socket of idle.slice(0, 40)) socket.destroy()
    await expect
      .poll(() => raw(get('/', [`Host: ${host()}`, `Cookie: ${cookie}`, 'Connection: close'])), {
        timeout: 15_000,
      })
      .toBe('HTTP/1.1 200 OK')
    for (const socket of idle) socket.destroy()
  })
})
