import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Engine from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import type { NetworkName } from '../../../test/fixtures/network-world.ts'
import { refusalOf } from '../../../test/fixtures/payment-walk.ts'
import { customerPayment, openTill, customerPhone as phone, type Till } from '../../../test/fixtures/till.ts'

const hourMs = 3_600_000
let till: Till

beforeEach(async () => {
  till = await openTill()
})

const paidBy = (network: NetworkName, amountMinor = 12_300) =>
  till.world.pay({ network, paymentId: null, amountMinor, phone, account: '' })
const enter = (saleId: string, code: string, network: NetworkName, amountMinor?: number) =>
  till.client.payments.enterCode({
    saleId,
    code,
    accountId: till.account(network).id,
    ...(amountMinor === undefined ? {} : { amountMinor }),
  })
const get = (id: string) => till.client.payments.get({ id })

describe('a code that a customer shows', () => {
  it('is proved at once by what the network told before', async () => {
    const { id: saleId } = await till.sale()
    const { code } = paidBy('mixx')
    await till.tell('mixx', customerPayment({ code }))
    const payment = await enter(saleId, code.toLowerCase(), 'mixx')
    expect(payment).toMatchObject({ state: 'completed', proof: 'notice', receiptCode: code })
    const { paidMinor, tenders } = await till.client.sales.get({ id: saleId })
    expect([paidMinor, tenders.length]).toEqual([12_300, 1])
    const { rows } = await till.client.notices.list({ state: 'waiting' })
    expect(rows).toEqual([])
  })

  it('is proved by asking the network', async () => {
    const { id: saleId } = await till.sale()
    const { code } = paidBy('vodacom')
    const payment = await enter(saleId, ` ${code.slice(0, 4)} ${code.slice(4)} `, 'vodacom')
    expect(payment).toMatchObject({
      state: 'unknown',
      reason: 'codeUnproved',
      claimedCode: code,
      receiptCode: null,
    })
    await till.clock.advance(0)
    expect(await get(payment.id)).toMatchObject({ state: 'completed', proof: 'query', receiptCode: code })
  })

  it('is a manager’s matter after ten minutes without an answer, and is proved all the same when one comes', async () => {
    const { id: saleId } = await till.sale()
    till.world.setLine(false)
    const { code } = paidBy('vodacom')
    const { id } = await enter(saleId, code, 'vodacom')
    await till.clock.advance(9 * 60_000)
    expect(await get(id)).toMatchObject({ state: 'unknown', needsDecision: false })
    await till.clock.advance(2 * 60_000)
    expect(await get(id)).toMatchObject({ state: 'unknown', needsDecision: true, reason: 'codeUnproved' })
    till.world.setLine(true)
    await till.clock.advance(60_000)
    expect(await get(id)).toMatchObject({ state: 'completed', proof: 'query', receiptCode: code })
  })

  it('waits for the line, and is proved when it is back', async () => {
    const { id: saleId } = await till.sale()
    till.world.setLine(false)
    const { code } = paidBy('vodacom')
    const { id } = await enter(saleId, code, 'vodacom')
    await till.clock.advance(60_000)
    expect((await get(id)).state).toBe('unknown')
    till.world.setLine(true)
    await till.clock.advance(60_000)
    expect((await get(id)).state).toBe('completed')
  })

  it('is proved by a report that comes later, also to a program that was started again', async () => {
    const { id: saleId } = await till.sale()
    const { code } = paidBy('daraja')
    const { id } = await enter(saleId, code, 'daraja')
    await till.clock.advance(0)
    expect((await get(id)).state).toBe('unknown')
    const asked = till.world.promised()
    await till.restart()
    const report = {
      about: 'code',
      references: { own: null, provider: null },
      reading: till.world.askCode(code),
    }
    await till.report(asked?.path ?? '', report)
    expect(await get(id)).toMatchObject({ state: 'completed', receiptCode: code })
    expect((await till.client.sales.get({ id: saleId })).paidMinor).toBe(12_300)
  })

  it('is a person’s matter at once where nobody can be asked', async () => {
    const { id: saleId } = await till.sale()
    const { id, needsDecision } = await enter(saleId, paidBy('mixx').code, 'mixx')
    expect(needsDecision).toBe(true)
    const decided = await till.client.payments.decide({ id, outcome: 'paid', note: 'seen in the wallet' })
    expect(decided).toMatchObject({ state: 'completed', proof: 'person', receiptCode: 'X000000001' })
  })

  it('is never believed for another amount', async () => {
    const { id: saleId } = await till.sale()
    const { id } = await enter(saleId, paidBy('vodacom', 12_000).code, 'vodacom')
    await till.clock.advance(0)
    expect(await get(id)).toMatchObject({ state: 'unknown', reason: 'amountMismatch', needsDecision: true })
    expect((await till.client.sales.get({ id: saleId })).paidMinor).toBe(0)
  })

  it('pays a part of the sale when the cashier says which', async () => {
    const { id: saleId } = await till.sale()
    await enter(saleId, paidBy('vodacom', 12_000).code, 'vodacom', 12_000)
    await till.clock.advance(0)
    expect((await till.client.sales.get({ id: saleId })).paidMinor).toBe(12_000)
    expect(await refusalOf(enter(saleId, paidBy('vodacom', 500).code, 'vodacom', 500))).toBe(
      'AMOUNT_ABOVE_LIMIT',
    )
  })

  it('is refused when the network told of more money than is owed', async () => {
    const { id: saleId } = await till.sale()
    const { code } = paidBy('daraja', 20_000)
    await till.tell('daraja', customerPayment({ code, amountMinor: 20_000 }))
    expect(await refusalOf(enter(saleId, code, 'daraja'))).toBe('CODE_AMOUNT')
  })

  it('is asked about again and again when the network does not find it, and then wants a person', async () => {
    const { id: saleId } = await till.sale()
    const { id } = await enter(saleId, 'V777777777', 'vodacom')
    await till.clock.advance(2_000)
    expect(await get(id)).toMatchObject({ state: 'unknown', needsDecision: false })
    await till.clock.advance(hourMs)
    expect(await get(id)).toMatchObject({ state: 'unknown', reason: 'codeNotFound', needsDecision: true })
    const { rows } = await till.client.outbox.list({ filter: 'all', text: '', limit: 50 })
    expect(rows.find((one) => one.subjectId === id)).toMatchObject({ state: 'failed', attempts: 6 })
  })

  it('is left in peace once a person was asked, also about two words that contradict each other', async () => {
    const { id: saleId } = await till.sale()
    const { id } = await enter(saleId, 'V777777777', 'vodacom')
    const file = new Engine(join(till.folder, 'live', 'kaunta.db'))
    file.prepare("UPDATE payment SET needs_decision = 1, reason = 'contradiction' WHERE id = ?").run(id)
    file.prepare("UPDATE effect SET state = 'failed' WHERE subject_id = ?").run(id)
    file.close()
    // A clock that is asked for a time of nothing again and again never comes to the end of this.
    await till.restart()
    await till.clock.advance(hourMs)
    expect(await get(id)).toMatchObject({ state: 'unknown', needsDecision: true })
  })

  it('that the network finds late is proved when it is asked for anew', async () => {
    const { id: saleId } = await till.sale()
    const { id } = await enter(saleId, 'V000000001', 'vodacom')
    await till.clock.advance(hourMs)
    expect((await get(id)).reason).toBe('codeNotFound')
    paidBy('vodacom')
    await till.client.payments.checkNow({ id })
    await till.clock.advance(0)
    expect(await get(id)).toMatchObject({ state: 'completed', receiptCode: 'V000000001' })
  })

  it.each(['completed', 'unknown', 'reversed'] as const)('proves one payment only: %s', async (state) => {
    const first = await till.sale()
    const { code } = paidBy('vodacom')
    if (state === 'unknown') till.world.setLine(false)
    const { id } = await enter(first.id, code, 'vodacom')
    await till.clock.advance(0)
    if (state === 'reversed') {
      await till.client.transfers.reverse({
        id: randomUUID(),
        paymentId: id,
        note: 'goods back',
        managerPin: '7391',
      })
      await till.clock.advance(0)
      till.world.reply('accepted')
      await till.clock.advance(0)
    }
    expect((await get(id)).state).toBe(state)
    // The same sale again is the same payment, not a second one.
    expect((await enter(first.id, code, 'vodacom')).id).toBe(id)
    if (state === 'unknown') await till.client.payments.decide({ id, outcome: 'paid', note: 'seen it' })
    await till.client.sales.finish({ id: first.id })
    const second = await till.sale()
    expect(await refusalOf(enter(second.id, code, 'vodacom'))).toBe('RECEIPT_CODE_USED')
    expect((await till.client.payments.list({ saleId: second.id })).rows).toEqual([])
  })

  it('may be typed again once a person said that it was not paid', async () => {
    const { id: saleId } = await till.sale()
    const { id } = await enter(saleId, 'X000000009', 'mixx')
    await till.client.payments.decide({ id, outcome: 'notPaid', note: 'mistyped' })
    expect((await enter(saleId, 'X000000009', 'mixx')).id).not.toBe(id)
  })

  it('of an earlier day is refused by what the network told, and a person’s matter by what it answers', async () => {
    const old = paidBy('daraja')
    const asked = paidBy('vodacom')
    const paidAt = till.clock.now()
    await till.clock.advance(25 * hourMs)
    await till.client.staff.signIn({ pin: '7391' })
    const { id: saleId } = await till.sale()
    await till.tell('daraja', customerPayment({ code: old.code, paidAt, phone: '+254799999999' }))
    await till.cashier()
    expect(await refusalOf(enter(saleId, old.code, 'daraja'))).toBe('CODE_OLD')
    const { id } = await enter(saleId, asked.code, 'vodacom')
    await till.clock.advance(0)
    expect(await get(id)).toMatchObject({ state: 'unknown', reason: 'codeOld', needsDecision: true })
  })

  it('must look as this network writes its codes', async () => {
    const { id: saleId } = await till.sale()
    for (const code of ['V123', 'D000000001', 'V00000000É'])
      expect(await refusalOf(enter(saleId, code, 'vodacom'))).toBe('CODE_SHAPE')
  })

  it('finds its network by its looks when none is named', async () => {
    const { id: saleId } = await till.sale()
    const payment = await till.client.payments.enterCode({ saleId, code: 'X000000001' })
    expect(payment.provider).toBe('mixx')
  })

  it('is taken along by the prompt that is still open', async () => {
    const { id: saleId } = await till.sale()
    const { id } = await till.raise(saleId, 'daraja')
    till.world.reply('accepted')
    await till.clock.advance(0)
    const [truth] = till.world.truths()
    if (truth === undefined) throw new Error('nothing arrived')
    till.world.answer(truth, 'paid')
    const attached = await enter(saleId, truth.code ?? '', 'daraja')
    expect(attached).toMatchObject({ id, claimedCode: truth.code })
    await till.clock.advance(0)
    expect(await get(id)).toMatchObject({ state: 'completed', proof: 'query', receiptCode: truth.code })
    expect((await till.client.payments.list({ saleId })).rows).toHaveLength(1)
  })

  it('of one network does not attach to another network’s prompt', async () => {
    const { id: saleId } = await till.sale()
    await till.raise(saleId, 'daraja')
    expect(await refusalOf(enter(saleId, paidBy('vodacom').code, 'vodacom'))).toBe('PROMPT_ALIVE')
  })

  it('is refused for a sale that is paid', async () => {
    const { sale } = await till.paid('vodacom')
    expect(await refusalOf(enter(sale.id, paidBy('vodacom').code, 'vodacom'))).toBe('SALE_PAID')
  })
})

describe('a code whose amount the network does not tell', () => {
  it('is settled by a person who reads the SMS', async () => {
    till = await openTill({
      change: (money, name) =>
        name !== 'vodacom'
          ? money
          : {
              ...money,
              queryCode: () =>
                Promise.resolve({
                  ok: true,
                  value: {
                    kind: 'now',
                    value: { state: 'found', completed: true, amountMinor: null, phone: null, paidAt: null },
                  },
                }),
            },
    })
    const { id: saleId } = await till.sale()
    const { id } = await enter(saleId, 'V000000005', 'vodacom')
    await till.clock.advance(0)
    expect(await get(id)).toMatchObject({ state: 'unknown', reason: 'codeAmountUnsaid', needsDecision: true })
    const { unknown } = await till.client.payments.attention()
    expect(unknown.map((one) => one.id)).toEqual([id])
    const decided = await till.client.payments.decide({ id, outcome: 'paid', note: 'SMS says 123' })
    expect(decided).toMatchObject({ state: 'completed', proof: 'person', receiptCode: 'V000000005' })
  })
})

describe('money whose code proved another payment', () => {
  it('is not counted a second time when its own prompt turns out paid', async () => {
    const { id: saleId } = await till.sale()
    const { id } = await till.raise(saleId, 'daraja')
    till.world.reply('accepted')
    const [truth] = [...till.world.truths()]
    await till.clock.advance(0)
    const sent = truth ?? till.world.truths()[0]
    if (sent === undefined) throw new Error('nothing arrived')
    till.world.answer(sent, 'noAnswer')
    await till.client.payments.checkNow({ id })
    expect((await get(id)).state).toBe('expired')
    // He pays after all, and shows the SMS before the report comes.
    till.world.answer(sent, 'paid')
    const typed = await enter(saleId, sent.code ?? '', 'daraja')
    await till.clock.advance(0)
    const asked = till.world.promised()
    const reading = till.world.askCode(sent.code ?? '')
    await till.report(asked?.path ?? '', {
      about: 'code',
      references: { own: null, provider: null },
      reading,
    })
    expect(await get(typed.id)).toMatchObject({ state: 'completed', receiptCode: sent.code })
    await till.report(sent.callbackPath, {
      about: 'money',
      references: { own: null, provider: sent.reference },
      reading: { state: 'completed', receiptCode: sent.code, amountMinor: sent.amountMinor },
    })
    expect((await get(id)).state).toBe('expired')
    const { paidMinor, tenders } = await till.client.sales.get({ id: saleId })
    expect([paidMinor, tenders.length]).toEqual([12_300, 1])
    expect((await get(id)).events.at(-1)).toMatchObject({ source: 'query', applied: false })
  })
})
