import { createRequire } from 'node:module'
import { Pesa } from '@openpesa/pesa-js'
import africasTalking from 'africastalking'
import { afterEach, expect, it } from 'vitest'
import { createStand, type Stand } from './conformance/stand.ts'

/**
 * Clients that others wrote, pointed at the simulators: a simulator that only our own adapter can talk to proves
 * nothing. Each is told the address in the place where it keeps the vendor's.
 */
let stand: Stand
afterEach(() => stand.close())

/** The address table of Africa's Talking's own client, which it offers no setting for. */
const addresses: Record<string, string> = createRequire(import.meta.url)('africastalking/lib/common')

it('Africa’s Talking’s own client sends, with and without its queue, and is refused in the vendor’s words', async () => {
  stand = await createStand('africas-talking')
  const { baseUrl, settings, secrets } = stand.account()
  const clientFor = (apiKey: string) => {
    const client = africasTalking({ username: String(settings.username), apiKey })
    addresses.SMS_URL = `${baseUrl}/version1/messaging`
    return client.SMS
  }
  const sms = clientFor(secrets.apiKey ?? '')
  const command = { to: ['+255712345678'], message: 'Habari' }
  for (const options of [command, { ...command, enqueue: true }])
    expect(await sms.send(options)).toMatchObject({
      SMSMessageData: { Message: expect.stringContaining('Sent to 1/1') },
    })
  await expect(clientFor('wrong').send(command)).rejects.toMatchObject({ response: { status: 401 } })
})

it('a client of M-Pesa Tanzania opens a session and asks a phone, with a number for the amount', async () => {
  stand = await createStand('mpesa-tanzania', { autoAnswer: 'pay' })
  const { baseUrl, settings, secrets } = stand.account()
  const pesa = new Pesa({ api_key: secrets.apiKey ?? '', public_key: String(settings.publicKey) }, 'sandbox')
  Reflect.set(pesa, 'baseURL', '')
  Reflect.set(pesa, 'AUTH_URL', `${baseUrl}/getSession/`)
  Reflect.set(pesa, 'TRANSACTION_ROUTES', { c2b: `${baseUrl}/c2bPayment/singleStage/` })
  const opened = await pesa.get_session()
  expect(opened.output_ResponseCode).toBe('INS-0')
  pesa.setSessionId(opened.output_SessionID)
  const ask = (input_CustomerMSISDN: string) =>
    pesa.c2b({
      input_Amount: 1_000,
      input_Country: 'TZN',
      input_Currency: 'TZS',
      input_CustomerMSISDN,
      input_ServiceProviderCode: String(settings.serviceProviderCode),
      input_ThirdPartyConversationID: `asv02e5958774f7ba228d83d0d6897${input_CustomerMSISDN.slice(-2)}`,
      input_TransactionReference: 'T1234C',
      input_PurchasedItemsDesc: 'Shoes',
    })
  // A new session needs its time (30 s there).
  await expect.poll(async () => (await ask('255712345678')).output_ResponseCode).toBe('INS-0')
  expect(await ask('2557')).toMatchObject({ output_ResponseCode: expect.stringMatching(/^INS-(21|2051)$/) })
})
