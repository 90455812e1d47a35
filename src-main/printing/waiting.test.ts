import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { createRouterClient } from '@orpc/server'
import { describe, expect, it, vi } from 'vitest'
import { PrintShop } from '../../test/fixtures/print-shop.ts'
import { printerInput, wordsOn } from '../../test/fixtures/printer.ts'
import { guardCall } from '../api/errors.ts'
import type { VirtualPrinter } from '../simulator/paper-tape.ts'

const shop = new PrintShop()

/** A counter whose printer has no paper, with the receipt of a sale waiting for it. */
async function waitingReceipt(): Promise<{ saleId: string; printer: VirtualPrinter; printerId: string }> {
  const printer = await shop.virtualPrinter()
  await printer.setFault('noPaper')
  const { id: printerId } = await shop.save(printerInput(printer))
  const saleId = await shop.sale()
  await shop.client.printing.printReceipt({ saleId, language: 'en' })
  await shop.jobsBecome('receipt queued')
  return { saleId, printer, printerId }
}

async function refill(printer: VirtualPrinter): Promise<void> {
  await printer.setFault('ready')
  await shop.clock.advance(60_000)
}

describe('a paper that waits for its printer', () => {
  it('tells what the fiscal device answered meanwhile', async () => {
    const { saleId, printer } = await waitingReceipt()
    const pos = createRouterClient(shop.companion.integration, {
      context: shop.companion.context({ kind: 'apiKey', id: 'pos', scopes: ['sales'] }),
      interceptors: [guardCall],
    })
    const body = {
      kind: 'traVfd',
      verificationCode: 'E215B4207332',
      qr: 'https://verify.tra.go.tz/E215B4207332',
      receiptNumber: '207332',
      zNumber: '20261121',
      uin: '09VFDWEBAPI-1013155',
      serial: '10TZ101234',
      taxOffice: '',
      vrn: '',
      issuedAt: Date.UTC(2026, 10, 21, 6, 31, 8),
    } as const
    await pos.setFiscal({ params: { id: saleId }, body })
    await refill(printer)
    await shop.jobsBecome('receipt printed')
    const words = wordsOn(printer.snapshot().paper)
    expect(words).toContain('E215B4207332')
    expect(words.join('\n')).not.toMatch(/not a fiscal receipt|COPY/)
  })

  it('tells the cash that was taken meanwhile', async () => {
    const { saleId, printer } = await waitingReceipt()
    await shop.client.sales.finish({ id: saleId, cashGivenMinor: 500_000 })
    await refill(printer)
    await shop.jobsBecome('receipt printed')
    const words = wordsOn(printer.snapshot().paper).join('\n')
    expect(words).toMatch(/Change\s+1,800/)
    expect(words).not.toMatch(/Still to pay|COPY/)
  })

  it('comes out as its printer is set by then', async () => {
    const { printer, printerId } = await waitingReceipt()
    const input = printerInput(printer)
    await shop.save({ ...input, profile: { ...input.profile, columns: 32, dots: 384 } }, printerId)
    await refill(printer)
    await shop.jobsBecome('receipt printed')
    const lines = printer.snapshot().paper.filter(({ kind }) => kind === 'line')
    const widths = lines.map((line) =>
      line.kind === 'line' ? line.runs.reduce((sum, run) => sum + run.text.length * run.width, 0) : 0,
    )
    expect(Math.max(...widths)).toBe(32)
  })
})

describe('a sale that is finished with its receipt', () => {
  it('has the cash and the change on the original', async () => {
    const printer = await shop.virtualPrinter()
    await shop.save(printerInput(printer))
    const id = await shop.sale()
    await shop.client.sales.finish({ id, cashGivenMinor: 500_000, print: { language: 'en' } })
    await shop.jobsBecome('receipt printed')
    const words = wordsOn(printer.snapshot().paper).join('\n')
    expect(words).toMatch(/Cash given\s+5,000\n.*Change\s+1,800/s)
    expect(words).not.toMatch(/Still to pay|COPY/)
  })

  it('stays on the counter, with nothing taken, where no printer is', async () => {
    const id = await shop.sale()
    const request = { id, cashGivenMinor: 500_000, print: {} }
    await expect(shop.client.sales.finish(request)).rejects.toMatchObject({ code: 'PRINTER_MISSING' })
    expect(await shop.client.sales.current()).toMatchObject({ id, state: 'draft', number: null, tenders: [] })
  })
})

describe('a copy', () => {
  it('speaks as its original did, whatever the shop and its customer speak', async () => {
    const printer = await shop.virtualPrinter()
    await shop.save(printerInput(printer))
    const saleId = await shop.sale()
    await shop.client.sales.setCustomer({ id: saleId, phone: '0712345678' })
    await shop.client.printing.printReceipt({ saleId, language: 'en' })
    await shop.client.settings.save({ ...(await shop.client.settings.get()), language: 'sw' })
    await shop.client.printing.reprintLast()
    await shop.jobsBecome('receipt printed', 'copy printed')
    const words = wordsOn(printer.snapshot().paper).join('\n')
    expect(words.match(/TOTAL/g)).toHaveLength(2)
    expect(words).toContain('COPY 1')
  })
})

/** Takes a connection, says nothing, and hangs up when it is told to. */
async function doubtful(): Promise<{ host: string; port: number; taken: () => number; hangUp: () => void }> {
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    socket.on('error', () => {})
    sockets.push(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const hangUp = () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { host: '127.0.0.1', port: address.port, taken: () => sockets.length, hangUp }
}

describe('a ticket that did not come', () => {
  it('says that it is a copy, lest the kitchen cook twice', async () => {
    const kitchen = await shop.virtualPrinter()
    await kitchen.setFault('silent')
    const { id } = await shop.save(printerInput(kitchen, { tickets: { lines: 'all', words: [] } }))
    await shop.client.sales.record({ id: await shop.sale('Chips') })
    await vi.waitFor(
      async () => {
        await shop.clock.advance(2_000)
        expect((await shop.client.printing.list({}))[0]).toMatchObject({ state: 'unknown' })
      },
      { timeout: 20_000, interval: 10 },
    )
    const [ticket] = await shop.client.printing.list({})
    await kitchen.setFault('ready')
    await shop.client.printing.decide({ id: ticket?.id ?? '', printed: false })
    await shop.jobsBecome('ticket cancelled', 'ticket printed')
    const words = wordsOn(kitchen.snapshot().paper)
    expect(words.filter((text) => /Chips/.test(text)).length).toBeGreaterThan(0)
    expect(words.join('\n')).toContain('NAKALA 1')
    expect((await shop.client.printers.list())[0]).toMatchObject({ id })
  })
})

describe('a printer that is removed while a paper is being handed to it', () => {
  it('takes what waited with it, and gets nothing any more', async () => {
    const printer = await doubtful()
    const { id } = await shop.save(printerInput(printer))
    const saleId = await shop.sale()
    await shop.client.printing.printReceipt({ saleId })
    await shop.client.printing.printReceipt({ saleId })
    await expect.poll(() => printer.taken()).toBe(1)
    await shop.client.printers.remove({ id })
    expect(await shop.client.printers.list()).toEqual([])
    printer.hangUp()
    await shop.jobsBecome('receipt failed', 'copy cancelled')
  })
})
