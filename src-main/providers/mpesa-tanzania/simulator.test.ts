import { constants, createPublicKey, publicEncrypt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStand, realRandom, type Stand } from '../conformance/stand.ts'
import { transactionReferenceOf } from './operations.ts'

const provider = 'mpesa-tanzania'

let stand: Stand
beforeAll(async () => {
  stand = await createStand(provider, { autoAnswer: 'pay' })
})
afterAll(() => stand.close())

describe('the wire, as the documents show it', () => {
  it('holds the reply until the customer is done, with the published fields', async () => {
    const bearer = await openSession()
    expect(await c2b(bearer, {})).toEqual({
      status: 200,
      body: {
        output_ResponseCode: 'INS-0',
        output_ResponseDesc: 'Request processed successfully',
        output_TransactionID: expect.stringMatching(/^[A-Z0-9]{10}$/),
        output_ConversationID: expect.stringMatching(/^[0-9a-f]{32}$/),
        output_ThirdPartyConversationID: expect.any(String),
      },
    })
  })

  it('accepts at once where the app answers later, without a transaction', async () => {
    const bearer = await openSession('practice-key-of-the-app-that-answers-later')
    const { body } = await c2b(bearer, {})
    expect(Object.keys(body)).toEqual([
      'output_ResponseCode',
      'output_ResponseDesc',
      'output_ConversationID',
      'output_ThirdPartyConversationID',
    ])
  })

  it('answers a question with the published fields', async () => {
    const bearer = await openSession()
    const paid = await c2b(bearer, {})
    const asked = await query(bearer, String(paid.body.output_TransactionID))
    expect(asked.body).toEqual({
      output_ResponseCode: 'INS-0',
      output_ResponseDesc: 'Request processed successfully',
      output_ResponseTransactionStatus: 'Completed',
      output_ConversationID: expect.any(String),
      output_ThirdPartyConversationID: expect.any(String),
      output_OriginalTransactionID: paid.body.output_TransactionID,
    })
  })
})

describe('the simulator is strict', () => {
  it.each([
    ['a missing field', { input_Country: undefined }, 'INS-20'],
    ['a field too many', { input_APIVersion: '3.1' }, 'INS-21'],
    ['a number in place of text', { input_ServiceProviderCode: 1 }, 'INS-21'],
    ['an amount with cents', { input_Amount: '10.50' }, 'INS-15'],
    ['an amount of 0', { input_Amount: '0' }, 'INS-15'],
    ['another country', { input_Country: 'TZA' }, 'INS-27'],
    ['another currency', { input_Currency: 'KES' }, 'INS-26'],
    ['a phone without its country', { input_CustomerMSISDN: '0712345678' }, 'INS-2051'],
    ['another short code', { input_ServiceProviderCode: '123456' }, 'INS-13'],
    ['a reference of 21 characters', { input_TransactionReference: 'A'.repeat(21) }, 'INS-17'],
    ['a conversation of 41 characters', { input_ThirdPartyConversationID: 'A'.repeat(41) }, 'INS-28'],
    ['a description with a hyphen', { input_PurchasedItemsDesc: 'R-1042' }, 'INS-30'],
  ])('about %s', async (_name, change, code) => {
    const bearer = await openSession()
    const before = stand.host.ledger().length
    expect((await c2b(bearer, change)).body).toMatchObject({ output_ResponseCode: code })
    expect(stand.host.ledger()).toHaveLength(before)
  })

  it('about key, bearer, origin, content type, verb, path and a body on GET', async () => {
    const bearer = await openSession()
    const code = async (path: string, init: RequestInit) => (await call(path, init)).body.output_ResponseCode
    const good = headers(bearer)
    expect(await code('/getSession/', { headers: headers('wrong-api-key') })).toBe('INS-2')
    expect(await code('/getSession/', { headers: { ...good, authorization: 'Bearer abc' } })).toBe('INS-2')
    expect(await code('/getSession', { headers: { ...headers(apiKey()), origin: 'else.example' } })).toBe(
      'INS-2',
    )
    expect(await code('/queryTransactionStatus/', { headers: headers(apiKey()) })).toBe('INS-2')
    expect(
      await code('/queryTransactionStatus/', { headers: { ...good, 'content-type': 'text/plain' } }),
    ).toBe('INS-21')
    const { baseUrl } = stand.account()
    expect((await fetch(`${baseUrl}/reversal/`, { method: 'POST', headers: good })).status).toBe(405)
    expect((await fetch(`${baseUrl}/refund/`, { headers: good })).status).toBe(404)
    const withBody = await stand.http.send(
      { method: 'GET', url: `${baseUrl}/queryTransactionStatus/`, headers: good, body: '{}' },
      2_000,
    )
    expect(withBody).toMatchObject({ kind: 'reply', status: 400 })
  })
})

function apiKey(): string {
  return stand.account().secrets.apiKey ?? ''
}

function headers(plain: string): Record<string, string> {
  const key = createPublicKey({
    key: Buffer.from(String(stand.account().settings.publicKey), 'base64'),
    format: 'der',
    type: 'spki',
  })
  const bearer = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(plain))
  return {
    authorization: `Bearer ${bearer.toString('base64')}`,
    origin: '*',
    'content-type': 'application/json',
  }
}

type Fields = Readonly<Record<string, unknown>>

async function call(
  path: string,
  init: RequestInit,
): Promise<{ readonly status: number; readonly body: Fields }> {
  const reply = await fetch(`${stand.account().baseUrl}${path}`, init)
  const body: unknown = await reply.json()
  if (typeof body !== 'object' || body === null) throw new Error('no object')
  return { status: reply.status, body: Object.fromEntries(Object.entries(body)) }
}

async function openSession(key = apiKey()): Promise<string> {
  const { body } = await call('/getSession/', { headers: headers(key) })
  expect(body).toEqual({
    output_ResponseCode: 'INS-0',
    output_ResponseDesc: 'Request processed successfully',
    output_SessionID: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
  return String(body.output_SessionID)
}

function c2b(session: string, change: Fields) {
  const reference = realRandom.id()
  return call('/c2bPayment/singleStage/', {
    method: 'POST',
    headers: headers(session),
    body: JSON.stringify({
      input_Amount: '10',
      input_Country: 'TZN',
      input_Currency: 'TZS',
      input_CustomerMSISDN: '255754001001',
      input_ServiceProviderCode: '000000',
      input_ThirdPartyConversationID: reference.replaceAll('-', ''),
      input_TransactionReference: transactionReferenceOf(reference),
      input_PurchasedItemsDesc: 'Shoes',
      ...change,
    }),
  })
}

function query(session: string, about: string) {
  const asked = new URLSearchParams({
    input_QueryReference: about,
    input_ServiceProviderCode: '000000',
    input_ThirdPartyConversationID: realRandom.id().replaceAll('-', ''),
    input_Country: 'TZN',
  })
  return call(`/queryTransactionStatus/?${asked.toString()}`, { headers: headers(session) })
}
