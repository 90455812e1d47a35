import { describe, expect, it } from 'vitest'
import type { HttpClient } from '../http/client.ts'
import { connectProvider } from './call.ts'
import { mayHide, provesNothingHappened, refusesToken } from './http-answers.ts'
import { mpesaKenya } from './mpesa-kenya/adapter.ts'
import { registry } from './registry.ts'
import { unmapped } from './reply.ts'

const reply = (status: number, text = '') => ({ kind: 'reply', status, headers: {}, text }) as const

describe('an HTTP status', () => {
  it.each([408, 409, 425, 499, 301, 302, 307, 500, 502, 503, 504, 520, 100, 200])(
    '%i proves nothing about a call that does something',
    (status) => {
      expect(provesNothingHappened(status)).toBe(false)
      expect(unmapped('effect', reply(status), '')).toMatchObject({ error: { kind: 'unknownOutcome' } })
      expect(unmapped('read', reply(status), '')).toMatchObject({ error: { kind: 'temporary' } })
    },
  )

  it.each([
    [400, 'rejected'],
    [401, 'credentials'],
    [403, 'credentials'],
    [404, 'rejected'],
    [422, 'rejected'],
    [429, 'throttled'],
  ] as const)('%i proves that nothing happened: %s', (status, kind) => {
    expect([provesNothingHappened(status), mayHide(status)]).toEqual([true, false])
    expect(unmapped('effect', reply(status), '')).toMatchObject({ error: { kind } })
  })
})

describe('a token', () => {
  it.each([
    [401, ''],
    [401, '{"errorCode":"401.003.01","errorMessage":"Error Occurred - Invalid Access Token - xxx"}'],
    [404, '{"errorCode":"404.001.03","errorMessage":"Invalid Access Token"}'],
    [400, '{"error":"invalid_token"}'],
    [403, 'The access token has expired'],
    [500, 'Access token is invalid'],
  ])('is refused by HTTP %i %s', (status, text) => {
    expect(refusesToken(reply(status, text))).toBe(true)
  })

  it.each([
    [200, 'Invalid Access Token'],
    [408, 'Invalid Access Token'],
    [400, 'Invalid Amount'],
    [500, 'The transaction is being processed'],
  ])('is not refused by HTTP %i %s', (status, text) => {
    expect(refusesToken(reply(status, text))).toBe(false)
  })

  it('that any 401 stands beside is refused by every vendor with a session', () => {
    const sessions = registry.flatMap(({ declaration: { session } }) =>
      session === undefined ? [] : [session],
    )
    expect(sessions.map((session) => session.refuses(reply(401, '')))).toEqual([true, true, true, true])
  })
})

/** M-Pesa Express in Kenya against one answer, after a token of its own. */
async function prompt(...answers: readonly (readonly [number, string])[]) {
  const sent: string[] = []
  let next = 0
  const http: HttpClient = {
    send: async ({ url, headers }) => {
      if (url.includes('/oauth/')) {
        sent.push('token')
        return reply(200, JSON.stringify({ access_token: `t${sent.length}`, expires_in: '3599' }))
      }
      sent.push(headers.authorization ?? '')
      const [status, text] = answers[Math.min(next, answers.length - 1)] ?? [500, '']
      next += 1
      return reply(status, text)
    },
    close: async () => undefined,
  }
  const clock = { now: () => 1_795_000_000_000, monotonic: () => 0, after: () => () => undefined }
  const account = {
    baseUrl: 'https://x.example',
    settings: { shortcode: '174379', kind: 'CustomerPayBillOnline' },
    secrets: { consumerKey: '12345678', consumerSecret: '12345678', passkey: '12345678' },
  }
  const { mobileMoney } = connectProvider(mpesaKenya, account, { http, clock })
  const request = {
    reference: '0197a9d0-0000-7000-8000-000000000001',
    phone: '+254712345678',
    amountMinor: 10_000,
    currency: 'KES',
    account: '1',
    description: '1',
    callbackUrl: 'https://x.example/callbacks/1',
  } as const
  const outcomes = []
  for (const _ of answers) outcomes.push(await mobileMoney?.raisePrompt(request))
  return { outcomes, sent }
}

const taken = '{"CheckoutRequestID":"ws_CO_1","ResponseCode":"0"}'

describe('M-Pesa in Kenya', () => {
  it('fetches a new token for a refusal in other words, and repeats the call once', async () => {
    const refusal =
      '{"requestId":"r","errorCode":"401.003.01","errorMessage":"Error Occurred - Invalid Access Token - x"}'
    const { outcomes, sent } = await prompt([401, refusal], [200, taken])
    expect(outcomes[0]).toMatchObject({ ok: true, value: { providerReference: 'ws_CO_1' } })
    expect(sent.slice(0, 4)).toEqual(['token', 'Bearer t1', 'token', 'Bearer t3'])
  })

  it.each(['Bad Request - Invalid CallBackURL', 'Invalid CallBack URL'])(
    'says in words that the address for reports is refused, and what to do: %s',
    async (errorMessage) => {
      const { outcomes } = await prompt([400, JSON.stringify({ errorCode: '400.002.02', errorMessage })])
      expect(outcomes).toMatchObject([{ ok: false, error: { kind: 'rejected', reason: 'addressRefused' } }])
    },
  )

  it('does not keep a token that was refused twice', async () => {
    const refusal = '{"errorCode":"401.003.01","errorMessage":"Error Occurred - Invalid Access Token - x"}'
    const { sent } = await prompt([401, refusal], [401, refusal])
    expect(sent.filter((one) => one === 'token')).toHaveLength(4)
  })

  it.each([408, 409, 302, 500, 502])(
    'does not know what became of HTTP %i, whatever code stands beside it',
    async (status) => {
      const { outcomes } = await prompt([status, '{"errorCode":"499.999.99","errorMessage":"x"}'])
      expect(outcomes).toMatchObject([{ ok: false, error: { kind: 'unknownOutcome' } }])
    },
  )

  it.each([
    [200, '{"CheckoutRequestID":"ws_CO_9","ResponseCode":0}', 'taken'],
    [200, '{"CheckoutRequestID":77,"ResponseCode":"0"}', 'taken'],
    [200, '{"CheckoutRequestID":"ws_CO_9","ResponseCode":"1"}', 'unknown'],
    [200, '{"CheckoutRequestID":"ws_CO_9"}', 'unknown'],
    [500, '{"CheckoutRequestID":"ws_CO_9","ResponseCode":"0"}', 'unknown'],
  ] as const)('keeps the name to ask by of HTTP %i %s: %s', async (status, text, what) => {
    const { outcomes } = await prompt([status, text])
    const reading = what === 'taken' ? {} : { reading: { state: 'unknown' } }
    expect(outcomes).toMatchObject([
      { ok: true, value: { providerReference: expect.any(String), ...reading } },
    ])
  })
})
