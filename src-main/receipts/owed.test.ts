import { createRouterClient } from '@orpc/server'
import { beforeEach, describe, expect, it } from 'vitest'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { managerPin, openTill, type Till } from '../../test/fixtures/till.ts'
import { guardCall } from '../api/errors.ts'

let till: Till

beforeEach(async () => {
  till = await openTill()
})

const note = 'comes back to pay'
const owe = (id: string, more: { readonly cashGivenMinor?: number } = {}) =>
  till.client.sales.finish({ id, leaveOpen: { note }, ...more })

/** Whoever reads the journal by a key. */
function reader() {
  const { id } = till.companion.settings.createApiKey('reader', ['sales'])
  const context = till.companion.context({ kind: 'apiKey', id, scopes: ['sales'] })
  return createRouterClient(till.companion.integration, { context, interceptors: [guardCall] })
}

/** A sale whose payment nobody knows. */
async function unknown() {
  const { id: saleId } = await till.sale(9_000)
  const { id } = await till.raise(saleId, 'vodacom')
  till.world.reply('lostAfter')
  await till.clock.advance(0)
  const truth = till.world.truths().at(-1)
  if (truth === undefined) throw new Error('nothing arrived')
  return { saleId, id, truth }
}

const count = async (countedMinor: number) => {
  const { tenders, openItems, sales } = await till.client.cashUps.close({
    counts: [{ tender: 'cash', countedMinor }],
  })
  return { cash: tenders[0], owed: openItems.filter(({ kind }) => kind === 'owedSale'), sales }
}

describe('a customer who comes back to pay', () => {
  it('owes: no cash is booked, no drawer opens, and the reason stays with the sale', async () => {
    const { id } = await till.sale(9_000)
    const { finished, next } = await owe(id)
    expect(finished).toMatchObject({
      state: 'finished',
      tenders: [],
      paidMinor: 0,
      owed: { amountMinor: 9_000, note, staffName: 'Meneja' },
    })
    expect(next.state).toBe('draft')
    expect((await till.client.printing.list({})).filter(({ purpose }) => purpose === 'drawer')).toEqual([])
    expect(await till.client.sales.current()).toMatchObject({ id: next.id })
  })

  it('is listed by the cash-up, which expects none of it in the drawer', async () => {
    const { id, number } = await till.sale(9_000)
    await owe(id)
    await till.clock.advance(1_000)
    const { cash, owed } = await count(0)
    expect(cash).toMatchObject({ expectedMinor: 0, differenceMinor: 0 })
    expect(owed).toEqual([
      expect.objectContaining({ label: String(number).padStart(6, '0'), amountMinor: 9_000, code: note }),
    ])
  })

  it('may leave a part of it: only the part is cash', async () => {
    const { id } = await till.sale(9_000)
    const { finished } = await owe(id, { cashGivenMinor: 2_000 })
    expect(finished).toMatchObject({ paidMinor: 2_000, owed: { amountMinor: 7_000 } })
    await till.clock.advance(1_000)
    expect((await count(2_000)).cash).toMatchObject({ expectedMinor: 2_000, differenceMinor: 0 })
  })

  it('needs a manager’s word', async () => {
    const { id } = await till.sale(9_000)
    await till.cashier()
    expect(await refusalOf(owe(id))).toBe('MANAGER_PIN_MISSING')
    const { finished } = await till.client.sales.finish({ id, leaveOpen: { note, managerPin } })
    expect(finished.owed).toMatchObject({ note, staffName: 'Meneja' })
  })

  it('pays in cash later: the sale is paid, once, and no second draft is opened', async () => {
    const { id } = await till.sale(9_000)
    const { next } = await owe(id)
    const paid = await till.client.sales.finish({ id })
    expect(paid.finished).toMatchObject({ paidMinor: 9_000, owed: null })
    expect(paid.next.id).toBe(next.id)
    expect((await till.client.sales.finish({ id })).finished.tenders).toHaveLength(1)
    await till.clock.advance(1_000)
    expect(await count(9_000)).toMatchObject({ cash: { differenceMinor: 0 }, owed: [] })
    // It was over when it left the counter, and that is told once.
    const { rows } = await reader().listEvents({})
    const told = rows.filter(({ subject }) => subject === id).map(({ type }) => type)
    expect(told).toEqual(['sale.recorded', 'sale.finished', 'sale.tendered', 'sale.cashTaken'])
  })

  it('pays by phone later', async () => {
    const { id } = await till.sale(9_000)
    await owe(id)
    await till.raise(id, 'vodacom')
    till.world.arrive()
    const [truth] = till.world.truths()
    if (truth === undefined) throw new Error('nothing arrived')
    till.world.answer(truth, 'paid')
    till.world.reply('accepted')
    await till.clock.advance(0)
    expect(await till.client.sales.get({ id })).toMatchObject({ paidMinor: 9_000, owed: null })
  })
})

describe('a payment that is not known when the customer goes', () => {
  it('leaves the sale owed, and stays so when a manager decides that it was not paid', async () => {
    till.world.setLine(false)
    const { saleId, id } = await unknown()
    await owe(saleId)
    await till.client.payments.decide({ id, outcome: 'notPaid', note: 'not on the statement' })
    expect(await till.client.sales.get({ id: saleId })).toMatchObject({
      paidMinor: 0,
      owed: { amountMinor: 9_000 },
    })
  })

  it('takes the debt away when it turns out paid', async () => {
    till.world.setLine(false)
    const { saleId, id, truth } = await unknown()
    await owe(saleId)
    till.world.answer(truth, 'paid')
    till.world.setLine(true)
    await till.client.payments.checkNow({ id })
    expect(await till.client.sales.get({ id: saleId })).toMatchObject({ paidMinor: 9_000, owed: null })
    const { overpaid } = await till.client.payments.attention()
    expect(overpaid).toEqual([])
  })
})
