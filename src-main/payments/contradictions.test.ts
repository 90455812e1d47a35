import { beforeEach, describe, expect, it } from 'vitest'
import type { NetworkName, Truth } from '../../test/fixtures/network-world.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { customerPhone, openTill, paidReport, type Till } from '../../test/fixtures/till.ts'
import type { MoneyReading } from '../providers/mobile-money.ts'
import { accepted } from '../providers/outcome.ts'

let till: Till
/** What the network answers when it is asked; null: the truth of its own books. */
let answer: MoneyReading | null

beforeEach(async () => {
  answer = null
  till = await openTill({
    change: (money, name) =>
      money.queryPrompt === undefined
        ? money
        : {
            ...money,
            queryPrompt: (references) =>
              Promise.resolve(answer === null ? till.world.ask(name, references) : accepted(answer)),
          },
  })
})

const get = (id: string) => till.client.payments.get({ id })

async function prompted(network: NetworkName) {
  const sale = await till.sale()
  const { id } = await till.raise(sale.id, network)
  till.world.reply('accepted')
  await till.clock.advance(0)
  const truth = till.world.truths().at(-1)
  if (truth === undefined) throw new Error('nothing arrived')
  return { id, saleId: sale.id, truth }
}

const tell = (truth: Truth, reading: object) =>
  till.report(truth.callbackPath, {
    about: 'money',
    references: { own: truth.own, provider: truth.reference },
    reading,
    signature: 'good',
  })

const raise = (saleId: string) =>
  till.client.payments.raise({ saleId, phone: customerPhone, accountId: till.account('daraja').id })

const endings: readonly MoneyReading[] = [
  { state: 'expired', reason: 'noAnswer', detail: '1037' },
  { state: 'cancelled', reason: 'customerCancelled', detail: '1032' },
  { state: 'failed', reason: 'insufficientFunds', detail: '1' },
  { state: 'failed', reason: 'wrongPin', detail: '2001' },
  { state: 'expired', reason: 'promptExpired', detail: '1019' },
  { state: 'failed', reason: 'phoneBusy', detail: '1001' },
  { state: 'failed', reason: 'promptNotSent', detail: '9999' },
]

describe('a report that says paid, and a network that says not when it is asked', () => {
  it.each(endings)('are a question with the code, and no second request goes out: %o', async (ending) => {
    const { id, saleId, truth } = await prompted('daraja')
    answer = ending
    await tell(truth, { state: 'completed', receiptCode: 'QKL1ABCDEF', amountMinor: 12_300 })
    const unclear = {
      state: 'unknown',
      reason: 'contradiction',
      toldCode: 'QKL1ABCDEF',
      needsDecision: true,
    }
    expect(await get(id)).toMatchObject(unclear)
    expect((await till.client.payments.attention()).unknown.map((one) => one.id)).toEqual([id])
    expect(await refusalOf(raise(saleId))).toBe('PROMPT_ALIVE')
    await till.clock.advance(3_600_000)
    expect(await get(id)).toMatchObject(unclear)
    expect(till.world.truths()).toHaveLength(1)
  })

  it('come to one when the network finds the money', async () => {
    const { id, truth } = await prompted('daraja')
    answer = { state: 'expired', reason: 'noAnswer', detail: '1037' }
    await tell(truth, { state: 'completed', receiptCode: 'QKL1ABCDEF', amountMinor: 12_300 })
    answer = { state: 'completed', receiptCode: null, amountMinor: null }
    await till.clock.advance(3_600_000)
    expect(await get(id)).toMatchObject({
      state: 'completed',
      proof: 'query',
      receiptCode: 'QKL1ABCDEF',
      needsDecision: false,
    })
  })

  it.each([
    ['paid', 'completed'],
    ['notPaid', 'failed'],
  ] as const)('are ended by a person: %s, and the same word again asks nobody', async (outcome, state) => {
    const { id, truth } = await prompted('daraja')
    answer = { state: 'expired', reason: 'noAnswer', detail: '1037' }
    const paid = { state: 'completed', receiptCode: 'QKL1ABCDEF', amountMinor: 12_300 }
    await tell(truth, paid)
    await till.client.payments.decide({ id, outcome, note: 'looked at the SMS' })
    await tell(truth, paid)
    expect(await get(id)).toMatchObject({
      state,
      receiptCode: outcome === 'paid' ? 'QKL1ABCDEF' : null,
      needsDecision: false,
    })
  })
})

describe('paid, said after the payment had ended', () => {
  it.each(['daraja', 'mixx'] as const)(
    'is a question, also while the next request is out: %s',
    async (on) => {
      const { id, saleId, truth } = await prompted(on)
      answer = { state: 'failed', reason: 'rejected', detail: 'no' }
      await tell(truth, answer)
      expect((await get(id)).state).toBe('failed')
      const second = await raise(saleId)
      await tell(truth, { state: 'completed', receiptCode: 'QKL1ABCDEF', amountMinor: 12_300 })
      expect(await get(id)).toMatchObject({
        state: 'unknown',
        reason: 'contradiction',
        toldCode: 'QKL1ABCDEF',
        needsDecision: true,
      })
      expect((await get(second.id)).state).toBe('pending')
      expect(await refusalOf(raise(saleId))).toBe('PROMPT_ALIVE')
      await till.client.payments.decide({ id, outcome: 'paid', note: 'looked at the SMS' })
      expect((await till.client.sales.get({ id: saleId })).paidMinor).toBe(12_300)
    },
  )

  it('is not believed of a refusal that nobody signed before the network was asked', async () => {
    const { id, truth } = await prompted('daraja')
    till.world.answer(truth, 'paid')
    await tell(truth, { state: 'cancelled', reason: 'customerCancelled', detail: '1032' })
    expect(await get(id)).toMatchObject({ state: 'completed', proof: 'query' })
  })
})

describe('an amount', () => {
  it('that is another one in the report is a question with both, though the network says paid without one', async () => {
    const { id, truth } = await prompted('daraja')
    answer = { state: 'completed', receiptCode: null, amountMinor: null }
    await tell(truth, { state: 'completed', receiptCode: 'QKL7ABCDEF', amountMinor: 5_000 })
    expect(await get(id)).toMatchObject({
      state: 'unknown',
      reason: 'amountMismatch',
      amountMinor: 12_300,
      toldAmount: 'KES 50',
      toldCode: 'QKL7ABCDEF',
      needsDecision: true,
    })
  })

  it.each(['5,000', 'TZS 5000', '', 'abc', '0'])(
    'that cannot be read is not the right one: “%s”',
    async (oddAmount) => {
      const { id, truth } = await prompted('mixx')
      await tell(truth, { state: 'completed', receiptCode: '28637269', amountMinor: null, oddAmount })
      expect(await get(id)).toMatchObject({
        state: 'unknown',
        reason: 'amountMismatch',
        toldAmount: `“${oddAmount}”`,
        needsDecision: true,
      })
    },
  )
})

describe('a report that no money moved, after money moved', () => {
  const refusal = { state: 'failed', reason: 'rejected', detail: 'Insufficient balance' } as const
  const unread = async () => (await till.client.payments.attention()).unread

  it('is a manager’s matter, once, where the payment rests on no stronger word; the money stays counted', async () => {
    const { id, saleId, truth } = await prompted('mixx')
    await tell(truth, { state: 'completed', receiptCode: 'X000000901', amountMinor: 12_300 })
    await tell(truth, refusal)
    await tell(truth, refusal)
    expect(await get(id)).toMatchObject({ state: 'completed', receiptCode: 'X000000901' })
    expect((await till.client.sales.get({ id: saleId })).paidMinor).toBe(12_300)
    expect(await unread()).toMatchObject([{ why: 'contradicted', provider: 'mixx', state: 'waiting' }])
  })

  it('is nobody’s where the network itself was asked, and its report is not signed', async () => {
    const { id, truth } = await prompted('daraja')
    till.world.answer(truth, 'paid')
    await till.client.payments.checkNow({ id })
    expect(await get(id)).toMatchObject({ state: 'completed', proof: 'query' })
    await tell(truth, refusal)
    expect((await get(id)).state).toBe('completed')
    expect(await unread()).toEqual([])
  })
})

describe('an id that another payment bears', () => {
  it('is no key: the report still ends its own payment, and the other one stays as it is', async () => {
    const first = await prompted('mixx')
    await tell(first.truth, { state: 'completed', receiptCode: 'X000000901', amountMinor: 12_300 })
    await till.client.sales.finish({ id: first.saleId })
    const second = await prompted('mixx')
    const references = { own: second.truth.own, provider: first.truth.reference }
    const reading = { state: 'failed', reason: 'rejected', detail: 'Insufficient balance' }
    await till.report(second.truth.callbackPath, { about: 'money', references, reading, signature: 'good' })
    expect((await get(second.id)).state).toBe('failed')
    expect((await get(first.id)).state).toBe('completed')
  })

  it('does not lead to a payment where our own name is another', async () => {
    const first = await prompted('mixx')
    const references = { own: 'own-nobody', provider: first.truth.reference }
    await till.report(till.account('mixx').path, {
      ...paidReport(first.truth),
      references,
    })
    expect((await get(first.id)).state).toBe('prompted')
  })
})
