import { beforeEach, describe, expect, it } from 'vitest'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import {
  customerPayment,
  customerPhone,
  managerPin,
  openTill,
  paidReport,
  type Till,
} from '../../test/fixtures/till.ts'
import { phoneFits } from './notice-fits.ts'

const hourMs = 3_600_000
let till: Till

beforeEach(async () => {
  till = await openTill()
})

const waiting = async () => (await till.client.notices.list({ state: 'waiting' })).rows
const paidOf = async (id: string) => (await till.client.sales.get({ id })).paidMinor

describe('a customer’s own payment', () => {
  it('waits in the list, and is told once however often it comes', async () => {
    for (let time = 0; time < 3; time += 1) await till.tell('daraja', customerPayment({ code: 'D000000001' }))
    expect(await waiting()).toMatchObject([
      { code: 'D000000001', amountMinor: 12_300, phone: customerPhone, payerName: 'ASHA', state: 'waiting' },
    ])
    expect((await till.client.payments.attention()).notices).toHaveLength(1)
  })

  it('is offered to the sale it fits, the customer’s own phone first, and given to it by a person', async () => {
    const { id: saleId } = await till.sale()
    await till.client.sales.setCustomer({ id: saleId, phone: customerPhone })
    await till.tell('mixx', customerPayment({ code: 'X000000001', phone: '+254799999999' }))
    await till.tell('mixx', customerPayment({ code: 'X000000002' }))
    await till.tell(
      'mixx',
      customerPayment({ code: 'X000000003', amountMinor: 99_900, phone: '+254799999999' }),
    )
    const offered = await till.client.notices.forSale({ id: saleId })
    expect(offered.map(({ code }) => code)).toEqual(['X000000002', 'X000000001'])
    const [first] = offered
    const payment = await till.client.notices.match({ id: first?.id ?? '', saleId })
    expect(payment).toMatchObject({
      state: 'completed',
      proof: 'notice',
      origin: 'notice',
      staffName: 'Meneja',
    })
    expect(await paidOf(saleId)).toBe(12_300)
    expect(await refusalOf(till.client.notices.match({ id: first?.id ?? '', saleId }))).toBe('NOTICE_SETTLED')
    expect(await waiting()).toHaveLength(2)
  })

  it('names the sales it may belong to, by amount and by phone', async () => {
    const { id: byAmount } = await till.sale(12_300)
    await till.client.sales.current()
    await till.tell('daraja', customerPayment({ code: 'D000000001' }))
    const [notice] = await waiting()
    expect(await till.client.notices.candidates({ id: notice?.id ?? '' })).toMatchObject([
      { sale: { id: byAmount }, sameAmount: true, samePhone: false },
    ])
    await till.client.sales.setCustomer({ id: byAmount, phone: customerPhone })
    expect(await till.client.notices.candidates({ id: notice?.id ?? '' })).toMatchObject([
      { samePhone: true },
    ])
  })

  it('is not taken for a sale that lacks less', async () => {
    const { id: saleId } = await till.sale(5_000)
    await till.tell('daraja', customerPayment({ code: 'D000000001' }))
    const [notice] = await waiting()
    const match = () => till.client.notices.match({ id: notice?.id ?? '', saleId })
    expect(await refusalOf(match())).toBe('NOTICE_AMOUNT')
    expect(await waiting()).toHaveLength(1)
  })

  it('is set aside with a note, by a manager', async () => {
    await till.tell('daraja', customerPayment({ code: 'D000000001' }))
    const [notice] = await waiting()
    const id = notice?.id ?? ''
    await till.cashier()
    expect(await refusalOf(till.client.notices.setAside({ id, note: 'rent' }))).toBe('MANAGER_PIN_MISSING')
    const aside = await till.client.notices.setAside({ id, note: 'rent', managerPin })
    expect(aside).toMatchObject({ state: 'setAside', note: 'rent' })
    expect(await waiting()).toEqual([])
    expect(await refusalOf(till.client.notices.setAside({ id, note: 'again', managerPin }))).toBe(
      'NOTICE_SETTLED',
    )
  })

  it('that was set aside cannot pay a sale by its code', async () => {
    await till.tell('daraja', customerPayment({ code: 'D000000001' }))
    const [notice] = await waiting()
    await till.client.notices.setAside({ id: notice?.id ?? '', note: 'rent' })
    const { id: saleId } = await till.sale()
    const entered = till.client.payments.enterCode({ saleId, code: 'D000000001' })
    expect(await refusalOf(entered)).toBe('RECEIPT_CODE_USED')
  })

  it('is not offered while the customer has our own request for the same amount', async () => {
    const { id: saleId } = await till.sale()
    await till.raise(saleId, 'daraja')
    await till.tell('daraja', customerPayment({ code: 'D000000001', phone: '+254799999999' }))
    expect((await till.client.notices.list({ state: 'waiting' })).rows).toHaveLength(1)
    expect(await till.client.notices.forSale({ id: saleId })).toEqual([])
    await till.tell('daraja', customerPayment({ code: 'D000000002', amountMinor: 300 }))
    await till.client.sales.setCustomer({ id: saleId, phone: customerPhone })
    const offered = await till.client.notices.forSale({ id: saleId })
    expect(offered.map(({ code }) => code)).toEqual(['D000000002'])
  })

  it('is found among hundreds that nobody claimed', async () => {
    for (let n = 1; n <= 230; n += 1) {
      const code = `D1${String(n).padStart(8, '0')}`
      await till.tell('daraja', customerPayment({ code, phone: '+254799999999' }))
    }
    await till.clock.advance(1_000)
    const { id: saleId } = await till.sale()
    await till.tell('daraja', customerPayment({ code: 'D000000001' }))
    await till.client.sales.setCustomer({ id: saleId, phone: customerPhone })
    const [first] = await till.client.notices.forSale({ id: saleId })
    expect(first?.code).toBe('D000000001')
  })

  it('that bears a bad signature changes nothing', async () => {
    const payment = customerPayment({ code: 'A000000001' })
    const { path } = till.account('airtel')
    await till.report(path, { about: 'customerPayment', payment, signature: 'bad' })
    expect(await waiting()).toEqual([])
    await till.report(path, { about: 'customerPayment', payment, signature: 'good' })
    expect(await waiting()).toHaveLength(1)
  })
})

describe('a customer’s own payment and a prompt', () => {
  async function prompted(network: 'daraja' | 'mixx') {
    const sale = await till.sale()
    const { id } = await till.raise(sale.id, network)
    till.world.reply('accepted')
    await till.clock.advance(0)
    const truth = till.world.truths().at(-1)
    if (truth === undefined) throw new Error('nothing arrived')
    return { sale, id, truth, now: () => till.client.payments.get({ id }) }
  }

  it.each([
    ['the whole phone', customerPhone, customerPhone],
    ['a phone with its middle hidden', null, '25471****678'],
  ])(
    'proves a prompt that nobody can be asked about: %s and the sale’s number',
    async (_how, phone, phoneShown) => {
      const { sale, now } = await prompted('mixx')
      const account = `DUKA ${sale.number}`
      await till.tell('mixx', customerPayment({ code: 'X000000001', phone, phoneShown, account }))
      expect(await now()).toMatchObject({ state: 'completed', proof: 'notice', receiptCode: 'X000000001' })
      expect(await waiting()).toEqual([])
    },
  )

  it.each([
    ['another phone', '+254799999999', '+254799999999', ''],
    ['another hidden phone', null, '25479****999', '1'],
    ['a phone that is hidden wholly, without the sale’s number', null, '', ''],
    ['another account', customerPhone, customerPhone, '77'],
  ])('proves nothing with %s', async (_how, phone, phoneShown, account) => {
    const { now } = await prompted('mixx')
    await till.tell('mixx', customerPayment({ code: 'X000000001', phone, phoneShown, account }))
    expect((await now()).state).toBe('prompted')
    expect(await waiting()).toHaveLength(1)
  })

  it('gives its code to neither of two payments that it fits alike', async () => {
    const ids: string[] = []
    for (let time = 0; time < 2; time += 1) {
      const { sale, truth, id } = await prompted('daraja')
      till.world.answer(truth, 'paid')
      await till.client.payments.checkNow({ id })
      await till.client.sales.finish({ id: sale.id })
      ids.push(id)
    }
    await till.tell('daraja', customerPayment({ code: 'D555555555' }))
    for (const id of ids)
      expect(await till.client.payments.get({ id })).toMatchObject({ state: 'completed', receiptCode: null })
    expect(await waiting()).toHaveLength(1)
  })

  it('of the same money is counted once: the report brings the code, the notice follows', async () => {
    const { sale, truth, now } = await prompted('daraja')
    till.world.answer(truth, 'paid')
    await till.report(truth.callbackPath, paidReport(truth))
    await till.tell('daraja', customerPayment({ code: truth.code ?? '', account: String(sale.number) }))
    expect(await now()).toMatchObject({ state: 'completed', proof: 'query', receiptCode: truth.code })
    expect(await waiting()).toEqual([])
    expect(await paidOf(sale.id)).toBe(12_300)
    const { rows } = await till.client.notices.list({ state: 'matched' })
    expect(rows).toMatchObject([{ paymentId: (await now()).id }])
  })

  it('of the same money is counted once: the notice comes first, asking ends the payment, and it takes the code', async () => {
    const { sale, truth, now } = await prompted('daraja')
    till.world.answer(truth, 'paid')
    await till.tell('daraja', customerPayment({ code: truth.code ?? '', account: String(sale.number) }))
    expect(await now()).toMatchObject({ state: 'completed', proof: 'query', receiptCode: truth.code })
    expect(await waiting()).toEqual([])
    expect(await paidOf(sale.id)).toBe(12_300)
  })

  it('gives its code to a payment that was proved without one before', async () => {
    const { sale, truth, id, now } = await prompted('daraja')
    till.world.answer(truth, 'paid')
    await till.client.payments.checkNow({ id })
    expect(await now()).toMatchObject({ state: 'completed', receiptCode: null })
    await till.clock.advance(hourMs)
    await till.tell('daraja', customerPayment({ code: truth.code ?? '', account: String(sale.number) }))
    expect((await now()).receiptCode).toBe(truth.code)
    expect(await waiting()).toEqual([])
  })

  it('of which two wait that fit alike gives its code to no payment that is proved after them', async () => {
    const { sale, truth, id, now } = await prompted('daraja')
    const account = String(sale.number)
    await till.tell('daraja', customerPayment({ code: 'D555555551', account }))
    await till.tell('daraja', customerPayment({ code: 'D555555552', account }))
    till.world.answer(truth, 'paid')
    await till.client.payments.checkNow({ id })
    expect(await now()).toMatchObject({ state: 'completed', receiptCode: null })
    expect(await waiting()).toHaveLength(2)
  })

  it('is not this prompt’s when it is older than two days', async () => {
    const { sale, truth, id, now } = await prompted('daraja')
    till.world.answer(truth, 'paid')
    await till.client.payments.checkNow({ id })
    await till.clock.advance(49 * hourMs)
    await till.tell('daraja', customerPayment({ code: truth.code ?? '', account: String(sale.number) }))
    await till.client.staff.signIn({ pin: managerPin })
    expect((await now()).receiptCode).toBeNull()
    expect(await waiting()).toHaveLength(1)
  })

  it('ends an open prompt of its own amount when a person says so, and no other', async () => {
    const { sale, now } = await prompted('mixx')
    await till.tell('mixx', customerPayment({ code: 'X000000001', phone: '+254799999999' }))
    await till.tell('daraja', customerPayment({ code: 'D000000002', phone: '+254799999999' }))
    const [mixx, daraja] = (await waiting()).toSorted((a, b) => b.code.localeCompare(a.code))
    const match = (id = '') => till.client.notices.match({ id, saleId: sale.id })
    expect(await refusalOf(match(daraja?.id))).toBe('PROMPT_ALIVE')
    expect(await match(mixx?.id)).toMatchObject({ id: (await now()).id, state: 'completed' })
  })
})

describe('a phone as it is shown', () => {
  it.each([
    [customerPhone, customerPhone, true],
    ['+254799999999', customerPhone, false],
    [null, '254712***678', true],
    [null, '25471****678', true],
    [null, '25471****679', false],
    [null, '254 712 *** 678', true],
    [null, '0712***678', null],
    [null, '2547********', null],
    [null, '', null],
  ])('%s %s', (phone, phoneShown, fits) => {
    expect(phoneFits({ phone, phoneShown: phone ?? phoneShown }, customerPhone)).toBe(fits)
  })

  it('says nothing of a payment without a phone', () => {
    expect(phoneFits({ phone: customerPhone, phoneShown: customerPhone }, null)).toBeNull()
  })
})
