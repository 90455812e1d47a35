import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStand, realRandom, type Stand } from '../conformance/stand.ts'
import { idOf } from './collection.ts'

let stand: Stand
beforeAll(async () => {
  stand = await createStand('airtel-money', { autoAnswer: 'pay' })
})
afterAll(() => stand.close())

const prompt = {
  phone: '+255686123456',
  amountMinor: 100_00,
  currency: 'TZS',
  account: 'R-1042',
  description: 'Risiti',
  callbackUrl: 'https://kaunta.practice.example/hook/1',
} as const

describe('the simulator is strict', () => {
  const good = (change: object = {}, transaction: object = {}) => ({
    reference: 'Risiti R1042',
    subscriber: { country: 'TZ', currency: 'TZS', msisdn: '686123456', ...change },
    transaction: { amount: 100, country: 'TZ', currency: 'TZS', id: idOf(realRandom.id()), ...transaction },
  })
  const place = { 'x-country': 'TZ', 'x-currency': 'TZS' }

  it.each([
    ['a number with its country', good({ msisdn: '255686123456' }), place, 'ESB000008'],
    ['a number with a leading 0', good({ msisdn: '068612345' }), place, 'ESB000008'],
    ['an amount as text', good({}, { amount: '100' }), place, 'ESB000008'],
    ['an amount with cents', good({}, { amount: 10.5 }), place, 'ESB000008'],
    ['an id with dots', good({}, { id: 'a.b.c.d.e' }), place, 'ESB000008'],
    ['another country in the body', good({ country: 'KE' }), place, 'ESB000034'],
    ['another currency in the body', good({}, { currency: 'KES' }), place, 'ESB000035'],
    ['a missing country header', good(), { 'x-currency': 'TZS' }, 'ROUTER006'],
    ['a currency of the other country', good(), { ...place, 'x-currency': 'KES' }, 'ROUTER007'],
  ])('about %s', async (_name, body, headers, code) => {
    const token = await openSession()
    const before = stand.host.ledger().length
    const reply = await call('POST', '/merchant/v1/payments/', { token, headers, body })
    expect(reply.status).toBe(400)
    expect(reply.text).toContain(code)
    expect(stand.host.ledger()).toHaveLength(before)
  })

  it('about keys, token, route, signature, PIN and a body on GET', async () => {
    const wrong = { client_id: 'x', client_secret: 'y', grant_type: 'client_credentials' }
    expect(await call('POST', '/auth/oauth2/token', { body: wrong })).toMatchObject({ status: 401 })
    const token = await openSession()
    const headers = place
    expect(await call('GET', '/standard/v1/users/balance', { token: 'old', headers })).toMatchObject({
      status: 401,
    })
    expect((await call('POST', '/merchant/v3/payments/', { token, headers })).text).toContain('ROUTER005')
    const unsigned = await call('POST', '/merchant/v2/payments/', { token, headers, body: good() })
    expect([unsigned.status, unsigned.text]).toEqual([403, expect.stringContaining('DP00800001026')])
    const body = {
      payee: { msisdn: '686123456', currency: 'TZS' },
      reference: 'Marejesho',
      pin: Buffer.alloc(128).toString('base64'),
      transaction: { amount: 100, id: idOf(realRandom.id()), type: 'B2C' },
    }
    expect((await call('POST', '/standard/v2/disbursements/', { token, headers, body })).text).toContain(
      'ROUTER116',
    )
    const forged = { ...headers, 'x-signature': 'AAAA', 'x-key': 'AAAA' }
    expect(
      (await call('POST', '/standard/v2/disbursements/', { token, headers: forged, body })).text,
    ).toContain('DP00900001016')
  })

  it('about the same id twice, and answers an accepted prompt as published', async () => {
    const token = await openSession()
    const body = good()
    const first = await call('POST', '/merchant/v1/payments/', { token, headers: place, body })
    expect(JSON.parse(first.text)).toEqual({
      data: { transaction: { id: body.transaction.id, status: 'SUCCESS' } },
      status: {
        response_code: 'DP00800001006',
        code: '200',
        success: true,
        result_code: 'ESB000010',
        message: 'SUCCESS',
      },
    })
    const second = await call('POST', '/merchant/v1/payments/', { token, headers: place, body })
    expect([second.status, second.text]).toEqual([400, expect.stringContaining('ESB000041')])
  })

  it.each([
    ['+255780001003', 'failed', 'dailyLimit'],
    ['+255780001010', 'failed', 'recipient'],
  ])('and plays the script of %s', async (phone, state, reason) => {
    const money = stand.connect().mobileMoney
    const reference = realRandom.id()
    expect(await money?.raisePrompt({ ...prompt, reference, phone })).toMatchObject({ ok: true })
    const own = idOf(reference)
    await expect
      .poll(async () => money?.queryPrompt?.({ own, provider: null }))
      .toMatchObject({ ok: true, value: { state, reason } })
  })

  it('and knows nothing of a payment at first, and cannot tell of another for ten minutes', async () => {
    // "At first" is five seconds: in a world in less of a hurry a busy machine asks within them too.
    const unhurried = await createStand('airtel-money', { autoAnswer: 'pay', timeScale: 10 })
    const states = async (world: Stand, phone: string) => {
      const money = world.connect().mobileMoney
      const reference = realRandom.id()
      await money?.raisePrompt({ ...prompt, reference, phone })
      const seen = new Set<string>()
      const ask = async () => {
        const asked = await money?.queryPrompt?.({ own: idOf(reference), provider: null })
        if (asked?.ok === true) seen.add(asked.value.state)
        return seen.has('completed')
      }
      await expect.poll(ask, { interval: 5 }).toBe(true)
      return [...seen]
    }
    expect(await states(unhurried, '+255780001025')).toEqual(['notFound', 'completed'])
    await unhurried.close()
    expect(await states(stand, '+255780001000')).toEqual(expect.arrayContaining(['unknown', 'completed']))
  })
})

async function call(
  method: string,
  path: string,
  {
    token = '',
    headers = {},
    body,
  }: { token?: string; headers?: Record<string, string>; body?: object } = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const reply = await fetch(`${stand.account().baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: reply.status, text: await reply.text() }
}

async function openSession(): Promise<string> {
  const { clientId, clientSecret } = stand.account().secrets
  const body = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' }
  const reply = await call('POST', '/auth/oauth2/token', { body })
  const parsed: { access_token: string } = JSON.parse(reply.text)
  expect(parsed).toEqual({ access_token: expect.any(String), expires_in: '180', token_type: 'bearer' })
  return parsed.access_token
}
