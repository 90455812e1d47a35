import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { guardCall } from '../../src-main/api/errors.ts'
import { accepted, type Outcome, refused } from '../../src-main/providers/outcome.ts'
import type { ProviderDeclaration } from '../../src-main/providers/provider.ts'
import type { SmsAccepted } from '../../src-main/providers/sms.ts'
import { type ManualClock, manualClock } from '../fixtures/manual-clock.ts'
import { type OpenShop, openShop, scriptedAccount, scriptedProvider } from '../fixtures/shop.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { openTill } from '../fixtures/till.ts'

const hour = 3_600_000
const day = 24 * hour

let clock: ManualClock
let folder: string
let shop: OpenShop
let answers: Outcome<SmsAccepted>[]
let sent: string[]

const provider = scriptedProvider({
  sms: {
    maxCharacters: 1530,
    send({ to }) {
      sent.push(to)
      return Promise.resolve(
        answers.shift() ?? accepted({ providerReference: `at-${sent.length}`, cost: null }),
      )
    },
    readDeliveryReceipt: () => null,
  },
})

async function open(declarations = [provider]): Promise<void> {
  shop = await openShop(folder, clock, declarations)
}

/** A sale with a receipt on its way to this phone. */
async function send(to: string): Promise<string> {
  const { id: saleId } = await shop.client.sales.current()
  const lines = [{ name: 'Sukari', quantityMilli: 1000, unitPriceMinor: 100_000 }]
  await shop.client.sales.saveDraft({ id: saleId, lines })
  const { id } = await shop.client.messages.sendReceipt({ saleId, channel: 'sms', to })
  await shop.client.sales.finish({ id: saleId })
  await clock.advance(0)
  return id
}

const stateOf = async (id: string) => (await shop.client.messages.get({ id })).state
const warnings = async () => (await shop.client.live.status()).warnings.map(({ en }) => en)

beforeEach(async () => {
  clock = manualClock()
  folder = tempFolder()
  answers = []
  sent = []
  await open()
  onTestFinished(() => shop.companion.close())
  await shop.client.accounts.save(scriptedAccount)
})

describe('a clock that is set', () => {
  it('back by a day delays nothing that waits, and is told', async () => {
    answers.push(refused('temporary', 'temporary', ''))
    const id = await send('0712345678')
    expect(await stateOf(id)).toBe('queued')
    clock.jumpWall(-day)
    await clock.advance(60_000)
    expect([await stateOf(id), sent.length]).toEqual(['sent', 2])
    expect(await warnings()).toEqual([
      'This computer’s clock was set back by 1 day. Check that date and time are right; nothing that waits was lost.',
    ])
  })

  it('on by two days lets nothing expire that had time left', async () => {
    answers.push(refused('offline', 'offline', ''))
    const id = await send('0712345678')
    clock.jumpWall(2 * day)
    await clock.advance(20_000)
    expect(await stateOf(id)).toBe('sent')
  })

  it('back while something new is wanted gives that its whole time', async () => {
    clock.jumpWall(-day)
    answers.push(refused('offline', 'offline', ''))
    const id = await send('0712345678')
    await clock.advance(60_000)
    expect(await stateOf(id)).toBe('sent')
  })

  it('back while Kaunta was off delays nothing that waits', async () => {
    answers.push(refused('temporary', 'temporary', ''))
    const id = await send('0712345678')
    await shop.companion.close()
    clock.jumpWall(-day)
    await open()
    await clock.advance(60_000)
    expect(await stateOf(id)).toBe('sent')
  })

  it('is no matter while the machine sleeps: what was too old then is too old', async () => {
    answers.push(refused('offline', 'offline', ''))
    const id = await send('0712345678')
    clock.sleep(2 * day)
    await clock.advance(20_000)
    expect([await stateOf(id), sent.length]).toEqual(['failed', 1])
    expect(await warnings()).toEqual([])
  })
})

describe('a payment under a clock that is set', () => {
  it.each([
    ['back', -day],
    ['on', day],
  ])('%s by a day becomes unsure when it would have, and not before', async (_way, by) => {
    const till = await openTill()
    const { id: saleId } = await till.sale()
    const { id } = await till.raise(saleId, 'mixx')
    till.world.reply('accepted')
    await till.clock.advance(0)
    const state = async () => (await till.client.payments.get({ id })).state
    expect(await state()).toBe('prompted')
    till.clock.jumpWall(by)
    await till.clock.advance(60_000)
    expect(await state()).toBe('prompted')
    await till.clock.advance(600_000)
    expect(await state()).toBe('unknown')
  })
})

describe('after a restore', () => {
  it('takes the copy that was made last, whatever its clock said, and gives no number twice: neither of a sale nor of an event', async () => {
    const number = async () => {
      const { id } = await shop.client.sales.current()
      const lines = [{ name: 'Sukari', quantityMilli: 1000, unitPriceMinor: 100_000 }]
      await shop.client.sales.saveDraft({ id, lines })
      return (await shop.client.sales.finish({ id })).finished.number
    }
    for (const wanted of [1, 2, 3]) expect(await number()).toBe(wanted)
    await clock.advance(130_000)
    clock.jumpWall(-10 * 365 * day)
    for (const wanted of [4, 5, 6, 7]) expect(await number()).toBe(wanted)
    await clock.advance(4 * hour)
    // Not in any copy.
    expect(await number()).toBe(8)
    const pos = shop.companion.settings.createApiKey('POS', ['sales'])
    const events = () => {
      const context = shop.companion.context({ kind: 'apiKey', id: pos.id, scopes: ['sales'] })
      const till = createRouterClient(shop.companion.router, { context, interceptors: [guardCall] })
      return till.integration.listEvents({ limit: 1 })
    }
    expect((await events()).epoch).toBe(1)
    // As after a kill: only what was written while it ran is known.
    const numbers = join(folder, 'live', 'numbers.json')
    await expect.poll(() => readFileSync(numbers, 'utf8')).toMatch(/:8[,}]/)
    const atKill = readFileSync(numbers)
    await shop.companion.close()
    writeFileSync(numbers, atKill)
    writeFileSync(join(folder, 'live', 'kaunta.db'), 'no database any more')
    shop = await openShop(folder, clock, provider, undefined, { restore: true })
    expect((await shop.client.sales.list({})).rows).toHaveLength(7)
    expect((await events()).epoch).not.toBe(1)
    expect(await number()).toBe(9)
  })
})

describe('a provider that this build does not have', () => {
  it('is out of order, and stops neither the start nor anything else', async () => {
    answers.push(refused('offline', 'offline', ''))
    const id = await send('0712345678')
    await shop.companion.close()
    await open([])
    await clock.advance(60_000)
    const [account] = await shop.client.accounts.list()
    expect(account).toMatchObject({ label: 'Scripted', outOfOrder: true })
    expect(await stateOf(id)).toBe('queued')
    expect((await shop.client.sales.list({})).rows).toHaveLength(1)
    expect((await shop.client.outbox.list({ filter: 'unsent' })).rows).toHaveLength(1)
    await shop.companion.close()
    await open()
    await clock.advance(400_000)
    expect([await stateOf(id), sent.length]).toEqual(['sent', 2])
  })
})

describe('a clock that the providers contradict', () => {
  const asks: ProviderDeclaration = scriptedProvider(
    {},
    {
      connect: (connection) => ({
        test: () =>
          connection.call(
            {
              name: 'ask the time',
              request: (_input: null, { baseUrl }) => ({
                method: 'GET',
                url: `${baseUrl}/`,
                headers: {},
                body: null,
              }),
              outcome: () => accepted({ en: 'x', sw: 'x' }),
            },
            null,
          ),
      }),
    },
  )

  it.each([
    [7 * 60_000, '7 minutes behind', 'iko nyuma kwa dakika 7'],
    [-3 * day, '3 days ahead', 'iko mbele kwa siku 3'],
  ])('by %i ms is told as wrong, by how much, until it is right', async (ahead, en, sw) => {
    let by = ahead
    const server = createServer((_request, response) => {
      response.setHeader('date', new Date(clock.now() + by).toUTCString())
      response.end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    await shop.companion.close()
    await open([asks])
    const { id } = await shop.client.accounts.save({
      ...scriptedAccount,
      baseUrl: `http://127.0.0.1:${address.port}`,
    })
    expect(await warnings()).toEqual([])
    await shop.client.accounts.test({ id })
    const [told, ...more] = (await shop.client.live.status()).warnings
    expect(more).toEqual([])
    expect(told?.en).toBe(
      `This computer’s clock is ${en}, by the providers’ clocks. Set date and time right.`,
    )
    expect(told?.sw).toContain(sw)
    by = 0
    await shop.client.accounts.test({ id })
    expect(await warnings()).toEqual([])
  })
})
