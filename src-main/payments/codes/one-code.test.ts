import { join } from 'node:path'
import Engine from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { refusalOf } from '../../../test/fixtures/payment-walk.ts'
import {
  customerPayment,
  customerPhone,
  managerPin,
  openTill,
  paidReport,
  type Till,
} from '../../../test/fixtures/till.ts'

const dayMs = 86_400_000
let till: Till

beforeEach(async () => {
  till = await openTill()
})

const waiting = async () => (await till.client.notices.list({ state: 'waiting' })).rows
const noticeOf = async (code: string) => (await waiting()).find((one) => one.code === code)?.id ?? ''
const paidOf = async (id: string) => (await till.client.sales.get({ id })).paidMinor
const get = (id: string) => till.client.payments.get({ id })

/** What the network answers about a typed code, by report. */
async function answerCode(reading?: object): Promise<void> {
  const asked = till.world.promised()
  if (asked === undefined) throw new Error('nobody asked about a code')
  const references = { own: null, provider: `ask-${asked.code}` }
  const said = reading ?? till.world.askCode(asked.code)
  await till.report(asked.path, { about: 'code', references, reading: said })
}

describe('money of another day or phone', () => {
  beforeEach(async () => {
    await till.tell('mixx', customerPayment({ code: 'X000000001', paidAt: till.clock.now() - 30 * dayMs }))
    await till.tell('mixx', customerPayment({ code: 'X000000002', phone: '+254799999999' }))
  })

  it.each([
    ['X000000001', 'CODE_OLD'],
    ['X000000002', 'CODE_OTHER_PHONE'],
  ])('%s is refused to a cashier in every way, and taken with a manager’s PIN: %s', async (code, refusal) => {
    const { id: saleId } = await till.sale()
    await till.client.sales.setCustomer({ id: saleId, phone: customerPhone })
    await till.cashier()
    const match = (pin: object = {}) =>
      noticeOf(code).then((id) => till.client.notices.match({ id, saleId, ...pin }))
    const enter = (pin: object = {}) => till.client.payments.enterCode({ saleId, code, ...pin })
    expect(await refusalOf(match())).toBe(refusal)
    expect(await refusalOf(enter())).toBe(refusal)
    expect(await refusalOf(match({ managerPin: '9753' }))).toBe('PIN_WRONG')
    expect(await paidOf(saleId)).toBe(0)
    expect(await match({ managerPin })).toMatchObject({ state: 'completed', receiptCode: code })
  })

  it.each(['x000 000 001', 'X000000001.', '“X000000001”', '\u200bX000000001,'])(
    'is taken by a typed code with a manager’s PIN: %j',
    async (code) => {
      const { id: saleId } = await till.sale()
      await till.cashier()
      const typed = await till.client.payments.enterCode({ saleId, code, managerPin })
      expect(typed).toMatchObject({ state: 'completed', receiptCode: 'X000000001' })
    },
  )
})

describe('one code', () => {
  it('pays one sale, whatever network is named and however it is written', async () => {
    const first = await till.paid('mixx')
    const code = first.truth.code ?? ''
    await till.client.sales.finish({ id: first.sale.id })
    const { id: saleId } = await till.sale()
    const { id } = await till.raise(saleId, 'vodacom')
    till.world.reply('lostBefore')
    await till.clock.advance(0)
    const spaced = `${code.slice(0, 4)} ${code.slice(4).toLowerCase()}`
    const decide = (receiptCode: string) =>
      till.client.payments.decide({ id, outcome: 'paid', receiptCode, note: 'saw the SMS' })
    for (const written of [code, code.toLowerCase(), spaced])
      expect(await refusalOf(decide(written))).toBe('RECEIPT_CODE_USED')
    expect(await paidOf(saleId)).toBe(0)
    expect(await decide('v00 0000 77 7')).toMatchObject({ state: 'completed', receiptCode: 'V000000777' })
  })

  it('of a notice is not given to a payment of another amount', async () => {
    const { id: saleId } = await till.sale()
    const { id } = await till.raise(saleId, 'mixx')
    till.world.reply('lostBefore')
    await till.clock.advance(0)
    await till.tell(
      'mixx',
      customerPayment({ code: 'X000000005', amountMinor: 5_000, phone: '+254799999999' }),
    )
    const decision = { id, outcome: 'paid', receiptCode: 'X000000005', note: 'saw the SMS' } as const
    expect(await refusalOf(till.client.payments.decide(decision))).toBe('CODE_AMOUNT')
  })

  it('of a hidden number is the same money when the report brings it later', async () => {
    const { id: saleId } = await till.sale()
    const { id } = await till.raise(saleId, 'daraja')
    till.world.reply('accepted')
    await till.clock.advance(0)
    const truth = till.world.truths().at(-1)
    if (truth === undefined) throw new Error('nothing arrived')
    till.world.answer(truth, 'paid')
    await till.client.payments.checkNow({ id })
    const code = truth.code ?? ''
    await till.tell('daraja', customerPayment({ code, phone: null, phoneShown: '' }))
    expect(await waiting()).toHaveLength(1)
    await till.report(truth.callbackPath, paidReport(truth))
    expect(await get(id)).toMatchObject({ state: 'completed', receiptCode: code })
    expect(await waiting()).toEqual([])
    expect((await till.client.notices.list({ state: 'matched' })).rows).toMatchObject([{ paymentId: id }])
  })

  it('that another payment bears is a sentence when its notice is given to a sale', async () => {
    const paid = await till.paid('mixx')
    const code = paid.truth.code ?? ''
    await till.tell('mixx', customerPayment({ code, amountMinor: 9_900, phone: null, phoneShown: '' }))
    await till.client.sales.finish({ id: paid.sale.id })
    const { id: saleId } = await till.sale()
    const id = await noticeOf(code)
    expect(await refusalOf(till.client.notices.match({ id, saleId }))).toBe('RECEIPT_CODE_USED')
    expect(await paidOf(saleId)).toBe(0)
  })
})

describe('a notice that nobody signed, of a network that can be asked', () => {
  const code = 'D000000001'
  const item = { network: 'daraja', paymentId: null, phone: customerPhone, account: '' } as const

  it('pays when the network says so itself, and is one with it', async () => {
    const { code: true_ } = till.world.pay({ ...item, amountMinor: 12_300 })
    const { id: saleId } = await till.sale()
    await till.tell('daraja', customerPayment({ code: true_ }))
    const given = await till.client.notices.match({ id: await noticeOf(true_), saleId })
    expect(given).toMatchObject({ state: 'unknown', claimedCode: true_, needsDecision: false })
    expect(await paidOf(saleId)).toBe(0)
    await till.clock.advance(0)
    await answerCode()
    expect(await get(given.id)).toMatchObject({ state: 'completed', receiptCode: true_, proof: 'callback' })
    expect(await waiting()).toEqual([])
    expect(await paidOf(saleId)).toBe(12_300)
  })

  it.each(['match', 'enterCode'] as const)(
    'pays nothing when the network does not know it: %s',
    async (how) => {
      const { id: saleId } = await till.sale()
      await till.tell('daraja', customerPayment({ code }))
      const given =
        how === 'match'
          ? await till.client.notices.match({ id: await noticeOf(code), saleId })
          : await till.client.payments.enterCode({ saleId, code })
      expect(given.state).toBe('unknown')
      await till.clock.advance(0)
      await answerCode()
      expect(await get(given.id)).toMatchObject({
        state: 'unknown',
        reason: 'codeNotFound',
        needsDecision: true,
      })
      expect(await paidOf(saleId)).toBe(0)
      const other = await till.client.notices.forSale({ id: saleId })
      expect(other).toEqual([])
    },
  )
})

describe('an answer about a code', () => {
  const other = (network: 'daraja' | 'vodacom', amountMinor: number) =>
    till.world.pay({ network, paymentId: null, amountMinor, phone: customerPhone, account: '' }).code
  const enter = (saleId: string, network: 'daraja' | 'vodacom', code: string) =>
    till.client.payments.enterCode({ saleId, code, accountId: till.account(network).id })

  it('does not prove the one that was typed after it, and that one’s own answer counts', async () => {
    const { id: saleId } = await till.sale()
    const { id } = await enter(saleId, 'daraja', other('daraja', 12_300))
    await till.clock.advance(0)
    const typed = other('daraja', 12_100)
    expect((await enter(saleId, 'daraja', typed)).id).toBe(id)
    await till.clock.advance(0)
    await answerCode()
    expect(await get(id)).toMatchObject({ state: 'unknown', needsDecision: false })
    expect(await paidOf(saleId)).toBe(0)
    await answerCode()
    expect(await get(id)).toMatchObject({ state: 'unknown', reason: 'amountMismatch', needsDecision: true })
  })

  it('that was asked before the program was renewed, and names none, is about the one that stands there', async () => {
    const { id: saleId } = await till.sale()
    const { id } = await enter(saleId, 'daraja', other('daraja', 12_300))
    await till.clock.advance(0)
    const asked = till.world.promised()
    const path = asked?.path.replace(/-[A-Z0-9]+$/, '') ?? ''
    expect(path).toMatch(new RegExp(`/${id}$`))
    await till.report(path, {
      about: 'code',
      references: { own: null, provider: 'ask' },
      reading: till.world.askCode(asked?.code ?? ''),
    })
    expect((await get(id)).state).toBe('completed')
  })

  it('whose question is damaged in the file keeps nobody else from asking, and is a person’s matter', async () => {
    till.world.setLine(false)
    const { id: saleId } = await till.sale()
    const { id } = await enter(saleId, 'vodacom', other('vodacom', 12_300))
    const outside = new Engine(join(till.folder, 'live', 'kaunta.db'))
    outside.exec("UPDATE effect SET payload = 'spoilt' WHERE kind = 'code'")
    outside.close()
    await till.client.sales.finish({ id: saleId, leaveOpen: { note: 'comes back', managerPin } })
    const { id: second } = await till.sale()
    const whole = await enter(second, 'vodacom', other('vodacom', 12_300))
    till.world.setLine(true)
    await till.clock.advance(10 * 60_000)
    expect(await get(whole.id)).toMatchObject({ state: 'completed' })
    expect(await get(id)).toMatchObject({ state: 'unknown', needsDecision: true })
  })
})
