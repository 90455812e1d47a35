import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openFixed, openServer } from '../conformance/sockets.ts'
import { createStand, type Stand, scan, timeScale } from '../conformance/stand.ts'
import { whatsappConformance } from '../conformance/whatsapp.ts'
import { greenApi } from './adapter.ts'
import { messageStatuses, pairingStates, readEvent } from './events.ts'

const provider = 'green-api'
const phone = '+254712345678'

whatsappConformance({
  provider,
  phone,
  strangerPhone: '+254733000404',
  falseSuccesses: ['{"idMessage":""}', '{"idMessage":null}', '{"message":"ok"}', '{"messages":["3EB0"]}'],
})

let stand: Stand
beforeAll(async () => {
  stand = await createStand(provider)
})
afterAll(() => stand.close())

/** The adapter's answer when the provider says this. */
async function against<T>(
  status: number,
  body: unknown,
  run: (whatsapp: NonNullable<ReturnType<Stand['connect']>['whatsapp']>) => Promise<T>,
): Promise<T> {
  const fixed = await openFixed(status, typeof body === 'string' ? body : JSON.stringify(body))
  const { whatsapp } = stand.connect({ baseUrl: fixed.url })
  if (whatsapp === undefined) throw new Error('no WhatsApp')
  const answer = await run(whatsapp)
  await fixed.close()
  return answer
}

const text = { to: '+255712345678', body: 'Asante. Risiti R-1042 TZS 12,500' }

describe('the wire, as the documents show it', () => {
  it('adapter: the token after the method, the receipt after the token', async () => {
    const seen: string[] = []
    const server = await openServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      request.on('end', () => {
        seen.push(`${request.method} ${request.url} ${body}`)
        response.end('{"idMessage":"3EB0C767D097B7C7C030","result":true}')
      })
    })
    const { whatsapp } = stand.connect({
      baseUrl: server.url,
      settings: { idInstance: '1101000001' },
      secrets: { apiTokenInstance: 'tok3n' },
    })
    expect(await whatsapp?.sendText(text)).toEqual({
      ok: true,
      value: { providerReference: '3EB0C767D097B7C7C030' },
    })
    await whatsapp?.forget('1234567')
    await whatsapp?.next(20_000)
    await whatsapp?.pairing.restart()
    await server.close()
    expect(seen).toEqual([
      'POST /waInstance1101000001/sendMessage/tok3n {"chatId":"255712345678@c.us","message":"Asante. Risiti R-1042 TZS 12,500","linkPreview":false}',
      'DELETE /waInstance1101000001/deleteNotification/tok3n/1234567 ',
      'GET /waInstance1101000001/receiveNotification/tok3n?receiveTimeout=20 ',
      'GET /waInstance1101000001/reboot/tok3n ',
    ])
  })

  it.each([
    [0, 5],
    [20_000, 20],
    [3_600_000, 60],
  ])('adapter: a wait of %i ms is asked for as %i s, for they allow 5 to 60', async (waitMs, seconds) => {
    const seen: (string | undefined)[] = []
    const server = await openServer((request, response) => {
      seen.push(request.url?.split('receiveTimeout=')[1])
      response.end('null')
    })
    expect(await stand.connect({ baseUrl: server.url }).whatsapp?.next(waitMs)).toEqual({
      ok: true,
      value: null,
    })
    await server.close()
    expect(seen).toEqual([String(seconds)])
  })

  it('adapter: reads state, code, queue and journal', async () => {
    expect(await against(200, { stateInstance: 'sleepMode' }, (it) => it.pairing.state())).toMatchObject({
      value: { state: 'sleep', phone: null },
    })
    expect(await against(200, { stateInstance: 'inventedState' }, (it) => it.pairing.state())).toMatchObject({
      value: { state: 'unknown' },
    })
    expect(await against(200, { type: 'qrCode', message: 'iVBORw0KGgo=' }, (it) => it.pairing.qr())).toEqual({
      ok: true,
      value: { png: 'iVBORw0KGgo=', livesMs: 20_000 },
    })
    expect(await against(200, { type: 'alreadyLogged', message: '' }, (it) => it.pairing.qr())).toMatchObject(
      {
        value: 'alreadyLinked',
      },
    )
    expect(await against(200, { type: 'error', message: 'x' }, (it) => it.pairing.qr())).toMatchObject({
      ok: false,
    })
    const queue = [
      { messageID: 'Q1', type: 'sendMessage', body: { chatId: '255712345678@c.us', message: text.body } },
    ]
    expect(await against(200, queue, (it) => it.find({ ...text, since: Date.now() }))).toMatchObject({
      value: { providerReference: 'Q1' },
    })
    const since = Date.now()
    const journal = (more: object) => [
      {
        type: 'outgoing',
        idMessage: 'J1',
        timestamp: Math.floor(since / 1_000),
        statusMessage: 'delivered',
        typeMessage: 'extendedTextMessage',
        chatId: '255712345678@c.us',
        extendedTextMessage: { text: text.body },
        sendByApi: true,
        ...more,
      },
    ]
    const found = (more: object) => against(200, journal(more), (it) => it.find({ ...text, since }))
    expect(await found({})).toMatchObject({ value: { providerReference: 'J1' } })
    for (const other of [
      { sendByApi: false },
      { chatId: '255712345679@c.us' },
      { extendedTextMessage: { text: 'Nyingine' } },
      { timestamp: Math.floor(since / 1_000) - 3_600 },
    ]) {
      expect(await found(other)).toEqual({ ok: true, value: 'notFound' })
    }
    // The same text to a chat that hides its number may be the one: that is no "not found", and nothing is sent again.
    for (const hidden of [
      { chatId: '128731234567890@lid' },
      { chatId: '' },
      { timestamp: 0 },
      { idMessage: '' },
      { sendByApi: undefined },
      { sendByApi: 'true' },
      { extendedTextMessage: undefined },
      { extendedTextMessage: { text: null }, typeMessage: 'unsupportedMessage' },
    ])
      expect(await found(hidden)).toMatchObject({ ok: false, error: { kind: 'temporary' } })
    const blanks = { extendedTextMessage: { text: ` ${text.body.replace(' ', '\r\n')}\n` } }
    expect(await found(blanks)).toMatchObject({ value: { providerReference: 'J1' } })
    const nameless = [{ body: { chatId: '255712345678@c.us', message: text.body } }]
    expect(await against(200, nameless, (it) => it.find({ ...text, since }))).toMatchObject({ ok: false })
    const queued = [{ messageID: 'Q1', body: { chatId: '128731234567890@lid', message: text.body } }]
    expect(await against(200, queued, (it) => it.find({ ...text, since }))).toMatchObject({ ok: false })
  })

  it('adapter: reads a notification, an empty line, and one that it does not understand', async () => {
    const body = {
      typeWebhook: 'outgoingMessageStatus',
      chatId: '255712345678@c.us',
      instanceData: { idInstance: 1_101_000_001, wid: '255700000001@c.us', typeInstance: 'whatsapp' },
      timestamp: 1_795_200_000,
      idMessage: '3EB0',
      status: 'delivered',
      sendByApi: true,
    }
    expect(await against(200, { receiptId: 71, body }, (it) => it.next(5_000))).toEqual({
      ok: true,
      value: {
        receipt: '71',
        raw: JSON.stringify(body),
        event: { kind: 'status', providerReference: '3EB0', state: 'delivered', reason: null, detail: null },
      },
    })
    for (const empty of ['null', '', '  ']) {
      expect(await against(200, empty, (it) => it.next(5_000))).toEqual({ ok: true, value: null })
    }
    expect(await against(200, '{"receiptId":72,"body":7}', (it) => it.next(5_000))).toMatchObject({
      value: { receipt: '72', event: { kind: 'other', name: 'unreadable' } },
    })
    expect(await against(200, '{"body":{}}', (it) => it.next(5_000))).toMatchObject({ ok: false })
  })

  it('adapter: reads messages of customers, echoes, states and the rest', () => {
    const frame = { instanceData: { idInstance: 1_101_000_001 }, timestamp: 1_795_200_000, idMessage: 'A1' }
    const from = {
      senderData: { chatId: '255712345678@c.us', sender: '255712345678@c.us', senderName: 'Asha M' },
    }
    const words = {
      messageData: { typeMessage: 'textMessage', textMessageData: { textMessage: 'Nitumie risiti' } },
    }
    const file = { messageData: { typeMessage: 'documentMessage', fileMessageData: { downloadUrl: '' } } }
    const incoming = { typeWebhook: 'incomingMessageReceived', ...frame, ...from }
    expect(readEvent({ ...incoming, ...words })).toEqual({
      kind: 'inbound',
      from: '+255712345678',
      text: 'Nitumie risiti',
      providerReference: 'A1',
    })
    expect(readEvent({ ...incoming, ...file })).toMatchObject({ kind: 'inbound', text: '[documentMessage]' })
    expect(readEvent({ ...incoming, ...words, senderData: { chatId: '12036@g.us' } })).toMatchObject({
      kind: 'other',
    })
    expect(readEvent({ ...incoming, ...words, typeWebhook: 'outgoingAPIMessageReceived' })).toEqual({
      kind: 'echo',
      providerReference: 'A1',
      to: '+255712345678',
      body: 'Nitumie risiti',
      fileName: null,
    })
    expect(readEvent({ ...frame, typeWebhook: 'stateInstanceChanged', stateInstance: 'blocked' })).toEqual({
      kind: 'state',
      state: 'blocked',
    })
    expect(readEvent({ typeWebhook: 'incomingBlock', quotaData: {} })).toEqual({
      kind: 'other',
      name: 'quotaExceeded',
    })
    expect(readEvent({ typeWebhook: 'incomingCall' })).toEqual({ kind: 'other', name: 'incomingCall' })
    expect(readEvent({ ...frame, typeWebhook: 'outgoingMessageStatus', status: 'teleported' })).toMatchObject(
      {
        kind: 'other',
      },
    )
  })

  it('simulator: an instance begins unlinked, with everything off', async () => {
    expect(await get('getStateInstance')).toEqual({ status: 200, body: { stateInstance: 'notAuthorized' } })
    expect(await get('getSettings')).toMatchObject({
      body: { webhookUrl: '', incomingWebhook: 'no', outgoingWebhook: 'no', stateWebhook: 'no' },
    })
    expect(await get('showMessagesQueue')).toEqual({ status: 200, body: [] })
    expect(await get('receiveNotification', 'GET', '?receiveTimeout=5')).toEqual({ status: 200, body: null })
    expect(await get('deleteNotification', 'DELETE', '/99')).toEqual({ status: 200, body: { result: false } })
    expect(await get('qr')).toMatchObject({
      body: { type: 'qrCode', message: expect.stringMatching(/^iVBORw0KGgo/) },
    })
  })
})

describe('the tables', () => {
  it.each(greenApi.errors)('HTTP $code means $kind, $reason', async ({ code, kind, reason }) => {
    const [status, ...words] = code.split(' ')
    const said = words.join(' ').replace(/^./, (first) => first.toUpperCase())
    for (const body of [JSON.stringify({ message: `${said}. And more` }), `${said}. And more`]) {
      const outcome = await against(Number(status), body, (it) => it.sendText(text))
      expect(outcome).toMatchObject({ ok: false, error: { kind, reason } })
    }
  })

  it.each([
    [400, 'rejected'],
    [418, 'rejected'],
    [505, 'unknownOutcome'],
    [408, 'unknownOutcome'],
    [409, 'unknownOutcome'],
    [302, 'unknownOutcome'],
    [204, 'unknownOutcome'],
  ])('HTTP %i with words of no table means %s for a send', async (status, kind) => {
    const body = status === 204 ? '' : 'news'
    expect(await against(status, body, (it) => it.sendText(text))).toMatchObject({
      ok: false,
      error: { kind },
    })
  })

  it('never calls a question an unknown outcome', async () => {
    for (const status of [499, 500, 502, 503, 504, 505]) {
      expect(await against(status, '', (it) => it.pairing.state())).toMatchObject({
        error: { kind: 'temporary' },
      })
    }
  })

  it.each([...messageStatuses])('status %s', (status, row) => {
    expect(readEvent({ typeWebhook: 'outgoingMessageStatus', idMessage: '3EB0', status })).toMatchObject(row)
    expect(row.state === 'failed').toBe(['noAccount', 'notInGroup', 'failed'].includes(status))
  })

  it('knows the six states, and only one of them as ready', () => {
    expect([...pairingStates.keys()]).toHaveLength(6)
    expect([...pairingStates].filter(([, state]) => state === 'authorized')).toEqual([
      ['authorized', 'authorized'],
    ])
  })
})

describe('the simulator is strict', () => {
  const good = { chatId: '254712345678@c.us', message: 'Habari' }

  it('about instance, token, method, verb and the place of the receipt', async () => {
    const { baseUrl, secrets } = stand.account()
    const token = secrets.apiTokenInstance
    const statusOf = async (path: string, method = 'GET') =>
      (await fetch(`${baseUrl}${path}`, { method })).status
    expect(await statusOf(`/waInstance1101000002/getStateInstance/${token}`)).toBe(403)
    expect(await statusOf('/waInstance1101000001/getStateInstance/another')).toBe(401)
    expect(await statusOf(`/waInstance1101000001/getstateinstance/${token}`)).toBe(404)
    expect(await statusOf(`/waInstance1101000001/${token}/getStateInstance`)).toBe(404)
    expect(await statusOf(`/waInstance1101000001/getStateInstance/${token}`, 'POST')).toBe(404)
    expect(await statusOf(`/waInstance1101000001/sendMessage/${token}`)).toBe(404)
    expect(await statusOf(`/waInstance1101000001/deleteNotification/${token}`, 'DELETE')).toBe(404)
  })

  it.each([
    ['a chat with a plus', { ...good, chatId: '+254712345678@c.us' }, 'chatId'],
    ['a chat without its end', { ...good, chatId: '254712345678' }, 'chatId'],
    ['no text', { chatId: good.chatId }, 'message'],
    ['20,001 characters', { ...good, message: 'x'.repeat(20_001) }, 'message'],
    ['a preview that is no boolean', { ...good, linkPreview: 'false' }, 'linkPreview'],
    ['no JSON', '{', 'Unexpected token'],
  ])('about %s', async (_name, body, said) => {
    const before = stand.host.ledger().length
    const reply = await get('sendMessage', 'POST', '', body)
    expect(reply.status).toBe(400)
    expect(JSON.stringify(reply.body)).toContain(said)
    expect(stand.host.ledger()).toHaveLength(before)
  })

  it('about settings and waits', async () => {
    expect((await get('setSettings', 'POST', '', { incomingWebhook: true })).status).toBe(400)
    await new Promise((done) => setTimeout(done, 20))
    expect((await get('setSettings', 'POST', '', {})).status).toBe(400)
    await new Promise((done) => setTimeout(done, 20))
    expect((await get('setSettings', 'POST', '', { delaySendMessagesMilliseconds: 100 })).status).toBe(400)
    expect((await get('receiveNotification', 'GET', '?receiveTimeout=4')).status).toBe(400)
    expect((await get('receiveNotification', 'GET', '?receiveTimeout=61')).status).toBe(400)
  })

  it('about the rate of each method', async () => {
    const replies = await Promise.all(Array.from({ length: 20 }, () => get('getWaSettings')))
    expect(replies.map((reply) => reply.status)).toContain(429)
    expect(replies.map((reply) => reply.status)).toContain(200)
  })

  it('leaves whoever asks for codes for minutes with an instance that must be rebooted', async () => {
    const { whatsapp } = stand.connect()
    const minutes = (ms: number) => ms / timeScale
    // Minutes of this world are moments; who pauses too long, as a busy machine may, begins anew.
    const end = Date.now() + 30_000
    const seen = new Set<boolean>()
    while (!seen.has(false) && Date.now() < end) {
      seen.add((await whatsapp?.pairing.qr())?.ok === true)
      await new Promise((done) => setTimeout(done, minutes(10_000)))
    }
    expect([...seen]).toEqual([true, false])
    expect(await whatsapp?.pairing.state()).toMatchObject({ value: { state: 'starting' } })
    expect(await whatsapp?.pairing.restart()).toMatchObject({ ok: true })
    await expect.poll(async () => (await whatsapp?.pairing.qr())?.ok).toBe(true)
  })

  it('takes messages under a yellow card and sends none of them until it is rebooted', async () => {
    const { whatsapp } = stand.connect()
    await scan(stand.host, async () => whatsapp?.pairing.qr())
    await expect.poll(async () => whatsapp?.pairing.state()).toMatchObject({ value: { state: 'authorized' } })
    expect(await whatsapp?.sendText({ to: '+254700000901', body: 'Kadi ya njano' })).toMatchObject({
      ok: true,
    })
    expect(await whatsapp?.sendText({ to: phone, body: 'Inasubiri' })).toMatchObject({ ok: true })
    await expect.poll(async () => whatsapp?.pairing.state()).toMatchObject({ value: { state: 'yellowCard' } })
    const items = () => stand.host.snapshot().phones.find((known) => known.phone === phone)?.items ?? []
    expect(items()).toEqual([])
    await whatsapp?.pairing.restart()
    await expect.poll(() => items().map((item) => item.text)).toEqual(['Inasubiri'])
  })
})

// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: HTTP status and words of a qr reply of type error', () => undefined)
// oxlint-disable-next-line vitest/no-disabled-tests -- counted until somebody sees it on a live account
it.skip('unconfirmed: answer of deleteNotification for a receipt that is gone', () => undefined)

async function get(name: string, method = 'GET', tail = '', body?: unknown) {
  const { baseUrl, settings, secrets } = stand.account()
  const url = `${baseUrl}/waInstance${settings.idInstance}/${name}/${secrets.apiTokenInstance}${tail}`
  const reply = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const parsed: unknown = await reply.json()
  return { status: reply.status, body: parsed }
}
