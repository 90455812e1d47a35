import { join } from 'node:path'
import Engine from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { accepted, type Outcome } from '../../src-main/providers/outcome.ts'
import type { SmsAccepted } from '../../src-main/providers/sms.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { refusalOf } from '../fixtures/payment-walk.ts'
import { openShop, scriptedAccount, scriptedProvider } from '../fixtures/shop.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'

describe('another program that holds the data file', () => {
  it('delays what is on its way, is told in words, keeps nobody from reading, and doubles nothing', async () => {
    const clock = manualClock()
    const folder = tempFolder()
    let sent = 0
    const { promise, resolve } = Promise.withResolvers<Outcome<SmsAccepted>>()
    const sms = {
      maxCharacters: 1530,
      send() {
        sent += 1
        return promise
      },
      readDeliveryReceipt: () => null,
    }
    const shop = await openShop(folder, clock, scriptedProvider({ sms }))
    onTestFinished(() => shop.companion.close())
    const { client } = shop
    await client.accounts.save(scriptedAccount)
    const { id: saleId } = await client.sales.current()
    const lines = [{ name: 'Sukari', quantityMilli: 1000, unitPriceMinor: 100_000 }]
    await client.sales.saveDraft({ id: saleId, lines })
    const send = () => client.messages.sendReceipt({ saleId, channel: 'sms', to: '0712345678' })
    const { id } = await send()
    await clock.advance(0)
    expect(sent).toBe(1)

    const other = new Engine(join(folder, 'live', 'kaunta.db'))
    other.exec('BEGIN IMMEDIATE')
    resolve(accepted({ providerReference: 'at-1', cost: null }))
    await clock.advance(5_000)
    expect(await refusalOf(send())).toBe('DATABASE_BUSY')
    expect((await client.messages.get({ id })).state).toBe('queued')
    const { warnings } = await client.live.status()
    expect(warnings.map(({ en }) => en)).toEqual([expect.stringContaining('Another program')])

    other.exec('COMMIT')
    other.close()
    await clock.advance(5_000)
    expect([(await client.messages.get({ id })).state, sent]).toEqual(['sent', 1])
    expect((await client.live.status()).warnings).toEqual([])
  })

  it('keeps the program from starting no more than from reading', async () => {
    const clock = manualClock()
    const folder = tempFolder()
    const before = await openShop(folder, clock, scriptedProvider({}))
    const { till } = await before.client.settings.get()
    await before.companion.close()
    const other = new Engine(join(folder, 'live', 'kaunta.db'))
    onTestFinished(() => void other.close())
    other.exec('BEGIN IMMEDIATE')
    const shop = await openShop(folder, clock, scriptedProvider({}))
    onTestFinished(() => shop.companion.close())
    expect((await shop.client.settings.get()).till).toBe(till)
    other.exec('COMMIT')
  })
})
