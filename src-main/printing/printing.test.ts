import { createServer } from 'node:net'
import { createRouterClient } from '@orpc/server'
import { describe, expect, it, vi } from 'vitest'
import type { Fiscal } from '../../src-preload/contract/fiscal.ts'
import { deadAddress, PrintShop } from '../../test/fixtures/print-shop.ts'
import { printerInput, wordsOn } from '../../test/fixtures/printer.ts'
import { guardCall } from '../api/errors.ts'

const dayMs = 86_400_000
const shop = new PrintShop()

describe('printers of a till', () => {
  it('take the receipts at first, and one at most takes them', async () => {
    const first = await shop.save(printerInput(await deadAddress()))
    expect(first.receipts).toBe(true)
    const second = await shop.save(printerInput(await deadAddress(), { name: 'Second', receipts: true }))
    const listed = await shop.client.printers.list()
    expect(listed.map(({ name, receipts }) => [name, receipts])).toEqual([
      ['Second', true],
      ['Counter', false],
    ])
    await shop.client.printers.remove({ id: second.id })
    expect(await shop.client.printers.list()).toMatchObject([{ id: first.id, receipts: false }])
    await expect(shop.client.printers.check({ id: second.id })).rejects.toMatchObject({
      code: 'PRINTER_NOT_FOUND',
    })
  })

  it('cannot stand in for themselves, nor be stood in for by one that is gone', async () => {
    const one = await shop.save(printerInput(await deadAddress()))
    const input = printerInput(await deadAddress(), { fallbackId: one.id })
    await expect(shop.save(input, one.id)).rejects.toMatchObject({ code: 'PRINTER_FALLBACK_ITSELF' })
    const two = await shop.save({ ...input, name: 'Two' })
    await shop.client.printers.remove({ id: one.id })
    expect(await shop.client.printers.list()).toMatchObject([{ id: two.id, fallbackId: null }])
  })

  it('take their waiting papers with them when they are removed', async () => {
    const printer = await shop.save(printerInput(await deadAddress()))
    await shop.client.printing.printReceipt({ saleId: await shop.sale() })
    await shop.client.printers.remove({ id: printer.id })
    await shop.jobsBecome('receipt cancelled')
    expect(await shop.client.printers.list()).toEqual([])
  })

  it('leave the name of a paper that never went out to the one that does', async () => {
    const dead = await shop.save(printerInput(await deadAddress()))
    const saleId = await shop.sale()
    await shop.client.printing.printReceipt({ saleId })
    await shop.client.printers.remove({ id: dead.id })
    const [lost] = await shop.client.printing.list({})
    const printer = await shop.virtualPrinter()
    await shop.save(printerInput(printer))
    await shop.client.printing.printReceipt({ saleId })
    await shop.jobsBecome('receipt cancelled', 'receipt printed')
    expect(wordsOn(printer.snapshot().paper).join()).not.toMatch(/NAKALA|COPY/)
    await expect(shop.client.outbox.retry({ id: lost?.effectId ?? 0 })).rejects.toMatchObject({
      code: 'EFFECT_NOT_RETRYABLE',
    })
    await shop.client.printing.printReceipt({ saleId })
    await shop.jobsBecome('receipt cancelled', 'receipt printed', 'copy printed')
    expect((await shop.client.printing.list({}))[0]).toMatchObject({ copyNumber: 1 })
  })

  it('put nothing out any more once they are removed, whoever asks for it', async () => {
    const kitchen = await shop.virtualPrinter()
    await kitchen.setFault('noPaper')
    const { id } = await shop.save(
      printerInput(kitchen, { name: 'Jikoni', tickets: { lines: 'all', words: [] } }),
    )
    await shop.client.sales.record({ id: await shop.sale() })
    await shop.jobsBecome('ticket queued')
    await shop.client.printers.remove({ id })
    await kitchen.setFault('ready')
    const [ticket] = await shop.client.printing.list({})
    await expect(shop.client.outbox.retry({ id: ticket?.effectId ?? 0 })).rejects.toMatchObject({
      code: 'PRINTER_NOT_FOUND',
    })
    await shop.jobsBecome('ticket cancelled')
    expect(kitchen.jobs()).toBe(0)
  })
})

describe('a printer that stands in', () => {
  it('prints what the first could not begin, in its own width, and the paper is looked for there', async () => {
    const other = await shop.virtualPrinter(32)
    const narrow = printerInput(other, { name: 'Store' })
    const second = await shop.save({
      ...narrow,
      profile: { ...narrow.profile, paper: '58', columns: 32, dots: 384 },
    })
    await shop.save(printerInput(await deadAddress(), { receipts: true, fallbackId: second.id }))
    await shop.client.printing.printReceipt({ saleId: await shop.sale() })
    await shop.jobsBecome('receipt printed')
    expect(await shop.client.printing.list({})).toMatchObject([{ printerName: 'Store' }])
    expect(other.jobs()).toBe(1)
    expect(wordsOn(other.snapshot().paper)).toContain('Sukari')
  })

  it('gets nothing once the first has taken a byte', async () => {
    const [first, other] = [await shop.virtualPrinter(), await shop.virtualPrinter()]
    const second = await shop.save(printerInput(other, { name: 'Store' }))
    await shop.save(printerInput(first, { receipts: true, fallbackId: second.id }))
    first.disconnectAfterBytes(200)
    await shop.client.printing.printReceipt({ saleId: await shop.sale() })
    await shop.jobsBecome('receipt unknown')
    const [job] = await shop.client.printing.list({})
    expect(job).toMatchObject({ printerName: 'Counter' })
    expect(other.jobs()).toBe(0)
    await first.powerCycle()
    await shop.client.printing.decide({ id: job?.id ?? '', printed: false })
    await shop.jobsBecome('receipt cancelled', 'copy printed')
    // Its copy took its place: it does not come beside it, whoever asks.
    await expect(shop.client.outbox.retry({ id: job?.effectId ?? 0 })).rejects.toMatchObject({
      code: 'EFFECT_NOT_RETRYABLE',
    })
    expect((await shop.client.live.status()).outbox).toMatchObject({ failed: 0 })
    expect([first.jobs(), other.jobs()]).toEqual([1, 0])
  })

  it('gets nothing once it was removed', async () => {
    const [first, other] = [await shop.virtualPrinter(), await shop.virtualPrinter()]
    const second = await shop.save(printerInput(other, { name: 'Store' }))
    await shop.save(printerInput(first, { receipts: true, fallbackId: second.id }))
    await first.setFault('off')
    await other.setFault('noPaper')
    await shop.client.printing.printReceipt({ saleId: await shop.sale() })
    await shop.jobsBecome('receipt queued')
    await shop.client.printers.remove({ id: second.id })
    await other.setFault('ready')
    await shop.clock.advance(60_000)
    await first.setFault('ready')
    await vi.waitFor(
      async () => {
        await shop.clock.advance(5_000)
        expect(first.jobs()).toBe(1)
      },
      { timeout: 5_000 },
    )
    await shop.jobsBecome('receipt printed')
    expect(other.jobs()).toBe(0)
  })

  it('leaves the paper waiting at the first when it cannot print either', async () => {
    const [first, other] = [await shop.virtualPrinter(), await shop.virtualPrinter()]
    await first.setFault('off')
    await other.setFault('noPaper')
    const second = await shop.save(printerInput(other, { name: 'Store' }))
    await shop.save(printerInput(first, { receipts: true, fallbackId: second.id }))
    await shop.client.printing.printReceipt({ saleId: await shop.sale() })
    await vi.waitFor(async () => {
      await shop.clock.advance(0)
      expect(await shop.client.printing.list({})).toMatchObject([
        { state: 'queued', reason: 'printerOffline', printerName: 'Counter' },
      ])
    })
    await first.setFault('ready')
    await vi.waitFor(
      async () => {
        await shop.clock.advance(5_000)
        expect(first.jobs()).toBe(1)
      },
      { timeout: 5_000 },
    )
    await shop.jobsBecome('receipt printed')
    expect(other.jobs()).toBe(0)
  })
})

describe('second printers', () => {
  it('get the lines that their rule names when the sale is recorded, once', async () => {
    const [counter, kitchen, store] = [
      await shop.virtualPrinter(),
      await shop.virtualPrinter(),
      await shop.virtualPrinter(),
    ]
    await shop.save(printerInput(counter))
    const words = { lines: 'matching' as const, words: ['chápati', 'CHAI'] }
    await shop.save(printerInput(kitchen, { name: 'Jikoni', tickets: words }))
    await shop.save(printerInput(store, { name: 'Store', tickets: { lines: 'all', words: [] } }))
    const saleId = await shop.sale('Chapati 2', 'Sukari', 'Chai ya maziwa')
    await shop.client.printing.printReceipt({ saleId })
    await shop.jobsBecome('ticket printed', 'ticket printed', 'receipt printed')
    await shop.client.printing.printReceipt({ saleId })
    await shop.client.sales.finish({ id: saleId })
    await shop.jobsBecome('ticket printed', 'ticket printed', 'receipt printed', 'copy printed')
    const kitchenWords = wordsOn(kitchen.snapshot().paper).join(' ')
    expect(kitchenWords).toContain('Chapati')
    expect(kitchenWords).toContain('Chai ya maziwa')
    expect(kitchenWords).not.toContain('Sukari')
    expect(wordsOn(store.snapshot().paper).join(' ')).toContain('Sukari')
  })

  it('get nothing for a sale without their words', async () => {
    const kitchen = await shop.virtualPrinter()
    await shop.save(printerInput(kitchen, { tickets: { lines: 'matching', words: ['chapati'] } }))
    await shop.client.sales.record({ id: await shop.sale('Sukari') })
    expect(await shop.client.printing.list({})).toEqual([])
  })
})

describe('the drawer', () => {
  const withDrawer = { drawer: true, drawerPin: 5 as const, drawerOnCash: true }

  it('opens by its own job when cash is taken, and the job says who took it', async () => {
    const printer = await shop.virtualPrinter()
    await shop.save(printerInput(printer, withDrawer))
    const saleId = await shop.sale()
    await shop.client.sales.finish({ id: saleId, cashGivenMinor: 500_000 })
    await shop.jobsBecome('drawer printed')
    const [job] = await shop.client.printing.list({ saleId })
    const [person] = await shop.client.staff.list()
    expect(job).toMatchObject({ purpose: 'drawer', staffName: person?.name })
    expect(printer.snapshot().paper).toEqual([{ kind: 'drawer', pin: 5 }])
  })

  it('stays shut where the shop does not want it, and for a sale that needs no cash', async () => {
    const printer = await shop.virtualPrinter()
    await shop.save(printerInput(printer, { ...withDrawer, drawerOnCash: false }))
    await shop.client.sales.finish({ id: await shop.sale() })
    expect(await shop.client.printing.list({})).toEqual([])
    expect(await shop.client.printing.openDrawer()).toMatchObject({ purpose: 'drawer', saleId: null })
  })

  it('is seen to stand open, and shut, once a person has shown what its switch says then', async () => {
    const printer = await shop.virtualPrinter()
    const { id } = await shop.save(printerInput(printer, withDrawer))
    await shop.client.sales.finish({ id: await shop.sale() })
    await shop.jobsBecome('drawer printed')
    const drawerOpen = async () => (await shop.client.printers.check({ id })).drawerOpen
    expect(await drawerOpen()).toBeNull()
    const { drawerPinHigh } = await shop.client.printers.check({ id })
    expect(drawerPinHigh).toBe(true)
    await shop.save(printerInput(printer, { ...withDrawer, drawerOpenHigh: drawerPinHigh }), id)
    expect(await drawerOpen()).toBe(true)
    await vi.waitFor(
      async () => {
        await shop.clock.advance(500)
        expect(await shop.client.printers.statuses()).toMatchObject([{ drawerOpen: false }])
      },
      { timeout: 5_000 },
    )
  })

  it('of a printer that tells nothing leaves no question behind', async () => {
    const printer = await shop.virtualPrinter()
    await printer.setFault('silent')
    await shop.save(printerInput(printer, withDrawer))
    const id = await shop.sale()
    await shop.client.sales.finish({ id })
    await vi.waitFor(
      async () => {
        await shop.clock.advance(100)
        expect(await shop.client.printing.list({})).toMatchObject([
          { purpose: 'drawer', state: 'unknown', reason: 'drawerUnsure' },
        ])
      },
      { timeout: 10_000, interval: 5 },
    )
    expect((await shop.client.live.status()).outbox).toMatchObject({ unknown: 0, failed: 0 })
    expect(printer.snapshot().paper).toEqual([{ kind: 'drawer', pin: 5 }])
  })

  it('that is not there is said to be missing', async () => {
    await shop.save(printerInput(await deadAddress()))
    await expect(shop.client.printing.openDrawer()).rejects.toMatchObject({ code: 'DRAWER_MISSING' })
  })

  it('does not open late', async () => {
    const printer = await shop.virtualPrinter()
    await printer.setFault('off')
    await shop.save(printerInput(printer, withDrawer))
    await shop.client.sales.finish({ id: await shop.sale() })
    await shop.jobsBecome('drawer queued')
    await shop.clock.advance(6_000)
    await printer.setFault('ready')
    await shop.clock.advance(60_000)
    await shop.jobsBecome('drawer failed')
    expect(printer.snapshot().paper).toEqual([])
  })
})

describe('cash', () => {
  it('that is less than what is owed is refused, and nothing is lost', async () => {
    const id = await shop.sale()
    await expect(shop.client.sales.finish({ id, cashGivenMinor: 100 })).rejects.toMatchObject({
      code: 'CASH_TOO_LITTLE',
    })
    expect(await shop.client.sales.get({ id })).toMatchObject({ tenders: [], totalMinor: 320_000 })
    const { finished } = await shop.client.sales.finish({ id, cashGivenMinor: 400_000 })
    expect(finished.tenders).toMatchObject([{ kind: 'cash', amountMinor: 320_000, givenMinor: 400_000 }])
  })
})

describe('a paper that waited too long', () => {
  it('asks before it prints', async () => {
    const printer = await shop.virtualPrinter()
    await printer.setFault('noPaper')
    await shop.save(printerInput(printer))
    await shop.client.printing.printReceipt({ saleId: await shop.sale() })
    await shop.jobsBecome('receipt queued')
    shop.clock.sleep(dayMs + 60_000)
    await printer.setFault('ready')
    await shop.clock.advance(30_000)
    await shop.jobsBecome('receipt failed')
    const [job] = await shop.client.printing.list({})
    expect(job).toMatchObject({ reason: 'deadlinePassed' })
    expect(printer.jobs()).toBe(0)
    await shop.client.outbox.retry({ id: job?.effectId ?? 0 })
    await shop.jobsBecome('receipt cancelled', 'receipt printed')
    expect(printer.jobs()).toBe(1)
    expect((await shop.client.live.status()).outbox).toMatchObject({ failed: 0 })
  })
})

describe('what is known of a printer', () => {
  it('is asked from time to time, told when it changes, and lets waiting papers go', async () => {
    const printer = await shop.virtualPrinter()
    await printer.setFault('noPaper')
    const { id } = await shop.save(printerInput(printer))
    await shop.client.printing.printReceipt({ saleId: await shop.sale() })
    await vi.waitFor(async () => {
      await shop.clock.advance(0)
      expect(await shop.client.printers.statuses()).toMatchObject([
        { printerId: id, reachable: true, reports: true, reason: 'noPaper' },
      ])
    })
    await printer.setFault('ready')
    await vi.waitFor(
      async () => {
        await shop.clock.advance(1_000)
        expect(await shop.client.printers.statuses()).toMatchObject([{ printerId: id, reason: null }])
      },
      { timeout: 5_000 },
    )
    await shop.jobsBecome('receipt printed')
  })

  it('is not waited for by a paper: a question that nobody asked gives way', async () => {
    let connections = 0
    const mute = createServer((socket) => {
      connections += 1
      socket.on('error', () => {}).resume()
    })
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const address = mute.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    await shop.save(printerInput({ host: '127.0.0.1', port: address.port }))
    const saleId = await shop.sale()
    await shop.clock.advance(15_000)
    await vi.waitFor(() => expect(connections).toBe(1))
    await shop.client.printing.printReceipt({ saleId })
    // The clock stands still: the question would wait for its answer for ever.
    await vi.waitFor(async () => {
      await shop.clock.advance(0)
      expect(connections).toBe(2)
    })
    expect(await shop.client.printers.statuses()).toEqual([])
    mute.close()
  })

  it('is never good of one that is not there', async () => {
    const { id } = await shop.save(printerInput(await deadAddress()))
    expect(await shop.client.printers.check({ id })).toMatchObject({
      reachable: false,
      reports: false,
      reason: 'printerOffline',
    })
  })
})

describe('one description', () => {
  it('comes as paper, PDF, page and text with the same words', async () => {
    const printer = await shop.virtualPrinter()
    await shop.save(printerInput(printer))
    const { layout } = await shop.client.receiptLayout.get()
    await shop.client.receiptLayout.save({
      ...layout,
      header: { sw: 'Wazi kila siku', en: 'Open every day' },
    })
    const saleId = await shop.sale('Mchele wa Mbeya')
    await shop.client.printing.printReceipt({ saleId, language: 'en' })
    await shop.jobsBecome('receipt printed')
    const paper = wordsOn(printer.snapshot().paper)
    const file = (format: 'pdf' | 'html' | 'text') =>
      shop.client.printing.receiptFile({ saleId, language: 'en', format })
    const text = Buffer.from((await file('text')).base64, 'base64').toString()
    const html = Buffer.from((await file('html')).base64, 'base64').toString()
    for (const words of ['Open every day', 'Mchele wa Mbeya', 'not a fiscal receipt']) {
      expect(paper).toContain(words)
      expect(text).toContain(words)
      expect(html).toContain(words)
    }
    const pdf = await file('pdf')
    expect(pdf).toMatchObject({ name: 'receipt-000001.pdf', mediaType: 'application/pdf' })
    expect(Buffer.from(pdf.base64, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('bears what the fiscal device answered, and what it answered never changes', async () => {
    const printer = await shop.virtualPrinter()
    await shop.save(printerInput(printer))
    const caller = { kind: 'apiKey', id: 'pos', scopes: ['sales'] } as const
    const pos = createRouterClient(shop.companion.integration, {
      context: shop.companion.context(caller),
      interceptors: [guardCall],
    })
    const id = await shop.sale()
    const body: Fiscal = {
      kind: 'traVfd',
      verificationCode: 'E215B4207332',
      qr: 'https://verify.tra.go.tz/E215B4207332_093108',
      receiptNumber: '207332',
      zNumber: '20261121',
      uin: '09VFDWEBAPI-1013155',
      serial: '10TZ101234',
      taxOffice: '',
      vrn: '',
      buyerTin: '',
      issuedAt: Date.UTC(2026, 10, 21, 6, 31, 8),
    }
    const wrong = [
      [
        { ...body, qr: `${body.qr}0` },
        { field: 'qr', values: { part: 'qr' } },
      ],
      [
        { ...body, issuedAt: body.issuedAt + 1000 },
        { field: 'issuedAt', values: { part: 'issuedAt' } },
      ],
    ] as const
    for (const [answer, data] of wrong) {
      const refused = { code: 'FISCAL_QR', data }
      await expect(pos.setFiscal({ params: { id }, body: answer })).rejects.toMatchObject(refused)
    }
    await pos.setFiscal({ params: { id }, body })
    await expect(
      pos.setFiscal({ params: { id }, body: { ...body, zNumber: '20261122' } }),
    ).rejects.toMatchObject({ code: 'FISCAL_RECORDED' })
    await shop.client.printing.printReceipt({ saleId: id, language: 'en' })
    await shop.jobsBecome('receipt printed')
    const { paper } = printer.snapshot()
    expect(wordsOn(paper)).toContain('E215B4207332')
    expect(wordsOn(paper)).not.toContain('not a fiscal receipt')
    expect(paper.filter((item) => item.kind === 'qr')).toMatchObject([{ text: body.qr }])
  })

  it('refuses a logo that is no picture, and keeps the old one', async () => {
    const base64 = Buffer.from('not a picture').toString('base64')
    await expect(shop.client.receiptLayout.setLogo({ base64 })).rejects.toMatchObject({
      code: 'LOGO_UNREADABLE',
    })
    expect(await shop.client.receiptLayout.get()).toMatchObject({ hasLogo: false })
  })
})
