import { beforeEach, describe, expect, it } from 'vitest'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { customerPayment, managerPin, openTill, type Till } from '../../test/fixtures/till.ts'

let till: Till

beforeEach(async () => {
  till = await openTill({
    change: (money) => ({
      ...money,
      readReport: (raw) => {
        if (raw.body === 'unreadable') return null
        if (raw.body === 'breaks') throw new Error('a reader that stumbles')
        return money.readReport(raw)
      },
    }),
  })
})

const unread = async () => (await till.client.payments.attention()).unread
const post = async (body: string, path = till.account('mixx').path) => {
  const { status } = await till.raw(path, body)
  await till.clock.advance(0)
  return status
}
const stranger = JSON.stringify({
  about: 'money',
  references: { own: 'own-nobody', provider: 'ref-nobody' },
  reading: { state: 'completed', receiptCode: 'X000000123', amountMinor: 12_300 },
})

describe('a report with the right secret that moves nothing', () => {
  it.each([
    ['unreadable', 'unreadable'],
    ['breaks', 'broken'],
    [stranger, 'unmatched'],
  ])('is seen, whole, once however often it comes: %s', async (body, why) => {
    expect([await post(body), await post(body)]).toEqual([200, 200])
    expect(await unread()).toMatchObject([{ why, body, state: 'waiting', provider: 'mixx' }])
    expect((await till.client.live.status()).money.notices).toBe(1)
    await till.restart()
    expect(await unread()).toHaveLength(1)
  })

  it('is given to a sale by a manager, with the amount and the code as they stand there', async () => {
    await post(stranger)
    const [report] = await unread()
    const { id: saleId } = await till.sale()
    const give = {
      id: report?.id ?? '',
      saleId,
      amountMinor: 12_300,
      receiptCode: 'x000 000 123',
      note: 'read it',
    }
    await till.cashier()
    expect(await refusalOf(till.client.unreadReports.give(give))).toBe('MANAGER_PIN_MISSING')
    const paid = await till.client.unreadReports.give({ ...give, managerPin })
    expect(paid).toMatchObject({ state: 'completed', proof: 'person', receiptCode: 'X000000123' })
    expect((await till.client.sales.get({ id: saleId })).paidMinor).toBe(12_300)
    expect(await unread()).toEqual([])
    expect(await refusalOf(till.client.unreadReports.give({ ...give, managerPin }))).toBe('NOTICE_SETTLED')
    await till.tell('mixx', customerPayment({ code: 'X000000123' }))
    expect((await till.client.sales.get({ id: saleId })).paidMinor).toBe(12_300)
  })

  it('is set aside with a note', async () => {
    await post('unreadable')
    const [report] = await unread()
    const aside = await till.client.unreadReports.setAside({ id: report?.id ?? '', note: 'no money of ours' })
    expect(aside).toMatchObject({ state: 'setAside', note: 'no money of ours' })
    expect(await unread()).toEqual([])
  })

  it('is nobody’s matter with a wrong secret', async () => {
    await post('unreadable', till.account('mixx').path.replace(/[^/]+$/, 'f'.repeat(36)))
    expect(await unread()).toEqual([])
  })
})

it('a report for an account that was removed waits for a person, not for secrets that never come back', async () => {
  till = await openTill({ secrets: { key: 'made-up' } })
  const { id, path } = till.account('mixx')
  await till.client.accounts.remove({ id, managerPin })
  expect(await post(stranger, path)).toBe(200)
  expect(await unread()).toMatchObject([{ why: 'accountRemoved', body: stranger }])
})

describe('a new callback address', () => {
  const told = async (path: string, code: string) => {
    await till.report(path, { about: 'customerPayment', payment: customerPayment({ code }) })
    return (await till.client.notices.list({ limit: 200 })).rows.some((one) => one.code === code)
  }

  it('works at once, and the one before it for a day more', async () => {
    const { id, path: old } = till.account('mixx')
    // Known by its first report already: the renewed address must be seen all the same.
    expect(await post('unreadable')).toBe(200)
    const { path, oldUntil } = await till.client.accounts.renewCallback({ id })
    expect(path).not.toBe(old)
    expect(oldUntil - till.clock.now()).toBe(86_400_000)
    expect([await told(path, 'X000000001'), await told(old, 'X000000002')]).toEqual([true, true])
    await till.clock.advance(86_400_000)
    await till.client.staff.signIn({ pin: managerPin })
    expect([await told(path, 'X000000003'), await told(old, 'X000000004')]).toEqual([true, false])
  })

  it('is a manager’s to make', async () => {
    await till.cashier()
    expect(await refusalOf(till.client.accounts.renewCallback({ id: till.account('mixx').id }))).toBe(
      'MANAGER_ONLY',
    )
  })
})

describe('the path of a report', () => {
  it('may end in a slash', async () => {
    await till.report(`${till.account('mixx').path}/`, {
      about: 'customerPayment',
      payment: customerPayment({ code: 'X000000001' }),
    })
    expect((await till.client.notices.list({ state: 'waiting' })).rows).toHaveLength(1)
  })
})
