import { expect, it } from 'vitest'
import { z } from 'zod'
import type { HttpClient, HttpRequest, HttpResult } from '../http/client.ts'
import type { Clock } from '../ports.ts'
import { connectProvider } from './call.ts'
import { accepted, type Outcome, refused } from './outcome.ts'
import type { Connection, HttpOperation, ProviderDeclaration, Session } from './provider.ts'
import { readReply, unclear } from './reply.ts'

/** A clock that stands until it is pushed. */
function standingClock(): Clock & { advance(ms: number): void } {
  let now = 1_800_000_000_000
  return {
    now: () => now,
    monotonic: () => now,
    after: () => () => undefined,
    advance: (ms) => {
      now += ms
    },
  }
}

type Answer = (request: HttpRequest) => HttpResult | Promise<HttpResult>

function reply(status: number, text: string, headers: Record<string, string> = {}): HttpResult {
  return { kind: 'reply', status, headers, text }
}

/** Takes the network's place: what the real one does is proved in http/client.test.ts. */
function scriptedHttp(answer: Answer): HttpClient & { readonly sent: HttpRequest[] } {
  const sent: HttpRequest[] = []
  return {
    sent,
    send: async (request) => {
      sent.push(request)
      return answer(request)
    },
    close: async () => undefined,
  }
}

const session: Session = {
  open: {
    name: 'token',
    request: () => ({ method: 'GET', url: 'x:/token', headers: {}, body: null }),
    outcome: (http) =>
      readReply(http, 'effect', ({ status, text }) =>
        status === 200
          ? accepted({ token: text, expiresInMs: 3_600_000 })
          : unclear('effect', `token ${status}`),
      ),
  },
  refuses: (http) => http.kind === 'reply' && http.status === 401,
}

const pay: HttpOperation<string, string> = {
  name: 'pay',
  request: (input, context) => {
    if (input === 'unbuildable') throw new Error('cannot build canary-secret')
    return { method: 'POST', url: 'x:/pay', headers: {}, body: `${context.token} ${context.now} ${input}` }
  },
  outcome: (http, input) => {
    if (input === 'unreadable') throw new Error('cannot read canary-secret')
    return readReply(http, 'effect', ({ status, text }) => {
      if (status === 200) return accepted(text)
      return status === 401
        ? refused('credentials', 'credentials', text)
        : refused('rejected', 'rejected', text)
    })
  },
}

function connect(
  http: HttpClient,
  clock: Clock,
  withSession = true,
  more: { readonly settlingMs?: number; readonly timeScale?: number } = {},
) {
  const settlingMs = more.settlingMs ?? 0
  let connection: Connection | null = null
  const declaration: ProviderDeclaration = {
    id: 'test',
    label: 'Test',
    markets: ['KE'],
    docsUrl: 'https://example.com',
    settings: z.object({}),
    secrets: z.object({ key: z.string() }),
    fields: {},
    addresses: { live: '', sandbox: '' },
    ...(withSession ? { session: { ...session, settlingMs } } : {}),
    capabilities: [],
    rate: { perSecond: 1, burst: 1, concurrency: 1 },
    consistencyWindowMs: null,
    timeoutMs: 1_000,
    limits: [],
    errors: [],
    connect: (given) => {
      connection = given
      return { test: async () => accepted({ sw: '', en: '' }) }
    },
  }
  const seen: boolean[] = []
  const account = { baseUrl: 'x:', settings: {}, secrets: { key: 'canary-secret' } }
  connectProvider(declaration, account, {
    http,
    clock,
    timeScale: more.timeScale ?? 1,
    onResult: ({ left }) => seen.push(left),
  })
  return {
    seen,
    pay: (input: string, signal?: AbortSignal): Promise<Outcome<string>> => {
      if (connection === null) throw new Error('not connected')
      return connection.call(pay, input, signal)
    },
  }
}

const isToken = (request: HttpRequest) => request.url.endsWith('token')
const counted = (http: { readonly sent: readonly HttpRequest[] }) => ({
  tokens: http.sent.filter(isToken).length,
  calls: http.sent.filter((request) => !isToken(request)).length,
})

it('fetches one token for calls that start together, and keeps it until a minute before its end', async () => {
  const clock = standingClock()
  let number = 0
  const http = scriptedHttp(async (request) => {
    if (!isToken(request)) return reply(200, 'paid')
    await new Promise((done) => setTimeout(done, 20))
    number += 1
    return reply(200, `token-${number}`)
  })
  const { pay: call } = connect(http, clock)
  await Promise.all(['a', 'b', 'c'].map((input) => call(input)))
  expect(counted(http)).toEqual({ tokens: 1, calls: 3 })
  clock.advance(3_600_000 - 60_001)
  await call('d')
  expect(counted(http)).toEqual({ tokens: 1, calls: 4 })
  clock.advance(1)
  await call('e')
  expect(counted(http)).toEqual({ tokens: 2, calls: 5 })
  expect(http.sent.at(-1)?.body).toMatch(/^token-2 /)
})

it('repeats a call once with a new token when the old one was refused, and no more than once', async () => {
  let good = 'token-2'
  let number = 0
  const http = scriptedHttp((request) => {
    if (isToken(request)) {
      number += 1
      return reply(200, `token-${number}`)
    }
    return String(request.body).startsWith(good) ? reply(200, 'paid') : reply(401, 'who are you')
  })
  const { pay: call } = connect(http, standingClock())
  expect(await call('a')).toEqual({ ok: true, value: 'paid' })
  expect(counted(http)).toEqual({ tokens: 2, calls: 2 })
  good = 'none'
  expect(await call('b')).toMatchObject({ ok: false, error: { kind: 'credentials' } })
  expect(counted(http)).toEqual({ tokens: 3, calls: 4 })
})

it('fetches one new token for several calls that were refused together', async () => {
  let number = 0
  const http = scriptedHttp(async (request) => {
    await new Promise((done) => setTimeout(done, 10))
    if (isToken(request)) {
      number += 1
      return reply(200, `token-${number}`)
    }
    return String(request.body).startsWith('token-1') ? reply(401, '') : reply(200, 'paid')
  })
  const { pay: call } = connect(http, standingClock())
  const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map((input) => call(input)))
  expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
  expect(counted(http)).toEqual({ tokens: 2, calls: 8 })
})

/** A clock on which waiting takes no time: what is asked to happen later happens at once, that much later. */
function leapingClock(): Clock & { readonly pauses: number[]; advance(ms: number): void } {
  const clock = standingClock()
  const pauses: number[] = []
  return {
    ...clock,
    pauses,
    after: (ms, run) => {
      pauses.push(ms)
      clock.advance(ms)
      queueMicrotask(run)
      return () => undefined
    },
  }
}

it('tries a new token again until it has settled, and counts the time in the world’s own timeScale', async () => {
  const settledAfter = (attempts: number) => {
    let refusals = attempts
    return scriptedHttp((request) => {
      if (isToken(request)) return reply(200, 'token')
      refusals -= 1
      return refusals >= 0 ? reply(401, 'not yet') : reply(200, 'paid')
    })
  }
  const slow = leapingClock()
  const http = settledAfter(3)
  expect(await connect(http, slow, true, { settlingMs: 30_000 }).pay('a')).toEqual({
    ok: true,
    value: 'paid',
  })
  expect(counted(http)).toEqual({ tokens: 1, calls: 4 })
  expect(slow.pauses).toEqual([500, 1_000, 2_000])

  const fast = leapingClock()
  const hurried = settledAfter(3)
  await connect(hurried, fast, true, { settlingMs: 30_000, timeScale: 100 }).pay('a')
  expect(fast.pauses).toEqual([5, 10, 20])
})

it('believes a refusal that outlasts the settling', async () => {
  const clock = leapingClock()
  const http = scriptedHttp((request) => (isToken(request) ? reply(200, 'token') : reply(401, 'revoked')))
  const { pay: call } = connect(http, clock, true, { settlingMs: 30_000 })
  expect(await call('a')).toMatchObject({ ok: false, error: { kind: 'credentials', detail: 'revoked' } })
  expect(counted(http).tokens).toBe(1)
  expect(clock.pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThanOrEqual(30_000)
  // Settled long ago: now the refusal means that it ended, and its successor gets its own time.
  const before = clock.pauses.length
  await call('b')
  expect(counted(http).tokens).toBe(2)
  expect(clock.pauses.length).toBeGreaterThan(before)
})

it('fetches anew at once when a token that was taken before is refused', async () => {
  const clock = leapingClock()
  let number = 0
  const http = scriptedHttp((request) => {
    if (isToken(request)) {
      number += 1
      return reply(200, `token-${number}`)
    }
    return String(request.body).startsWith(`token-${number} `) ? reply(200, 'paid') : reply(401, 'ended')
  })
  const { pay: call } = connect(http, clock, true, { settlingMs: 30_000 })
  await call('a')
  number += 1
  expect(await call('b')).toEqual({ ok: true, value: 'paid' })
  expect(counted(http)).toEqual({ tokens: 2, calls: 3 })
  expect(clock.pauses).toEqual([])
})

it('stops waiting for a token when the caller gives up, and blames nobody', async () => {
  const clock = leapingClock()
  const stop = new AbortController()
  const http = scriptedHttp((request) => {
    if (isToken(request)) return reply(200, 'token')
    if (stop.signal.aborted) return { kind: 'notSent', detail: 'stopped' }
    stop.abort()
    return reply(401, 'not yet')
  })
  const { pay: call } = connect(http, clock, true, { settlingMs: 30_000 })
  expect(await call('a', stop.signal)).toMatchObject({ error: { kind: 'offline' } })
  expect(clock.pauses).toEqual([])
})

it('never repeats a call whose reply was lost', async () => {
  const http = scriptedHttp((request) =>
    isToken(request) ? reply(200, 'token') : { kind: 'noReply', detail: 'ECONNRESET' },
  )
  const { pay: call, seen } = connect(http, standingClock())
  expect(await call('a')).toMatchObject({ ok: false, error: { kind: 'unknownOutcome' } })
  expect(counted(http)).toEqual({ tokens: 1, calls: 1 })
  expect(seen).toEqual([true, true])
})

it.each([
  ['no connection', { kind: 'notSent', detail: 'ECONNREFUSED' }, 'offline', false],
  ['silence', { kind: 'noReply', detail: 'timeout' }, 'temporary', true],
  ['nonsense', reply(500, ''), 'temporary', true],
] as const)(
  'takes %s while asking for a token for %s kind, never for an unknown outcome',
  async (_name, result, kind, left) => {
    const http = scriptedHttp(() => result)
    const { pay: call, seen } = connect(http, standingClock())
    // In the table: offline, or surely nothing done.
    expect(await call('a')).toMatchObject({ ok: false, error: { kind } })
    expect(counted(http).calls).toBe(0)
    expect(seen).toEqual([left])
  },
)

it('asks for a token again after it could not be had', async () => {
  let up = false
  const http = scriptedHttp((request) => {
    if (!up) return { kind: 'notSent', detail: 'ECONNREFUSED' }
    return reply(200, isToken(request) ? 'token' : 'paid')
  })
  const { pay: call } = connect(http, standingClock())
  expect((await call('a')).ok).toBe(false)
  up = true
  expect(await call('a')).toEqual({ ok: true, value: 'paid' })
})

it("learns the provider's time from its replies, and ignores a difference of seconds and a broken header", async () => {
  const clock = standingClock()
  let date = new Date(clock.now() + 7 * 60_000).toUTCString()
  const http = scriptedHttp(() => reply(200, 'paid', { date }))
  const { pay: call } = connect(http, clock, false)
  const timeSent = async () => {
    await call('a')
    return Number(String(http.sent.at(-1)?.body).split(' ')[1]) - clock.now()
  }
  expect(await timeSent()).toBe(0)
  expect(await timeSent()).toBe(7 * 60_000)
  date = 'the day before yesterday'
  expect(await timeSent()).toBe(7 * 60_000)
  date = new Date(clock.now() + 2_000).toUTCString()
  expect(await timeSent()).toBe(7 * 60_000)
  expect(await timeSent()).toBe(0)
})

it('turns a fault of an adapter into an outcome that is true and free of secrets', async () => {
  const http = scriptedHttp(() => reply(200, 'paid'))
  const { pay: call } = connect(http, standingClock(), false)
  expect(await call('unbuildable')).toEqual({
    ok: false,
    error: { kind: 'rejected', reason: 'rejected', detail: 'pay: cannot build [removed]' },
  })
  expect(http.sent).toHaveLength(0)
  expect(await call('unreadable')).toEqual({
    ok: false,
    error: { kind: 'unknownOutcome', reason: 'unknownOutcome', detail: 'pay: cannot read [removed]' },
  })
})

it('cleans the detail of every refusal', async () => {
  const http = scriptedHttp(() => reply(400, 'key canary-secret, phone +254712345678'))
  const { pay: call } = connect(http, standingClock(), false)
  expect(await call('a')).toMatchObject({ error: { detail: 'key [removed], phone +2547xxxxx678' } })
})

it('learns nothing about the line from a call that was stopped here', async () => {
  const stop = new AbortController()
  const http = scriptedHttp(() => {
    stop.abort()
    return { kind: 'notSent', detail: 'stopped' }
  })
  const { pay: call, seen } = connect(http, standingClock(), false)
  expect(await call('a', stop.signal)).toMatchObject({ error: { kind: 'offline' } })
  expect(seen).toEqual([])
})
