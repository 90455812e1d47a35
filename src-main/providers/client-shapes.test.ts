import { afterEach, expect, it } from 'vitest'
import { createStand, realRandom, type Stand } from './conformance/stand.ts'

/** Requests in the form of the vendors' own and other public clients, which differ from ours and are right all the same. */
let stand: Stand
afterEach(() => stand.close())

const jsonHeaders = { 'content-type': 'application/json' }
const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${stand.account().baseUrl}${path}`, {
    method: 'POST',
    headers: { ...jsonHeaders, ...headers },
    body: JSON.stringify(body),
  })

it('Africa’s Talking takes the official client’s default send, which does not say enqueue', async () => {
  stand = await createStand('africas-talking')
  const { baseUrl, secrets } = stand.account()
  const body = new URLSearchParams({
    username: 'sandbox',
    to: '+255712345678',
    message: 'Habari',
    bulkSMSMode: '1',
  })
  const reply = await fetch(`${baseUrl}/version1/messaging`, {
    method: 'POST',
    headers: { apiKey: secrets.apiKey ?? '', accept: 'application/json' },
    body,
  })
  expect([reply.status, await reply.text()]).toEqual([201, expect.stringContaining('Sent to 1/1')])
})

async function darajaToken(): Promise<Record<string, string>> {
  const { baseUrl, secrets } = stand.account()
  const basic = Buffer.from(`${secrets.consumerKey}:${secrets.consumerSecret}`).toString('base64')
  const opened = await fetch(`${baseUrl}/oauth/v1/generate?grant_type=client_credentials`, {
    headers: { authorization: `Basic ${basic}` },
  })
  const { access_token: token }: { access_token: string } = await opened.json()
  return { authorization: `Bearer ${token}` }
}

it('Daraja takes an account of 15 signs with a hyphen, B2C in version 1 and C2B in version 1', async () => {
  stand = await createStand('mpesa-kenya')
  const { secrets } = stand.account()
  const bearer = await darajaToken()
  const Timestamp = new Date(Date.now() + 3 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14)
  const push = await send(
    '/mpesa/stkpush/v1/processrequest',
    {
      BusinessShortCode: 174_379,
      Password: Buffer.from(`174379${secrets.passkey}${Timestamp}`).toString('base64'),
      Timestamp,
      TransactionType: 'CustomerPayBillOnline',
      Amount: 1,
      PartyA: 254_712_345_678,
      PartyB: 174_379,
      PhoneNumber: 254_712_345_678,
      CallBackURL: 'https://shop.example/1',
      AccountReference: 'ORDER-123456789',
      TransactionDesc: 'Payment',
    },
    bearer,
  )
  expect(await push.json()).toMatchObject({ ResponseCode: '0' })
  const payout = await send(
    '/mpesa/b2c/v1/paymentrequest',
    {
      InitiatorName: 'practiceapi',
      SecurityCredential: 'AAAA',
      CommandID: 'BusinessPayment',
      Amount: 10,
      PartyA: 600_998,
      PartyB: 254_705_912_645,
      Remarks: 'remarked',
      QueueTimeOutURL: 'https://shop.example/1',
      ResultURL: 'https://shop.example/1',
      Occasion: '',
    },
    bearer,
  )
  expect(await payout.json()).toMatchObject({ ResponseCode: '0', ConversationID: expect.any(String) })
  const register = await send(
    '/mpesa/c2b/v1/registerurl',
    {
      ShortCode: 174_379,
      ResponseType: 'Completed',
      ConfirmationURL: 'https://shop.example/1',
      ValidationURL: 'https://shop.example/2',
    },
    bearer,
  )
  expect(await register.json()).toMatchObject({ ResponseCode: '0' })
})

it('Airtel takes a UUID for an id', async () => {
  stand = await createStand('airtel-money')
  const { secrets } = stand.account()
  const opened = await send('/auth/oauth2/token', {
    client_id: secrets.clientId,
    client_secret: secrets.clientSecret,
    grant_type: 'client_credentials',
  })
  const { access_token: token }: { access_token: string } = await opened.json()
  const place = { country: 'TZ', currency: 'TZS' }
  const reply = await send(
    '/merchant/v1/payments/',
    {
      reference: 'Risiti R1042',
      subscriber: { ...place, msisdn: '686123456' },
      transaction: { amount: 100, ...place, id: realRandom.id() },
    },
    { authorization: `Bearer ${token}`, 'x-country': 'TZ', 'x-currency': 'TZS', accept: '*/*' },
  )
  expect(await reply.json()).toMatchObject({ status: { success: true } })
})

it('GREEN-API takes its documented settings, and an upload to the ordinary host whose part has no name', async () => {
  stand = await createStand('green-api')
  const { settings, secrets } = stand.account()
  const at = (method: string) => `/waInstance${settings.idInstance}/${method}/${secrets.apiTokenInstance}`
  const boundary = '--------------------------735323031399963166993862'
  const field = (name: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const body = [
    field('chatId', '255712345678@c.us'),
    field('fileName', 'risiti.pdf'),
    field('file', '%PDF-1.7\n%%EOF'),
    `--${boundary}--\r\n`,
  ].join('')
  const uploaded = await fetch(`${stand.account().baseUrl}${at('sendFileByUpload')}`, {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body,
  })
  expect([uploaded.status, await uploaded.json()]).toEqual([
    200,
    expect.objectContaining({ idMessage: expect.any(String) }),
  ])
  // Last: settings make the instance start anew.
  const set = await send(at('setSettings'), { markIncomingMessagesReaded: 'no', keepOnlineStatus: 'yes' })
  expect([set.status, await set.json()]).toEqual([200, { saveSettings: true }])
})
