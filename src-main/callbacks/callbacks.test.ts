import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { openTill as openAny, paidReport, type Till, type TillOptions } from '../../test/fixtures/till.ts'
import { memoryVault } from '../credentials/vault.ts'
import type { Vault } from '../ports.ts'
import type { MobileMoney } from '../providers/mobile-money.ts'
import { listenForCallbacks } from '../server/callbacks.ts'

const stranger = '00000000-0000-7000-8000-00000000dead'
const rowSchema = z.object({
  accountId: z.string().nullable(),
  path: z.string(),
  headers: z.string(),
  body: z.string(),
  state: z.string(),
  note: z.string().nullable(),
})

const dayMs = 86_400_000

let till: Till

async function openTill(options: TillOptions = {}): Promise<void> {
  till = await openAny(options)
}

beforeEach(() => openTill())

/** What is on disk, read beside the program. */
function kept(): z.infer<typeof rowSchema>[] {
  const file = new BetterSqlite3(join(till.folder, 'live', 'kaunta.db'), { readonly: true })
  const rows = file
    .prepare('SELECT account_id AS accountId, path, headers, body, state, note FROM callback ORDER BY id')
    .all()
  file.close()
  return z.array(rowSchema).parse(rows)
}
function paymentOnDisk(): unknown {
  const file = new BetterSqlite3(join(till.folder, 'live', 'kaunta.db'), { readonly: true })
  const state = file.prepare('SELECT state FROM payment').pluck().get()
  file.close()
  return state
}
const states = () => kept().map(({ state }) => state)

/** A prompt that was paid, of which the report has not come yet. */
async function paidPrompt(network: 'daraja' | 'airtel' | 'mixx' = 'mixx') {
  const sale = await till.sale()
  const { id } = await till.raise(sale.id, network)
  till.world.reply('accepted')
  await till.clock.advance(0)
  const truth = till.world.truths().at(-1)
  if (truth === undefined) throw new Error('nothing arrived')
  till.world.answer(truth, 'paid')
  return {
    sale,
    id,
    truth,
    body: JSON.stringify(paidReport(truth)),
    payment: () => till.client.payments.get({ id }),
  }
}

/** A balance of so many cents, as a report: the last one stays. */
const balance = (availableMinor: number) =>
  JSON.stringify({
    about: 'balance',
    references: { own: null, provider: null },
    balances: [{ name: 'Working', availableMinor, currency: 'KES' }],
  })

/** A reader for which one body says nothing. */
const readable =
  (read: MobileMoney['readReport']): MobileMoney['readReport'] =>
  (raw) =>
    raw.body === 'unreadable' ? null : read(raw)

describe('what a network reports', () => {
  it('is on disk when it is answered, and processed after that', async () => {
    const { truth, body, payment } = await paidPrompt()
    expect(await till.raw(truth.callbackPath, body)).toEqual({
      status: 200,
      contentType: 'application/json',
      body: '{}',
    })
    // Read beside the program, in the moment of the answer: nothing has moved yet.
    expect([states(), paymentOnDisk()]).toEqual([['stored'], 'prompted'])
    await till.clock.advance(0)
    expect(states()).toEqual(['processed'])
    expect((await payment()).state).toBe('completed')
    expect(kept()[0]).toMatchObject({ accountId: till.account('mixx').id, path: truth.callbackPath, body })
  })

  it('counts once however often it comes, and every copy is kept', async () => {
    const { sale, truth, body, payment } = await paidPrompt()
    for (let time = 0; time < 5; time += 1) await till.raw(truth.callbackPath, body)
    await till.clock.advance(0)
    expect(states()).toEqual(Array.from({ length: 5 }, () => 'processed'))
    expect((await till.client.sales.get({ id: sale.id })).tenders).toHaveLength(1)
    expect((await payment()).events.filter(({ to }) => to === 'completed')).toHaveLength(1)
  })

  it('is processed in the order in which it came', async () => {
    for (let amount = 1; amount <= 100; amount += 1)
      void till.raw(till.account('daraja').path, balance(amount))
    await till.clock.advance(0)
    expect((await till.client.balances.list())[0]?.availableMinor).toBe(100)
    for (const amount of [7, 3, 5]) void till.raw(till.account('daraja').path, balance(amount))
    await till.clock.advance(0)
    expect((await till.client.balances.list())[0]?.availableMinor).toBe(5)
    expect(new Set(states())).toEqual(new Set(['processed']))
  })

  it('that was stored when the program died is processed by the next start', async () => {
    const { sale, truth, body, payment } = await paidPrompt()
    await till.raw(truth.callbackPath, body)
    await till.restart()
    await till.clock.advance(0)
    expect(states()).toEqual(['processed'])
    expect((await payment()).state).toBe('completed')
    expect((await till.client.sales.get({ id: sale.id })).paidMinor).toBe(12_300)
  })

  it('changes nothing when it is forged, and is kept with the reason', async () => {
    const { truth, payment } = await paidPrompt('airtel')
    const forged = JSON.stringify({ ...paidReport(truth), signature: 'bad' })
    expect((await till.raw(truth.callbackPath, forged)).status).toBe(200)
    await till.clock.advance(0)
    expect(kept()).toMatchObject([{ state: 'refused', note: expect.stringContaining('forged') }])
    expect((await payment()).state).toBe('prompted')
  })

  it('about nothing of ours is kept as refused', async () => {
    const { path } = till.account('mixx')
    const references = { own: 'own-nobody', provider: 'ref-nobody' }
    const reading = { state: 'completed', receiptCode: 'X000000001', amountMinor: 12_300 }
    await till.report(path, { about: 'money', references, reading })
    await till.report(`${path}/${stranger}`, { about: 'money', references, reading })
    expect(states()).toEqual(['refused', 'refused'])
    expect((await till.client.payments.list({})).rows).toEqual([])
  })

  it('about another account’s payment is not taken, whatever its path says', async () => {
    const { id, truth, payment } = await paidPrompt('mixx')
    const path = `${till.account('daraja').path}/${id}`
    await till.report(path, { ...paidReport(truth), references: { own: null, provider: null } })
    expect(states()).toEqual(['refused'])
    expect((await payment()).state).toBe('prompted')
  })

  it('that cannot be read is kept as refused', async () => {
    await openTill({ change: (money) => ({ ...money, readReport: () => null }) })
    const bytes = '<<not JSON>>\u0000'
    expect((await till.raw(till.account('mixx').path, bytes)).status).toBe(200)
    await till.clock.advance(0)
    expect(kept()).toMatchObject([
      { state: 'refused', body: bytes, note: expect.stringContaining('not readable') },
    ])
  })
})

describe('a keychain that is locked', () => {
  it('keeps reports waiting on disk, and loses none', async () => {
    let locked = false
    const open = memoryVault('memory', null)
    const vault: Vault = {
      ...open,
      read: (name) => (locked ? Promise.reject(new Error('locked')) : open.read(name)),
    }
    await openTill({ vault, secrets: { key: 'made-up' } })
    const { truth, body, payment } = await paidPrompt()
    locked = true
    // A new start has read nothing from the keychain yet.
    await till.restart()
    expect((await till.raw(truth.callbackPath, body)).status).toBe(200)
    await till.raw(till.account('daraja').path, balance(4))
    await till.clock.advance(95_000)
    expect(states()).toEqual(['stored', 'stored'])
    expect((await payment()).state).not.toBe('completed')
    locked = false
    await till.clock.advance(30_000)
    expect(states()).toEqual(['processed', 'processed'])
    expect((await payment()).state).toBe('completed')
    expect((await till.client.balances.list())[0]?.availableMinor).toBe(4)
  })
})

describe('a flood', () => {
  it('of one account’s is let through as far as a network ever goes, and no further', async () => {
    const { path } = till.account('daraja')
    const replies = await Promise.all(Array.from({ length: 1_600 }, (_, n) => till.raw(path, balance(n))))
    const answers = replies.map(({ status }) => status)
    expect(answers.filter((status) => status === 429)).toHaveLength(100)
    expect(answers.slice(0, 1_500).every((status) => status === 200)).toBe(true)
    // Another account’s reports do not suffer from it.
    expect((await till.raw(till.account('mixx').path, balance(1))).status).toBe(200)
    await till.clock.advance(1_000)
    expect((await till.raw(path, balance(1))).status).toBe(200)
    expect(kept()).toHaveLength(1_502)
  })

  it('of strangers is counted, not kept, and answered ten a second', async () => {
    const answers: number[] = []
    const before = till.companion.callbacks.strangers()
    for (let count = 0; count < 12; count += 1)
      answers.push((await till.raw('/callbacks/wrong', 'x'.repeat(64 * 1024))).status)
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 404), 429, 429])
    expect(till.companion.callbacks.strangers() - before).toBe(10)
    expect(kept()).toEqual([])
    expect((await till.raw(till.account('daraja').path, balance(2))).status).toBe(200)
  })

  it('of one account has a budget of bytes a day, and a new one the next day', async () => {
    const { path } = till.account('daraja')
    const body = 'x'.repeat(64 * 1024)
    const answers = new Set<number>()
    for (let count = 0; count < 1_024; count += 1) {
      answers.add((await till.raw(path, body)).status)
      if (count % 500 === 499) await till.clock.advance(1_000)
    }
    expect(answers.has(429)).toBe(true)
    await till.clock.advance(86_400_000)
    expect((await till.raw(path, body)).status).not.toBe(429)
  })
})

describe('what was read long ago', () => {
  it('goes after ninety days, a few at a time; what nobody could read and what waits stays', async () => {
    await openTill({ change: (money) => ({ ...money, readReport: readable(money.readReport) }) })
    const { path } = till.account('daraja')
    for (let count = 0; count < 600; count += 1) void till.raw(path, balance(count))
    void till.raw(path, 'unreadable')
    await till.clock.advance(0)
    till.clock.jumpWall(89 * dayMs)
    await till.clock.advance(60_000)
    expect(kept()).toHaveLength(601)
    void till.raw(path, balance(7))
    await till.clock.advance(0)
    till.clock.jumpWall(dayMs)
    // It looks once a day, and goes on a second later while there is more.
    await till.clock.advance(dayMs - 1)
    expect(kept()).toHaveLength(602)
    await till.clock.advance(1)
    expect(kept()).toHaveLength(102)
    await till.clock.advance(1_000)
    expect(kept().map(({ state, body }) => [state, body])).toEqual([
      ['refused', 'unreadable'],
      ['processed', balance(7)],
    ])
  })
})

describe('the listener', () => {
  async function listen(): Promise<string> {
    const { url, close } = await listenForCallbacks(till.companion, 0)
    onTestFinished(close)
    return url
  }

  it('carries a report to the intake and the network’s acknowledgement back', async () => {
    const url = await listen()
    const headers = {
      'content-type': 'application/json',
      'x-signature': 'abc',
      authorization: 'Bearer secret',
    }
    const answer = await fetch(`${url}${till.account('daraja').path}?x=1`, {
      method: 'POST',
      headers,
      body: balance(9),
    })
    expect([answer.status, await answer.text()]).toEqual([200, '{}'])
    const [row] = kept()
    expect(JSON.parse(row?.headers ?? '')).toEqual({
      'content-type': 'application/json',
      'x-signature': 'abc',
    })
    expect(row?.path).toBe(till.account('daraja').path)
    await till.clock.advance(0)
    expect((await till.client.balances.list())[0]?.availableMinor).toBe(9)
  })

  it('hands over the headers that the network’s own adapter needs, and no others', async () => {
    await openTill({ change: (money) => ({ ...money, reportHeaders: ['hash'] }) })
    const url = await listen()
    const headers = { hash: 'c2lnbmVk', cookie: 'a=b' }
    await fetch(`${url}${till.account('airtel').path}`, { method: 'POST', headers, body: balance(9) })
    expect(JSON.parse(kept()[0]?.headers ?? '')).toMatchObject({ hash: 'c2lnbmVk' })
    expect(kept()[0]?.headers).not.toContain('cookie')
  })

  it('refuses what is larger than any report, and keeps none of it', async () => {
    const url = await listen()
    const send = (body: string) => fetch(`${url}${till.account('daraja').path}`, { method: 'POST', body })
    expect((await send('x'.repeat(64 * 1024 + 1))).status).toBe(413)
    expect(kept()).toEqual([])
    expect((await send(balance(1).padEnd(64 * 1024))).status).toBe(200)
    expect((await fetch(`${url}/api/v1/sales`)).status).toBe(404)
  })
})
