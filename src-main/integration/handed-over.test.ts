import { createRouterClient } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { customerPhone, openTill, type Till } from '../../test/fixtures/till.ts'
import { guardCall } from '../api/errors.ts'

const lines = [{ name: 'Sukari', quantityMilli: 2000, unitPriceMinor: 160_000 }]
const total = 320_000

/** The shop's POS, by its key. */
function posOf(till: Till, label = 'POS') {
  const { id } = till.companion.settings.createApiKey(label, ['sales', 'messages', 'payments', 'outbox'])
  const context = till.companion.context({
    kind: 'apiKey',
    id,
    scopes: ['sales', 'messages', 'payments', 'outbox'],
  })
  const { integration } = createRouterClient(till.companion.router, { context, interceptors: [guardCall] })
  let calls = 0
  const headers = () => {
    calls += 1
    return { 'idempotency-key': `${label}-${calls}` }
  }
  return {
    sell: (more: object = {}) => integration.createSale({ headers: headers(), body: { lines, ...more } }),
    read: (saleId: string) => integration.getSale({ id: saleId }),
    ask: (saleId: string, more: object = {}) =>
      integration.raisePayment({ headers: headers(), body: { saleId, phone: customerPhone, ...more } }),
    send: (to: string, saleId: string) =>
      integration.sendMessage({ headers: headers(), body: { to, channel: 'sms', saleId } }),
    text: async (id: string): Promise<string> => {
      const { base64 } = await integration.getReceiptFile({ id, format: 'text', language: 'en' })
      return Buffer.from(base64, 'base64').toString()
    },
    fiscal: (id: string, body: object) =>
      Reflect.apply(integration.setFiscal, undefined, [{ params: { id }, body }]),
    print: (id: string, body: object) =>
      Reflect.apply(integration.printReceipt, undefined, [{ params: { id }, headers: headers(), body }]),
    outbox: (input: object) => integration.listOutbox(input),
    events: () => integration.listEvents({}),
  }
}

const wordsOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call
    return 'taken'
  } catch (error) {
    const { code, message } = z.object({ code: z.string(), message: z.string() }).parse(error)
    return `${code}: ${message}`
  }
}

const drawer = async (till: Till) => {
  const { tenders } = await till.client.cashUps.close({
    counts: [{ tender: 'cash', countedMinor: 0 }],
    leftMinor: 0,
    note: '',
    print: false,
  })
  return tenders[0]?.expectedMinor
}

describe('what the POS hands over', () => {
  it.each<[string, object, string]>([
    ['a field of the sale', { discount: 5 }, 'body.discount'],
    ['a field of its customer', { customer: { fone: '0712' } }, 'body.customer.fone'],
    ['a field of a line', { lines: [{ ...lines[0], sku: 'A1' }] }, 'body.lines.0.sku'],
    ['a field of a tender', { tenders: [{ kind: 'cash', amountMinor: 1, tip: 1 }] }, 'body.tenders.0.tip'],
  ])('is not dropped in silence: %s that nobody knows is refused by its name', async (_of, more, field) => {
    const till = await openTill()
    const before = await till.client.sales.list({})
    const words = await wordsOf(posOf(till).sell(more))
    expect(words).toContain(`INPUT_INVALID: The field ${field} is not right: there is no field called`)
    expect(await till.client.sales.list({})).toEqual(before)
  })

  it('refuses unknown fields wherever an integrator writes', async () => {
    const till = await openTill()
    const pos = posOf(till)
    const { id } = await pos.sell()
    expect(await wordsOf(pos.ask(id, { network: 'airtel' }))).toContain('called network')
    expect(await wordsOf(pos.print(id, { copies: 2 }))).toContain('called copies')
    expect(await wordsOf(pos.outbox({ fliter: 'all' }))).toContain('called fliter')
    expect(
      await wordsOf(
        pos.fiscal(id, {
          kind: 'kraEtims',
          controlUnit: 'KRACU1',
          invoiceNumber: '7',
          qr: 'x',
          issuedAt: 1,
          extra: 1,
        }),
      ),
    ).toContain('called extra')
  })

  it('is refused before it is written where it comes to more than a sale may, and takes no number', async () => {
    const till = await openTill()
    const pos = posOf(till)
    // A phone number that was scanned into the price.
    const phone = { name: 'Simu', quantityMilli: 10_000, unitPriceMinor: 71_234_567_800 }
    const first = await pos.sell()
    const before = await till.client.sales.list({})
    expect(await wordsOf(pos.sell({ lines: [phone, phone] }))).toContain('SALE_TOO_LARGE')
    const whole = { ...phone, quantityMilli: 1_000_000_000, unitPriceMinor: 1_000_000_000_000 }
    expect(await wordsOf(pos.sell({ lines: [whole] }))).toContain('SALE_TOO_LARGE')
    expect(await till.client.sales.list({})).toEqual(before)
    // One of them is large, but a sale may hold it.
    const large = await pos.sell({ lines: [phone] })
    expect(large).toMatchObject({ totalMinor: 712_345_678_000, number: (first.number ?? 0) + 1 })
    expect(await pos.read(large.id)).toEqual(large)
  })

  it('is refused with a fiscal time that no date can be, and told with the last that one can', async () => {
    const till = await openTill()
    const pos = posOf(till)
    const { id } = await pos.sell()
    const last = 8_640_000_000_000_000
    const fiscal = { kind: 'kraEtims', controlUnit: 'KRACU1', invoiceNumber: '7', qr: '' }
    for (const issuedAt of [last + 1, Number.MAX_SAFE_INTEGER, -1])
      expect(await wordsOf(pos.fiscal(id, { ...fiscal, issuedAt }))).toContain('INPUT_INVALID')
    expect(await pos.text(id)).not.toContain('KRACU1')
    expect(await wordsOf(pos.fiscal(id, { ...fiscal, issuedAt: last }))).toBe('taken')
    expect(await pos.text(id)).toContain('KRACU1')
  })

  it('believes the POS’s time where our own clock lags behind what is recorded', async () => {
    const till = await openTill()
    const pos = posOf(till)
    await pos.sell({})
    const today = till.clock.now()
    till.clock.jumpWall(Date.UTC(2016, 0, 1) - today)
    expect(await pos.sell({ soldAt: today + 3 * 86_400_000 })).toMatchObject({
      soldAt: today + 3 * 86_400_000,
    })
    expect(await wordsOf(pos.sell({ soldAt: today + 800 * 86_400_000 }))).toMatch(/^SOLD_AT_WRONG/)
  })

  it('keeps when it was sold, and tells it on the receipt', async () => {
    const till = await openTill()
    const pos = posOf(till)
    const soldAt = till.clock.now() - 26 * 3_600_000
    const sale = await pos.sell({ soldAt })
    expect(sale).toMatchObject({ soldAt, recordedAt: till.clock.now() })
    const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'Africa/Nairobi' }).format(soldAt)
    expect(await pos.text(sale.id)).toContain(day)
    for (const wrong of [Math.floor(soldAt / 1000), till.clock.now() + 3 * 86_400_000])
      expect(await wordsOf(pos.sell({ soldAt: wrong }))).toMatch(/^SOLD_AT_WRONG: .*milliseconds since 1970/)
  })

  it('is paid by what was paid at the POS: the receipt says so, and the cash is in the drawer’s count', async () => {
    const till = await openTill()
    const pos = posOf(till)
    const toCount = async () => (await till.client.cashUps.open()).tenders
    const before = await toCount()
    const sale = await pos.sell({
      tenders: [
        { kind: 'cash', amountMinor: 120_000, givenMinor: 150_000 },
        { kind: 'card', amountMinor: 200_000, label: 'Visa', reference: '004512' },
      ],
    })
    expect(sale).toMatchObject({ state: 'finished', paidMinor: total, owed: null })
    expect(sale.tenders).toMatchObject([
      { kind: 'cash', amountMinor: 120_000, givenMinor: 150_000, network: null },
      { kind: 'card', amountMinor: 200_000, network: 'Visa', receiptCode: '004512' },
    ])
    const text = await pos.text(sale.id)
    expect(text).toMatch(/Cash +1,200[\s\S]*Change +300[\s\S]*Visa +2,000[\s\S]*004512/)
    expect(text).not.toContain('Still to pay')
    const preview = await till.client.messages.preview({ saleId: sale.id, channel: 'sms', language: 'en' })
    expect(preview.body).toContain('Cash, Visa 004512')
    expect(await till.client.sales.handedOver()).toEqual([])
    expect(await wordsOf(pos.ask(sale.id))).toContain('SALE_PAID')
    // What was paid by card lies elsewhere: nobody counts it here.
    expect(await toCount()).toEqual(before)
    expect(await drawer(till)).toBe(120_000)
    expect(await drawer(till)).toBe(0)
  })

  it('asks only for the rest of what was paid in part', async () => {
    const till = await openTill()
    const pos = posOf(till)
    const sale = await pos.sell({ tenders: [{ kind: 'other', amountMinor: 20_000 }] })
    expect(sale).toMatchObject({ state: 'recorded', paidMinor: 20_000 })
    const { body } = await till.client.messages.preview({ saleId: sale.id, channel: 'sms', language: 'en' })
    expect(body).toMatch(/Paid otherwise, KES\s3,000 still to pay/)
    expect((await pos.ask(sale.id)).amountMinor).toBe(300_000)
  })

  it('is over once it is paid in full, and that is told as for a sale of the counter', async () => {
    const till = await openTill()
    const pos = posOf(till)
    const told = async (subject: string) =>
      (await pos.events()).rows.filter((row) => row.subject === subject).map(({ type }) => type)
    const half = await pos.sell({ tenders: [{ kind: 'other', amountMinor: 20_000 }] })
    expect(await told(half.id)).toEqual(['sale.recorded', 'sale.tendered'])
    const whole = await pos.sell({ tenders: [{ kind: 'cash', amountMinor: total }] })
    expect([whole.state, await told(whole.id)]).toEqual([
      'finished',
      ['sale.recorded', 'sale.tendered', 'sale.finished'],
    ])
  })

  it.each<[string, object[], string]>([
    ['more than the sale', [{ kind: 'cash', amountMinor: total + 1 }], 'TENDERS_TOO_MUCH'],
    [
      'more than the sale together',
      [
        { kind: 'cash', amountMinor: total },
        { kind: 'card', amountMinor: 1 },
      ],
      'TENDERS_TOO_MUCH',
    ],
    ['nothing', [{ kind: 'cash', amountMinor: 0 }], 'INPUT_INVALID'],
    ['less than nothing', [{ kind: 'cash', amountMinor: -5 }], 'INPUT_INVALID'],
    ['less given than counted', [{ kind: 'cash', amountMinor: 500, givenMinor: 400 }], 'INPUT_INVALID'],
    ['change of a card', [{ kind: 'card', amountMinor: 500, givenMinor: 600 }], 'INPUT_INVALID'],
    ['a kind that Kaunta asks for itself', [{ kind: 'mobileMoney', amountMinor: 500 }], 'INPUT_INVALID'],
  ])('takes no tenders of %s, and then no sale', async (_of, tenders, code) => {
    const till = await openTill()
    const pos = posOf(till)
    expect(await refusalOf(pos.sell({ tenders }))).toBe(code)
    expect((await till.client.sales.list({})).rows).toEqual([])
    expect((await pos.sell()).number).toBe(1)
  })

  it('bears the POS’s own number, once per key: on the receipt and in the search', async () => {
    const till = await openTill()
    const pos = posOf(till)
    const sale = await pos.sell({ number: 'INV-2026/1042' })
    expect(sale).toMatchObject({ number: 1, posNumber: 'INV-2026/1042' })
    expect(await pos.text(sale.id)).toMatch(/Order No\. +INV-2026\/1042/)
    const { sales } = await till.client.search.everything({ text: 'INV-2026/1042' })
    expect(sales.map(({ id }) => id)).toEqual([sale.id])
    expect(await wordsOf(pos.sell({ number: 'INV-2026/1042' }))).toMatch(
      /^POS_NUMBER_USED: .*INV-2026\/1042.*000001/,
    )
    expect((await posOf(till, 'second').sell({ number: 'INV-2026/1042' })).number).toBe(2)
    expect((await pos.sell({ number: 77 })).posNumber).toBe('77')
  })
})

describe('a phone that the POS hands over', () => {
  it.each([
    ['0612', 'PHONE_INVALID'],
    ['', 'PHONE_MISSING'],
    ['020 2222222', 'PHONE_LANDLINE'],
    ['not a phone', 'PHONE_INVALID'],
  ])('keeps no sale back: %s is left out with a warning', async (phone, code) => {
    const till = await openTill()
    const pos = posOf(till)
    const sale = await pos.sell({ customer: { phone, name: 'Neema' } })
    expect(sale).toMatchObject({ state: 'recorded', customer: { phone: null, name: 'Neema' } })
    expect(sale.warnings).toMatchObject([{ field: 'body.customer.phone', code }])
    expect(await pos.read(sale.id)).not.toHaveProperty('warnings')
  })

  it('may be a neighbour’s or a visitor’s', async () => {
    const till = await openTill()
    for (const [typed, phone] of [
      ['256772123456', '+256772123456'],
      ['+447400123456', '+447400123456'],
    ]) {
      const sale = await posOf(till, typed).sell({ customer: { phone: typed } })
      expect(sale.customer.phone).toBe(phone)
      expect(sale).not.toHaveProperty('warnings')
    }
  })

  it('is refused where a message is wanted to it, or a prompt', async () => {
    const till = await openTill()
    const pos = posOf(till)
    const { id } = await pos.sell()
    expect(await wordsOf(pos.send('020 2222222', id))).toMatch(/^PHONE_LANDLINE: .*can receive no message/)
    expect(await wordsOf(pos.ask(id, { phone: '020 2222222' }))).toContain('PHONE_LANDLINE')
    expect(await wordsOf(pos.ask(id, { phone: '+256772123456' }))).toContain('PHONE_NOT_SERVED')
  })
})

describe('a payment that the POS wants', () => {
  it.each<[string, (till: Till) => object]>([
    ['the provider’s id', () => ({ provider: 'airtel' })],
    ['the account', (till) => ({ accountId: till.account('airtel').id })],
    ['both', (till) => ({ provider: 'airtel', accountId: till.account('airtel').id })],
  ])('is asked at the network that it names by %s', async (_by, more) => {
    const till = await openTill()
    const pos = posOf(till)
    const { id } = await pos.sell()
    expect(await pos.ask(id, more(till))).toMatchObject({ provider: 'airtel' })
  })

  it('goes by the prefix where it names none, and never by another network than that', async () => {
    const till = await openTill()
    const pos = posOf(till)
    expect(await pos.ask((await pos.sell()).id, { phone: '0733123456' })).toMatchObject({
      provider: 'airtel',
    })
    const { id } = await pos.sell()
    expect(await wordsOf(pos.ask(id, { phone: '0770123456' }))).toMatch(/^NETWORK_DOUBTFUL: .*telkom.*daraja/)
    expect(await pos.ask(id, { phone: '0770123456', provider: 'daraja' })).toMatchObject({
      provider: 'daraja',
    })
  })

  it('is refused, with the names there are, at a network that the shop has not', async () => {
    const till = await openTill()
    const pos = posOf(till)
    const { id } = await pos.sell()
    expect(await wordsOf(pos.ask(id, { provider: 'm-pessa' }))).toMatch(
      /^NETWORK_NOT_HERE: .*m-pessa.*daraja.*airtel/,
    )
    const other = { provider: 'airtel', accountId: till.account('daraja').id }
    expect(await wordsOf(pos.ask(id, other))).toContain('NETWORK_NOT_HERE')
    const none = '00000000-0000-7000-8000-00000000dead'
    expect(await wordsOf(pos.ask(id, { accountId: none }))).toContain('ACCOUNT')
    expect((await till.client.payments.list({})).rows).toEqual([])
  })
})
