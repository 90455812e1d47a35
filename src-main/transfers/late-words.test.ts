import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { NetworkName } from '../../test/fixtures/network-world.ts'
import { managerPin, openTill, type Till } from '../../test/fixtures/till.ts'
import type { MobileMoney, MoneyReading } from '../providers/mobile-money.ts'
import { accepted, refused } from '../providers/outcome.ts'

let till: Till
/** What a network that can be asked answers. */
let answer: MoneyReading

const silence: MoneyReading = { state: 'unknown', detail: 'The service request timed out.' }
const failure: MoneyReading = { state: 'failed', reason: 'balance', detail: '1' }
const success: MoneyReading = { state: 'completed', receiptCode: 'SKL0000001', amountMinor: 2_000 }

const get = (id: string) => till.client.transfers.get({ id })

/** A payout that the network took, with a payout's every way: one that can be asked (vodacom), one that cannot. */
async function paidOut(network: NetworkName) {
  const { id } = await till.client.transfers.payOut({
    id: randomUUID(),
    accountId: till.account(network).id,
    phone: '0712 345 678',
    name: '',
    amountMinor: 2_000,
    note: 'change owed',
    managerPin,
  })
  await till.clock.advance(0)
  return { id, tell: (reading: MoneyReading) => tell(network, reading) }
}

const tell = (network: NetworkName, reading: MoneyReading) =>
  till.report(till.account(network).path, {
    about: 'money',
    references: { own: null, provider: `B2C-${network}` },
    reading,
    signature: 'good',
  })

function able(money: MobileMoney, name: NetworkName): MobileMoney {
  return {
    ...money,
    ownReference: () => null,
    payOut: {
      amount: { minMinor: 1_000, maxMinor: 5_000_000, wholeUnits: true },
      send: () => Promise.resolve(accepted({ providerReference: `B2C-${name}` })),
      ...(name === 'vodacom' ? { query: () => Promise.resolve(accepted(answer)) } : {}),
    },
  }
}

beforeEach(async () => {
  answer = { state: 'processing' }
  till = await openTill({ change: able })
})

describe('money that left, where only reports tell', () => {
  it('is not known when its request died in the queue, and done when it was done after all', async () => {
    const { id, tell: told } = await paidOut('daraja')
    await told(silence)
    expect(await get(id)).toMatchObject({ state: 'unknown' })
    await told(success)
    expect(await get(id)).toMatchObject({ state: 'completed', receiptCode: 'SKL0000001' })
  })

  it.each(['daraja', 'mixx'] as const)(
    'is a manager’s matter when a report that nobody signed says it failed, and done by a later success: %s',
    async (network) => {
      const { id, tell: told } = await paidOut(network)
      await told(failure)
      expect(await get(id)).toMatchObject({
        state: 'unknown',
        reason: 'failureUnproved',
        needsDecision: true,
        detail: '1',
      })
      expect((await till.client.payments.attention()).transfers.map((one) => one.id)).toEqual([id])
      await told(success)
      expect(await get(id)).toMatchObject({ state: 'completed', needsDecision: false })
      await told(failure)
      expect((await get(id)).state).toBe('completed')
      expect((await till.client.payments.attention()).unread).toMatchObject([
        { why: 'contradicted', provider: network },
      ])
    },
  )

  it('comes back to the manager who had said that nothing went out', async () => {
    const { id, tell: told } = await paidOut('daraja')
    await told(failure)
    const decide = () =>
      till.client.transfers.decide({ id, outcome: 'notDone', note: 'seen in the portal', managerPin })
    await decide()
    await told(success)
    expect(await get(id)).toMatchObject({
      state: 'unknown',
      reason: 'contradiction',
      needsDecision: true,
      receiptCode: 'SKL0000001',
    })
    await decide()
    await told(success)
    expect((await get(id)).state).toBe('failed')
  })

  it('that its call refused is a question when a report says done', async () => {
    till = await openTill({
      change: (money, name) => {
        const made = able(money, name)
        const send = () => Promise.resolve(refused('balance', 'balance', 'the purse is empty'))
        return made.payOut === undefined ? made : { ...made, payOut: { ...made.payOut, send } }
      },
    })
    const { id } = await paidOut('daraja')
    const [row] = (await till.client.transfers.list({})).rows
    expect(row).toMatchObject({ id, state: 'failed' })
    const path = `${till.account('daraja').path}/${id}`
    await till.report(path, {
      about: 'money',
      references: { own: null, provider: 'B2C-9' },
      reading: success,
    })
    expect(await get(id)).toMatchObject({ state: 'unknown', reason: 'contradiction', needsDecision: true })
  })
})

describe('money that left, where the network can be asked', () => {
  it.each([
    ['completed', success],
    ['failed', failure],
  ] as const)('is believed when the network says so itself: %s', async (state, truth) => {
    const { id, tell: told } = await paidOut('vodacom')
    answer = { state: 'processing' }
    await told(truth)
    expect((await get(id)).state).toBe('processing')
    answer = truth
    await told(truth)
    expect((await get(id)).state).toBe(state)
  })

  it('is a question when its report says done and the network says not', async () => {
    const { id, tell: told } = await paidOut('vodacom')
    answer = failure
    await told(success)
    expect(await get(id)).toMatchObject({
      state: 'unknown',
      reason: 'contradiction',
      receiptCode: 'SKL0000001',
      needsDecision: true,
    })
  })
})
