import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ManualClock, manualClock } from '../../test/fixtures/manual-clock.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { type OpenShop, openShop, scriptedProvider } from '../../test/fixtures/shop.ts'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { managerPin, openTill } from '../../test/fixtures/till.ts'

/** 20 November 2026, 19:00 in Dar es Salaam. */
const evening = Date.UTC(2026, 10, 20, 16)
const nightMs = 14 * 3_600_000

let clock: ManualClock
let shop: OpenShop

beforeEach(async () => {
  clock = manualClock(evening)
  shop = await openShop(tempFolder(), clock, scriptedProvider({}))
  const settings = await shop.client.settings.get()
  await shop.client.settings.save({ ...settings, zone: 'Africa/Dar_es_Salaam', till: '1' })
})

afterEach(() => shop.companion.close())

async function draft(): Promise<string> {
  const { id } = await shop.client.sales.current()
  const lines = [{ name: 'Sukari', quantityMilli: 2000, unitPriceMinor: 320_000, discountMinor: 50_000 }]
  await shop.client.sales.saveDraft({ id, lines })
  return id
}

async function paperOf(saleId: string): Promise<string> {
  const { base64 } = await shop.client.printing.receiptFile({ saleId, format: 'text', language: 'en' })
  return Buffer.from(base64, 'base64').toString()
}

describe('what today came to', () => {
  it('counts every sale of the shop’s day, beyond what a list shows, each currency for itself', async () => {
    await shop.client.sales.finish({ id: await draft() })
    await clock.advance(nightMs)
    for (let sold = 0; sold < 35; sold += 1) await shop.client.sales.finish({ id: await draft() })
    const { id } = await shop.client.sales.current()
    const lines = [{ name: 'Chai', quantityMilli: 1000, unitPriceMinor: 100 }]
    await shop.client.sales.saveDraft({ id, lines, currency: 'KES' })
    await shop.client.sales.record({ id })
    const { count, sums } = await shop.client.sales.today()
    expect(count).toBe(36)
    expect(sums.toSorted((a, b) => a.totalMinor - b.totalMinor)).toEqual([
      { currency: 'KES', totalMinor: 100 },
      { currency: 'TZS', totalMinor: 35 * 590_000 },
    ])
  })
})

describe('the first sale of a day', () => {
  it('tells its own time, not when the last of the evening before ended', async () => {
    const last = await draft()
    await shop.client.sales.finish({ id: last })
    await clock.advance(nightMs)
    const first = await draft()
    await shop.client.sales.record({ id: first })
    expect(await shop.client.sales.get({ id: first })).toMatchObject({ recordedAt: evening + nightMs })
    expect(await paperOf(first)).toMatch(/Date\s+21\/11\/2026 09:00:00/)
    expect(await paperOf(last)).toMatch(/Date\s+20\/11\/2026 19:00:00/)
    const text = '{{date}} {{time}}'
    const { body } = await shop.client.messages.preview({ saleId: first, channel: 'sms', text })
    expect(body).toBe('21/11/2026 09:00')
  })

  it('stands where it was recorded, whenever its draft was opened', async () => {
    const ids: string[] = []
    for (let n = 0; n < 5; n += 1) {
      const id = await draft()
      ids.unshift(id)
      await shop.client.sales.finish({ id })
      // The last two bear one moment.
      if (n < 3) await clock.advance(60_000)
    }
    const read: string[] = []
    for (let before: string | undefined; ; ) {
      const { rows, cursor } = await shop.client.sales.list({ limit: 2, ...(before ? { before } : {}) })
      read.push(...rows.map(({ id }) => id))
      if (cursor === null) break
      before = cursor
    }
    expect(read).toEqual(ids)
  })
})

describe('a sale in words', () => {
  it('keeps the till that numbered it, when this one is given another name', async () => {
    const id = await draft()
    await shop.client.sales.record({ id })
    await shop.client.settings.save({ ...(await shop.client.settings.get()), till: '2' })
    expect(await paperOf(id)).toMatch(/Till\s+1\n/)
    const { body } = await shop.client.messages.preview({ saleId: id, channel: 'sms', text: '{{till}}' })
    expect(body).toBe('1')
  })

  it('lists items that come to the total, discounts among them', async () => {
    const saleId = await draft()
    const text = '{{items}} / {{total}}'
    const preview = await shop.client.messages.preview({ saleId, channel: 'sms', language: 'en', text })
    expect(preview.body.replaceAll('\u00a0', ' ')).toBe(
      'Sukari 2 x TZS 3,200 - TZS 500 = TZS 5,900 / TZS 5,900',
    )
  })
})

describe('a price that is a phone number', () => {
  const lines = Array.from({ length: 2 }, () => ({
    name: 'Simu',
    quantityMilli: 10_000,
    unitPriceMinor: 71_234_567_800,
  }))

  it('is refused before it is written, by the page, with a sentence', async () => {
    const till = await openTill()
    const { id } = await till.client.sales.current()
    expect(await refusalOf(till.client.sales.saveDraft({ id, lines }))).toBe('SALE_TOO_LARGE')
    // One of them is large, but a sale may hold it.
    await till.client.sales.saveDraft({ id, lines: lines.slice(1) })
    expect((await till.client.sales.current()).totalMinor).toBe(712_345_678_000)
    const whole = [{ name: 'Simu', quantityMilli: 1_000_000_000, unitPriceMinor: 1_000_000_000_000 }]
    expect(await refusalOf(till.client.sales.saveDraft({ id, lines: whole }))).toBe('SALE_TOO_LARGE')
    expect((await till.client.sales.current()).totalMinor).toBe(712_345_678_000)
  })
})

describe('a discount', () => {
  it('above what the shop allows a cashier wants a manager at the counter', async () => {
    const till = await openTill()
    await till.cashier()
    const draft = async (discountMinor: number) => {
      const { id } = await till.client.sales.current()
      const lines = [{ name: 'Sukari', quantityMilli: 1000, unitPriceMinor: 100_000, discountMinor }]
      await till.client.sales.saveDraft({ id, lines })
      return id
    }
    expect(await refusalOf(till.client.sales.finish({ id: await draft(99_999) }))).toBe('DISCOUNT_TOO_LARGE')
    expect(await refusalOf(till.client.sales.finish({ id: await draft(20_001) }))).toBe('DISCOUNT_TOO_LARGE')
    expect(await refusalOf(till.client.sales.finish({ id: await draft(20_000) }))).toBeNull()
    const id = await draft(99_999)
    await till.client.staff.signIn({ pin: managerPin })
    expect((await till.client.sales.finish({ id })).finished.totalMinor).toBe(1)
  })
})
