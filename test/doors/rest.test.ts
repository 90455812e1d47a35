import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problems } from '../../src-preload/contract/problems.ts'
import { type RunningServer, startServer } from '../fixtures/server.ts'

let server: RunningServer
const folder = mkdtempSync(join(tmpdir(), 'kaunta-rest-'))

beforeAll(async () => {
  server = await startServer(folder, '--time-scale', '20')
})

afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly body: Record<string, unknown>
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const reply = await fetch(server.apiUrl + path, {
    method,
    headers: {
      authorization: `Bearer ${server.apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: reply.status, body: await reply.json() }
}

const key = (value: string) => ({ 'idempotency-key': value })
const sale = {
  customer: { phone: '0712345678', name: 'Neema' },
  lines: [{ name: 'Sukari 1 kg', quantityMilli: 1500, unitPriceMinor: 20_000 }],
}

describe('the integrators’ door', () => {
  it('tells its document to nobody without a key, and not with a wrong one', async () => {
    for (const headers of [{}, { authorization: 'Bearer' }, { authorization: `Bearer ${'x'.repeat(43)}` }]) {
      const reply = await fetch(`${server.apiUrl}/openapi.json`, { headers })
      const text = await reply.text()
      expect([reply.status, JSON.parse(text)]).toMatchObject([401, { code: 'API_KEY_WRONG' }])
      expect(text.length).toBeLessThan(1_000)
    }
    const { status, body } = await call('GET', '/openapi.json')
    expect([status, typeof body.openapi]).toEqual([200, 'string'])
  })

  it('creates a sale with its receipt number, once per key', async () => {
    const first = await call('POST', '/sales', sale, key('sale-1'))
    expect(first).toMatchObject({
      status: 201,
      body: { state: 'recorded', totalMinor: 30_000, customer: { phone: '+254712345678' } },
    })
    const again = await call('POST', '/sales', sale, key('sale-1'))
    expect(again).toEqual(first)
    const reordered = await call(
      'POST',
      '/sales',
      { lines: sale.lines, customer: sale.customer },
      key('sale-1'),
    )
    expect(reordered).toEqual(first)
    const other = await call('POST', '/sales', { ...sale, lines: [] }, key('sale-1'))
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } })
    expect(await call('POST', '/sales', sale, key('"sale-1"'))).toEqual(first)
    const read = await call('GET', `/sales/${String(first.body.id)}`)
    expect(read).toEqual({ ...first, status: 200 })
  })

  it('gives numbers without gaps, also past refused sales and many at once', async () => {
    const before = await call('POST', '/sales', sale, key('gap-0'))
    await call('POST', '/sales', { lines: [] }, key('gap-bad'))
    await call('POST', '/sales', { ...sale, soldat: 1 }, key('gap-bad-2'))
    const many = await Promise.all(
      Array.from({ length: 20 }, (_, index) => call('POST', '/sales', sale, key(`gap-${index + 1}`))),
    )
    const numbers = many.map(({ body }) => Number(body.number)).toSorted((a, b) => a - b)
    const start = Number(before.body.number)
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => start + index + 1))
  })

  it('sends a receipt and tells what became of it', async () => {
    const { body } = await call('POST', '/sales', sale, key('msg-sale'))
    const sent = await call(
      'POST',
      '/messages',
      { to: '0712345678', channel: 'sms', language: 'sw', saleId: body.id },
      key('msg'),
    )
    expect(sent).toMatchObject({ status: 202, body: { state: 'queued', segments: 1 } })
    expect(String(sent.body.body)).toContain(String(body.number).padStart(6, '0'))
    await expect
      .poll(async () => (await call('GET', `/messages/${String(sent.body.id)}`)).body.state, {
        timeout: 15_000,
      })
      .toBe('delivered')
  })

  it('prints a receipt once per key, and tells what became of the paper', async () => {
    const { body } = await call('POST', '/sales', sale, key('print-sale'))
    const path = `/sales/${String(body.id)}/print`
    const wanted = await call('POST', path, { language: 'en' }, key('print'))
    expect(wanted).toMatchObject({ status: 202, body: { purpose: 'receipt', saleId: body.id } })
    expect((await call('POST', path, { language: 'en' }, key('print'))).body.id).toBe(wanted.body.id)
    await expect
      .poll(async () => (await call('GET', `/prints/${String(wanted.body.id)}`)).body.state, {
        timeout: 15_000,
      })
      .toBe('printed')
    const copy = await call('POST', path, {}, key('print-2'))
    expect(copy.body).toMatchObject({ purpose: 'copy', copyNumber: 1 })
  })

  it('takes what the fiscal device answered, once, and gives the receipt as a file', async () => {
    const { body } = await call('POST', '/sales', sale, key('fiscal-sale'))
    const path = `/sales/${String(body.id)}/fiscal`
    const fiscal = {
      kind: 'traVfd',
      verificationCode: 'E215B4207332',
      qr: 'https://verify.tra.go.tz/E215B4207332_093108',
      receiptNumber: '207332',
      zNumber: '20261121',
      uin: '09VFDWEBAPI-1013155',
      serial: '10TZ101234',
      issuedAt: Date.UTC(2026, 10, 21, 6, 31, 8),
    }
    const late = await call('PUT', path, { ...fiscal, issuedAt: fiscal.issuedAt + 1000 })
    expect(late).toMatchObject({ status: 422, body: { code: 'FISCAL_QR', data: { field: 'issuedAt' } } })
    expect(await call('PUT', path, fiscal)).toMatchObject({ status: 200, body: { fiscal } })
    expect((await call('PUT', path, fiscal)).status).toBe(200)
    const other = await call('PUT', path, { ...fiscal, receiptNumber: '207333' })
    expect(other).toMatchObject({ status: 409, body: { code: 'FISCAL_RECORDED' } })
    expect((await call('PUT', path, { kind: 'traVfd' })).status).toBe(422)
    const file = await call('GET', `/sales/${String(body.id)}/receipt?format=text&language=en`)
    expect(file).toMatchObject({ status: 200, body: { mediaType: 'text/plain;charset=utf-8' } })
    const text = Buffer.from(String(file.body.base64), 'base64').toString()
    // Practice paper never passes for a fiscal one.
    expect(text).toContain('not a fiscal receipt')
    expect(text).not.toContain('E215B4207332')
    const pdf = await call('GET', `/sales/${String(body.id)}/receipt`)
    expect(Buffer.from(String(pdf.body.base64), 'base64').subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('streams a payment’s events until it is paid', async () => {
    const { body } = await call('POST', '/sales', sale, key('pay-sale'))
    const raised = await call('POST', '/payments', { saleId: body.id, phone: '0712345678' }, key('pay'))
    expect(raised).toMatchObject({ status: 202, body: { state: 'pending', amountMinor: 30_000 } })
    const refused = await call('POST', '/payments', { saleId: body.id, phone: '0712345678' }, key('pay-2'))
    expect(refused).toMatchObject({ status: 409, body: { code: 'PROMPT_ALIVE' } })
    const stream = await fetch(`${server.apiUrl}/payments/${String(raised.body.id)}/events`, {
      headers: { authorization: `Bearer ${server.apiKey}` },
    })
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    const states: string[] = []
    let text = ''
    for await (const piece of stream.body ?? []) {
      text += Buffer.from(piece).toString()
      states.splice(
        0,
        states.length,
        ...[...text.matchAll(/"state":"(\w+)"/g)].map((match) => match[1] ?? ''),
      )
      if (states.includes('prompted')) break
    }
    expect(states.at(-1)).toBe('prompted')
  })

  it('keeps a sale whose phone cannot be read, with a warning in the language that was asked', async () => {
    const odd = { ...sale, customer: { phone: '020 2222222', name: 'Neema' } }
    const { status, body } = await call('POST', '/sales', odd, {
      ...key('warned'),
      'accept-language': 'sw',
    })
    expect([status, body.state, body.customer]).toEqual([201, 'recorded', { phone: null, name: 'Neema' }])
    expect(body.warnings).toMatchObject([
      { field: 'body.customer.phone', code: 'PHONE_LANDLINE', message: expect.stringContaining('si namba') },
    ])
    const again = await call('POST', '/sales', odd, { ...key('warned'), 'accept-language': 'sw' })
    expect(again).toEqual({ status, body })
  })

  it('takes the time, the tenders and the number of a sale, and says what it took', async () => {
    const soldAt = Date.now() - 3_600_000
    const tenders = [{ kind: 'cash', amountMinor: 30_000 }]
    const { status, body } = await call(
      'POST',
      '/sales',
      { ...sale, soldAt, tenders, number: 'A-77' },
      key('whole'),
    )
    expect([status, body.state, body.soldAt, body.posNumber, body.paidMinor]).toEqual([
      201,
      'finished',
      soldAt,
      'A-77',
      30_000,
    ])
    const wrong = await call('POST', '/sales', { ...sale, number: 'A-77' }, key('whole-2'))
    expect(wrong).toMatchObject({ status: 409, body: { code: 'POS_NUMBER_USED' } })
  })

  it('refuses a parameter that nobody knows where only something is read', async () => {
    for (const path of ['/outbox?fliter=all', '/sales/01a1fd2d-e14e-778e-81b2-ab0d4d19c74a?with=lines'])
      expect(await call('GET', path)).toMatchObject({ status: 422, body: { code: 'INPUT_INVALID' } })
  })

  it('lists the outbox', async () => {
    const { status, body } = await call('GET', '/outbox?filter=all&limit=2')
    expect(status).toBe(200)
    expect(body.rows).toHaveLength(2)
  })

  it('describes itself', async () => {
    const { body } = await call('GET', '/openapi.json')
    const document = JSON.stringify(body)
    for (const path of [
      '/sales',
      '/sales/{id}',
      '/messages',
      '/payments',
      '/payments/{id}/events',
      '/events',
      '/events/stream',
      '/outbox',
    ]) {
      expect(Object.keys(Object(body.paths))).toContain(path)
    }
    expect(document).toContain('idempotency-key')
    const operations = document.match(/"operationId"/g) ?? []
    expect(document.match(/"default":\{"\$ref":"#\/components\/responses\/Problem"\}/g)).toHaveLength(
      operations.length,
    )
    expect(body).toMatchObject({
      components: { schemas: { Problem: { properties: { code: { enum: Object.keys(problems) } } } } },
    })
    expect(document.length).toBeLessThan(100_000)
    expect(document).not.toContain('/practice/')
  })
})

describe('bad input', () => {
  const refusals: readonly (readonly [
    string,
    string,
    unknown,
    Record<string, string>,
    number,
    string,
    RegExp,
  ])[] = [
    [
      'no phone',
      '/messages',
      { to: '12345', channel: 'sms', text: 'Habari' },
      key('b1'),
      422,
      'PHONE_INVALID',
      /12345.*0712 345 678/,
    ],
    ['no items', '/sales', { lines: [] }, key('b2'), 422, 'SALE_EMPTY', /no items/],
    [
      'an amount of 0',
      '/sales',
      { lines: [{ name: 'x', quantityMilli: 1000, unitPriceMinor: 0 }] },
      key('b3'),
      422,
      'AMOUNT_ZERO',
      /amount is 0/,
    ],
    [
      'a negative price',
      '/sales',
      { lines: [{ name: 'x', quantityMilli: 1000, unitPriceMinor: -5 }] },
      key('b4'),
      422,
      'INPUT_INVALID',
      /body\.lines\.0\.unitPriceMinor/,
    ],
    [
      'a landline for a message',
      '/messages',
      { to: '+254 20 2222222', channel: 'sms', text: 'Habari' },
      key('b8'),
      422,
      'PHONE_LANDLINE',
      /can receive no message/,
    ],
    [
      'a field that nobody knows',
      '/sales',
      { ...sale, customer: { phone: '0712345678', mail: 'a@b.c' } },
      key('b9'),
      422,
      'INPUT_INVALID',
      /body\.customer\.mail .* no field called mail/,
    ],
    [
      'a parameter that nobody knows',
      '/payments?provider=airtel',
      { saleId: '01a1fd2d-e14e-778e-81b2-ab0d4d19c74a', phone: '0712345678' },
      key('b10'),
      422,
      'INPUT_INVALID',
      /query\.provider/,
    ],
    ['no key', '/sales', sale, {}, 400, 'IDEMPOTENCY_KEY_MISSING', /Idempotency-Key is missing/],
    ['an empty key', '/sales', sale, key('""'), 400, 'IDEMPOTENCY_KEY_MISSING', /Idempotency-Key is missing/],
    ['no key and no sense', '/sales', { soldat: 1 }, {}, 400, 'IDEMPOTENCY_KEY_MISSING', /is missing/],
    [
      'an empty text',
      '/messages',
      { to: '0712345678', channel: 'sms', text: ' ' },
      key('b5'),
      422,
      'TEXT_EMPTY',
      /empty/,
    ],
    [
      'a text over the limit',
      '/messages',
      { to: '0712345678', channel: 'sms', text: 'a'.repeat(1531) },
      key('b6'),
      422,
      'TEXT_TOO_LONG',
      /1531.*1530/,
    ],
    [
      'a sale that is not there',
      '/payments',
      { saleId: '01a1fd2d-e14e-778e-81b2-ab0d4d19c74a', phone: '0712345678' },
      key('b7'),
      404,
      'SALE_NOT_FOUND',
      /does not exist/,
    ],
  ]

  it.each(refusals)(
    '%s: a clear refusal, and nothing stored',
    async (_name, path, body, headers, status, code, words) => {
      const before = await call('GET', '/outbox?filter=all&limit=200')
      const answer = await call('POST', path, body, headers)
      expect(answer).toMatchObject({ status, body: { code } })
      expect(String(answer.body.message)).toMatch(words)
      expect(await call('GET', '/outbox?filter=all&limit=200')).toEqual(before)
    },
  )

  it('answers in Swahili when asked', async () => {
    const answer = await call('POST', '/sales', { lines: [] }, { ...key('b8'), 'accept-language': 'sw' })
    expect(answer.body.message).toBe('Mauzo hayana bidhaa bado. Ongeza moja: jina lake, kisha bei.')
  })

  it.each([
    ['a body that calls itself text', '/sales', '{}', { 'content-type': 'text/plain' }, 422],
    ['a body that is no JSON', '/sales', '{"lines": [', { 'content-type': 'application/json' }, 400],
    ['an address where nothing is', '/nothing', '{}', { 'content-type': 'application/json' }, 404],
    ['no key for the call', '/sales', '{"lines": []}', { 'content-type': 'application/json' }, 400],
  ] as const)(
    'refuses %s in the language that was asked for, in no words of a library',
    async (_what, path, body, type, status) => {
      const messages = await Promise.all(
        ['en', 'sw'].map(async (language) => {
          const reply = await fetch(server.apiUrl + path, {
            method: 'POST',
            headers: { authorization: `Bearer ${server.apiKey}`, 'accept-language': language, ...type },
            body,
          })
          expect(reply.status).toBe(status)
          const { message }: { message?: unknown } = await reply.json()
          return String(message)
        }),
      )
      expect(messages[0]).not.toBe(messages[1])
      for (const message of messages) {
        expect(message).toMatch(/^[A-Z“].*\.$/)
        expect(message).not.toMatch(/expected|received|Invalid|Unexpected|JSON input|Malformed|undefined/)
      }
      // Nothing English is left standing in the Swahili sentence.
      expect(messages[1]).not.toMatch(/\b(?:it|must|be|the|is|are|field)\b/)
    },
  )

  it('refuses cents where the network takes whole shillings, naming both', async () => {
    const cents = { lines: [{ name: 'x', quantityMilli: 1000, unitPriceMinor: 1050 }] }
    const { body } = await call('POST', '/sales', cents, key('cents'))
    const answer = await call('POST', '/payments', { saleId: body.id, phone: '0712345678' }, key('cents-pay'))
    expect(answer).toMatchObject({ status: 422, body: { code: 'AMOUNT_NOT_WHOLE' } })
    expect(String(answer.body.message)).toMatch(/KES 10\.50/)
  })

  it('refuses a wrong key, a missing key, and a key without the scope', async () => {
    const wrong = await call('GET', '/outbox', undefined, {
      authorization: `Bearer kaunta_${'x'.repeat(43)}`,
    })
    expect(wrong).toMatchObject({ status: 401, body: { code: 'API_KEY_WRONG' } })
    expect(await call('GET', '/outbox', undefined, { authorization: '' })).toMatchObject({ status: 401 })
  })

  it('refuses a JSON body of 50 MB without reading it', async () => {
    const answer = await fetch(`${server.apiUrl}/sales`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${server.apiKey}`,
        'content-type': 'application/json',
        ...key('big'),
      },
      body: `{"lines":[],"x":"${'a'.repeat(50 * 1024 * 1024)}"}`,
    }).then(
      async (reply) => ({ status: reply.status, body: await reply.text() }),
      // The server may close the door while the rest is still on its way.
      () => ({ status: 413, body: 'BODY_TOO_LARGE' }),
    )
    expect(answer.status).toBe(413)
    expect(answer.body).toContain('BODY_TOO_LARGE')
  })

  it('refuses a large body that does not tell its length', async () => {
    const answer = await new Promise<number>((resolve) => {
      const outgoing = request(`${server.apiUrl}/sales`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${server.apiKey}`,
          'content-type': 'application/json',
          ...key('chunked'),
        },
      })
      outgoing.on('response', (reply) => resolve(reply.statusCode ?? 0))
      outgoing.on('error', () => resolve(413))
      for (let count = 0; count < 40; count += 1) outgoing.write(Buffer.alloc(16 * 1024, 'a'))
      outgoing.end()
    })
    expect(answer).toBe(413)
  })
})
