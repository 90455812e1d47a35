import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { smsConformance } from '../conformance/sms.ts'
import { openFixed, openServer } from '../conformance/sockets.ts'
import { createStand, type Stand } from '../conformance/stand.ts'
import { africasTalking } from './adapter.ts'

const provider = 'africas-talking'
const phone = '+254712345678'
const recipients = (list: readonly unknown[], message = 'Sent to 1/1 Total Cost: TZS 22.0000') =>
  JSON.stringify({ SMSMessageData: { Message: message, Recipients: list } })

smsConformance({
  provider,
  phone,
  refusedPhone: '+254700000403',
  falseSuccesses: [
    [201, recipients([])],
    [
      201,
      recipients([
        { statusCode: 403, number: phone, status: 'InvalidPhoneNumber', cost: '0', messageId: 'None' },
      ]),
    ],
    [201, recipients([{ statusCode: 101, number: phone, status: 'Success', cost: '0', messageId: 'None' }])],
    [
      201,
      recipients([{ statusCode: 199, number: phone, status: 'Success', cost: '0', messageId: 'ATXid_1' }]),
    ],
    [200, '{"SMSMessageData":{"Message":"Sent to 1/1"}}'],
  ],
  inventedReport: 'id=ATXid_1&status=Delivered&phoneNumber=%2B254712345678',
})

let stand: Stand
beforeAll(async () => {
  stand = await createStand(provider)
})
afterAll(() => stand.close())

async function sendTo(status: number, body: string) {
  const fixed = await openFixed(status, body)
  const outcome = await stand
    .connect({ baseUrl: fixed.url })
    .sms?.send({ to: phone, body: 'Habari', reference: 'r' })
  await fixed.close()
  return outcome
}

describe('the wire, as the documents show it', () => {
  it('adapter: POST /version1/messaging, form, apiKey header, every field said', async () => {
    const sample = {
      statusCode: 101,
      number: phone,
      status: 'Success',
      cost: 'TZS 22.0000',
      messageId: 'ATXid_sample1',
    }
    const seen: { line: string; key: unknown; type: unknown; body: string }[] = []
    const server = await openServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      request.on('end', () => {
        seen.push({
          line: `${request.method} ${request.url}`,
          key: request.headers.apikey,
          type: request.headers['content-type'],
          body,
        })
        response.writeHead(201).end(recipients([sample]))
      })
    })
    const outcome = await stand
      .connect({ baseUrl: server.url, settings: { username: 'app', senderId: 'DUKA' } })
      .sms?.send({ to: '+255712345678', body: 'Habari 1+1', reference: 'r' })
    await server.close()
    expect(outcome).toEqual({ ok: true, value: { providerReference: 'ATXid_sample1', cost: 'TZS 22.0000' } })
    expect(seen).toEqual([
      {
        line: 'POST /version1/messaging',
        key: stand.account().secrets.apiKey,
        type: 'application/x-www-form-urlencoded',
        body: 'username=app&to=%2B255712345678&message=Habari+1%2B1&bulkSMSMode=1&enqueue=1&from=DUKA',
      },
    ])
  })

  it('simulator: 201 with one recipient, integer status, prefixed id, decimal cost', async () => {
    const reply = await post(
      'username=sandbox&to=%2B255712345678&message=Habari&bulkSMSMode=1&enqueue=0&from=DUKA',
    )
    expect(reply.status).toBe(201)
    expect(JSON.parse(reply.text)).toEqual({
      SMSMessageData: {
        Message: expect.stringMatching(/^Sent to 1\/1 Total Cost: [A-Z]{3} \d+\.\d{4}$/),
        Recipients: [
          {
            statusCode: 102,
            number: '+255712345678',
            status: 'Queued',
            cost: expect.stringMatching(/^[A-Z]{3} \d+\.\d{4}$/),
            messageId: expect.stringMatching(/^AT[PX]id_\w+$/),
          },
        ],
      },
    })
  })

  it('adapter: reads the balance under both spellings of the documents', async () => {
    for (const key of ['userData', 'UserData']) {
      const fixed = await openFixed(200, JSON.stringify({ [key]: { balance: 'KES 1785.50' } }))
      const outcome = await stand.connect({ baseUrl: fixed.url }).test()
      await fixed.close()
      expect(outcome).toMatchObject({ ok: true, value: { en: expect.stringContaining('KES 1785.50') } })
    }
  })

  it('adapter: reads a report, its failure and its number', () => {
    const read = (body: string) =>
      stand.connect().sms?.readDeliveryReceipt?.({ method: 'POST', path: '/', headers: {}, body })
    expect(read('id=ATXid_1&status=Success&phoneNumber=%2B254712345678&networkCode=63902')).toEqual({
      providerReference: 'ATXid_1',
      to: phone,
      state: 'delivered',
      reason: null,
      detail: null,
    })
    expect(read('id=1&status=Failed&failureReason=NotNetworkSubcriber')).toMatchObject({
      state: 'failed',
      reason: 'recipient',
    })
    expect(read('id=1&status=Rejected&failureReason=UserInBlackList')).toMatchObject({ reason: 'optedOut' })
    expect(read('id=1&status=Expired')).toMatchObject({ state: 'failed', reason: 'notDelivered', to: null })
    expect(read('id=1&status=Buffered')).toMatchObject({ state: 'sent', reason: null })
  })
})

describe('the error table', () => {
  it.each(africasTalking.errors)('$code means $kind, $reason', async ({ code, kind, reason }) => {
    const [where, value = ''] = code.split(' ')
    const outcome =
      where === 'http'
        ? await sendTo(Number(value), 'Some words')
        : await sendTo(
            201,
            where === 'message'
              ? recipients([], value)
              : recipients([
                  { statusCode: Number(value), number: phone, status: 'X', cost: '0', messageId: 'None' },
                ]),
          )
    expect(outcome).toMatchObject({ ok: false, error: { kind, reason } })
  })

  it.each([
    [418, 'teapot', 'rejected'],
    [504, 'gateway', 'unknownOutcome'],
    [408, '', 'unknownOutcome'],
    [408, 'Request Timeout', 'unknownOutcome'],
    [409, '', 'unknownOutcome'],
    [302, '', 'unknownOutcome'],
    [201, recipients([], 'SomethingNew'), 'rejected'],
    [201, recipients([], 'Sent to 1/1 Total Cost: KES 0.8000'), 'unknownOutcome'],
    [201, recipients([], 'Sent to 0/1 Total Cost: 0'), 'rejected'],
    [
      201,
      recipients([{ statusCode: 777, number: phone, status: 'New', cost: '0', messageId: 'None' }]),
      'unknownOutcome',
    ],
  ])('HTTP %i %s, which stands in no table, means %s', async (status, body, kind) => {
    expect(await sendTo(status, body)).toMatchObject({ ok: false, error: { kind } })
  })
})

describe('the simulator is strict', () => {
  const good = 'username=sandbox&to=%2B255712345678&message=Habari&bulkSMSMode=1&enqueue=1'
  it.each([
    ['the number without a plus', good.replace('%2B', ''), 201, 'InvalidPhoneNumber'],
    ['an unescaped plus', good.replace('%2B', '+'), 201, 'InvalidPhoneNumber'],
    ['a landline', good.replace('255712345678', '255222345678'), 201, 'UnsupportedNumberType'],
    ['no bulkSMSMode', good.replace('&bulkSMSMode=1', ''), 400, 'bulkSMSMode'],
    ['enqueue of another kind', good.replace('&enqueue=1', '&enqueue=yes'), 400, 'enqueue'],
    ['requestId, a field of premium SMS', `${good}&requestId=1`, 400, 'requestId'],
    ['another user', good.replace('sandbox', 'app'), 401, 'authentication is invalid'],
    ['no text', good.replace('Habari', ''), 400, 'message'],
    ['a sender of 12 letters', `${good}&from=ABCDEFGHIJKL`, 201, 'InvalidSenderId'],
  ])('about %s', async (_name, body, status, said) => {
    const before = stand.host.ledger().length
    const reply = await post(body)
    expect(reply.status).toBe(status)
    expect(reply.text).toContain(said)
    expect(stand.host.ledger()).toHaveLength(before)
  })

  it('about key, type, verb and path', async () => {
    expect((await post(good, { apiKey: 'another' })).text).toBe('The supplied authentication is invalid')
    expect((await post(good, { apiKey: undefined })).status).toBe(401)
    expect((await post(good, { 'content-type': 'application/json' })).status).toBe(400)
    expect((await fetch(`${stand.account().baseUrl}/version1/messaging`)).status).toBe(405)
    expect((await fetch(`${stand.account().baseUrl}/version2/messaging`)).status).toBe(404)
  })

  it('gives each of several recipients its own answer', async () => {
    const reply = await post(good.replace('%2B255712345678', '%2B255712345678%2C%2B255700000406'))
    const parsed: unknown = JSON.parse(reply.text)
    expect(parsed).toMatchObject({
      SMSMessageData: { Recipients: [{ statusCode: 102 }, { statusCode: 406 }] },
    })
  })
})

// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: whether a missing apiKey header answers 401 with another text', () => undefined)

async function post(body: string, change: Record<string, string | undefined> = {}) {
  const headers = {
    apiKey: stand.account().secrets.apiKey,
    'content-type': 'application/x-www-form-urlencoded',
    ...change,
  }
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  )
  const reply = await fetch(`${stand.account().baseUrl}/version1/messaging`, {
    method: 'POST',
    headers: Object.fromEntries(kept),
    body,
  })
  return { status: reply.status, text: await reply.text() }
}
