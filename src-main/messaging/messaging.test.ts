import { describe, expect, it, onTestFinished } from 'vitest'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { openShop, scriptedAccount, scriptedProvider } from '../../test/fixtures/shop.ts'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { accepted, type Outcome, refused } from '../providers/outcome.ts'
import type { DeliveryReceipt, Sms, SmsAccepted, SmsMessage } from '../providers/sms.ts'
import type { WhatsApp, WhatsAppNotification } from '../providers/whatsapp.ts'
import { isNews } from './progress.ts'

/** An SMS provider whose answers the test queues; its receipts are JSON. */
function scriptedSms() {
  const sent: SmsMessage[] = []
  const answers: (Outcome<SmsAccepted> | Promise<Outcome<SmsAccepted>>)[] = []
  const sms: Sms = {
    maxCharacters: 1530,
    send(message) {
      sent.push(message)
      return Promise.resolve(
        answers.shift() ?? accepted({ providerReference: `at-${sent.length}`, cost: 'KES 0.8000' }),
      )
    },
    readDeliveryReceipt: ({ body }): DeliveryReceipt | null => JSON.parse(body),
  }
  return { sms, sent, answers }
}

async function counter() {
  const clock = manualClock()
  const { sms, sent, answers } = scriptedSms()
  const folder = tempFolder()
  const shop = await openShop(folder, clock, scriptedProvider({ sms }))
  onTestFinished(() => shop.companion.close())
  const { client, companion } = shop
  await client.settings.save({
    ...(await client.settings.get()),
    country: 'KE',
    currency: 'KES',
    name: 'Duka la Neema',
  })
  const account = await client.accounts.save(scriptedAccount)
  const sale = await client.sales.current()
  await client.sales.saveDraft({
    id: sale.id,
    lines: [{ name: 'Sukari', quantityMilli: 2000, unitPriceMinor: 16_000 }],
  })
  const send = async (to = '0712345678') => {
    const message = await client.messages.sendReceipt({ saleId: sale.id, channel: 'sms', to })
    await clock.advance(0)
    return message.id
  }
  const report = async (receipt: Partial<DeliveryReceipt>) => {
    const path = companion.accounts.callbackPath('scripted') ?? ''
    const body = JSON.stringify({
      providerReference: 'at-1',
      to: null,
      state: 'delivered',
      reason: null,
      detail: null,
      ...receipt,
    })
    const reply = await companion.callbacks.receive({ method: 'POST', path, headers: {}, body })
    await clock.advance(0)
    return reply
  }
  const state = async (id: string) => (await client.messages.get({ id })).state
  return { ...shop, clock, sent, answers, sale, send, report, state, account, folder }
}

describe('a receipt by SMS', () => {
  it('goes out once, numbered, in the shop’s words, and its state follows the provider', async () => {
    const { send, sent, report, state, client } = await counter()
    const id = await send()
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({ to: '+254712345678', reference: id })
    expect(sent[0]?.body).toMatch(
      /^Duka la Neema: risiti 000001, \d\d\/\d\d\/\d{4} \d\d:\d\d\. Jumla KES 320\. Bado haijalipwa\. Asante, karibu tena!$/,
    )
    expect(await state(id)).toBe('sent')
    await report({ state: 'delivered' })
    expect(await client.messages.get({ id })).toMatchObject({
      state: 'delivered',
      cost: 'KES 0.8000',
      attempts: 1,
      segments: 1,
    })
  })

  it('speaks the customer’s language when it is known', async () => {
    const { send, sent, client } = await counter()
    await client.customers.save({ phone: '0712345678', name: 'Joy', language: 'en' })
    await send()
    expect(sent[0]?.body).toContain('Thank you, welcome again!')
  })

  it('counts a report once, whatever the order, and never goes back', async () => {
    const { send, report, state, client } = await counter()
    const id = await send()
    await report({ state: 'failed', reason: 'notDelivered', detail: 'Expired' })
    expect(await state(id)).toBe('failed')
    await report({ state: 'delivered' })
    await report({ state: 'failed', reason: 'notDelivered' })
    await report({ state: 'sent' })
    await report({ state: 'delivered' })
    const { state: now, reason, events } = await client.messages.get({ id })
    expect([now, reason]).toEqual(['delivered', null])
    expect(events.map((event) => event.state)).toEqual([
      'queued',
      'sent',
      'failed',
      'delivered',
      'failed',
      'sent',
      'delivered',
    ])
  })

  it('keeps its failure mark through a retry until the provider says otherwise', async () => {
    const { send, state, client, clock, answers, sent } = await counter()
    answers.push(
      refused('recipient', 'recipient', '403 InvalidPhoneNumber'),
      refused('credentials', 'credentials', '401'),
    )
    const id = await send()
    expect(await client.messages.get({ id })).toMatchObject({
      state: 'failed',
      reason: 'recipient',
      detail: '403 InvalidPhoneNumber',
    })
    await client.messages.retry({ id })
    await clock.advance(0)
    expect(sent).toHaveLength(2)
    expect(await client.messages.get({ id })).toMatchObject({ state: 'failed', reason: 'recipient' })
    await client.outbox.retry({ id: (await client.messages.get({ id })).effectId })
    await clock.advance(0)
    expect(await state(id)).toBe('sent')
    const { history } = await client.outbox.get({ id: (await client.messages.get({ id })).effectId })
    expect(history.map((attempt) => attempt.outcome)).toEqual(['rejected', 'retryable', 'accepted'])
  })

  it('whose reply was lost is found by its delivery report, when only one can be meant', async () => {
    const { send, report, client, answers } = await counter()
    answers.push(refused('unknownOutcome', 'unknownOutcome', 'no reply'))
    const id = await send()
    expect(await client.messages.get({ id })).toMatchObject({ state: 'unknown', reason: 'needsDecision' })
    await report({ providerReference: 'at-lost', to: '+254799999999' })
    expect((await client.messages.get({ id })).state).toBe('unknown')
    await report({ providerReference: 'at-lost', to: '+254712345678' })
    expect((await client.messages.get({ id })).state).toBe('delivered')
    expect((await client.outbox.summary()).needDecision).toBe(0)
  })

  it('whose report overtook a reply that was then lost has gone out, and nobody is asked', async () => {
    const { send, report, client, clock, answers, sent } = await counter()
    const reply = Promise.withResolvers<Outcome<SmsAccepted>>()
    answers.push(reply.promise)
    const id = await send()
    await report({ providerReference: 'at-early', to: '+254712345678' })
    reply.resolve(refused('unknownOutcome', 'unknownOutcome', 'no reply'))
    await clock.advance(1)
    expect(await client.messages.get({ id })).toMatchObject({ state: 'delivered', reason: null })
    expect(await client.outbox.summary()).toMatchObject({ unknown: 0, needDecision: 0 })
    expect(sent).toHaveLength(1)
  })

  it('takes the report that overtook its reply, also where two were on their way to one number', async () => {
    const { send, report, client, clock, answers } = await counter()
    const replies = [
      Promise.withResolvers<Outcome<SmsAccepted>>(),
      Promise.withResolvers<Outcome<SmsAccepted>>(),
    ]
    answers.push(...replies.map(({ promise }) => promise))
    const ids = [await send(), await send()]
    await report({ providerReference: 'at-b', to: '+254712345678' })
    await report({ providerReference: 'at-a', to: null, state: 'failed', reason: 'notDelivered' })
    for (const [index, reply] of replies.entries())
      reply.resolve(accepted({ providerReference: index === 0 ? 'at-a' : 'at-b', cost: null }))
    await clock.advance(0)
    const states = await Promise.all(ids.map(async (id) => (await client.messages.get({ id })).state))
    expect(states).toEqual(['failed', 'delivered'])
  })

  it('whose reply was lost stays for a person when two could be meant', async () => {
    const { send, report, client, answers } = await counter()
    answers.push(
      refused('unknownOutcome', 'unknownOutcome', ''),
      refused('unknownOutcome', 'unknownOutcome', ''),
    )
    const ids = [await send(), await send()]
    await report({ providerReference: 'at-lost', to: '+254712345678' })
    for (const id of ids) expect((await client.messages.get({ id })).state).toBe('unknown')
  })
})

describe('texts', () => {
  it('names the variable that this sale has no value for, and sends nothing', async () => {
    const { client, sale, sent } = await counter()
    const request = { saleId: sale.id, channel: 'sms', text: 'Habari {{customer}}!' } as const
    expect(await client.messages.preview(request)).toMatchObject({ missing: ['customer'] })
    await expect(client.messages.sendReceipt({ ...request, to: '0712345678' })).rejects.toMatchObject({
      code: 'TEMPLATE_VARIABLE_MISSING',
      data: { field: 'text', values: { variable: 'customer' } },
    })
    expect(sent).toEqual([])
    // Nothing half written: the sale is a draft still, and its number is not spent.
    expect(await client.sales.get({ id: sale.id })).toMatchObject({ state: 'draft', number: null })
  })

  it('refuses a template with a variable that does not exist', async () => {
    const { client } = await counter()
    const wrong = { kind: 'receipt', channel: 'sms', language: 'sw', text: 'Habari {{jina}}' } as const
    await expect(client.templates.save(wrong)).rejects.toMatchObject({ code: 'TEMPLATE_VARIABLE_UNKNOWN' })
    const { templates } = await client.templates.list()
    expect(templates.map((template) => template.text).join()).not.toContain('jina')
  })

  it('never makes a message dearer by typography', async () => {
    const { client, sale } = await counter()
    const { size, body } = await client.messages.preview({
      saleId: sale.id,
      channel: 'sms',
      text: '“Asante” – {{shop}}…',
    })
    expect([body, size.encoding, size.segments]).toEqual(['"Asante" - Duka la Neema...', 'GSM-7', 1])
  })
})

describe('callbacks', () => {
  it('are stored before anything else, and taken up again after a crash between the two', async () => {
    const { send, companion, clock, folder } = await counter()
    const id = await send()
    const path = companion.accounts.callbackPath('scripted') ?? ''
    await companion.close()
    // What a process that died after storing leaves behind.
    const { default: Engine } = await import('better-sqlite3')
    const file = new Engine(`${folder}/live/kaunta.db`)
    file
      .prepare(
        "INSERT INTO callback (account_id, received_at, method, path, headers, body, digest, state) VALUES (NULL, 0, 'POST', ?, '{}', ?, 'x', 'stored')",
      )
      .run(
        path,
        JSON.stringify({
          providerReference: 'at-1',
          to: null,
          state: 'delivered',
          reason: null,
          detail: null,
        }),
      )
    file.close()
    const again = await openShop(folder, clock, scriptedProvider({ sms: scriptedSms().sms }))
    expect((await again.client.messages.get({ id })).state).toBe('delivered')
    await again.companion.close()
  })

  it('from a stranger are kept, marked, answered 404, and change nothing', async () => {
    const { send, companion, state } = await counter()
    const id = await send()
    const path = (companion.accounts.callbackPath('scripted') ?? '').replace(/[^/]+$/, 'a'.repeat(24))
    const body = JSON.stringify({
      providerReference: 'at-1',
      to: null,
      state: 'delivered',
      reason: null,
      detail: null,
    })
    expect((await companion.callbacks.receive({ method: 'POST', path, headers: {}, body })).status).toBe(404)
    expect(await state(id)).toBe('sent')
  })
})

describe('WhatsApp by long poll', () => {
  it('stores and applies before it lets the provider forget, and a repeated notification changes nothing', async () => {
    const clock = manualClock()
    const steps: string[] = []
    const waiting: WhatsAppNotification[] = []
    let wake: () => void = () => {}
    const off = () => Promise.resolve(refused('offline', 'offline', ''))
    const whatsapp: WhatsApp = {
      maxCharacters: 20_000,
      sendText: () => Promise.resolve(accepted({ providerReference: 'wa-1' })),
      find: () => Promise.resolve(accepted('notFound')),
      next: () =>
        new Promise((resolve) => {
          const give = () => {
            const [head] = waiting
            if (head === undefined) return
            steps.push(`next ${head.receipt}`)
            resolve(accepted(head))
          }
          wake = give
          give()
        }),
      forget(receipt) {
        steps.push(`forget ${receipt}`)
        waiting.shift()
        return Promise.resolve(accepted(null))
      },
      pairing: { state: off, qr: off, unlink: off, prepare: off, restart: off },
    }
    const shop = await openShop(tempFolder(), clock, scriptedProvider({ whatsapp }))
    onTestFinished(() => shop.companion.close())
    const { client } = shop
    await client.accounts.save(scriptedAccount)
    const sale = await client.sales.current()
    await client.sales.saveDraft({
      id: sale.id,
      lines: [{ name: 'x', quantityMilli: 1000, unitPriceMinor: 100 }],
    })
    const { id } = await client.messages.sendReceipt({
      saleId: sale.id,
      channel: 'whatsapp',
      to: '0712345678',
    })
    await clock.advance(0)
    expect((await client.messages.get({ id })).state).toBe('queued')
    const status = (receipt: string, state: 'sent' | 'read' | 'delivered') =>
      waiting.push({
        receipt,
        raw: receipt,
        event: { kind: 'status', providerReference: 'wa-1', state, reason: null, detail: null },
      })
    status('1', 'read')
    status('2', 'sent')
    status('3', 'read')
    wake()
    await clock.advance(0)
    expect(steps).toEqual(['next 1', 'forget 1', 'next 2', 'forget 2', 'next 3', 'forget 3'])
    expect((await client.messages.get({ id })).state).toBe('read')
  })
})

describe('the ladder', () => {
  it('knows what is news', () => {
    expect([
      isNews('queued', 'sent'),
      isNews('failed', 'delivered'),
      isNews('delivered', 'failed'),
      isNews('read', 'delivered'),
    ]).toEqual([true, true, false, false])
  })
})
