import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { eventSchema } from '../../src-preload/contract/events.ts'
import { faultyEngine } from '../../test/fixtures/faulty-engine.ts'
import { openJournal } from '../../test/fixtures/journal.ts'
import { createActors } from '../actor.ts'
import { expectOlderFile } from './journal.ts'

const sale = { tillId: '1', number: 1, totalMinor: 640_000, currency: 'TZS' } as const
const all = { types: ['sale.recorded', 'sale.finished'], span: 1_000_000, limit: 1_000 }
const day = 86_400_000

type Open = ReturnType<typeof openJournal>
const record = ({ database }: Open, subject: string) =>
  database.transact((tx) => tx.emit('sale.recorded', subject, sale))

/** Rows of long ago, as many as are asked for, whose hashes nobody looks at. */
function fill({ database }: Open, rows: number, at: number): void {
  database.connection
    .prepare(
      `WITH RECURSIVE n (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n WHERE number < ?)
       INSERT INTO journal SELECT number, 'id' || number, ?, 'sale.recorded', 's', 'system', '{}', zeroblob(32) FROM n`,
    )
    .run(rows, at)
}

describe('the journal', () => {
  it('numbers without gaps, tells whose doing it was, and fits what the contract shows', async () => {
    const open = openJournal()
    record(open, 's1')
    expect(() =>
      open.database.transact((tx) => {
        tx.emit('sale.recorded', 'never', sale)
        throw new Error('no')
      }),
    ).toThrow('no')
    record(open, 's2')
    const rows = open.journal.after(0, all)
    expect(rows.map(({ number, subject, actor }) => [number, subject, actor])).toEqual([
      [1, 's1', { kind: 'system', id: null }],
      [2, 's2', { kind: 'system', id: null }],
    ])
    for (const row of rows) expect(eventSchema.parse(row)).toEqual(row)
    expect(rows[0]?.data).toEqual(sale)
  })

  it('knows the caller of each transaction, and nobody in what outlives the call', async () => {
    const actors = createActors()
    const open = openJournal(actors.current)
    let later: Promise<void> = Promise.resolve()
    const ended = Promise.withResolvers<void>()
    await actors.during({ kind: 'staff', id: 'asha' }, async () => {
      record(open, 's1')
      actors.asSystem(() => record(open, 's2'))
      later = ended.promise.then(() => record(open, 's3'))
    })
    await actors.during({ kind: 'apiKey', id: 'pos' }, async () => record(open, 's4'))
    ended.resolve()
    await later
    expect(open.journal.after(0, all).map(({ subject, actor }) => [subject, actor])).toEqual([
      ['s1', { kind: 'staff', id: 'asha' }],
      ['s2', { kind: 'system', id: null }],
      ['s4', { kind: 'apiKey', id: 'pos' }],
      ['s3', { kind: 'system', id: null }],
    ])
  })

  it('seals each row with all rows before it, and lets none be changed', () => {
    const open = openJournal()
    for (const subject of ['s1', 's2', 's3']) record(open, subject)
    const { connection } = open.database
    const rows = connection
      .prepare<[], Record<string, unknown> & { hash: Buffer }>('SELECT * FROM journal ORDER BY number')
      .all()
    let before: Uint8Array = new Uint8Array()
    for (const { hash, ...row } of rows) {
      const text = JSON.stringify(Object.values(row))
      expect(createHash('sha256').update(before).update(text).digest('hex')).toBe(hash.toString('hex'))
      before = hash
    }
    expect(() => connection.exec("UPDATE journal SET subject = 's9'")).toThrow('not changed')
    expect(() => connection.exec('DELETE FROM journal WHERE number = 3')).toThrow('has not read')
  })

  it('shows a row that was damaged in the file with nothing in it, and the others whole', () => {
    const open = openJournal()
    record(open, 's1')
    open.database.connection.exec(
      `INSERT INTO journal VALUES (2, 'x', 1, 'sale.recorded', 's2', 'system', '{"tillId', zeroblob(32))`,
    )
    record(open, 's3')
    expect(
      open.journal.after(0, all).map(({ subject, data }) => [subject, Object.keys(data).length]),
    ).toEqual([
      ['s1', 4],
      ['s2', 0],
      ['s3', 4],
    ])
  })

  it('gives an event no second meaning: a file from before has another epoch', () => {
    const open = openJournal()
    open.journal.start()
    expect(open.journal.epoch()).toBe(1)
    for (const subject of ['s1', 's2']) record(open, subject)
    open.journal.stop()
    open.journal.start()
    expect(open.journal.epoch()).toBe(1)
    // As an older copy of the file would know it.
    open.raised.set('journal 1', 7)
    open.journal.start()
    expect(open.journal.epoch()).toBe(2)
    // The numbers of the new epoch are its own: it rises no further.
    record(open, 's3')
    open.journal.stop()
    open.journal.start()
    expect(open.journal.epoch()).toBe(2)
    // The same copy a second time, after a run that was killed: nobody knows how far that one came.
    open.raised.delete('journal 2')
    open.database.connection.exec('UPDATE journal_epoch SET epoch = 1')
    open.journal.start()
    expect(open.journal.epoch()).toBe(3)
    // One that is put back on purpose, and says nothing of its age.
    expectOlderFile(open.numbers)
    open.journal.start()
    expect(open.journal.epoch()).toBe(5)
  })

  it('lets old rows go that all have read, and never the newest 100,000, however old a clock makes them', () => {
    const now = 1_795_000_000_000
    const left = (rows: number, at: number, cursor: number | null): [number, number] => {
      const open = openJournal()
      fill(open, rows, at)
      if (cursor !== null)
        open.database.connection.prepare("INSERT INTO journal_consumer VALUES ('slow', ?)").run(cursor)
      open.journal.start()
      return [open.journal.before(), open.journal.newest()]
    }
    expect(left(100_010, now - 36 * day, 100_010)).toEqual([10, 100_010])
    expect(left(100_010, now - 36 * day, 4)).toEqual([4, 100_010])
    expect(left(100_010, now - 36 * day, null)).toEqual([0, 100_010])
    expect(left(100_010, now - 34 * day, 100_010)).toEqual([0, 100_010])
    expect(left(90_000, now - 360 * day, 90_000)).toEqual([0, 90_000])
  })

  it('lets what was set aside go with its events', () => {
    const open = openJournal()
    fill(open, 100_010, 1_795_000_000_000 - 36 * day)
    const { connection } = open.database
    connection.exec(`INSERT INTO journal_consumer VALUES ('slow', 100010);
      INSERT INTO journal_fault VALUES ('slow', 10, 'a', 1, 'x'), ('slow', 11, 'b', 1, 'x')`)
    open.journal.start()
    expect(connection.prepare('SELECT mark FROM journal_fault').pluck().all()).toEqual(['b'])
  })

  it('lets go from the oldest on and leaves no hole, whatever a clock said meanwhile', () => {
    const now = 1_795_000_000_000
    const open = openJournal()
    fill(open, 100_100, now)
    const dated = (from: number, to: number, at: number) => {
      const { connection } = open.database
      connection.exec('DROP TRIGGER journal_kept')
      connection.prepare('UPDATE journal SET at = ? WHERE number BETWEEN ? AND ?').run(at, from, to)
    }
    // A clock that fell back to 2016 for a while, in the midst of young rows.
    dated(50, 60, 1_451_606_400_000)
    open.database.connection.prepare("INSERT INTO journal_consumer VALUES ('slow', ?)").run(100_100)
    open.journal.start()
    const gone = open.database.connection.prepare('SELECT count(*) FROM journal').pluck()
    expect([open.journal.before(), gone.get()]).toEqual([0, 100_100])
    // What only a clock that ran ahead calls young keeps nothing.
    open.database.connection.exec(`UPDATE journal SET at = ${now - 36 * day} WHERE number < 90`)
    open.database.connection.exec(`UPDATE journal SET at = ${now + 36 * day} WHERE number < 20`)
    open.journal.start()
    expect([open.journal.before(), gone.get()]).toEqual([89, 100_100 - 89])
  })

  it('that cannot be pruned or dated anew just now starts all the same', () => {
    let full = false
    const open = openJournal(
      undefined,
      faultyEngine((step) => (full && step === 'write' ? 'SQLITE_FULL' : null)),
    )
    fill(open, 100_010, 0)
    open.database.connection.prepare("INSERT INTO journal_consumer VALUES ('slow', ?)").run(100_010)
    open.raised.set('journal 1', 200_000)
    full = true
    open.journal.start()
    expect([open.journal.before(), open.journal.epoch()]).toEqual([0, 2])
    full = false
    open.journal.start()
    expect(open.journal.before()).toBe(10)
  })
})
