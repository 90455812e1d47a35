import { describe, expect, it } from 'vitest'
import { openJournal } from '../../test/fixtures/journal.ts'
import type { Transaction } from '../database/open.ts'
import type { Consumers } from './consumers.ts'

const sale = { tillId: '1', number: 1, totalMinor: 640_000, currency: 'TZS' } as const

type Open = ReturnType<typeof openJournal>
const record = ({ database }: Open, ...subjects: string[]) =>
  database.transact((tx) => {
    for (const subject of subjects) tx.emit('sale.recorded', subject, sale)
  })

/** What a reader keeps: one row for each event, which may be there once. */
const take = (tx: Transaction, subject: string) =>
  tx.orm.run(`INSERT INTO setting SELECT '${subject}', 'x', count(*) FROM setting`)
const taken = ({ database }: Open) =>
  database.connection.prepare<[], string>('SELECT key FROM setting ORDER BY updated_at').pluck().all()
const cursors = ({ database }: Open) =>
  database.connection.prepare('SELECT name, cursor FROM journal_consumer').all()

const reader = (consumers: Consumers) =>
  consumers.consume('reader', ['sale.recorded'], (tx, { subject }) => take(tx, subject), 'beginning')

describe('a reader of the journal', () => {
  it('takes each event of its types once, in order, and goes on where it was after a restart', async () => {
    const open = openJournal()
    record(open, 's1', 's2')
    const first = open.start(reader)
    await open.drained(first)
    record(open, 's3')
    open.database.transact((tx) => tx.emit('sale.finished', 's3', sale))
    await open.drained(first)
    first.stop()
    record(open, 's4')
    await open.drained(open.start(reader))
    expect(taken(open)).toEqual(['s1', 's2', 's3', 's4'])
    expect(open.faults).toEqual([])
  })

  it('begins with what comes now where it says so', async () => {
    const open = openJournal()
    record(open, 's1')
    const consumers = open.start((own) =>
      own.consume('reader', ['sale.recorded'], (tx, { subject }) => take(tx, subject), 'now'),
    )
    record(open, 's2')
    await open.drained(consumers)
    expect(taken(open)).toEqual(['s2'])
  })

  it('writes nothing for events that are not its own', async () => {
    const open = openJournal()
    const consumers = open.start(reader)
    const before = cursors(open)
    open.database.transact((tx) => tx.emit('sale.finished', 's1', sale))
    await open.drained(consumers)
    expect(cursors(open)).toEqual(before)
    record(open, 's2')
    await open.drained(consumers)
    expect(cursors(open)).toEqual([{ name: 'reader', cursor: 2 }])
  })

  it('sets an event aside that it cannot take up, with all that it did for it, and takes the next', async () => {
    const open = openJournal()
    record(open, 's1', 'poison', 's3')
    const consumers = open.start((own) =>
      own.consume(
        'reader',
        ['sale.recorded'],
        (tx, { subject }) => {
          take(tx, subject)
          if (subject === 'poison') throw new Error('no')
        },
        'beginning',
      ),
    )
    await open.drained(consumers)
    expect(taken(open)).toEqual(['s1', 's3'])
    expect(consumers.warning()?.en).toMatch(/could not take up something that happened \(1\).*mark \S+\.$/)
    expect(open.faults).toEqual(['reader could not take up an event'])
    const kept = open.database.connection.prepare('SELECT consumer, number, error FROM journal_fault').all()
    expect(kept).toEqual([{ consumer: 'reader', number: 2, error: 'Error: no' }])
  })

  it('tells nobody of what it began for an event that is set aside', async () => {
    const open = openJournal()
    const told: string[] = []
    open.events.on('sale.finished', (tx, subject) => tx.afterCommit(() => told.push(`finished ${subject}`)))
    record(open, 'poison', 's2')
    const consumers = open.start((own) =>
      own.consume(
        'reader',
        ['sale.recorded'],
        (tx, { subject }) => {
          tx.afterCommit(() => told.push(subject))
          tx.emit('sale.finished', subject, sale)
          if (subject === 'poison') throw new Error('no')
        },
        'beginning',
      ),
    )
    await open.drained(consumers)
    expect(told).toEqual(['s2', 'finished s2'])
  })

  it('keeps no other reader back, and keeps their places apart', async () => {
    const open = openJournal()
    record(open, 's1')
    const consumers = open.start((own) => {
      own.consume(
        'broken',
        ['sale.recorded'],
        () => {
          throw new Error('no')
        },
        'beginning',
      )
      reader(own)
    })
    await open.drained(consumers)
    expect(taken(open)).toEqual(['s1'])
  })

  it('is one for each name, and comes before the reading', () => {
    const open = openJournal()
    const consumers = open.start((own) => {
      reader(own)
      expect(() => reader(own)).toThrow('has a reader called reader')
    })
    expect(() => consumers.consume('late', ['sale.recorded'], () => {}, 'now')).toThrow('late')
  })

  it('is not lost behind many events: thousands come in order, in more than one commit', async () => {
    const open = openJournal()
    const subjects = Array.from({ length: 5_000 }, (_none, index) => `s${index}`)
    record(open, ...subjects)
    await open.drained(open.start(reader))
    expect(taken(open)).toEqual(subjects)
  })
})
