import { createRouterClient } from '@orpc/server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type ManualClock, manualClock } from '../../test/fixtures/manual-clock.ts'
import { openShop, scriptedAccount, scriptedProvider } from '../../test/fixtures/shop.ts'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { guardCall } from '../api/errors.ts'
import { accepted, type Outcome, refused } from '../providers/outcome.ts'
import type {
  WhatsApp,
  WhatsAppDocument,
  WhatsAppDocuments,
  WhatsAppNotification,
} from '../providers/whatsapp.ts'
import { captionOf } from './attachment.ts'

type Sent = Outcome<{ readonly providerReference: string }>
type Found = Outcome<{ readonly providerReference: string } | 'notFound'>

const settleMs = 130_000
const lost = refused('unknownOutcome', 'unknownOutcome', 'no reply')

/** WhatsApp whose answers the test queues; without an answer a file is taken, and one that is asked for was never seen. */
function scriptedWhatsApp() {
  const files: WhatsAppDocument[] = []
  const texts: string[] = []
  const asked: { to: string; fileName: string; since: number }[] = []
  const answers: Sent[] = []
  const found: Found[] = []
  const news: WhatsAppNotification[] = []
  let wake: () => void = () => {}
  const off = () => Promise.resolve(refused('offline', 'offline', ''))
  const documents: WhatsAppDocuments = {
    maxBytes: 1_000_000,
    maxCaption: 1_000,
    send(document) {
      files.push(document)
      return Promise.resolve(answers.shift() ?? accepted({ providerReference: `wa-${files.length}` }))
    },
    find(sought) {
      asked.push(sought)
      return Promise.resolve(found.shift() ?? accepted('notFound'))
    },
  }
  const whatsapp: WhatsApp = {
    maxCharacters: 20_000,
    documents,
    sendText({ body }) {
      texts.push(body)
      return Promise.resolve(accepted({ providerReference: `wa-text-${texts.length}` }))
    },
    find: () => Promise.resolve(accepted('notFound')),
    next: () =>
      new Promise((resolve) => {
        wake = () => {
          const [head] = news
          if (head !== undefined) resolve(accepted(head))
        }
        wake()
      }),
    forget() {
      news.shift()
      return Promise.resolve(accepted(null))
    },
    pairing: { state: off, qr: off, unlink: off, prepare: off, restart: off },
  }
  const tell = (event: WhatsAppNotification['event']) => {
    news.push({ receipt: String(news.length), raw: '{}', event })
    wake()
  }
  return { whatsapp, files, texts, asked, answers, found, tell }
}

type Scripted = ReturnType<typeof scriptedWhatsApp>

async function open(folder: string, clock: ManualClock, { whatsapp }: Scripted) {
  const shop = await openShop(
    folder,
    clock,
    scriptedProvider(
      { whatsapp, sms: { maxCharacters: 1530, send: () => Promise.resolve(lost) } },
      { consistencyWindowMs: settleMs },
    ),
  )
  onTestFinished(() => shop.companion.close())
  return shop
}

async function counter() {
  const clock = manualClock()
  const script = scriptedWhatsApp()
  const folder = tempFolder()
  const shop = await open(folder, clock, script)
  const { client } = shop
  await client.settings.save({
    ...(await client.settings.get()),
    country: 'KE',
    currency: 'KES',
    name: 'Duka la Neema',
  })
  await client.accounts.save(scriptedAccount)
  const sale = await client.sales.current()
  await client.sales.saveDraft({
    id: sale.id,
    lines: [{ name: 'Sukari', quantityMilli: 2000, unitPriceMinor: 16_000 }],
  })
  const request = { saleId: sale.id, channel: 'whatsapp', to: '0712345678', as: 'pdf' } as const
  const send = async (more: { readonly text?: string } = {}) => {
    const message = await client.messages.sendReceipt({ ...request, ...more })
    await clock.advance(0)
    return message
  }
  return { ...shop, ...script, script, clock, folder, sale, request, send }
}

/** What the provider got, as text where it is a file: the same bytes, or not. */
const bytesOf = (file: WhatsAppDocument | undefined) => Buffer.from(file?.bytes ?? []).toString('latin1')

describe('a receipt as PDF by WhatsApp', () => {
  it('goes out once, named after receipt and message, with the shop’s words under it', async () => {
    const { send, files, texts, client, sale } = await counter()
    const { id } = await send()
    expect(texts).toEqual([])
    expect(files).toHaveLength(1)
    const [file] = files
    expect(file).toMatchObject({
      to: '+254712345678',
      fileName: `risiti-000001-${id.slice(-8)}.pdf`,
      mediaType: 'application/pdf',
      caption: expect.stringContaining('Risiti 000001'),
    })
    expect(bytesOf(file)).toMatch(/^%PDF-1\.\d[\s\S]*%%EOF\s*$/)
    expect(await client.messages.get({ id })).toMatchObject({
      state: 'queued',
      body: file?.caption,
      attachment: { fileName: file?.fileName, bytes: file?.bytes.length },
    })
    // It is the receipt of a recorded sale, and in the list too.
    expect(await client.sales.get({ id: sale.id })).toMatchObject({ state: 'recorded', number: 1 })
    const { rows } = await client.messages.list({ saleId: sale.id })
    expect(rows.map((row) => row.attachment?.fileName)).toEqual([file?.fileName])
  })

  it('speaks one language in file, name and words', async () => {
    const { send, files, client } = await counter()
    await client.customers.save({ phone: '0712345678', name: 'Joy', language: 'en' })
    await send()
    expect(files[0]?.fileName).toMatch(/^receipt-000001-/)
    expect(files[0]?.caption).toContain('Receipt 000001')
  })

  it('survives a crash between the request and the call, bytes and all', async () => {
    const { client, companion, request, files, folder, clock } = await counter()
    const { id, attachment } = await client.messages.sendReceipt(request)
    await companion.close()
    expect(files).toEqual([])
    const script = scriptedWhatsApp()
    const again = await open(folder, clock, script)
    await clock.advance(0)
    expect(script.files).toHaveLength(1)
    expect(script.files[0]).toMatchObject({ fileName: attachment?.fileName })
    expect(script.files[0]?.bytes.length).toBe(attachment?.bytes)
    expect(bytesOf(script.files[0])).toMatch(/^%PDF-/)
    expect((await again.client.messages.get({ id })).state).toBe('queued')
  })

  it('whose reply was lost is asked for by its name, and not sent again when it is there', async () => {
    const { send, client, files, asked, answers, found, clock } = await counter()
    answers.push(lost)
    found.push(accepted({ providerReference: 'wa-found' }))
    const { id, attachment, createdAt } = await send()
    expect((await client.messages.get({ id })).state).toBe('unknown')
    await clock.advance(2 * settleMs)
    expect(asked[0]).toEqual({ to: '+254712345678', fileName: attachment?.fileName, since: createdAt })
    expect((await client.messages.get({ id })).state).toBe('sent')
    expect(files).toHaveLength(1)
    expect(await client.outbox.summary()).toMatchObject({ unknown: 0, needDecision: 0 })
  })

  it('that was surely never taken goes again under its name, with the same bytes', async () => {
    const { send, client, files, asked, answers, clock } = await counter()
    answers.push(lost)
    const { id } = await send()
    await clock.advance(settleMs - 10_000)
    // Too early for "not found" to prove anything.
    expect(files).toHaveLength(1)
    await clock.advance(3 * settleMs)
    expect(asked.length).toBeGreaterThan(0)
    expect(files).toHaveLength(2)
    expect(files[1]?.fileName).toBe(files[0]?.fileName)
    expect(bytesOf(files[1])).toBe(bytesOf(files[0]))
    expect((await client.messages.get({ id })).state).toBe('queued')
  })

  it('is retried with the same bytes although the shop has changed its name since', async () => {
    const { send, client, files, answers, clock } = await counter()
    answers.push(refused('rejected', 'rejected', 'HTTP 400'))
    const { id } = await send()
    expect((await client.messages.get({ id })).state).toBe('failed')
    await client.settings.save({ ...(await client.settings.get()), name: 'Jina jipya' })
    await client.messages.retry({ id })
    await clock.advance(0)
    expect(files).toHaveLength(2)
    expect(bytesOf(files[1])).toBe(bytesOf(files[0]))
    expect(files[1]?.caption).toBe(files[0]?.caption)
  })

  it('is proved by the echo of its own file and by no other, whatever stands under it', async () => {
    const { send, client, answers, tell, clock } = await counter()
    answers.push(lost, lost)
    const first = await send()
    const second = await send()
    const echo = async (fileName: string | null, body: string) => {
      tell({ kind: 'echo', providerReference: `wa-${fileName}`, to: '+254712345678', body, fileName })
      await clock.advance(0)
    }
    const states = async () =>
      Promise.all([first, second].map(async ({ id }) => (await client.messages.get({ id })).state))
    await echo(null, first.body)
    await echo('risiti-000001-00000000.pdf', first.body)
    expect(await states()).toEqual(['unknown', 'unknown'])
    await echo(second.attachment?.fileName ?? '', '')
    expect(await states()).toEqual(['unknown', 'sent'])
  })
})

describe('a PDF that cannot be sent', () => {
  const untouched = async ({ client, sale, files }: Awaited<ReturnType<typeof counter>>) => {
    expect(files).toEqual([])
    expect(await client.sales.get({ id: sale.id })).toMatchObject({ state: 'draft', number: null })
    expect((await client.messages.list({ saleId: sale.id })).rows).toEqual([])
  }

  it.each([
    ['by SMS', { channel: 'sms' }, 'FILE_BY_WHATSAPP_ONLY'],
    ['to no number', { to: '12' }, 'PHONE_INVALID'],
    ['with a text that lacks a value', { text: 'Habari {{customer}}' }, 'TEMPLATE_VARIABLE_MISSING'],
    ['without words', { text: ' ' }, 'TEXT_EMPTY'],
  ] as const)('%s: says so before anything is recorded', async (_name, change, code) => {
    const shop = await counter()
    await expect(shop.client.messages.sendReceipt({ ...shop.request, ...change })).rejects.toMatchObject({
      code,
    })
    await untouched(shop)
  })

  it('through a provider that takes no files: says so before anything is queued', async () => {
    const clock = manualClock()
    const { documents: _, ...textOnly } = scriptedWhatsApp().whatsapp
    const shop = await openShop(tempFolder(), clock, scriptedProvider({ whatsapp: textOnly }))
    onTestFinished(() => shop.companion.close())
    await shop.client.accounts.save(scriptedAccount)
    const sale = await shop.client.sales.current()
    await shop.client.sales.saveDraft({
      id: sale.id,
      lines: [{ name: 'Sukari', quantityMilli: 1000, unitPriceMinor: 100 }],
    })
    const request = { saleId: sale.id, channel: 'whatsapp', to: '0712345678', as: 'pdf' } as const
    await expect(shop.client.messages.sendReceipt(request)).rejects.toMatchObject({
      code: 'FILE_NOT_OFFERED',
      data: { values: { account: 'Scripted' } },
    })
    expect((await shop.client.sales.get({ id: sale.id })).state).toBe('draft')
    expect((await shop.client.outbox.list({ filter: 'all', limit: 10 })).rows).toEqual([])
  })
})

describe('a PDF wanted by the shop’s own program', () => {
  async function pos() {
    const shop = await counter()
    const key = await shop.client.apiKeys.create({ label: 'POS', scopes: ['messages'] })
    const client = createRouterClient(shop.companion.integration, {
      context: shop.companion.context({ kind: 'apiKey', id: key.id, scopes: ['messages'] }),
      interceptors: [guardCall],
    })
    const ask = async (idempotencyKey: string, body: object) => {
      const { saleId, to, channel } = shop.request
      const message = await client.sendMessage({
        headers: { 'idempotency-key': idempotencyKey },
        body: { saleId, to, channel, ...body },
      })
      await shop.clock.advance(0)
      return message
    }
    return { ...shop, ask }
  }

  it('goes once per key, as text where nothing else is said', async () => {
    const { ask, files, texts } = await pos()
    const [first, second] = await Promise.all([ask('a', { as: 'pdf' }), ask('a', { as: 'pdf' })])
    expect(second.id).toBe(first.id)
    expect((await ask('a', { as: 'pdf' })).attachment).toEqual(first.attachment)
    expect(files).toHaveLength(1)
    await expect(ask('a', {})).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
    expect((await ask('b', {})).attachment).toBeNull()
    expect([files.length, texts.length]).toEqual([1, 1])
  })

  it('needs a sale', async () => {
    const { ask, files } = await pos()
    await expect(ask('c', { as: 'pdf', saleId: undefined, text: 'x' })).rejects.toMatchObject({
      code: 'FILE_NEEDS_SALE',
    })
    expect(files).toEqual([])
  })
})

describe('the words under a file', () => {
  it('stay whole up to the limit, and are cut between characters above it', () => {
    expect(captionOf('x'.repeat(1_000), 1_000)).toBe('x'.repeat(1_000))
    const cut = captionOf(`${'x'.repeat(996)}👨‍👩‍👧‍👦 na zaidi`, 1_000)
    expect(cut).toBe(`${'x'.repeat(996)}…`)
  })

  it('are cut before they are stored, so that all that is kept is what went out', async () => {
    const { send, files, client } = await counter()
    const { id } = await send({ text: 'Asante! '.repeat(200) })
    expect(files[0]?.caption).toHaveLength(1_000)
    expect((await client.messages.get({ id })).body).toBe(files[0]?.caption)
  })
})
