import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import Engine from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../../src-preload/contract/live.ts'
import type { Client } from '../e2e/control.ts'
import { type LetIn, letIn, openScreenSocket } from '../fixtures/let-in.ts'
import { type RunningServer, startServer } from '../fixtures/server.ts'

/** Who sits at a screen sits at that one; what a lock and a revoked key end, over the real sockets. */
let server: RunningServer
let held: LetIn
const folder = mkdtempSync(join(tmpdir(), 'kaunta-seats-'))

beforeAll(async () => {
  server = await startServer(folder)
  held = await letIn(server.url)
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function screen(): Promise<Client> {
  const socket = await openScreenSocket(server.origin, held)
  return createORPCClient(new RPCLink({ websocket: socket }))
}

async function aPayment(client: Client): Promise<string> {
  const { id: saleId } = await client.sales.current()
  await client.sales.saveDraft({
    id: saleId,
    lines: [{ name: 'Sukari', quantityMilli: 1000, unitPriceMinor: 10_000 }],
  })
  return (await client.payments.raise({ saleId, phone: '0712345678' })).id
}

/** Until the stream ends; how it ended. */
async function endOf(stream: AsyncIterable<unknown>): Promise<string> {
  try {
    for await (const item of stream) void item
    return 'ended'
  } catch (error) {
    return String(Reflect.get(Object(error), 'code'))
  }
}

describe('a lock', () => {
  it('is one screen’s; it ends the streams opened before it, and lets only status and desk through', async () => {
    const [first, second] = [await screen(), await screen()]
    const payment = await aPayment(first)
    const seen: Change['topic'][] = []
    const changes = await first.live.watch()
    const watching = (async () => {
      for await (const { change } of changes) seen.push(change.topic)
    })()
    const opened = endOf(await first.payments.watch({ id: payment }))
    const others = await second.payments.watch({ id: payment })
    await expect.poll(() => seen.length).toBeGreaterThan(0)
    expect((await first.staff.lock()).staff).toBeNull()
    expect(await opened).toBe('NOT_SIGNED_IN')
    expect((await second.staff.desk()).staff?.name).toBe('Asha')
    seen.length = 0

    const { id: saleId } = await second.sales.current()
    await second.messages.sendReceipt({ saleId, to: '0712345678', channel: 'sms', as: 'text' })
    await second.settings.save({ ...(await second.settings.get()), footer: 'Karibu tena' })
    await first.staff.desk()
    await expect.poll(() => seen.includes('status')).toBe(true)
    expect(seen.filter((topic) => topic !== 'status' && topic !== 'desk')).toEqual([])

    await first.staff.signIn({ pin: '1357' })
    expect((await first.sales.current()).id).toBe(saleId)
    await Promise.all([others.return?.(), changes.return?.(), watching.catch(() => {})])
  })
})

describe('API keys', () => {
  it('that are revoked end their streams', async () => {
    const client = await screen()
    const payment = await aPayment(client).catch(
      async () => (await client.payments.list({})).rows[0]?.id ?? '',
    )
    const { id, key } = await client.apiKeys.create({ label: 'POS', scopes: ['payments'] })
    const stream = await fetch(`${server.apiUrl}/payments/${payment}/events`, {
      headers: { authorization: `Bearer ${key}` },
    })
    expect(stream.headers.get('content-type')).toContain('text/event-stream')
    const ended = stream.text()
    await client.apiKeys.revoke({ id })
    expect(await ended).toContain('API_KEY_WRONG')
  })

  it('with all the streams they may have leave places for the page and for other keys', async () => {
    const client = await screen()
    const payment = (await client.payments.list({})).rows[0]?.id ?? ''
    const { key } = await client.apiKeys.create({ label: 'greedy', scopes: ['payments'] })
    const stop = new AbortController()
    const replies = await Promise.all(
      Array.from({ length: 64 }, () =>
        fetch(`${server.apiUrl}/payments/${payment}/events`, {
          headers: { authorization: `Bearer ${key}` },
          signal: stop.signal,
        }).then(
          ({ status }) => status,
          () => 0,
        ),
      ),
    )
    expect(replies.filter((status) => status === 200)).toHaveLength(16)
    expect(replies.filter((status) => status === 429)).toHaveLength(48)
    expect((await (await screen()).live.status()).mode).toBe('practice')
    const other = await fetch(`${server.apiUrl}/outbox`, {
      headers: { authorization: `Bearer ${server.apiKey}` },
    })
    expect(other.status).toBe(200)
    stop.abort()
  })

  it('read while another program holds the file', async () => {
    const client = await screen()
    const { key } = await client.apiKeys.create({ label: 'reader', scopes: ['outbox'] })
    const other = new Engine(join(folder, 'practice', 'kaunta.db'))
    other.exec('BEGIN IMMEDIATE')
    const started = performance.now()
    const reply = await fetch(`${server.apiUrl}/outbox`, { headers: { authorization: `Bearer ${key}` } })
    const took = performance.now() - started
    other.exec('ROLLBACK')
    other.close()
    expect(reply.status).toBe(200)
    // The file is held until after the answer: a read that waited would have got none.
    expect(took).toBeLessThan(60_000)
  })
})

it('what stands in the data folder is this user’s alone', () => {
  const open = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => (statSync(join(folder, name)).mode & 0o077) !== 0,
  )
  expect(open).toEqual([])
})
