import { createRouterClient } from '@orpc/server'
import { beforeEach, describe, expect, it } from 'vitest'
import type { NetworkName } from '../../test/fixtures/network-world.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { customerPhone, managerPin, openTill, paidReport, type Till } from '../../test/fixtures/till.ts'
import { guardCall } from '../api/errors.ts'

let till: Till

beforeEach(async () => {
  till = await openTill()
})

const get = (id: string) => till.client.payments.get({ id })

/** A prompt that the network took on. */
async function prompted(network: NetworkName, amountMinor?: number) {
  const sale = await till.sale()
  const { id } = await till.raise(sale.id, network, amountMinor)
  till.world.reply('accepted')
  await till.clock.advance(0)
  const truth = till.world.truths().at(-1)
  if (truth === undefined) throw new Error('nothing arrived')
  return { saleId: sale.id, id, truth }
}

describe('a second prompt', () => {
  it('for the same phone and amount is refused for two minutes while the first is open, also for another sale', async () => {
    const { saleId } = await prompted('daraja')
    expect(await refusalOf(till.raise(saleId))).toBe('PROMPT_ALIVE')
    const { id: other } = await secondSale()
    expect(await refusalOf(till.raise(other))).toBe('SAME_PROMPT_SOON')
    // Another amount, or another phone, is another request.
    expect(await refusalOf(till.raise(other, 'daraja', 5_000))).toBeNull()
  })

  it('passes after two minutes, and once the first has ended', async () => {
    await prompted('daraja')
    const { id: other } = await secondSale()
    await till.clock.advance(121_000)
    expect(await refusalOf(till.raise(other))).toBeNull()
  })

  /** The machine goes on as another till. */
  async function secondSale() {
    await till.client.settings.save({ ...(await till.client.settings.get()), till: '2' })
    return till.sale()
  }
})

describe('the network of a prompt', () => {
  it('is the one that the prefix suggests, else the first that serves the country, or the one named', async () => {
    const raise = async (phone: string, accountId?: string) => {
      const { id } = await till.sale()
      const payment = await till.client.payments.raise({
        saleId: id,
        phone,
        ...(accountId === undefined ? {} : { accountId }),
      })
      await till.clock.advance(0)
      till.world.reply('rejected')
      await till.clock.advance(0)
      await till.client.sales.finish({ id })
      return payment.provider
    }
    expect(await raise('0733123456')).toBe('airtel')
    expect(await raise('0712345678')).toBe('daraja')
    expect(await raise('0712345678', till.account('mixx').id)).toBe('mixx')
  })

  it('must reach the phone’s country and take the sale’s currency', async () => {
    const { id: saleId } = await till.sale()
    const raise = (phone: string) =>
      till.client.payments.raise({ saleId, phone, accountId: till.account('daraja').id })
    expect(await refusalOf(raise('+255754123456'))).toBe('PHONE_NOT_SERVED')
    const { id } = await till.client.sales.current()
    expect(id).toBe(saleId)
    await till.client.sales.finish({ id })
    const next = await till.client.sales.current()
    await till.client.sales.saveDraft({
      id: next.id,
      currency: 'TZS',
      lines: [{ name: 'Sukari', quantityMilli: 1000, unitPriceMinor: 500_000 }],
    })
    const other = till.client.payments.raise({
      saleId: next.id,
      phone: customerPhone,
      accountId: till.account('daraja').id,
    })
    expect(await refusalOf(other)).toBe('CURRENCY_MISMATCH')
  })

  it('is described with what it can and cannot do', async () => {
    const networks = await till.client.payments.networks()
    const short = networks.map(({ provider, canAsk, canProveCode, reverse }) => [
      provider,
      canAsk,
      canProveCode,
      reverse?.partial,
    ])
    expect(short).toEqual([
      ['daraja', true, true, false],
      ['vodacom', true, true, true],
      ['airtel', true, false, false],
      ['mixx', false, false, false],
    ])
  })
})

describe('the amount of a prompt', () => {
  it.each([
    [12_400, 'AMOUNT_ABOVE_LIMIT'],
    [50, 'AMOUNT_BELOW_LIMIT'],
    [150, 'AMOUNT_NOT_WHOLE'],
    [0, 'AMOUNT_ZERO'],
    [-100, 'AMOUNT_ZERO'],
    [12_300, null],
    [100, null],
  ])('%s of 12300 owed: %s', async (amountMinor, refusal) => {
    const { id } = await till.sale()
    expect(await refusalOf(till.raise(id, 'daraja', amountMinor))).toBe(refusal)
  })

  it('may be a part: the rest is cash', async () => {
    const { saleId, truth, id } = await prompted('daraja', 10_000)
    till.world.answer(truth, 'paid')
    await till.client.payments.checkNow({ id })
    const { finished } = await till.client.sales.finish({ id: saleId })
    expect(finished.tenders.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['mobileMoney', 10_000],
      ['cash', 2_300],
    ])
  })

  it('that the network reports otherwise is nobody’s success, whatever the payment’s state', async () => {
    const { id, truth, saleId } = await prompted('mixx')
    const wrong = paidReport({ ...truth, code: 'X000000007', amountMinor: 12_000 })
    await till.report(truth.callbackPath, wrong)
    expect(await get(id)).toMatchObject({ state: 'unknown', reason: 'amountMismatch', needsDecision: true })
    expect((await till.client.sales.get({ id: saleId })).paidMinor).toBe(0)
  })

  it('that differs is told to a manager also when the payment was unknown before', async () => {
    const sale = await till.sale()
    const { id } = await till.raise(sale.id, 'mixx')
    till.world.reply('lostAfter')
    await till.clock.advance(0)
    expect(await get(id)).toMatchObject({ state: 'unknown', needsDecision: false })
    const [truth] = till.world.truths()
    if (truth === undefined) throw new Error('nothing arrived')
    await till.report(truth.callbackPath, paidReport({ ...truth, code: 'X000000007', amountMinor: 12_000 }))
    const { events, ...now } = await get(id)
    expect(now).toMatchObject({ state: 'unknown', reason: 'amountMismatch', needsDecision: true })
    expect(events.at(-1)).toMatchObject({ source: 'callback', to: 'unknown', reason: 'amountMismatch' })
  })
})

describe('a sale that is closed while a payment is unknown', () => {
  async function unknown(network: NetworkName = 'vodacom') {
    const { id: saleId } = await till.sale()
    const { id } = await till.raise(saleId, network)
    till.world.reply('lostAfter')
    await till.clock.advance(0)
    const [truth] = till.world.truths()
    if (truth === undefined) throw new Error('nothing arrived')
    return { saleId, id, truth }
  }

  it('needs a manager’s word, which stays with the payment', async () => {
    till.world.setLine(false)
    const { saleId, id } = await unknown()
    expect(await refusalOf(till.client.sales.finish({ id: saleId }))).toBe('PROMPT_ALIVE')
    await till.cashier()
    const finish = (managerPin?: string) =>
      till.client.sales.finish({
        id: saleId,
        leaveOpen: {
          note: 'paid in cash',
          rest: 'cash',
          ...(managerPin === undefined ? {} : { managerPin }),
        },
      })
    expect(await refusalOf(finish())).toBe('MANAGER_PIN_MISSING')
    expect(await refusalOf(finish('8264'))).toBe('MANAGER_ONLY')
    const { finished } = await finish(managerPin)
    expect(finished).toMatchObject({ state: 'finished', paidMinor: 12_300 })
    const { events, state } = await get(id)
    expect(state).toBe('unknown')
    expect(events.at(-1)).toMatchObject({ source: 'counter', detail: 'paid in cash', staffName: 'Meneja' })
  })

  it('is not closed while the prompt may still be on the customer’s phone', async () => {
    const { saleId } = await prompted('daraja')
    const finish = till.client.sales.finish({ id: saleId, leaveOpen: { note: 'paid in cash', rest: 'cash' } })
    expect(await refusalOf(finish)).toBe('PROMPT_ALIVE')
  })

  it('is on the list of what was paid twice once the money came, until a manager settles it', async () => {
    till.world.setLine(false)
    const { saleId, id, truth } = await unknown()
    await till.client.sales.finish({ id: saleId, leaveOpen: { note: 'paid in cash', rest: 'cash' } })
    till.world.answer(truth, 'paid')
    till.world.setLine(true)
    await till.client.payments.checkNow({ id })
    expect(await get(id)).toMatchObject({ state: 'completed', excessMinor: 12_300 })
    const { overpaid } = await till.client.payments.attention()
    expect(overpaid.map((one) => one.id)).toEqual([id])
    await till.cashier()
    const settle = (pin?: string) =>
      till.client.payments.writeOffExcess({
        id,
        note: 'gave it back in cash',
        ...(pin === undefined ? {} : { managerPin: pin }),
      })
    expect(await refusalOf(settle())).toBe('MANAGER_PIN_MISSING')
    expect((await settle(managerPin)).excessMinor).toBe(0)
    expect((await till.client.payments.attention()).overpaid).toEqual([])
    expect((await get(id)).events.at(-1)?.detail).toBe('gave it back in cash')
    expect(await refusalOf(settle(managerPin))).toBe('PAYMENT_SETTLED')
  })
})

describe('a network that cannot be asked', () => {
  it('leaves silence to a person, and its report still counts after that', async () => {
    const { id, truth } = await prompted('mixx')
    await till.clock.advance(119_000)
    expect(await get(id)).toMatchObject({ state: 'prompted', needsDecision: false })
    await till.clock.advance(2_000)
    expect(await get(id)).toMatchObject({ state: 'unknown', reason: 'reportOnly', needsDecision: true })
    await till.clock.advance(3 * 86_400_000)
    await till.client.staff.signIn({ pin: managerPin })
    expect((await get(id)).state).toBe('unknown')
    till.world.answer(truth, 'paid')
    await till.report(truth.callbackPath, paidReport(truth))
    expect(await get(id)).toMatchObject({ state: 'completed', proof: 'callback', needsDecision: false })
  })

  it('whose reply was lost wants a person too, where the network cannot be asked', async () => {
    const { id: saleId } = await till.sale()
    const { id } = await till.raise(saleId, 'mixx')
    till.world.arrive()
    till.world.reply('lostAfter')
    await till.clock.advance(0)
    expect((await get(id)).state).toBe('unknown')
    await till.clock.advance(3_600_000)
    expect(await get(id)).toMatchObject({ state: 'unknown', needsDecision: true })
  })
})

describe('a report that overtakes the reply', () => {
  it.each([
    ['the true name', false],
    ['another transaction’s name, as a forger would', true],
  ])('with %s does not keep the network from being asked', async (_what, forged) => {
    const { id: saleId } = await till.sale()
    const { id } = await till.raise(saleId, 'daraja')
    till.world.arrive()
    const [truth] = till.world.truths()
    if (truth === undefined) throw new Error('nothing arrived')
    if (!forged) till.world.answer(truth, 'paid')
    const named = { ...truth, code: 'D000000099', reference: forged ? 'ref-evil' : truth.reference }
    await till.report(truth.callbackPath, paidReport(named))
    expect((await get(id)).state).toBe(forged ? 'pending' : 'completed')
    till.world.reply('accepted')
    await till.clock.advance(0)
    if (forged) {
      till.world.answer(truth, 'cancelled')
      await till.client.payments.checkNow({ id })
    }
    // Two words that contradict each other: a person is asked, and nothing is counted.
    if (forged) expect(await get(id)).toMatchObject({ state: 'unknown', reason: 'contradiction' })
    else expect((await get(id)).state).toBe('completed')
  })
})

describe('a held call', () => {
  it('is not asked about while it is out, and is right after it ended, whatever the clock says', async () => {
    let asked = 0
    till = await openTill({
      change: (money, name) =>
        name !== 'vodacom'
          ? money
          : {
              ...money,
              queryPrompt: (references) => {
                asked += 1
                return Promise.resolve(till.world.ask('vodacom', references))
              },
            },
    })
    const { id: saleId } = await till.sale()
    const { id } = await till.raise(saleId, 'vodacom')
    till.world.arrive()
    expect((await get(id)).state).toBe('processing')
    await till.clock.advance(60_000)
    expect(asked).toBe(0)
    till.clock.jumpWall(-3_600_000)
    await till.clock.advance(100_000)
    const [truth] = till.world.truths()
    if (truth === undefined) throw new Error('nothing arrived')
    till.world.answer(truth, 'paid')
    await till.clock.advance(60_000)
    expect(await get(id)).toMatchObject({ state: 'completed', proof: 'query' })
    expect(asked).toBeGreaterThan(0)
  })
})

describe('prompts to one phone', () => {
  it('are three a minute for a cashier, and for the POS, however they end, and a manager’s matter above', async () => {
    await till.cashier()
    const ask = async () => {
      const { id } = await till.sale(12_300)
      const refusal = await refusalOf(till.raise(id))
      till.world.reply('rejected')
      await till.clock.advance(0)
      await till.client.sales.finish({ id })
      return refusal
    }
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([
      null,
      null,
      null,
      'PROMPTS_TOO_MANY',
    ])
    const context = till.companion.context({ kind: 'apiKey', id: 'pos', scopes: ['payments'] })
    const pos = createRouterClient(till.companion.integration, { context, interceptors: [guardCall] })
    const sale = await till.sale(12_300)
    const body = { saleId: sale.id, phone: customerPhone, accountId: till.account('daraja').id }
    expect(await refusalOf(pos.raisePayment({ headers: { 'idempotency-key': '1' }, body }))).toBe(
      'PROMPTS_TOO_MANY',
    )
    await till.client.sales.finish({ id: sale.id })
    await till.client.staff.signIn({ pin: managerPin })
    expect(await ask()).toBeNull()
    await till.cashier()
    await till.clock.advance(61_000)
    expect(await ask()).toBeNull()
  })
})
