import { constants, publicEncrypt } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServer } from '../conformance/sockets.ts'
import { createStand, realRandom, type Stand } from '../conformance/stand.ts'
import type { RawCallback } from '../provider.ts'
import { keyIn } from './transfers.ts'

const provider = 'mpesa-kenya'
const base = 'https://kaunta.practice.example/hook'

let stand: Stand
beforeAll(async () => {
  stand = await createStand(provider, { autoAnswer: 'pay' })
})
afterAll(() => stand.close())

describe('a push payment at a shop that registered its addresses', () => {
  it('is told of twice: by its own report, and as a notice under the same code', async () => {
    const notices: RawCallback[] = []
    const shop = await openServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      request.on('end', () => {
        notices.push({ method: 'POST', path: request.url ?? '', headers: {}, body })
        response.end('{}')
      })
    })
    const world = await createStand(provider, {
      autoAnswer: 'pay',
      publicAddresses: { [base]: `${shop.url}/hook` },
    })
    const { mobileMoney } = world.connect()
    expect(await mobileMoney?.registerNotices?.(`${base}/notices`)).toMatchObject({ ok: true })
    expect(await mobileMoney?.registerNotices?.(`${base}/elsewhere`)).toMatchObject({
      ok: true,
      value: { en: expect.stringContaining('already') },
    })
    await mobileMoney?.raisePrompt({
      reference: realRandom.id(),
      phone: '+254712345678',
      amountMinor: 30_000,
      currency: 'KES',
      account: 'R-7',
      description: 'Risiti',
      callbackUrl: `${base}/1`,
    })
    const told = () => notices.map((notice) => mobileMoney?.readReport(notice))
    await expect.poll(() => told().length).toBe(2)
    const [one, other] = told().toSorted((a, b) => (a?.about ?? '').localeCompare(b?.about ?? ''))
    expect(one).toMatchObject({ about: 'customerPayment', payment: { amountMinor: 30_000, account: 'R7' } })
    const code = one?.about === 'customerPayment' ? one.payment.code : ''
    expect(other).toMatchObject({ about: 'money', reading: { state: 'completed', receiptCode: code } })
    await world.close()
    await shop.close()
  })
})

describe('the simulator is strict', () => {
  it.each([
    [
      'the identifier type of an old package',
      'reversal/v1/request',
      { RecieverIdentifierType: '4' },
      'RecieverIdentifierType',
    ],
    ['a code that is none', 'reversal/v1/request', { TransactionID: 'x' }, 'TransactionID'],
    ['an amount with cents', 'reversal/v1/request', { Amount: '10.50' }, 'Amount'],
    ['an address without TLS', 'reversal/v1/request', { ResultURL: 'http://shop.example/1' }, 'ResultURL'],
    ['a missing credential', 'reversal/v1/request', { SecurityCredential: '' }, 'SecurityCredential'],
    ['a command of another call', 'b2c/v3/paymentrequest', { CommandID: 'TransactionReversal' }, 'CommandID'],
    ['a receiver without its country', 'b2c/v3/paymentrequest', { PartyB: '0712345678' }, 'PartyB'],
    [
      'the name of another call’s field',
      'b2c/v3/paymentrequest',
      { InitiatorName: undefined },
      'InitiatorName',
    ],
    ['a response type in small letters', 'c2b/v2/registerurl', { ResponseType: 'completed' }, 'ResponseType'],
    [
      'a forbidden word in an address',
      'c2b/v2/registerurl',
      { ConfirmationURL: 'https://x.example/mpesa' },
      'ConfirmationURL',
    ],
  ])('about %s', async (_name, path, change, field) => {
    const reply = await call(`/mpesa/${path}`, { ...good[path], ...change })
    expect(reply).toMatchObject({
      errorCode: '400.002.02',
      errorMessage: expect.stringContaining(`Invalid ${field}`),
    })
  })

  it.each([
    [
      'a credential for another key',
      { SecurityCredential: Buffer.alloc(256, 7).toString('base64') },
      'credentials',
    ],
    ['a code of nobody', { TransactionID: 'ZZZZZZZZZZ' }, 'rejected'],
    ['another receiver', { ReceiverParty: '600001' }, 'credentials'],
  ])('and tells %s by the result only', async (_name, change, reason) => {
    const before = stand.host.ledger().length
    const results: RawCallback[] = []
    const shop = await openServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      request.on('end', () => {
        results.push({ method: 'POST', path: request.url ?? '', headers: {}, body })
        response.end('{}')
      })
    })
    stand.host.mapAddress('https://results.practice.example', shop.url)
    const credential = liveCredential()
    expect(
      await call('/mpesa/reversal/v1/request', {
        ...good['reversal/v1/request'],
        ResultURL: 'https://results.practice.example/1',
        SecurityCredential: credential,
        ...change,
      }),
    ).toMatchObject({ ResponseCode: '0' })
    await expect.poll(() => results.length).toBe(1)
    const [first] = results
    expect(first === undefined ? null : stand.connect().mobileMoney?.readReport(first)).toMatchObject({
      reading: { state: 'failed', reason },
    })
    expect(stand.host.ledger()).toHaveLength(before)
    await shop.close()
  })
})

const good: Readonly<Record<string, object>> = {
  'reversal/v1/request': {
    Initiator: 'practiceapi',
    SecurityCredential: 'AAAA',
    CommandID: 'TransactionReversal',
    TransactionID: 'PDU91HIVIT',
    Amount: '200',
    ReceiverParty: '174379',
    RecieverIdentifierType: '11',
    ResultURL: 'https://shop.example/1',
    QueueTimeOutURL: 'https://shop.example/1',
    Remarks: 'Payment reversal',
  },
  'b2c/v3/paymentrequest': {
    OriginatorConversationID: realRandom.id(),
    InitiatorName: 'practiceapi',
    SecurityCredential: 'AAAA',
    CommandID: 'BusinessPayment',
    Amount: '10',
    PartyA: '600998',
    PartyB: '254705912645',
    Remarks: 'remarked',
    QueueTimeOutURL: 'https://shop.example/1',
    ResultURL: 'https://shop.example/1',
  },
  'c2b/v2/registerurl': {
    ShortCode: '174379',
    ResponseType: 'Completed',
    ConfirmationURL: 'https://shop.example/1',
    ValidationURL: 'https://shop.example/2',
  },
}

/** The practice shop's own credential, as its adapter would make it. */
function liveCredential(): string {
  const { certificate = '' } = stand.account().settings
  const key = keyIn(String(certificate))
  if (key === null) throw new Error('no key')
  const password = Buffer.from(stand.account().secrets.initiatorPassword ?? '')
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, password).toString('base64')
}

async function call(path: string, body: object): Promise<Readonly<Record<string, unknown>>> {
  const { baseUrl, secrets: kept } = stand.account()
  const basic = Buffer.from(`${kept.consumerKey}:${kept.consumerSecret}`).toString('base64')
  const opened = await fetch(`${baseUrl}/oauth/v1/generate?grant_type=client_credentials`, {
    headers: { authorization: `Basic ${basic}` },
  })
  const { access_token: token }: { access_token: string } = await opened.json()
  const reply = await fetch(`${baseUrl}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const said: Readonly<Record<string, unknown>> = await reply.json()
  return said
}
