import { constants, createPublicKey, generateKeyPairSync, privateDecrypt } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServer } from '../conformance/sockets.ts'
import { createStand, type Stand } from '../conformance/stand.ts'
import type { MobileMoney, Report } from '../mobile-money.ts'
import type { RawCallback } from '../provider.ts'
import { transferRows } from './codes.ts'
import { keyIn } from './transfers.ts'

const provider = 'mpesa-kenya'
const base = 'https://kaunta.practice.example/hook'
const id = '0197a9d0-0000-7000-8000-000000000001'

let stand: Stand
beforeAll(async () => {
  stand = await createStand(provider, { autoAnswer: 'pay' })
})
afterAll(() => stand.close())

const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const pem = rsa.publicKey.export({ format: 'pem', type: 'spki' }).toString()
const settings = {
  shortcode: '600997',
  kind: 'CustomerPayBillOnline',
  initiatorName: 'dukaapi',
  certificate: pem,
  payoutShortcode: '600998',
}
const secrets = {
  consumerKey: 'consumer-key',
  consumerSecret: 'consumer-secret',
  passkey: 'passkey-1',
  initiatorPassword: 'Siri#1&',
}

const refund = {
  reference: id,
  receiptCode: 'PDU91HIVIT',
  payment: { own: null, provider: 'ws_CO_1' },
  phone: '+254712345678',
  amountMinor: 200_00,
  currency: 'KES',
  note: 'Bidhaa: imerudishwa!',
  callbackUrl: `${base}/${id}`,
} as const
const payout = { ...refund, name: 'Asha', note: '' } as const

/** Answers the token, then every other call with this; hands back what was sent. */
async function sent(
  run: (money: MobileMoney) => Promise<unknown>,
  status = 200,
  body = '{"OriginatorConversationID":"515-5258779-3","ConversationID":"AG_20200123_0000417fed8ed666e976","ResponseCode":"0","ResponseDescription":"Accept the service request successfully"}',
) {
  const seen: { readonly line: string; readonly body: string }[] = []
  const server = await openServer((request, response) => {
    let text = ''
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
    request.on('end', () => {
      const isToken = request.url?.startsWith('/oauth') === true
      if (!isToken) seen.push({ line: `${request.method} ${request.url}`, body: text })
      response.writeHead(isToken ? 200 : status, { 'content-type': 'application/json' })
      response.end(isToken ? '{"access_token":"c9SQ","expires_in":"3599"}' : body)
    })
  })
  const { mobileMoney } = stand.connect({ baseUrl: server.url, settings, secrets })
  if (mobileMoney === undefined) throw new Error('no mobile money')
  const outcome = await run(mobileMoney)
  await server.close()
  const fields: Record<string, unknown> = seen[0] === undefined ? {} : JSON.parse(seen[0].body)
  return { outcome, line: seen[0]?.line, fields }
}

const unlock = (credential: unknown) =>
  privateDecrypt(
    { key: rsa.privateKey, padding: constants.RSA_PKCS1_PADDING },
    Buffer.from(String(credential), 'base64'),
  ).toString()

describe('what goes out, as the documents show it', () => {
  it('a reversal, with the password for Safaricom’s eyes only', async () => {
    const { outcome, line, fields } = await sent(async (money) => money.reverse?.send(refund))
    expect(outcome).toEqual({
      ok: true,
      value: { providerReference: 'AG_20200123_0000417fed8ed666e976' },
    })
    expect(line).toBe('POST /mpesa/reversal/v1/request')
    const { SecurityCredential, ...open } = fields
    expect(String(SecurityCredential)).toHaveLength(344)
    expect(unlock(SecurityCredential)).toBe('Siri#1&')
    expect(open).toEqual({
      Initiator: 'dukaapi',
      CommandID: 'TransactionReversal',
      TransactionID: 'PDU91HIVIT',
      Amount: 200,
      ReceiverParty: '600997',
      RecieverIdentifierType: '11',
      ResultURL: `${base}/${id}`,
      QueueTimeOutURL: `${base}/${id}/timeout`,
      Remarks: 'Bidhaa imerudishwa',
      Occasion: 'Marejesho',
    })
  })

  it('a payout under our own name', async () => {
    const { line, fields } = await sent(async (money) => money.payOut?.send(payout))
    expect(line).toBe('POST /mpesa/b2c/v3/paymentrequest')
    expect(fields).toEqual({
      OriginatorConversationID: id,
      InitiatorName: 'dukaapi',
      SecurityCredential: expect.any(String),
      CommandID: 'BusinessPayment',
      Amount: 200,
      PartyA: '600998',
      PartyB: '254712345678',
      Remarks: 'Malipo',
      QueueTimeOutURL: `${base}/${id}/timeout`,
      ResultURL: `${base}/${id}`,
      Occassion: 'Malipo',
    })
  })

  it('a question for the balance, one about a code, and the addresses of C2B', async () => {
    const asked = { reference: id, callbackUrl: `${base}/${id}` }
    const balance = await sent(async (money) => money.balance?.(asked))
    expect(balance.outcome).toMatchObject({ ok: true, value: { kind: 'reported' } })
    expect([balance.line, balance.fields]).toMatchObject([
      'POST /mpesa/accountbalance/v1/query',
      { CommandID: 'AccountBalance', PartyA: '600997', IdentifierType: '4', Initiator: 'dukaapi' },
    ])
    const code = await sent(async (money) => money.queryCode?.({ ...asked, code: 'NEF61H8J60' }))
    expect([code.line, code.fields]).toMatchObject([
      'POST /mpesa/transactionstatus/v1/query',
      {
        CommandID: 'TransactionStatusQuery',
        TransactionID: 'NEF61H8J60',
        Occasion: 'KauntaCode',
        ResultURL: `${base}/${id}/code`,
        QueueTimeOutURL: `${base}/${id}/codetimeout`,
      },
    ])
    const notices = await sent(
      async (money) => money.registerNotices?.(base),
      200,
      '{"OriginatorCoversationID":"7619-37765134-1","ResponseCode":"0","ResponseDescription":"success"}',
    )
    expect(notices.outcome).toMatchObject({ ok: true, value: { en: expect.stringContaining('reports') } })
    expect([notices.line, notices.fields]).toEqual([
      'POST /mpesa/c2b/v2/registerurl',
      {
        ShortCode: '600997',
        ResponseType: 'Completed',
        ConfirmationURL: base,
        ValidationURL: `${base}/validation`,
      },
    ])
  })

  it.each([
    [
      500,
      '{"errorCode":"500.002.1001","errorMessage":"Duplicate OriginatorConversationID."}',
      'unknownOutcome',
    ],
    [500, '{"errorCode":"500.003.1001","errorMessage":"Internal"}', 'unknownOutcome'],
    [400, '{"errorCode":"400.002.02","errorMessage":"Bad Request - Invalid InitiatorName"}', 'credentials'],
    [400, '{"errorCode":"400.002.02","errorMessage":"Bad Request - Invalid PartyB"}', 'recipient'],
    [200, '{"ResponseCode":"0"}', 'unknownOutcome'],
    [200, '', 'unknownOutcome'],
  ])('HTTP %i %s on a payout means %s', async (status, body, kind) => {
    const { outcome } = await sent(async (money) => money.payOut?.send(payout), status, body)
    expect(outcome).toMatchObject({ ok: false, error: { kind } })
  })

  it('a payout whose answer is odd but names it is unknown, and keeps the name', async () => {
    for (const body of ['{"ResponseCode":"1","ConversationID":"AG_1"}', '{"ConversationID":"AG_1"}']) {
      const { outcome } = await sent(async (money) => money.payOut?.send(payout), 200, body)
      expect(outcome).toMatchObject({
        ok: true,
        value: { providerReference: 'AG_1', reading: { state: 'unknown' } },
      })
    }
  })

  it('takes an address that Safaricom holds already for registered, and says so', async () => {
    const { outcome } = await sent(
      async (money) => money.registerNotices?.(base),
      500,
      '{"requestId":"1","errorCode":"500.003.1001","errorMessage":"Urls are already registered."}',
    )
    expect(outcome).toMatchObject({ ok: true, value: { en: expect.stringContaining('already') } })
  })
})

describe('the API operator', () => {
  it('may be missing: then there are prompts and notices, nothing more', () => {
    const { initiatorName: _one, ...rest } = settings
    const { mobileMoney } = stand.connect({ settings: rest })
    expect(Object.keys(mobileMoney ?? {})).not.toEqual(expect.arrayContaining(['reverse']))
    expect(mobileMoney).not.toHaveProperty('balance')
    expect(mobileMoney?.customerPayments).toBe(true)
    const { payoutShortcode: _other, ...noPayouts } = settings
    expect(stand.connect({ settings: noPayouts }).mobileMoney?.payOut).toBeUndefined()
    expect(stand.connect({ settings: noPayouts }).mobileMoney?.reverse).toBeDefined()
  })

  it.each([
    ['a password', {}, { ...secrets, initiatorPassword: '' }],
    ['a readable certificate', { certificate: 'MIIB nonsense' }, secrets],
  ])('needs %s, and without it nothing is called', async (_name, change, kept) => {
    const { mobileMoney, calls } = stand.connect({ settings: { ...settings, ...change }, secrets: kept })
    for (const outcome of [
      await mobileMoney?.reverse?.send(refund),
      await mobileMoney?.payOut?.send(payout),
      await mobileMoney?.balance?.({ reference: id, callbackUrl: base }),
      await mobileMoney?.queryCode?.({ reference: id, callbackUrl: base, code: 'NEF61H8J60' }),
    ]) {
      expect(outcome).toMatchObject({ ok: false, error: { kind: 'credentials' } })
    }
    expect(calls).toEqual([])
  })

  it('has a certificate in any form that the portal or a form field leaves of it', () => {
    const spki = rsa.publicKey.export({ format: 'der', type: 'spki' })
    const same = (found: ReturnType<typeof keyIn>) =>
      found?.export({ format: 'der', type: 'spki' }).equals(spki)
    expect(same(keyIn(pem))).toBe(true)
    expect(same(keyIn(pem.replaceAll('\n', '')))).toBe(true)
    expect(same(keyIn(pem.replaceAll('\n', '\r\n')))).toBe(true)
    expect(same(keyIn(spki.toString('base64')))).toBe(true)
    expect(keyIn(selfSigned)?.asymmetricKeyDetails?.modulusLength).toBe(2_048)
    expect(keyIn('')).toBeNull()
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    expect(
      keyIn(createPublicKey(curve.privateKey).export({ format: 'pem', type: 'spki' }).toString()),
    ).toBeNull()
  })
})

const raw = (body: object, path = `/hook/${id}`): RawCallback => ({
  method: 'POST',
  path,
  headers: {},
  body: JSON.stringify(body),
})
const read = (body: object, path?: string): Report | null | undefined =>
  stand.connect({ settings, secrets }).mobileMoney?.readReport(raw(body, path))

const result = (change: object) => ({
  Result: {
    ResultType: 0,
    ResultCode: 0,
    ResultDesc: 'The service request is processed successfully.',
    OriginatorConversationID: '53e3-4aa8-9fe0-8fb5e4092cdd3533373',
    ConversationID: 'AG_20240706_2010364430d9bbdaf872',
    TransactionID: 'SG632NMUAB',
    ReferenceData: {
      ReferenceItem: {
        Key: 'QueueTimeoutURL',
        Value: 'https://internalsandbox.safaricom.co.ke/mpesa/b2cresults/v1/submit',
      },
    },
    ...change,
  },
})
const parameters = (values: object) => ({
  ResultParameters: {
    ResultParameter: Object.entries(values).map(([Key, Value]) => ({ Key, Value })),
  },
})

describe('what comes in, as the documents show it', () => {
  it('the result of a payout, ours or under an id of Safaricom’s own', () => {
    const paid = parameters({ TransactionAmount: 10, TransactionReceipt: 'SG632NMUAB' })
    const report = {
      trust: 'unsigned',
      about: 'money',
      references: { own: null, provider: 'AG_20240706_2010364430d9bbdaf872' },
      reading: { state: 'completed', receiptCode: 'SG632NMUAB', amountMinor: 1_000 },
    }
    expect(read(result(paid))).toEqual(report)
    expect(read(result({ ...paid, OriginatorConversationID: id }))).toEqual({
      ...report,
      references: { ...report.references, own: id },
    })
    expect(read(result({ ...paid, ResultCode: '0' }))).toEqual(report)
  })

  it('the result of a reversal, with one parameter for a list of them', () => {
    const values = { Amount: 1, OriginalTransactionID: 'SKC82PACB8', TransCompletedTime: 20211114132711 }
    expect(read(result(parameters(values)))).toMatchObject({
      about: 'money',
      reading: { state: 'completed', receiptCode: 'SG632NMUAB', amountMinor: 100 },
    })
    const single = { ResultParameters: { ResultParameter: { Key: 'Amount', Value: '1.00' } } }
    expect(read(result(single))).toMatchObject({ reading: { state: 'completed', amountMinor: 100 } })
    expect(read(result({}))).toMatchObject({ reading: { state: 'completed', amountMinor: null } })
  })

  it.each(transferRows)('a transfer that failed with $code: $reason', ({ code, reason }) => {
    for (const ResultCode of [code, /^\d+$/.test(code) ? Number(code) : code]) {
      expect(read(result({ ResultCode, ResultDesc: 'x' }))).toMatchObject({
        about: 'money',
        reading: { state: 'failed', reason },
      })
    }
  })

  it('takes no other result for one that moved money, or for one that did not', () => {
    const known = new Set(['0', ...transferRows.map((row) => row.code)])
    const invented = fc.oneof(fc.string(), fc.integer()).filter((code) => !known.has(String(code)))
    fc.assert(
      fc.property(invented, (ResultCode) => {
        expect(read(result({ ResultCode }))).toMatchObject({ reading: { state: 'unknown' } })
      }),
    )
  })

  it('a request that died in the queue: nobody knows, whatever its code, by its address, its type or its words', () => {
    const died = { ResultType: 1, ResultCode: 1, ResultDesc: 'The service request timed out.' }
    const bare = { ResultType: 0, ResultCode: 1, ResultDesc: 'x' }
    const unknown = { about: 'money', reading: { state: 'unknown' } }
    expect(read(result(died))).toMatchObject(unknown)
    expect(read(result({ ...died, ResultType: 0 }))).toMatchObject(unknown)
    expect(read(result({ ...bare, ResultType: 1 }))).toMatchObject(unknown)
    expect(read(result(bare), `/hook/${id}/timeout`)).toMatchObject(unknown)
    expect(read(result({ ...bare, ResultCode: 0 }), `/hook/${id}/timeout/`)).toMatchObject(unknown)
    expect(read(result(bare), `/hook/${id}/balancetimeout`)).toMatchObject({ about: 'balance', balances: [] })
    for (const path of [`/hook/${id}/codetimeout`, `/hook/${id}/code`])
      expect(read(result(died), path)).toMatchObject({ about: 'code', reading: { state: 'unknown' } })
  })

  it.each([
    ['the initiator is wrong', { ResultCode: 2001 }, 'unknown'],
    ['the credential is locked', { ResultCode: 8006 }, 'unknown'],
    ['the balance is low', { ResultCode: 1 }, 'unknown'],
    ['no such receipt', { ResultCode: 2032 }, 'notFound'],
    ['no such receipt, by its other code', { ResultCode: 'R000002' }, 'notFound'],
    ['pending', parameters({ TransactionStatus: 'Pending', Amount: 200 }), 'unknown'],
    ['a success without a status', parameters({ Amount: 200 }), 'unknown'],
    ['a status of nobody’s list', parameters({ TransactionStatus: 'Authorized', Amount: 200 }), 'unknown'],
  ])('the answer about a code, told by its address alone: %s', (_what, change, state) => {
    const echo = { ReferenceData: { ReferenceItem: { Key: 'Occasion' } } }
    expect(read(result({ ...echo, ...change }), `/hook/${id}/code`)).toMatchObject({
      about: 'code',
      reading: { state },
    })
  })

  it('an amount in any odd form is nobody’s amount', () => {
    for (const odd of ['5,000', 'KES 10', '', 'abc', '0', 0])
      expect(read(result(parameters({ TransactionAmount: odd })))).toMatchObject({
        reading: { state: 'completed', amountMinor: null, oddAmount: String(odd) },
      })
  })

  it('balances, and a question for them that failed', () => {
    const packed =
      'Working Account|KES|700000.00|699000.50|0.00|0.00&Utility Account|KES|228037.00|228037.00|0.00|0.00&Charges Paid Account|KES|-1540.00|-1540.00|0.00|0.00&Odd|KES|x|y'
    expect(
      read(result(parameters({ AccountBalance: packed, BOCompletedTime: 20200109125710 }))),
    ).toMatchObject({
      about: 'balance',
      balances: [
        { name: 'Working Account', availableMinor: 69_900_050, currency: 'KES' },
        { name: 'Utility Account', availableMinor: 22_803_700, currency: 'KES' },
        { name: 'Charges Paid Account', availableMinor: -154_000, currency: 'KES' },
      ],
    })
    const failed = {
      ResultCode: 2001,
      ReferenceData: { ReferenceItem: [{ Key: 'QueueTimeoutURL', Value: 'https://x/abresults/v1/submit' }] },
    }
    expect(read(result(failed))).toMatchObject({ about: 'balance', balances: [] })
  })

  it('what stands behind a code: whose it is, how much, and whether it is ours', () => {
    const values = {
      'Debit Party Name': '254708374149 - John Doe',
      CreditPartyName: '600997 - DUKA',
      TransactionStatus: 'Completed',
      FinalisedTime: '20180223054112',
      Amount: '300',
      ReceiptNo: 'MBN31H462N',
    }
    const said = (change: object) =>
      read(result({ ReferenceData: undefined, ...parameters({ ...values, ...change }) }))
    const found = {
      state: 'found',
      completed: true,
      amountMinor: 30_000,
      phone: '+254708374149',
      paidAt: Date.UTC(2018, 1, 23, 2, 41, 12),
    }
    expect(said({})).toMatchObject({ about: 'code', reading: found })
    expect(said({ 'Debit Party Name': '' })).toMatchObject({ reading: { ...found, phone: null } })
    expect(said({ 'Debit Party Name': '600997 - DUKA', CreditPartyName: '' })).toMatchObject({
      reading: { state: 'notFound' },
    })
    expect(said({ TransactionStatus: 'Reversed' })).toMatchObject({ reading: { ...found, completed: false } })
    expect(said({ CreditPartyName: '600001 - ANOTHER SHOP' })).toMatchObject({
      reading: { state: 'notFound' },
    })
    const failure = (ResultCode: string, Key: string, Value: string) =>
      read(result({ ResultCode, ReferenceData: { ReferenceItem: { Key, Value } } }))
    expect(failure('R000002', 'Occasion', 'KauntaCode')).toMatchObject({
      about: 'code',
      reading: { state: 'notFound' },
    })
    expect(failure('2001', 'Occasion', 'KauntaCode')).toMatchObject({
      about: 'code',
      reading: { state: 'unknown' },
    })
    expect(failure('2001', 'Occasion', 'Marejesho')).toMatchObject({
      about: 'money',
      reading: { state: 'failed' },
    })
  })

  const notice = {
    TransactionType: 'Pay Bill',
    TransID: 'LGR019G3J4',
    TransTime: '20170816190243',
    TransAmount: '200.00',
    BusinessShortCode: '600997',
    BillRefNumber: 'account001',
    InvoiceNumber: '',
    OrgAccountBalance: '49197.00',
    ThirdPartyTransID: '',
    MSISDN: '25470****149',
    FirstName: 'John',
    MiddleName: '',
    LastName: 'Doe',
  }

  it('money that a customer paid by himself, masked or not', () => {
    expect(read(notice)).toEqual({
      trust: 'unsigned',
      about: 'customerPayment',
      payment: {
        code: 'LGR019G3J4',
        amountMinor: 20_000,
        currency: 'KES',
        phone: null,
        phoneShown: '25470****149',
        payerName: 'John Doe',
        account: 'account001',
        paidAt: Date.UTC(2017, 7, 16, 16, 2, 43),
      },
    })
    expect(read({ ...notice, MSISDN: 254_708_374_149 })).toMatchObject({
      payment: { phone: '+254708374149', phoneShown: '254708374149' },
    })
    expect(read({ ...notice, MSISDN: 'a'.repeat(64), BillRefNumber: null })).toMatchObject({
      payment: { phone: null, phoneShown: '', account: '' },
    })
    const money = { code: 'LGR019G3J4', amountMinor: 20_000, paidAt: Date.UTC(2017, 7, 16, 16, 2, 43) }
    for (const change of [
      { TransAmount: '200.00 ' },
      { TransTime: '2017-08-16 19:02:43' },
      { TransTime: '16.08.2017 19:02:43' },
      { TransID: 'lgr019g3j4' },
    ])
      expect(read({ ...notice, ...change })).toMatchObject({ payment: money })
    expect(read({ ...notice, TransAmount: '1,200.00' })).toMatchObject({ payment: { amountMinor: 120_000 } })
    expect(read({ ...notice, TransTime: 'yesterday' })).toMatchObject({ payment: { ...money, paidAt: null } })
    // A store of the shop: the money is seen, and whose it is a person says.
    expect(read({ ...notice, BusinessShortCode: '600001' })).toMatchObject({
      payment: { ...money, account: 'account001 (600001)' },
    })
    for (const change of [{ TransAmount: '0' }, { TransAmount: '-5' }, { TransID: 'x' }]) {
      expect(read({ ...notice, ...change })).toBeNull()
    }
  })

  it('a question whether he may pay: never booked, always allowed', () => {
    const path = '/hook/notices/validation'
    expect(read({ ...notice, OrgAccountBalance: '' }, path)).toEqual({ trust: 'unsigned', about: 'question' })
    const money = stand.connect().mobileMoney
    expect(money?.acknowledge(raw(notice, path)).body).toBe('{"ResultCode":"0","ResultDesc":"Accepted"}')
    expect(money?.acknowledge(raw(notice)).body).toBe('{"ResultCode":0,"ResultDesc":"Success"}')
    expect(money?.acknowledge(raw(result({}))).body).toBe('{"ResultCode":0,"ResultDesc":"Accepted"}')
  })
})

// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: parts of a payment reversed by API', () => undefined)
// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: result code of Transaction Status for a code of nobody, and its ReferenceData', () =>
  undefined)
// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: body of the notice to QueueTimeOutURL', () => undefined)

/** A self-signed certificate of one day in 2026, made for this test: its dates must not matter. */
const selfSigned = [
  '-----BEGIN CERTIFICATE-----',
  'MIIDBzCCAe+gAwIBAgIUdMKe6F9y3RCWCa4C/ZNQokYNQ9owDQYJKoZIhvcNAQELBQAwEzERMA8GA1UEAwwIcHJhY3',
  'RpY2UwHhcNMjYxMTIxMTExNDA2WhcNMjYxMTIyMTExNDA2WjATMREwDwYDVQQDDAhwcmFjdGljZTCCASIwDQYJKoZI',
  'hvcNAQEBBQADggEPADCCAQoCggEBAMZoTVp3QCrcBg4xEtlI6I4TE6iShVkWLI8QowAxoYH4JAMIUnVybRGhybJaLS',
  'fm/5t8hhoGlM1LIz9v9ouU7Kq4bzS+A171gHiXgz7UJZgOwCsMvzP6LD3OgvRpM3H8pNPZKuXgWBAqrh3vKkR20NVL',
  'WXfpGnEH+oRSNYV6mq8u6T0EZfVHtlxdMLAwEuzDwXAWag7cMmpovnyZsUCAooXMBpu9js55hBL7jWB5bpVslRT5H1',
  'epiNIgUMP0KMZdDZKxRY1bg/pxoFdvQh4JUoUUVtfxrr9bAy97874cCmPne2mR5+edWv+eCnuFlSuqGQuUVihhTBX1',
  '5mHeiwucG2sCAwEAAaNTMFEwHQYDVR0OBBYEFD/g0xFyrf0VKsKKPEQwxzcwU1h5MB8GA1UdIwQYMBaAFD/g0xFyrf',
  '0VKsKKPEQwxzcwU1h5MA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEBAJ4IwZZbEeqLJgQWq15oXiRR',
  'xjbMfhZxuO1bB/pCa2w7zLVEG18KQDmf3ah8bzlg72uWGcXSCrEh/w/iTP40sella9+uwYSlmGJ3V4Gxm4j6QEZbgN',
  'HoXHR4n5BCASVCkQ0pKDheNmhvOnPogYdRbvIO4Qn98qD2+nIlTU+BqGOVHlOQQk1lku4Ub6GYWKnRPozC8eMjz8It',
  'SPscvgwSlULW/6sOX54lVNKUrb2RCGGmm7umnK8fz95GaEaG4S7AsQT1t+HpJy96KklDNR6V066Vx36fbaR3XDp6iD',
  'JDzgy8hUMPeJE/M2bOje+iu/AG3ulOjRBgoLgurRNeth0yYR8=',
  '-----END CERTIFICATE-----',
].join('\n')
