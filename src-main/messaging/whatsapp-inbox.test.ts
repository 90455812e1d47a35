import { expect, it, onTestFinished } from 'vitest'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { openShop, scriptedAccount, scriptedProvider } from '../../test/fixtures/shop.ts'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { refused } from '../providers/outcome.ts'
import type { WhatsApp } from '../providers/whatsapp.ts'

it('nobody begins to read WhatsApp once the program is ending, whatever is told of accounts then', async () => {
  const clock = manualClock()
  let reads = 0
  const whatsapp: Partial<WhatsApp> = {
    next() {
      reads += 1
      return Promise.resolve(refused('offline', 'offline', ''))
    },
  }
  const declaration = scriptedProvider({}, { capabilities: ['whatsapp'] })
  const shop = await openShop(tempFolder(), clock, {
    ...declaration,
    connect: (connection) => Object.assign(declaration.connect(connection), { whatsapp }),
  })
  onTestFinished(() => shop.companion.close())
  const { id } = await shop.client.accounts.save(scriptedAccount)
  await expect.poll(() => reads).toBeGreaterThan(0)
  await shop.companion.drain(0)
  await clock.advance(10_000)
  const before = reads
  await shop.client.accounts.test({ id })
  await clock.advance(10_000)
  expect(reads).toBe(before)
})
