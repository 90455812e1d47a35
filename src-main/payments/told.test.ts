import { join } from 'node:path'
import Engine from 'better-sqlite3'
import { expect, it } from 'vitest'
import { customerPayment, managerPin, openTill, type Till } from '../../test/fixtures/till.ts'

const hourMs = 3_600_000

/** What the journal tells of a row, oldest first. */
function toldOf({ folder }: Till, subject: string): unknown[] {
  const file = new Engine(join(folder, 'live', 'kaunta.db'), { readonly: true })
  const types = file
    .prepare('SELECT type FROM journal WHERE subject = ? ORDER BY number')
    .pluck()
    .all(subject)
  file.close()
  return types
}

it('a payment that is asked for and paid is told twice, once for each', async () => {
  const till = await openTill()
  const { payment } = await till.paid()
  await till.clock.advance(hourMs)
  expect(toldOf(till, payment.id)).toEqual(['payment.requested', 'payment.completed'])
})

it('a code that nobody proves is told once as unknown and once as a person’s matter, however long it lasts', async () => {
  const till = await openTill()
  const { id: saleId } = await till.sale()
  const accountId = till.account('vodacom').id
  const { id } = await till.client.payments.enterCode({ saleId, code: 'V777777777', accountId })
  expect(toldOf(till, id)).toEqual(['payment.requested', 'payment.unknown'])
  await till.clock.advance(hourMs)
  const all = ['payment.requested', 'payment.unknown', 'payment.needsDecision']
  expect(toldOf(till, id)).toEqual(all)
  await till.clock.advance(24 * hourMs)
  expect(toldOf(till, id)).toEqual(all)
  // Somebody has it asked anew, and it comes to nothing again.
  await till.client.staff.signIn({ pin: managerPin })
  await till.client.payments.checkNow({ id })
  await till.clock.advance(24 * hourMs)
  expect(toldOf(till, id)).toEqual([...all, 'payment.needsDecision'])
})

it('money that a customer sends by himself is told when it comes, and when it finds its sale', async () => {
  const till = await openTill()
  await till.tell('mixx', customerPayment({ code: 'X000000001' }))
  const [incoming] = (await till.client.notices.list({ state: 'waiting' })).rows
  const id = incoming?.id ?? ''
  expect(toldOf(till, id)).toEqual(['incomingPayment.received'])
  const { id: saleId } = await till.sale(incoming?.amountMinor)
  const payment = await till.client.notices.match({ id, saleId, managerPin })
  expect(toldOf(till, id)).toEqual(['incomingPayment.received', 'incomingPayment.matched'])
  expect(toldOf(till, payment.id)).toEqual(['payment.requested', 'payment.completed'])
})
