import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { NetworkName } from '../../test/fixtures/network-world.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { printerInput } from '../../test/fixtures/printer.ts'
import { customerPayment, managerPin, openTill, type Till } from '../../test/fixtures/till.ts'

let till: Till

beforeEach(async () => {
  till = await openTill()
})

async function cashSale(totalMinor: number): Promise<void> {
  const { id } = await till.sale(totalMinor)
  await till.client.sales.finish({ id })
  await till.clock.advance(60_000)
}

async function paidSale(network: NetworkName, totalMinor: number) {
  const { payment, sale } = await till.paid(network, totalMinor)
  await till.client.sales.finish({ id: sale.id })
  await till.clock.advance(60_000)
  return payment
}

/** A sale that is closed in cash while its prompt is unknown. */
async function leftOpen(totalMinor: number) {
  const { id: saleId } = await till.sale(totalMinor)
  const { id } = await till.raise(saleId, 'mixx')
  till.world.reply('lostAfter')
  await till.clock.advance(0)
  const truth = till.world.truths().at(-1)
  if (truth === undefined) throw new Error('nothing arrived')
  await till.client.sales.finish({ id: saleId, leaveOpen: { note: 'paid in cash', rest: 'cash' } })
  await till.clock.advance(60_000)
  return { id, truth }
}

const tender = (network: NetworkName) => till.account(network).id
interface Count {
  readonly tender: string
  readonly countedMinor: number
  readonly currency?: 'KES' | 'TZS'
}
const close = (counts: Count[], leftMinor = 0) => till.client.cashUps.close({ counts, leftMinor })

describe('before counting', () => {
  it('says what is to be counted, and nothing of what is expected', async () => {
    await cashSale(5_000)
    await paidSale('vodacom', 20_000)
    const open = await till.client.cashUps.open()
    expect(open).toEqual({
      since: null,
      currency: 'KES',
      tenders: [
        { tender: 'cash', label: 'Cash', currency: 'KES' },
        ...(['daraja', 'vodacom', 'airtel', 'mixx'] as const).map((name) => ({
          tender: tender(name),
          label: name,
          currency: 'KES',
        })),
      ],
    })
    expect(JSON.stringify(open)).not.toMatch(/20000|5000/)
  })
})

describe('the count', () => {
  it('is held against sales, cash, each network, and what went back', async () => {
    await cashSale(5_000)
    await cashSale(7_000)
    await paidSale('vodacom', 20_000)
    const payment = await paidSale('vodacom', 12_300)
    await till.client.transfers.reverse({
      id: randomUUID(),
      paymentId: payment.id,
      amountMinor: 2_300,
      note: 'goods back',
      managerPin,
    })
    await till.clock.advance(0)
    till.world.reply('accepted')
    await till.clock.advance(60_000)
    await paidSale('daraja', 4_000)
    const whole = await close(
      [
        { tender: 'cash', countedMinor: 11_500 },
        { tender: tender('vodacom'), countedMinor: 30_000 },
        { tender: tender('daraja'), countedMinor: 5_000 },
        { tender: tender('airtel'), countedMinor: 0 },
      ],
      2_000,
    )
    expect(
      whole.tenders.map(({ label, expectedMinor, differenceMinor }) => [
        label,
        expectedMinor,
        differenceMinor,
      ]),
    ).toEqual([
      ['Cash', 12_000, -500],
      ['vodacom', 30_000, 0],
      ['daraja', 4_000, 1_000],
      ['airtel', 0, 0],
    ])
    expect(whole).toMatchObject({
      number: 1,
      sales: 5,
      floatMinor: 0,
      leftMinor: 2_000,
      openItems: [],
      staffName: 'Meneja',
    })
    expect(await till.client.cashUps.get({ id: whole.id })).toEqual(whole)
  })

  it('goes on where the last one ended: its float, its moment, the next number', async () => {
    await cashSale(5_000)
    const first = await close([{ tender: 'cash', countedMinor: 5_000 }], 3_000)
    const afterFirst = await close([{ tender: 'cash', countedMinor: 3_000 }], 3_000)
    expect(afterFirst).toMatchObject({ number: 2, sales: 0, since: first.until, floatMinor: 3_000 })
    expect(afterFirst.tenders[0]).toMatchObject({ expectedMinor: 3_000, differenceMinor: 0 })
    await till.clock.advance(1_000)
    await cashSale(1_000)
    const third = await close([{ tender: 'cash', countedMinor: 4_100 }])
    expect(third).toMatchObject({ number: 3, sales: 1, since: afterFirst.until, floatMinor: 3_000 })
    expect(third.tenders[0]).toMatchObject({ expectedMinor: 4_000, differenceMinor: 100 })
    expect((await till.client.cashUps.open()).since).toBe(third.until)
    const { rows, cursor } = await till.client.cashUps.list({ limit: 2 })
    expect(rows.map(({ number }) => number)).toEqual([3, 2])
    const rest = await till.client.cashUps.list({ limit: 2, before: cursor ?? '' })
    expect(rest.rows.map(({ number }) => number)).toEqual([1])
  })

  it('counts no money twice and none never, wherever the line between two counts falls', async () => {
    let expected = 0
    for (let round = 0; round < 5; round += 1) {
      await cashSale(1_000)
      const { tenders } = await close([{ tender: 'cash', countedMinor: 0 }])
      expected += tenders[0]?.expectedMinor ?? 0
      // In the very millisecond of the count.
      const { id } = await till.sale(500)
      await till.client.sales.finish({ id })
    }
    const last = await close([{ tender: 'cash', countedMinor: 0 }])
    expected += last.tenders[0]?.expectedMinor ?? 0
    await till.clock.advance(1)
    expected += (await close([{ tender: 'cash', countedMinor: 0 }])).tenders[0]?.expectedMinor ?? 0
    expect(expected).toBe(5 * 1_500)
  })

  it('misses no money and takes none twice, whatever the clock of the machine says', async () => {
    const taken = async () => (await close([{ tender: 'cash', countedMinor: 0 }])).tenders[0]?.expectedMinor
    const year = 365 * 86_400_000
    await cashSale(1_000)
    till.clock.jumpWall(-10 * year)
    await cashSale(2_000)
    expect(await taken()).toBe(3_000)
    await cashSale(400)
    till.clock.jumpWall(11 * year)
    expect(await taken()).toBe(400)
    till.clock.jumpWall(-year)
    await cashSale(50)
    await cashSale(6)
    expect(await taken()).toBe(56)
    expect(await taken()).toBe(0)
  })

  it('counts each currency for itself', async () => {
    await cashSale(5_000)
    const { id } = await till.client.sales.current()
    const lines = [{ name: 'Unga', quantityMilli: 1000, unitPriceMinor: 900_000 }]
    await till.client.sales.saveDraft({ id, currency: 'TZS', lines })
    await till.client.sales.finish({ id })
    const open = await till.client.cashUps.open()
    expect(open.tenders.filter((one) => one.tender === 'cash')).toEqual([
      { tender: 'cash', label: 'Cash', currency: 'KES' },
      { tender: 'cash', label: 'Cash', currency: 'TZS' },
    ])
    const first = await close([{ tender: 'cash', countedMinor: 5_000 }], 1_000)
    expect(first.tenders.map(({ expectedMinor }) => expectedMinor)).toEqual([5_000])
    // What was not counted waits for the next count.
    const second = await close([
      { tender: 'cash', countedMinor: 1_000 },
      { tender: 'cash', countedMinor: 900_000, currency: 'TZS' },
    ])
    expect(second.tenders).toMatchObject([
      { currency: 'KES', expectedMinor: 1_000, differenceMinor: 0 },
      { currency: 'TZS', expectedMinor: 900_000, differenceMinor: 0 },
    ])
    const strange = [{ tender: 'cash', countedMinor: 1, currency: 'TZS' as const }]
    expect(await refusalOf(close(strange))).toBe('TENDER_UNKNOWN')
  })

  it('takes a reversal in once, though the network’s report comes after the count', async () => {
    const payment = await paidSale('mixx', 12_300)
    const count = () => close([{ tender: tender('mixx'), countedMinor: 0 }])
    const { id } = await till.client.transfers.reverse({
      id: randomUUID(),
      paymentId: payment.id,
      note: 'goods back',
      managerPin,
    })
    await till.clock.advance(0)
    till.world.reply('lostAfter')
    await till.clock.advance(0)
    await till.client.transfers.decide({ id, outcome: 'done', note: 'seen in the portal', managerPin })
    expect((await count()).tenders[0]?.expectedMinor).toBe(0)
    await till.clock.advance(3_600_000)
    const outgo = till.world.outgoes().at(-1)
    if (outgo === undefined) throw new Error('nothing went out')
    await till.report(outgo.callbackPath, {
      about: 'money',
      references: { own: outgo.own, provider: outgo.reference },
      reading: { state: 'completed', receiptCode: outgo.code, amountMinor: 12_300 },
      signature: 'good',
    })
    expect((await count()).tenders[0]?.expectedMinor).toBe(0)
  })

  it('is each till’s own', async () => {
    await cashSale(5_000)
    await close([{ tender: 'cash', countedMinor: 5_000 }], 5_000)
    await till.client.settings.save({ ...(await till.client.settings.get()), till: '2' })
    await cashSale(700)
    const other = await close([{ tender: 'cash', countedMinor: 700 }])
    expect(other).toMatchObject({ number: 1, tillId: '2', floatMinor: 0, sales: 1 })
    expect(other.tenders[0]?.expectedMinor).toBe(700)
  })

  it('names by phone and code what is not certain yet', async () => {
    await leftOpen(6_000)
    await till.clock.advance(120_000)
    const paidLate = await leftOpen(7_000)
    till.world.answer(paidLate.truth, 'paid')
    const references = { own: paidLate.truth.own, provider: null }
    const reading = { state: 'completed', receiptCode: paidLate.truth.code, amountMinor: 7_000 }
    await till.report(paidLate.truth.callbackPath, { about: 'money', references, reading })
    const { id: saleId } = await till.sale(8_000)
    await till.client.payments.enterCode({ saleId, code: 'X000000777' })
    await till.client.sales.finish({ id: saleId, leaveOpen: { note: 'let him go', rest: 'cash' } })
    await till.tell('daraja', customerPayment({ code: 'D000000778', amountMinor: 9_000 }))
    const lost = await paidSale('airtel', 3_000)
    await till.client.transfers.reverse({
      id: randomUUID(),
      paymentId: lost.id,
      note: 'goods back',
      managerPin,
    })
    await till.clock.advance(0)
    till.world.reply('lostAfter')
    await till.clock.advance(0)
    const { openItems } = await close([{ tender: 'cash', countedMinor: 0 }])
    expect(openItems.map(({ kind, label, amountMinor, code }) => [kind, label, amountMinor, code])).toEqual([
      ['unknownPayment', 'mixx', 6_000, null],
      ['unprovedCode', 'mixx', 8_000, 'X000000777'],
      ['overpaid', 'mixx', 7_000, paidLate.truth.code],
      ['unmatchedNotice', 'daraja', 9_000, 'D000000778'],
      ['unknownTransfer', 'airtel', 3_000, null],
    ])
    expect(openItems.filter(({ phone }) => phone === '+254712345678')).toHaveLength(4)
  })

  it('of something that cannot be counted is refused whole', async () => {
    const strange = [{ tender: '00000000-0000-7000-8000-00000000dead', countedMinor: 1 }]
    expect(await refusalOf(close(strange))).toBe('TENDER_UNKNOWN')
    expect(await refusalOf(close([]))).toBe('INPUT_INVALID')
    expect(await refusalOf(close([{ tender: 'cash', countedMinor: -1 }]))).toBe('INPUT_INVALID')
    expect((await till.client.cashUps.list({})).rows).toEqual([])
  })

  it('is kept without a printer, and wants a paper with one', async () => {
    const { id } = await close([{ tender: 'cash', countedMinor: 0 }])
    expect(await refusalOf(till.client.cashUps.print({ id }))).toBe('PRINTER_MISSING')
    await till.client.printers.save({ printer: printerInput({ host: '127.0.0.1', port: 9 }) })
    expect(await till.client.cashUps.print({ id })).toMatchObject({ purpose: 'cashUp', saleId: null })
    await close([{ tender: 'cash', countedMinor: 0 }])
    await till.client.cashUps.close({ counts: [{ tender: 'cash', countedMinor: 0 }], print: false })
    const papers = (await till.client.printing.list({})).filter(({ purpose }) => purpose === 'cashUp')
    expect(papers).toHaveLength(2)
    expect((await till.client.cashUps.list({})).rows).toHaveLength(3)
  })
})
