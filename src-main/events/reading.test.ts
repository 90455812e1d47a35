import { expect, it } from 'vitest'
import { openJournal } from '../../test/fixtures/journal.ts'
import { createReading } from './reading.ts'

const sale = { tillId: '1', number: 1, totalMinor: 640_000, currency: 'TZS' } as const

it('a damaged row neither ends a stream nor hides what came after it', async () => {
  const { database, journal } = openJournal()
  const record = (subject: string) => database.transact((tx) => tx.emit('sale.recorded', subject, sale))
  record('s1')
  database.connection.exec(
    `INSERT INTO journal VALUES (2, 'no uuid', 1, 'sale.recorded', 's2', 'system', '{}', zeroblob(32))`,
  )
  record('s3')
  const damaged: string[] = []
  const reading = createReading(journal, {
    note(ids) {
      damaged.push(...ids)
      return 'mark'
    },
  })
  const stop = new AbortController()
  const stream = reading.stream(['sale.recorded'], { epoch: 1, after: 0 }, stop.signal)
  const subjects = [await stream.next(), await stream.next()].map(({ value }) => value?.subject)
  expect([subjects, damaged]).toEqual([['s1', 's3'], ['event 2']])
  stop.abort()
  await expect(stream.next()).rejects.toThrow('aborted')
})
