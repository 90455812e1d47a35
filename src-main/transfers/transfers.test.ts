import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { NetworkName } from '../../test/fixtures/network-world.ts'
import { outgoReading } from '../../test/fixtures/network-world.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { cashierPin, customerPhone, managerPin, openTill, type Till } from '../../test/fixtures/till.ts'
import type { Accepted, Balance, MobileMoney } from '../providers/mobile-money.ts'
import { accepted, type Outcome, refused } from '../providers/outcome.ts'

const minuteMs = 60_000
let till: Till

beforeEach(async () => {
  till = await openTill()
})

const reverse = (paymentId: string, amountMinor?: number, pin = managerPin) =>
  till.client.transfers.reverse({
    id: randomUUID(),
    paymentId,
    note: 'goods came back',
    managerPin: pin,
    ...(amountMinor === undefined ? {} : { amountMinor }),
  })
const get = (id: string) => till.client.transfers.get({ id })
const payment = (id: string) => till.client.payments.get({ id })
const sent = () => till.world.outgoes()

/** Tells the program what became of the money that went out last. */
async function report(signature: 'good' | 'bad' = 'good'): Promise<void> {
  const outgo = sent().at(-1)
  if (outgo === undefined) throw new Error('nothing went out')
  const references = { own: outgo.own, provider: outgo.reference }
  await till.report(outgo.callbackPath, {
    about: 'money',
    references,
    reading: outgoReading(outgo),
    signature,
  })
}

/** A reversal whose request is out. */
async function reversing(network: NetworkName = 'vodacom', amountMinor?: number) {
  const { payment: paid, sale } = await till.paid(network)
  const { id } = await reverse(paid.id, amountMinor)
  await till.clock.advance(0)
  return { id, paymentId: paid.id, saleId: sale.id }
}

describe('giving a payment back', () => {
  it('takes the whole back when the reply says so, and the sale lacks it again', async () => {
    const { id, paymentId, saleId } = await reversing()
    till.world.reply('accepted')
    await till.clock.advance(0)
    expect(await get(id)).toMatchObject({
      state: 'completed',
      amountMinor: 12_300,
      approvedByName: 'Meneja',
      note: 'goods came back',
    })
    expect(await payment(paymentId)).toMatchObject({ state: 'reversed', reversedMinor: 12_300 })
    const sale = await till.client.sales.get({ id: saleId })
    expect([sale.paidMinor, sale.tenders[0]?.reversedMinor]).toEqual([0, 12_300])
    expect(await refusalOf(reverse(paymentId))).toBe('REVERSE_NOT_PAID')
  })

  it('takes back parts until nothing is left', async () => {
    const { paymentId } = await reversing('vodacom', 2_000)
    till.world.reply('accepted')
    await till.clock.advance(0)
    expect(await payment(paymentId)).toMatchObject({ state: 'completed', reversedMinor: 2_000 })
    expect(await refusalOf(reverse(paymentId, 10_400))).toBe('REVERSE_TOO_MUCH')
    expect(await refusalOf(reverse(paymentId, 0))).toBe('AMOUNT_ZERO')
    await reverse(paymentId)
    await till.clock.advance(0)
    till.world.reply('accepted')
    await till.clock.advance(0)
    expect(await payment(paymentId)).toMatchObject({ state: 'reversed', reversedMinor: 12_300 })
    expect(sent().map(({ amountMinor }) => amountMinor)).toEqual([2_000, 10_300])
  })

  it('is refused in part, without the code, and for what was not paid, where the network wants it so', async () => {
    const { payment: paid, sale } = await till.paid('daraja')
    expect(await refusalOf(reverse(paid.id, 2_000))).toBe('REVERSE_WHOLE_ONLY')
    await till.client.sales.finish({ id: sale.id })
    const { id: saleId } = await till.sale()
    const { id } = await till.raise(saleId, 'daraja')
    expect(await refusalOf(reverse(id))).toBe('REVERSE_NOT_PAID')
    till.world.reply('accepted')
    await till.clock.advance(0)
    const truth = till.world.truths().at(-1)
    if (truth === undefined) throw new Error('nothing arrived')
    till.world.answer(truth, 'paid')
    await till.client.payments.checkNow({ id })
    expect((await payment(id)).receiptCode).toBeNull()
    expect(await refusalOf(reverse(id))).toBe('REVERSE_NEEDS_CODE')
    expect(sent()).toEqual([])
  })

  it('works for a payer whose phone nobody knows', async () => {
    const { id: saleId } = await till.sale()
    const { code } = till.world.pay({
      network: 'vodacom',
      paymentId: null,
      amountMinor: 12_300,
      phone: customerPhone,
      account: '',
    })
    const { id } = await till.client.payments.enterCode({ saleId, code })
    await till.clock.advance(0)
    const { id: transferId, phone } = await reverse(id)
    expect(phone).toBe('')
    await till.clock.advance(0)
    till.world.reply('accepted')
    await till.clock.advance(0)
    expect((await get(transferId)).state).toBe('completed')
    expect((await till.client.transfers.list({})).rows).toHaveLength(1)
  })

  it('wants a manager’s PIN always: of whoever is at the counter, and no cashier’s', async () => {
    const { payment: paid } = await till.paid()
    expect(await refusalOf(reverse(paid.id, undefined, '9753'))).toBe('PIN_WRONG')
    await till.cashier()
    expect(await refusalOf(reverse(paid.id, undefined, cashierPin))).toBe('MANAGER_ONLY')
    const missing = till.client.transfers.reverse(
      JSON.parse(JSON.stringify({ id: randomUUID(), paymentId: paid.id, note: 'goods back' })),
    )
    expect(await refusalOf(missing)).toBe('INPUT_INVALID')
    expect(sent()).toEqual([])
    const { staffName, approvedByName } = await reverse(paid.id)
    expect([staffName, approvedByName]).toEqual(['Juma', 'Meneja'])
  })

  it('fails when nothing left this machine, and may be wanted anew', async () => {
    const { id, paymentId } = await reversing()
    till.world.reply('offline')
    await till.clock.advance(0)
    expect(await get(id)).toMatchObject({ state: 'failed', reason: 'offline' })
    expect((await payment(paymentId)).state).toBe('completed')
    expect(await refusalOf(reverse(paymentId))).toBeNull()
  })
})

describe('a reversal whose reply was lost', () => {
  it('is not sent again, by nobody: not after days, not after a restart, not by wanting it anew', async () => {
    const { id, paymentId } = await reversing('mixx')
    till.world.reply('lostAfter')
    await till.clock.advance(0)
    expect((await get(id)).state).toBe('unknown')
    expect(await refusalOf(reverse(paymentId))).toBe('REVERSE_ALIVE')
    await till.restart()
    await till.clock.advance(3 * 86_400_000)
    await till.client.staff.signIn({ pin: managerPin })
    expect(sent()).toHaveLength(1)
    expect(till.world.waits()).toBe(0)
    expect(await get(id)).toMatchObject({ state: 'unknown', needsDecision: true, reason: 'reportOnly' })
    expect((await till.client.payments.attention()).transfers.map((one) => one.id)).toEqual([id])
    expect((await payment(paymentId)).state).toBe('completed')
  })

  it('is ended by asking', async () => {
    const { id, paymentId } = await reversing('vodacom')
    till.world.reply('lostAfter')
    await till.clock.advance(11_000)
    expect((await get(id)).state).toBe('completed')
    expect((await payment(paymentId)).state).toBe('reversed')
  })

  it('that the network does not find stays unknown: it may be under way', async () => {
    const { id } = await reversing('vodacom')
    till.world.reply('lostBefore')
    await till.clock.advance(86_400_000)
    await till.client.staff.signIn({ pin: managerPin })
    expect((await get(id)).state).toBe('unknown')
    expect(sent()).toEqual([])
  })

  it('is unknown after the program died between sending and hearing', async () => {
    const { id, paymentId } = await reversing('vodacom')
    till.world.arrive()
    await till.restart()
    await till.clock.advance(0)
    expect((await get(id)).state).toBe('unknown')
    await till.client.transfers.checkNow({ id })
    expect((await get(id)).state).toBe('completed')
    expect((await payment(paymentId)).state).toBe('reversed')
    expect(sent()).toHaveLength(1)
  })

  it('is ended by its report, once however often that comes', async () => {
    const { id, paymentId } = await reversing('daraja')
    till.world.reply('accepted')
    await till.clock.advance(0)
    expect((await get(id)).state).toBe('processing')
    for (let time = 0; time < 3; time += 1) await report()
    expect(await get(id)).toMatchObject({ state: 'completed' })
    expect(await payment(paymentId)).toMatchObject({ state: 'reversed', reversedMinor: 12_300 })
    expect((await get(id)).events.filter(({ to }) => to === 'completed')).toHaveLength(1)
  })

  it('is not ended by a report with a bad signature', async () => {
    const { id } = await reversing('airtel')
    till.world.reply('lostAfter')
    await till.clock.advance(0)
    await report('bad')
    expect((await get(id)).state).toBe('unknown')
    await report('good')
    expect((await get(id)).state).toBe('completed')
  })

  it.each([
    ['done', 'completed', 'reversed'],
    ['notDone', 'failed', 'completed'],
  ] as const)('is ended by a manager: %s', async (outcome, state, paymentState) => {
    const { id, paymentId } = await reversing('mixx')
    till.world.reply('lostAfter')
    await till.clock.advance(6 * minuteMs)
    const decide = (pin: string) =>
      till.client.transfers.decide({ id, outcome, note: 'seen in the portal', managerPin: pin })
    await till.cashier()
    expect(await refusalOf(decide(cashierPin))).toBe('MANAGER_ONLY')
    expect(await decide(managerPin)).toMatchObject({ state, needsDecision: false })
    expect((await payment(paymentId)).state).toBe(paymentState)
    expect((await get(id)).events.at(-1)).toMatchObject({ source: 'person', detail: 'seen in the portal' })
    expect(await refusalOf(decide(managerPin))).toBe('TRANSFER_SETTLED')
    const { rows } = await till.client.outbox.list({ filter: 'all', text: id, limit: 5 })
    expect(rows[0]?.state).toBe(outcome === 'done' ? 'done' : 'failed')
  })
})

describe('paying to a phone', () => {
  let replies: Outcome<Accepted>[]
  let requests: { readonly phone: string; readonly amountMinor: number; readonly name: string }[]

  const payOut: NonNullable<MobileMoney['payOut']> = {
    amount: { minMinor: 1_000, maxMinor: 5_000_000, wholeUnits: true },
    send: ({ phone, amountMinor, name }) => {
      requests.push({ phone, amountMinor, name })
      const reply = replies.shift()
      return reply === undefined ? new Promise(() => {}) : Promise.resolve(reply)
    },
  }
  const request = (
    amountMinor: number,
    provider: NetworkName = 'daraja',
    phone = '0712 345 678',
    pin = managerPin,
  ) =>
    till.client.transfers.payOut({
      id: randomUUID(),
      accountId: till.account(provider).id,
      phone,
      name: 'Mama Neema',
      amountMinor,
      note: 'change owed',
      managerPin: pin,
    })

  beforeEach(async () => {
    replies = []
    requests = []
    till = await openTill({ change: (money, name) => (name === 'daraja' ? { ...money, payOut } : money) })
  })

  it.each([
    [900, 'AMOUNT_BELOW_LIMIT'],
    [1_050, 'AMOUNT_NOT_WHOLE'],
    [5_000_100, 'AMOUNT_ABOVE_LIMIT'],
    [0, 'AMOUNT_ZERO'],
  ])('%s is refused before anything goes out: %s', async (amountMinor, refusal) => {
    expect(await refusalOf(request(amountMinor))).toBe(refusal)
    expect(requests).toEqual([])
  })

  it('is refused for a phone abroad, by a network that cannot, and with a cashier’s PIN', async () => {
    expect(await refusalOf(request(2_000, 'daraja', '+255754123456'))).toBe('PHONE_NOT_SERVED')
    expect(await refusalOf(request(2_000, 'mixx'))).toBe('PAYOUT_UNABLE')
    await till.cashier()
    expect(await refusalOf(request(2_000, 'daraja', '0712345678', cashierPin))).toBe('MANAGER_ONLY')
    expect(requests).toEqual([])
  })

  it('goes out once, and is done when the network reports it', async () => {
    replies.push(accepted({ providerReference: 'B2C-1' }))
    const { id } = await request(2_000)
    await till.clock.advance(0)
    expect(requests).toEqual([{ phone: customerPhone, amountMinor: 2_000, name: 'Mama Neema' }])
    expect((await get(id)).state).toBe('processing')
    await till.report(till.account('daraja').path, {
      about: 'money',
      references: { own: null, provider: 'B2C-1' },
      reading: { state: 'completed', receiptCode: 'D000000042', amountMinor: 2_000 },
    })
    expect(await get(id)).toMatchObject({ state: 'completed', receiptCode: 'D000000042' })
  })

  it('goes out once however often it is asked for under one id, and under no other request’s', async () => {
    const accountId = till.account('daraja').id
    const once = { id: randomUUID(), accountId, phone: '0712345678', note: 'change owed', managerPin }
    const three = [1, 2, 3].map(() => till.client.transfers.payOut({ ...once, amountMinor: 2_000 }))
    const [first, ...others] = await Promise.all(three)
    expect(others.map(({ id }) => id)).toEqual([first?.id, first?.id])
    await till.clock.advance(0)
    expect(requests).toHaveLength(1)
    const other = till.client.transfers.payOut({ ...once, amountMinor: 3_000 })
    expect(await refusalOf(other)).toBe('TRANSFER_ID_USED')
    expect((await till.client.transfers.list({})).rows).toHaveLength(1)
  })

  it('goes to the same phone again within minutes, or while the first is not known, only on purpose', async () => {
    const again = (id: string, on: boolean) =>
      till.client.transfers.payOut({
        id,
        accountId: till.account('daraja').id,
        phone: '0712345678',
        amountMinor: 2_000,
        note: 'change owed',
        managerPin,
        again: on,
      })
    replies.push(refused('unknownOutcome', 'unknownOutcome', 'cut off'))
    await request(2_000)
    await till.clock.advance(60_000)
    const id = randomUUID()
    expect(await refusalOf(again(id, false))).toBe('PAYOUT_SOON')
    await till.clock.advance(86_400_000)
    await till.client.staff.signIn({ pin: managerPin })
    expect(await refusalOf(again(id, false))).toBe('PAYOUT_SOON')
    expect(requests).toHaveLength(1)
    expect(await refusalOf(again(id, true))).toBeNull()
    expect(await refusalOf(request(2_100))).toBeNull()
    await till.clock.advance(0)
    expect(requests).toHaveLength(3)
  })

  it('that failed is no reason to ask again', async () => {
    replies.push(refused('balance', 'balance', 'the purse is empty'))
    await request(2_000)
    await till.clock.advance(0)
    expect(await refusalOf(request(2_000))).toBeNull()
  })

  it('that was reported with another amount is a manager’s matter', async () => {
    replies.push(accepted({ providerReference: 'B2C-1' }))
    const { id } = await request(2_000)
    await till.clock.advance(0)
    await till.report(till.account('daraja').path, {
      about: 'money',
      references: { own: null, provider: 'B2C-1' },
      reading: { state: 'completed', receiptCode: 'D000000042', amountMinor: 3_000 },
    })
    expect(await get(id)).toMatchObject({ state: 'unknown', reason: 'amountMismatch', needsDecision: true })
  })

  it.each([
    [refused('balance', 'balance', 'the purse is empty'), 'failed'],
    [refused('throttled', 'throttled', 'slow down'), 'failed'],
    [refused('rejected', 'rejected', 'no such receiver'), 'failed'],
    [refused('unknownOutcome', 'unknownOutcome', 'cut off'), 'unknown'],
  ] as const)('is sent once, whatever the reply: %o', async (reply, state) => {
    replies.push(reply)
    const { id } = await request(2_000)
    await till.clock.advance(3_600_000)
    expect((await get(id)).state).toBe(state)
    expect(requests).toHaveLength(1)
  })
})

describe('the balance', () => {
  const purse: Balance = { name: 'Working Account', availableMinor: 4_200_000, currency: 'KES' }

  it('is kept as the network answers, and as it reports', async () => {
    till = await openTill({
      change: (money, name) => {
        if (name === 'vodacom')
          return { ...money, balance: () => Promise.resolve(accepted({ kind: 'now', value: [purse] })) }
        if (name === 'daraja')
          return {
            ...money,
            balance: () => Promise.resolve(accepted({ kind: 'reported', providerReference: 'ask-1' })),
          }
        return name === 'airtel'
          ? { ...money, balance: () => Promise.resolve(refused('offline', 'offline', 'no line')) }
          : money
      },
    })
    const refresh = (name: NetworkName) => till.client.balances.refresh({ accountId: till.account(name).id })
    expect(await refresh('vodacom')).toMatchObject([{ accountId: till.account('vodacom').id, ...purse }])
    expect(await refresh('daraja')).toHaveLength(1)
    const references = { own: null, provider: 'ask-1' }
    const told = { about: 'balance', references, balances: [purse, { ...purse, name: 'Utility Account' }] }
    await till.report(till.account('daraja').path, told)
    const all = await till.client.balances.list()
    expect(all.map(({ name }) => name).toSorted()).toEqual([
      'Utility Account',
      'Working Account',
      'Working Account',
    ])
    const less = { ...purse, availableMinor: 100 }
    await till.report(till.account('daraja').path, { ...told, balances: [less] })
    const daraja = (await till.client.balances.list()).filter(
      ({ accountId, name }) => accountId === till.account('daraja').id && name === purse.name,
    )
    expect(daraja).toMatchObject([less])
    expect(await refusalOf(refresh('airtel'))).toBe('PROVIDER_UNREACHABLE')
    expect(await refusalOf(refresh('mixx'))).toBe('BALANCE_UNABLE')
  })
})
