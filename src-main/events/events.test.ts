import { describe, expect, it } from 'vitest'
import { openJournal } from '../../test/fixtures/journal.ts'

const sale = { tillId: '1', number: 1, totalMinor: 640_000, currency: 'TZS' } as const

describe('events inside a transaction', () => {
  it('are told in the order of subscription, in the transaction itself, after they are written down', () => {
    const { database, events, journal } = openJournal()
    const heard: string[] = []
    const hear = (name: string) => (_tx: unknown, subject: string) => {
      heard.push(`${name} ${subject} ${journal.newest()} ${database.connection.inTransaction}`)
    }
    events.on('sale.recorded', hear('first'))
    events.on('sale.recorded', hear('second'))
    events.on('sale.finished', hear('another'))
    database.transact((tx) => tx.emit('sale.recorded', 's1', sale))
    expect(heard).toEqual(['first s1 1 true', 'second s1 1 true'])
  })

  it('are undone with their change, and undo it: a subscriber that throws rolls everything back', () => {
    const { database, events, journal } = openJournal()
    events.on('sale.finished', () => {
      throw new Error('no paper')
    })
    const change = () =>
      database.transact((tx) => {
        database.connection.exec("INSERT INTO setting VALUES ('a', '1', 1)")
        tx.emit('sale.recorded', 's1', sale)
        tx.emit('sale.finished', 's1', sale)
      })
    expect(change).toThrow('no paper')
    expect(journal.newest()).toBe(0)
    expect(database.connection.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(0)
  })

  it('stand in the journal before what comes of them, and do not come of themselves without end', () => {
    const { database, events, journal } = openJournal()
    events.on('sale.recorded', (tx, subject) => tx.emit('sale.finished', subject, sale))
    database.transact((tx) => tx.emit('sale.recorded', 's1', sale))
    const types = ['sale.recorded', 'sale.finished']
    const written = journal.after(0, { types, span: 10, limit: 10 }).map(({ number, type }) => [number, type])
    expect(written).toEqual([
      [1, 'sale.recorded'],
      [2, 'sale.finished'],
    ])
    events.on('sale.finished', (tx, subject) => tx.emit('sale.recorded', subject, sale))
    expect(() => database.transact((tx) => tx.emit('sale.recorded', 's2', sale))).toThrow('without end')
    expect(journal.newest()).toBe(2)
    // What was broken off is over.
    database.transact((tx) => tx.emit('sale.cashTaken', 's3', sale))
    expect(journal.newest()).toBe(3)
  })
})
