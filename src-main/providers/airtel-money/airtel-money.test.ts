import { constants, createDecipheriv, generateKeyPairSync, privateDecrypt } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MobileMoneyCase, mobileMoneyConformance } from '../conformance/mobile-money.ts'
import { openServer } from '../conformance/sockets.ts'
import { createStand, realClock, realRandom, type Stand } from '../conformance/stand.ts'
import type { MobileMoney, References } from '../mobile-money.ts'
import type { RawCallback } from '../provider.ts'
import { errorRows, fineCodes, readStatus } from './codes.ts'
import { idOf, wordsOf } from './collection.ts'
import { hashOf, rawMember } from './reports.ts'
import { cipherBody, untilOf } from './signing.ts'
import { addresses, get, tokenRequest } from './wire.ts'

const provider = 'airtel-money'
const callbackKey = 'practice-callback-key'

const report = (body: string): RawCallback => ({
  method: 'POST',
  path: '/',
  headers: { 'content-type': 'application/json' },
  body,
})

/** The `transaction` part as the documents print it, with blanks that a second writing would lose. */
function transactionOf(references: References, status: string): string {
  return `{"id": "${references.own}", "message": "Paid TZS 5,000 to SHOP LTD {Trans ID}", "status_code": "${status}", "airtel_money_id": "MP210603.1234.L06941"}`
}

function bodyOf(references: References, status: string, signed: boolean): string {
  const transaction = transactionOf(references, status)
  return signed
    ? `{ "transaction" : ${transaction}, "hash":"${hashOf(transaction, callbackKey)}" }`
    : `{"transaction":${transaction}}`
}

const common: MobileMoneyCase = {
  provider,
  currency: 'TZS',
  phone: '+255686123456',
  poorPhone: '+255686000001',
  endings: { ignore: { state: 'expired', reason: 'promptExpired' } },
  refusesBusyPhone: false,
  lacks: {
    partialReversal: /no part of it/,
    queryReversal: /refund whose answer was lost/,
    queryCode: /code that a customer shows/,
    customerPayments: /pay by themselves/,
  },
  reports: {
    trust: 'signed',
    carriesAmount: false,
    repeatsUnacknowledged: false,
    paid: (references) => report(bodyOf(references, 'TS', true)),
    invented: (references) => report(bodyOf(references, 'TX', true)),
    forge: (paid) => [
      report(paid.body.replace(/"hash".*$/, '"hash":""}')),
      report(paid.body.replace(/, "hash".*$/, '}')),
      report(paid.body.replace('5,000', '9,000')),
      report(paid.body.replace('"TS"', '"TS" ')),
    ],
    acknowledgement: () => ({ status: 200, contentType: 'application/json', body: '{}' }),
  },
}

mobileMoneyConformance({ ...common, title: 'Tanzania, payments signed' })
mobileMoneyConformance({
  ...common,
  title: 'Kenya, nothing signed, no callback key',
  currency: 'KES',
  phone: '+254733123456',
  poorPhone: '+254733000009',
  change: { settings: { country: 'KE', signing: 'none' }, secrets: { callbackKey: '' } },
  reports: {
    trust: 'unsigned',
    carriesAmount: false,
    repeatsUnacknowledged: false,
    paid: (references) => report(bodyOf(references, 'TS', false)),
    invented: (references) => report(bodyOf(references, 'TX', false)),
    forge: () => [],
    acknowledgement: () => ({ status: 200, contentType: 'application/json', body: '{}' }),
  },
})
let stand: Stand
beforeAll(async () => {
  stand = await createStand(provider, { autoAnswer: 'pay' })
})
afterAll(() => stand.close())

const prompt = {
  reference: '0197a9d0-0000-7000-8000-000000000001',
  phone: '+255686123456',
  amountMinor: 100_00,
  currency: 'TZS',
  account: 'Kaunta R-1042/7',
  description: 'Risiti ya mauzo: leo',
  callbackUrl: 'https://kaunta.practice.example/hook/1',
} as const
const payout = { ...prompt, name: 'Asha Juma', note: 'Marejesho R-1042' } as const
const refund = {
  ...prompt,
  receiptCode: 'MP210603.1234.L06941',
  payment: { own: idOf(prompt.reference), provider: null },
  note: 'x',
} as const
const id = idOf(prompt.reference)

const rsa = generateKeyPairSync('rsa', { modulusLength: 1_024 })
const spki = rsa.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
const unlock = (base64: string) =>
  privateDecrypt(
    { key: rsa.privateKey, padding: constants.RSA_PKCS1_PADDING },
    Buffer.from(base64, 'base64'),
  ).toString()

interface Seen {
  readonly line: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** A network that hands out token and key as documented and answers every other call with this. */
async function against<T>(
  status: number,
  body: string,
  run: (money: MobileMoney) => Promise<T>,
  settings: Readonly<Record<string, string>> = { country: 'TZ', signing: 'none', payouts: 'yes' },
): Promise<{ readonly outcome: T; readonly seen: readonly Seen[] }> {
  const seen: Seen[] = []
  const server = await openServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    request.on('end', () => {
      seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body: text })
      const known = new Map([
        ['/auth/oauth2/token', '{"access_token":"UCcp1oe4q","expires_in":"180","token_type":"bearer"}'],
        [
          '/v1/rsa/encryption-keys',
          `{"data":{"key_id":1,"key":"${spki}","valid_upto":"12-08-2099 21:29:26"},"status":{"response_code":"DP02010001001","code":"200","success":true,"result_code":"ESB000010","message":"SUCCESS"}}`,
        ],
      ]).get(request.url ?? '')
      response.writeHead(known === undefined ? status : 200, { 'content-type': 'application/json' })
      response.end(known ?? body)
    })
  })
  const { mobileMoney } = stand.connect({ baseUrl: server.url, settings })
  if (mobileMoney === undefined) throw new Error('no mobile money')
  const outcome = await run(mobileMoney)
  await server.close()
  return { outcome, seen }
}

const sent =
  '{"data":{"transaction":{"id":false,"status":"SUCCESS"}},"status":{"code":"200","message":"SUCCESS","result_code":"ESB000010","response_code":"DP00800001006","success":true}}'

describe('the wire, as the documents show it', () => {
  it('adapter: token by JSON, then a prompt whose every header and field is as asked', async () => {
    const { outcome, seen } = await against(200, sent, (money) => money.raisePrompt(prompt))
    expect(outcome).toEqual({ ok: true, value: { providerReference: null } })
    expect(seen.map(({ line }) => line)).toEqual(['POST /auth/oauth2/token', 'POST /merchant/v1/payments/'])
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({
      client_id: 'c02e9e46-practice-client',
      client_secret: 'ab672211-practice-secret',
      grant_type: 'client_credentials',
    })
    expect(seen[1]?.headers).toMatchObject({
      authorization: 'Bearer UCcp1oe4q',
      'x-country': 'TZ',
      'x-currency': 'TZS',
      accept: '*/*',
      'content-type': 'application/json',
    })
    expect(JSON.parse(seen[1]?.body ?? '')).toEqual({
      reference: 'Kaunta R10427',
      subscriber: { country: 'TZ', currency: 'TZS', msisdn: '686123456' },
      transaction: { amount: 100, country: 'TZ', currency: 'TZS', id },
    })
  })

  it('adapter: signs the exact bytes that it sends (v2), with the key of Airtel, fetched once', async () => {
    const twice = async (money: MobileMoney) => {
      await money.raisePrompt(prompt)
      return money.raisePrompt(prompt)
    }
    const { seen } = await against(200, sent, twice, { country: 'TZ', signing: 'collection', payouts: 'no' })
    expect(seen.map(({ line }) => line)).toEqual([
      'POST /auth/oauth2/token',
      'GET /v1/rsa/encryption-keys',
      'POST /merchant/v2/payments/',
      'POST /merchant/v2/payments/',
    ])
    const [, , first, second] = seen
    expect(first?.headers['x-key']).not.toBe(second?.headers['x-key'])
    const [key = '', iv = ''] = unlock(String(first?.headers['x-key'])).split(':')
    expect([Buffer.from(key, 'base64').length, Buffer.from(iv, 'base64').length]).toEqual([32, 16])
    const decipher = createDecipheriv('aes-256-cbc', Buffer.from(key, 'base64'), Buffer.from(iv, 'base64'))
    const signature = Buffer.from(String(first?.headers['x-signature']), 'base64')
    expect(Buffer.concat([decipher.update(signature), decipher.final()]).toString()).toBe(first?.body)
  })

  it('adapter: cipher and callback hash as computed elsewhere', () => {
    expect(cipherBody('{"a":1}', Buffer.alloc(32, 1), Buffer.alloc(16, 2))).toBe('3gbKLZ/Qq23OUmJ9Rp/3sg==')
    expect(
      hashOf(
        '{"id":"BBZMiscxy","message":"Paid TZS 5,000 to SHOP LTD","status_code":"TS","airtel_money_id":"MP210603.1234.L06941"}',
        'test-callback-key',
      ),
    ).toBe('f+bgOQK2g7I/TW6kcrI7Q+dnhKMVu9ZQFB9pSrdD8UU=')
  })

  it('adapter: reads the published enquiry, refund and balance', async () => {
    const status = '"status":{"code":"200","message":"SUCCESS","result_code":"ESB000010","success":true}'
    const enquiry = `{"data":{"transaction":{"airtel_money_id":"MP210603.1234.L06941","id":"${id}","message":"success","status":"TS"}},${status}}`
    const ask = (money: MobileMoney) =>
      money.queryPrompt?.({ own: id, provider: null }) ?? Promise.reject(new Error())
    const asked = await against(200, enquiry, ask)
    expect(asked.seen.at(-1)).toMatchObject({ line: `GET /standard/v1/payments/${id}`, body: '' })
    expect(asked.outcome).toEqual({
      ok: true,
      value: { state: 'completed', receiptCode: 'MP210603.1234.L06941', amountMinor: null },
    })
    expect((await against(200, enquiry.replace(id, 'SOMEBODYELSE'), ask)).outcome).toMatchObject({
      value: { state: 'unknown' },
    })
    // The success flag is false in the documents' own sample.
    const given = `{"data":{"transaction":{"airtel_money_id":"CI210603.1235.L06942","status":"SUCCESS"}},${status.replace('true', 'false')}}`
    const back = await against(200, given, async (money) => money.reverse?.send(refund))
    expect(back.seen.at(-1)).toMatchObject({
      line: 'POST /standard/v1/payments/refund',
      body: '{"transaction":{"airtel_money_id":"MP210603.1234.L06941"}}',
    })
    expect(back.outcome).toMatchObject({
      ok: true,
      value: { providerReference: 'CI210603.1235.L06942', reading: { state: 'completed' } },
    })
    const purse = `{"data":{"balance":"37,600.00","currency":"TZS","account_status":"Active"},${status}}`
    const balance = async (money: MobileMoney) => money.balance?.({ reference: 'x', callbackUrl: '' })
    const read = await against(200, purse, balance)
    expect(read.seen.at(-1)?.line).toBe('GET /standard/v1/users/balance')
    expect(read.outcome).toEqual({
      ok: true,
      value: { kind: 'now', value: [{ name: 'Airtel Money', availableMinor: 3_760_000, currency: 'TZS' }] },
    })
    expect((await against(200, purse.replace('37,600.00', '3.76e4'), balance)).outcome).toMatchObject({
      ok: false,
    })
  })

  it('adapter: pays out with the PIN encrypted, and asks with the kind of transaction', async () => {
    const done = `{"data":{"transaction":{"reference_id":"18****354","airtel_money_id":"CI210603.1235.L06942","id":"${id}","status":"TS"}},"status":{"response_code":"DP00900001001","code":"200","success":true,"result_code":"ESB000010","message":"SUCCESS"}}`
    const { outcome, seen } = await against(200, done, async (money) => money.payOut?.send(payout))
    expect(outcome).toMatchObject({
      ok: true,
      value: { providerReference: '18****354', reading: { state: 'completed' } },
    })
    const call = seen.at(-1)
    expect(call?.line).toBe('POST /standard/v2/disbursements/')
    expect(call?.headers['x-signature']).toBeUndefined()
    const body: { pin: string } = JSON.parse(call?.body ?? '')
    expect(body).toEqual({
      payee: { msisdn: '686123456', currency: 'TZS', name: 'Asha Juma' },
      reference: 'Marejesho R1042',
      pin: expect.any(String),
      transaction: { amount: 100, id, type: 'B2C' },
    })
    expect(unlock(body.pin)).toBe('4321')
    const asked = await against(200, done, async (money) =>
      money.payOut?.query?.({ own: id, provider: null }),
    )
    expect(asked.seen.at(-1)?.line).toBe(`GET /standard/v2/disbursements/${id}?transactionType=B2C`)
    expect(asked.outcome).toMatchObject({ ok: true, value: { state: 'completed' } })
  })

  it('adapter: takes a payout for done by its code alone, and for under way without a word', async () => {
    const done = '{"status":{"response_code":"DP00900001001","success":true,"result_code":"ESB000010"}}'
    const send = async (money: MobileMoney) => money.payOut?.send(payout)
    expect((await against(200, done, send)).outcome).toMatchObject({
      value: { reading: { state: 'completed', receiptCode: null } },
    })
    expect((await against(200, done.replace('1001', '1006'), send)).outcome).toEqual({
      ok: true,
      value: { providerReference: null },
    })
  })

  it('adapter: uses the key of the documents for the PIN where the shop has one', async () => {
    const { seen } = await against(200, sent, async (money) => money.payOut?.send(payout), {
      country: 'TZ',
      signing: 'none',
      payouts: 'yes',
      pinKey: `-----BEGIN PUBLIC KEY-----\n${spki.slice(0, 64)}\n${spki.slice(64)}\n-----END PUBLIC KEY-----`,
    })
    expect(seen.map(({ line }) => line)).toEqual([
      'POST /auth/oauth2/token',
      'POST /standard/v2/disbursements/',
    ])
    const body: { pin: string } = JSON.parse(seen.at(-1)?.body ?? '')
    expect(unlock(body.pin)).toBe('4321')
  })

  it('adapter: reads the day first in valid_upto, in the earliest zone that can be meant', () => {
    expect(untilOf('12-08-2024 21:29:26')).toBe(Date.UTC(2024, 7, 12, 18, 29, 26))
    for (const odd of ['', '2024-08-12 21:29:26', '12-13-2024 21:29:26', '12-08-2024'])
      expect(untilOf(odd)).toBe(0)
  })
})

describe('the address', () => {
  it.each([
    [addresses.live, { country: 'TZ' }, 'https://openapi.airtel.co.tz'],
    [addresses.sandbox, { country: 'TZ' }, 'https://openapiuat.airtel.co.tz'],
    [addresses.live, { country: 'KE' }, 'https://openapi.airtelkenya.com'],
    [addresses.sandbox, { country: 'KE' }, 'https://openapiuat.airtelkenya.com'],
    [
      addresses.live,
      { country: 'KE', host: 'https://openapi.airtel.africa/' },
      'https://openapi.airtel.africa',
    ],
    ['http://127.0.0.1:9', { country: 'KE', host: 'https://elsewhere.example' }, 'http://127.0.0.1:9'],
  ])('of %s for %o is %s', (baseUrl, settings, host) => {
    const context = { baseUrl, settings, secrets: {}, token: 't', now: 0 }
    expect(tokenRequest(context).url).toBe(`${host}/auth/oauth2/token`)
    expect(get(context, '/x').url).toBe(`${host}/x`)
  })
})

describe('the tables', () => {
  it.each(errorRows)('$code means $kind, $reason', async ({ code, kind, reason }) => {
    const body = JSON.stringify({
      status: { code: '400', success: false, message: 'x', response_code: code },
    })
    const { outcome } = await against(400, body, (money) => money.raisePrompt(prompt))
    expect(outcome).toMatchObject({ ok: false, error: kind === 'temporary' ? { kind } : { kind, reason } })
    const routed = JSON.stringify({ status_message: 'x', status_code: code })
    expect((await against(400, routed, (money) => money.raisePrompt(prompt))).outcome).toMatchObject({
      error: { kind },
    })
  })

  it.each([
    [200, '{"status":{"success":true,"response_code":"DP00800009999"}}', 'unknownOutcome'],
    [
      200,
      '{"status":{"success":true,"response_code":"DP00800001006","result_code":"ESB000001"}}',
      'unknownOutcome',
    ],
    [200, '{"status":{"success":false,"result_code":"ESB000010"}}', 'unknownOutcome'],
    [200, sent.replace('false', '"SOMEBODYELSE"'), 'unknownOutcome'],
    [200, '', 'unknownOutcome'],
    [200, '<html>', 'unknownOutcome'],
    [302, '', 'unknownOutcome'],
    [400, '{"status":{"response_code":"DP00800009999"}}', 'rejected'],
    [500, '{"status":{"response_code":"DP00800001005"}}', 'unknownOutcome'],
    [500, '{"status":{"response_code":"DP00800001007"}}', 'unknownOutcome'],
    [500, '{"status_code":"ROUTER001"}', 'credentials'],
    [503, '', 'unknownOutcome'],
    [408, '', 'unknownOutcome'],
    [409, '', 'unknownOutcome'],
    [409, '{"status":{"message":"conflict"}}', 'unknownOutcome'],
    [429, '', 'throttled'],
    [403, '', 'credentials'],
  ])('HTTP %i %s means %s', async (status, body, kind) => {
    const { outcome } = await against(status, body, (money) => money.raisePrompt(prompt))
    expect(outcome).toMatchObject({ ok: false, error: { kind } })
  })

  it.each(errorRows.filter((row) => row.ends !== undefined))(
    'a payment that failed with $code ended as $ends.state, $ends.reason',
    ({ code, ends }) => {
      expect(readStatus('TF', [code], null, 'x')).toEqual({ ...ends, detail: 'x' })
    },
  )

  it('takes nothing but TS for paid, and nothing unknown for unpaid', () => {
    const anything = fc.oneof(fc.string(), fc.constantFrom('ts', 'TS ', 'SUCCESS', 'T', 'TST', '200'))
    fc.assert(
      fc.property(
        anything,
        fc.constantFrom(...errorRows.map((row) => row.code), ...fineCodes),
        (status, code) => {
          fc.pre(!['TS', 'TF', 'TE', 'TA', 'TIP'].includes(status))
          expect(readStatus(status, [code], 'MP1', '').state).toBe('unknown')
        },
      ),
    )
    expect(readStatus('TA', ['DP00800001000'], null, '').state).toBe('unknown')
    expect(readStatus('TIP', [], null, '').state).toBe('processing')
  })

  it.each(['DP00800001025', 'ESB000045', 'DP00900001015'])(
    '%s is not found, whatever stands beside it',
    async (code) => {
      const body = `{"data":{"transaction":{"id":"${id}","status":"TF"}},"status":{"response_code":"${code}"}}`
      for (const status of [200, 400, 404]) {
        const { outcome } = await against(status, body, async (money) =>
          money.queryPrompt?.({ own: id, provider: null }),
        )
        expect(outcome).toMatchObject({ ok: true, value: { state: 'notFound' } })
      }
    },
  )

  it('calls no question an unknown outcome', async () => {
    for (const [status, body] of [
      [500, '{"status":{"result_code":"ESB000014"}}'],
      [502, ''],
      [200, ''],
      [200, '{}'],
    ] as const) {
      const { outcome } = await against(status, body, async (money) =>
        money.queryPrompt?.({ own: id, provider: null }),
      )
      expect(outcome).toMatchObject({ ok: false, error: { kind: 'temporary' } })
    }
  })
})

describe('payouts', () => {
  it('can be signed too, and the simulator reads the signature', async () => {
    const { settings } = stand.account()
    const { mobileMoney } = stand.connect({ settings: { ...settings, signing: 'all' } })
    const command = { ...payout, reference: realRandom.id() }
    expect(await mobileMoney?.payOut?.send(command)).toMatchObject({ ok: true })
    expect(stand.host.ledger().at(-1)).toMatchObject({ kind: 'payout', reference: idOf(command.reference) })
  })

  it('are absent for an account without the product, and need a PIN', async () => {
    const { settings, secrets } = stand.account()
    expect(stand.connect({ settings: { ...settings, payouts: 'no' } }).mobileMoney?.payOut).toBeUndefined()
    const { mobileMoney, calls } = stand.connect({ secrets: { ...secrets, pin: '' } })
    expect(await mobileMoney?.payOut?.send(payout)).toMatchObject({
      ok: false,
      error: { kind: 'credentials' },
    })
    expect(calls).toEqual([])
  })
})

describe('names and reports', () => {
  it('names a payment in 25 letters and digits, never the same for two', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), (one, other) => {
        expect(idOf(one)).toMatch(/^[A-Z0-9]{25}$/)
        expect(idOf(one) === idOf(other)).toBe(one === other)
      }),
    )
    expect(wordsOf('7', 'Malipo')).toBe('Malipo 7')
    expect(wordsOf('', 'Malipo')).toBe('Malipo')
  })

  it('cuts out the signed text exactly as it stands, and nothing that only looks like it', () => {
    const inner = fc.record({
      id: fc.string(),
      message: fc.string(),
      deep: fc.constant({ transaction: { id: '}' } }),
    })
    fc.assert(
      fc.property(inner, fc.json(), fc.constantFrom(undefined, 1, 3), (transaction, other, blanks) => {
        const raw = JSON.stringify(transaction, null, blanks)
        expect(
          rawMember(`{"a":${other}, "transaction" :\n ${raw},"hash":"\\"transaction\\":{"}`, 'transaction'),
        ).toBe(raw)
      }),
    )
    for (const none of [
      '{}',
      '[{"transaction":{}}]',
      '{"a":{"transaction":{}}}',
      '{"transaction":[]}',
      '{"transaction":{},"transaction":{}}',
    ]) {
      expect(rawMember(none, 'transaction')).toBeNull()
    }
  })

  it('ends nothing by a report that is not the last word, and pays by none without Airtel’s id', () => {
    const { mobileMoney } = stand.connect()
    const read = (body: string) => {
      const seen = mobileMoney?.readReport(report(body))
      return seen?.about === 'money' ? seen.reading.state : null
    }
    expect(read(bodyOf({ own: id, provider: null }, 'TF', true))).toBe('processing')
    expect(read(`{"transaction":{"id":"${id}","status_code":"TS"}}`)).toBe('processing')
    expect(read(`{"transaction":{"id":"${id}","status_code":"TA"}}`)).toBe('unknown')
    for (const placeholder of ['"N/A"', '"0"', '"null"', '0', 'null'])
      expect(read(`{"transaction":{"id":"${id}","status_code":"TS","airtel_money_id":${placeholder}}}`)).toBe(
        'processing',
      )
  })

  it.each(['N/A', '0', '-', 'null'])('takes “%s” for no id of Airtel’s', async (airtel_money_id) => {
    const status = { code: '200', message: 'SUCCESS', result_code: 'ESB000010', success: true }
    const said = (state: string) =>
      JSON.stringify({ data: { transaction: { airtel_money_id, id, status: state } }, status })
    const ask = (money: MobileMoney) =>
      money.queryPrompt?.({ own: id, provider: null }) ?? Promise.reject(new Error())
    expect((await against(200, said('TS'), ask)).outcome).toEqual({
      ok: true,
      value: { state: 'completed', receiptCode: null, amountMinor: null },
    })
  })

  it.each([
    [200, 'TS', 'DP00800001025'],
    [200, 'TIP', 'ESB000045'],
    [500, '', 'DP00800001025'],
    [409, '', 'ESB000045'],
  ])('does not believe HTTP %i with the state %j that there is none: %s', async (status, state, code) => {
    const body = JSON.stringify({
      data: { transaction: { airtel_money_id: 'MP1', id, status: state } },
      status: { response_code: code, success: false },
    })
    const { outcome } = await against(
      status,
      body,
      (money) => money.queryPrompt?.({ own: id, provider: null }) ?? Promise.reject(new Error()),
    )
    expect(outcome).not.toMatchObject({ value: { state: 'notFound' } })
    expect(outcome).not.toMatchObject({ value: { state: 'completed' } })
  })

  it('takes two transactions in one report for none', () => {
    const twice = bodyOf({ own: id, provider: null }, 'TS', true).replace(/^\{/, '{"transaction":{"id":"X"},')
    expect(stand.connect().mobileMoney?.readReport(report(twice))).toBeNull()
  })

  it('takes the hash from a header too, and over every text that the documents may mean', () => {
    const { mobileMoney } = stand.connect()
    const transaction = transactionOf({ own: id, provider: null }, 'TS')
    const body = `{"transaction":${transaction}}`
    const compact = JSON.stringify(JSON.parse(transaction))
    const signed = [transaction, compact, body, `{"transaction":${compact}}`]
    for (const hash of signed.map((text) => hashOf(text, callbackKey))) {
      expect(mobileMoney?.readReport({ ...report(body), headers: { hash } })).toMatchObject({
        trust: 'signed',
        references: { own: id, provider: null },
        reading: { state: 'completed', receiptCode: 'MP210603.1234.L06941' },
      })
    }
    expect(mobileMoney?.readReport({ ...report(body), headers: { hash: hashOf(body, 'x') } })?.trust).toBe(
      'forged',
    )
  })
})

describe('time', () => {
  it('fetches a token every two minutes, and the key anew when it has run out', async () => {
    let ahead = 0
    const clock = { ...realClock, now: () => Date.now() + ahead, monotonic: () => performance.now() + ahead }
    const elsewhere = await createStand(provider, { autoAnswer: 'pay', clock })
    const { mobileMoney, calls } = elsewhere.connect()
    const raise = () => mobileMoney?.raisePrompt({ ...prompt, reference: realRandom.id() })
    expect(await raise()).toMatchObject({ ok: true })
    expect(calls).toHaveLength(3)
    expect(await raise()).toMatchObject({ ok: true })
    expect(calls).toHaveLength(4)
    // Refused for the old token, which also tells the new time; token; prompt with the old key, which Airtel cannot read.
    ahead += 25 * 3_600_000
    expect(await raise()).toMatchObject({ ok: false, error: { kind: 'credentials' } })
    expect(await raise()).toMatchObject({ ok: true })
    expect(elsewhere.host.ledger().filter((entry) => entry.kind === 'prompt')).toHaveLength(3)
    await elsewhere.close()
  })
})

// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: whether Tanzania and Kenya demand message signing', () => undefined)
// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: over which text the hash of a report is made, and whether it can be a header', () =>
  undefined)
// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: padding of the PIN in v3 (OAEP), transactionType of the payout enquiry', () =>
  undefined)
