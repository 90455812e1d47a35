import { join } from 'node:path'
import Engine from 'better-sqlite3'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { managerPin, openTill, type Till } from '../../test/fixtures/till.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000
const totalsSchema = z.array(
  z.object({ state: z.string(), currency: z.string(), count: z.number(), sumMinor: z.number() }),
)

function fileOf(till: Till) {
  return new Engine(join(till.folder, 'live', 'kaunta.db'))
}

/** Added up row by row, as nobody at a till could wait for. */
function counted(till: Till, from: number, to: number, accountId?: string) {
  const file = fileOf(till)
  const rows = file
    .prepare(
      `SELECT state, currency, count(*) AS count, sum(amount_minor) AS sumMinor FROM payment
       WHERE created_at >= ? AND created_at < ? AND account_id = coalesce(?, account_id) GROUP BY state, currency`,
    )
    .all(from, to, accountId ?? null)
  file.close()
  return totalsSchema.parse(rows).toSorted(byState)
}

const byState = (a: { readonly state: string }, b: { readonly state: string }) => (a.state < b.state ? -1 : 1)

/** Payments of three days and several ends, at odd hours. */
async function threeDays(): Promise<{ till: Till; began: number }> {
  const till = await openTill()
  const began = till.clock.now()
  for (const [index, network] of (['vodacom', 'mixx', 'vodacom'] as const).entries()) {
    const { sale } = await till.paid(network, 10_000 + index * 100)
    await till.client.sales.finish({ id: sale.id })
    await till.clock.advance(dayMs - 2 * hourMs)
    await till.client.staff.signIn({ pin: managerPin })
  }
  by(
    till,
    "UPDATE payment SET state = 'reversed' WHERE account_id <> (SELECT account_id FROM payment ORDER BY created_at LIMIT 1)",
  )
  return { till, began }
}

/** A hand at the file itself. */
function by(till: Till, text: string): void {
  const file = fileOf(till)
  file.pragma('foreign_keys = OFF')
  file.exec(text)
  file.close()
}

it('totals are exact for every stretch, whatever days and hours it begins and ends with', async () => {
  const { till, began } = await threeDays()
  const { id: accountId } = till.account('vodacom')
  for (let from = began - dayMs; from < began + 3 * dayMs; from += 7 * hourMs) {
    for (const length of [1, hourMs, 11 * hourMs, dayMs, 2 * dayMs + 5 * hourMs, 6 * dayMs]) {
      const stretch = { from, to: from + length }
      const totals = await till.client.payments.totals(stretch)
      expect(totals.toSorted(byState), JSON.stringify(stretch)).toEqual(counted(till, from, from + length))
      const own = await till.client.payments.totals({ ...stretch, accountId })
      expect(own.toSorted(byState)).toEqual(counted(till, from, from + length, accountId))
    }
  }
})

it('every way in which a row changes is counted: a state, an amount, its day, its end', async () => {
  const { till, began } = await threeDays()
  const all = { from: began - dayMs, to: began + 30 * dayMs }
  const same = async () =>
    expect((await till.client.payments.totals(all)).toSorted(byState)).toEqual(
      counted(till, all.from, all.to),
    )
  for (const text of [
    "UPDATE payment SET state = 'reversed' WHERE amount_minor = 10000",
    'UPDATE payment SET amount_minor = amount_minor + 7',
    `UPDATE payment SET created_at = created_at + ${dayMs} WHERE state = 'reversed'`,
    "UPDATE payment SET detail = 'no other figure'",
    "DELETE FROM payment WHERE state = 'reversed'",
  ]) {
    by(till, text)
    await same()
  }
  expect((await till.client.payments.totals(all)).map(({ state }) => state)).toEqual(['completed'])
})
