import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { eventPageSchema, eventSchema } from '../../src-preload/contract/events.ts'
import { type RunningServer, startServer } from '../fixtures/server.ts'

let server: RunningServer
const folder = mkdtempSync(join(tmpdir(), 'kaunta-events-'))

beforeAll(async () => {
  server = await startServer(folder, '--time-scale', '20')
})

afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const headers = () => ({ authorization: `Bearer ${server.apiKey}` })

async function post(path: string, body: unknown, key: string): Promise<string> {
  const reply = await fetch(server.apiUrl + path, {
    method: 'POST',
    headers: { ...headers(), 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
  })
  const answer: unknown = await reply.json()
  expect(answer).toMatchObject({ id: expect.any(String) })
  return z.object({ id: z.string() }).parse(answer).id
}

const sell = (key: string) =>
  post('/sales', { lines: [{ name: 'Sukari', quantityMilli: 1_000, unitPriceMinor: 640_000 }] }, key)

async function read(query: string): Promise<{ status: number; body: unknown }> {
  const reply = await fetch(`${server.apiUrl}/events${query}`, { headers: headers() })
  return { status: reply.status, body: await reply.json() }
}

async function page(query: string) {
  return eventPageSchema.parse((await read(query)).body)
}

/** Events of a stream, with the names they came under, until `enough`. */
async function follow(
  after: string | null,
  enough: (rows: readonly { subject: string }[]) => boolean,
  meanwhile: () => Promise<unknown> = async () => {},
) {
  const stop = new AbortController()
  const reply = await fetch(`${server.apiUrl}/events/stream`, {
    headers: { ...headers(), ...(after === null ? {} : { 'last-event-id': after }) },
    signal: stop.signal,
  })
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  const rows: { name: string; subject: string; type: string; number: number }[] = []
  await meanwhile()
  let text = ''
  for await (const chunk of reply.body ?? []) {
    text += new TextDecoder().decode(chunk, { stream: true })
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1]
      if (data === undefined) continue
      const event = eventSchema.parse(JSON.parse(data))
      rows.push({ ...event, name: /^id: (.*)$/m.exec(block)?.[1] ?? '' })
    }
    if (enough(rows)) break
  }
  stop.abort()
  return rows
}

describe('what happened, for the POS and the accountant', () => {
  it('is read page by page, each once, by the number to go on from', async () => {
    const ids = [await sell('e1'), await sell('e2'), await sell('e3')]
    const seen: string[] = []
    let next = 0
    for (;;) {
      const { rows, next: after, epoch } = await page(`?after=${next}&limit=2`)
      expect(epoch).toBe(1)
      if (rows.length === 0) break
      expect(rows.length).toBeLessThanOrEqual(2)
      for (const { type, subject } of rows) if (type === 'sale.recorded') seen.push(subject)
      next = after
    }
    expect(seen).toEqual(ids)
    const [first] = (await page('?limit=1')).rows
    expect(first).toMatchObject({
      number: 1,
      type: 'sale.recorded',
      subject: ids[0],
      actor: { kind: 'apiKey' },
      data: { totalMinor: 640_000, currency: 'KES' },
    })
    expect(JSON.stringify(await page('?limit=500'))).not.toContain('Sukari')
  })

  it('says so where it is gone, and refuses what nobody knows', async () => {
    expect(await read('?after=999999')).toMatchObject({ status: 410, body: { code: 'EVENTS_GONE' } })
    expect(await read('?epoch=2')).toMatchObject({ status: 410, body: { code: 'EVENTS_GONE' } })
    expect((await read('?epoch=1&after=0')).status).toBe(200)
    for (const query of ['?after=-1', '?after=x', '?limit=501', '?limit=0', '?since=1', '?epoch=0'])
      expect([query, (await read(query)).status]).toEqual([query, 422])
    const odd = await fetch(`${server.apiUrl}/events/stream`, {
      headers: { ...headers(), 'last-event-id': 'the one of yesterday' },
    })
    expect(odd.status).toBe(410)
    await odd.body?.cancel()
  })

  it('is followed as it happens, and gone on with after the line was lost: nothing is left out or told twice', async () => {
    let third = ''
    const [live] = await follow(
      null,
      (rows) => rows.length > 0,
      async () => (third = await sell('s1')),
    )
    expect(live).toMatchObject({ type: 'sale.recorded', subject: third })
    const missed = [await sell('s2'), await sell('s3')]
    const after = await follow(live?.name ?? '', (rows) => rows.some(({ subject }) => subject === missed[1]))
    expect(after.filter(({ type }) => type === 'sale.recorded').map(({ subject }) => subject)).toEqual(missed)
    expect(after[0]?.number).toBe((live?.number ?? 0) + 1)
  })

  it('tells of a payment that was asked for, and of a message as far as it goes', async () => {
    const saleId = await sell('p-sale')
    const { next } = await page('?after=0&limit=500')
    const payment = await post('/payments', { saleId, phone: '0712345678' }, 'p-pay')
    const types = async (subject: string) =>
      (await page(`?after=${next}&limit=500`)).rows
        .filter((row) => row.subject === subject)
        .map(({ type }) => type)
    await expect.poll(() => types(payment)).toContain('payment.requested')
    const message = await post('/messages', { to: '0712345678', channel: 'sms', saleId }, 'p-message')
    await expect.poll(() => types(message)).toEqual(['message.sent', 'message.delivered'])
  })
})
