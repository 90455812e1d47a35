import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { expect, it } from 'vitest'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { refusalOf } from '../../test/fixtures/payment-walk.ts'
import { openShop, scriptedProvider } from '../../test/fixtures/shop.ts'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'

it('what the file refuses since it is there once already is a sentence, and nothing of it is kept', async () => {
  const folder = tempFolder()
  const { client, companion } = await openShop(folder, manualClock(), scriptedProvider({}))
  const file = new BetterSqlite3(join(folder, 'live', 'kaunta.db'))
  file.exec(`CREATE TRIGGER taken BEFORE INSERT ON staff BEGIN SELECT RAISE(ABORT, 'there already'); END`)
  const before = await client.staff.list()
  const request = { name: 'Juma', role: 'cashier', pin: '4826', active: true } as const
  expect(await refusalOf(client.staff.save(request))).toBe('TAKEN_MEANWHILE')
  expect(await client.staff.list()).toEqual(before)
  file.close()
  await companion.close()
})
