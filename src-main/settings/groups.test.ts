import { expect, it } from 'vitest'
import { z } from 'zod'
import { openJournal } from '../../test/fixtures/journal.ts'
import { createDamage } from '../database/damage.ts'
import { createFeed } from '../live/feed.ts'
import { systemRandomness } from '../system-ports.ts'
import { createSettingGroups } from './groups.ts'

const schema = z.object({ goal: z.int().max(50), prize: z.string() })
const defaults = { goal: 10, prize: 'Chai' }

/** Groups as a start of the program makes them, over one file. */
function open({ database } = openJournal()) {
  const told: string[] = []
  const damage = createDamage({ random: systemRandomness(), onFault: () => {}, changed: () => {} })
  const feed = createFeed({ onFault: () => {}, damage })
  feed.listen((topic) => told.push(topic))
  const group = createSettingGroups({ database, damage, feed })
  const stored = () =>
    database.connection.prepare("SELECT value FROM setting WHERE key = 'stamps'").pluck().get()
  return { database, damage, told, group, stored }
}

it('changes what is named and leaves the rest, in the file, in the journal and on screens', () => {
  const world = openJournal()
  const { group, told, stored } = open(world)
  const stamps = group('stamps', schema, defaults)
  expect([stamps.get(), stored()]).toEqual([defaults, undefined])
  expect(stamps.change({ goal: 12, prize: undefined })).toEqual({ goal: 12, prize: 'Chai' })
  expect(stamps.change({ prize: 'Soda', goal: 12 })).toEqual({ goal: 12, prize: 'Soda' })
  const events = world.journal.after(0, { types: ['setting.changed'], span: 10, limit: 10 })
  expect(events.map(({ subject, data }) => [subject, data])).toEqual([
    ['stamps', { fields: ['goal'] }],
    ['stamps', { fields: ['prize'] }],
  ])
  expect(told).toEqual(['settings', 'settings'])
  expect(open(world).group('stamps', schema, defaults).get()).toEqual({ goal: 12, prize: 'Soda' })
})

it('writes nothing where all are so already, and nothing of a change that is refused', () => {
  const { group, told, stored } = open()
  const stamps = group('stamps', schema, defaults)
  stamps.change({ goal: 10 })
  const refuse = () => {
    throw new Error('no')
  }
  expect(() => stamps.change({ goal: 11 }, refuse)).toThrow('no')
  expect([stamps.get(), stored(), told]).toEqual([defaults, undefined, []])
})

it('keeps what a newer program keeps beside them, and shows a damaged field as its default', () => {
  const { database, damage, group, stored } = open()
  database.connection
    .prepare("INSERT INTO setting (key, value, updated_at) VALUES ('stamps', ?, 1)")
    .run(JSON.stringify({ goal: 'ten', later: [1] }))
  const stamps = group('stamps', schema, defaults)
  expect([stamps.get(), damage.warning() === null]).toEqual([defaults, false])
  stamps.change({ prize: 'Soda' })
  expect(JSON.parse(String(stored()))).toEqual({ goal: 'ten', later: [1], prize: 'Soda' })
  // Saved as its default, it is mended.
  stamps.change({ goal: 10 })
  expect(JSON.parse(String(stored()))).toEqual({ goal: 10, later: [1], prize: 'Soda' })
})

it('takes a row that is no object at all for an empty one', () => {
  const { database, group, stored } = open()
  database.connection.exec("INSERT INTO setting (key, value, updated_at) VALUES ('stamps', 'x', 1)")
  group('stamps', schema, defaults).change({ goal: 3 })
  expect(stored()).toBe('{"goal":3}')
})

it('gives a key to one room only', () => {
  const { group } = open()
  group('stamps', schema, defaults)
  expect(() => group('stamps', schema, defaults)).toThrow('two rooms have settings called stamps')
})
