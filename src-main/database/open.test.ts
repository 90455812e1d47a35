import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freshDatabase } from '../../test/fixtures/database.ts'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { lockFolder, openConnection, prepareFolder } from './open.ts'

describe('opening', () => {
  it('sets FULL on every open, not only on the one that made the file', () => {
    const file = join(tempFolder(), 'a.db')
    for (const time of ['first', 'second', 'third']) {
      const connection = openConnection(file)
      expect([time, connection.pragma('synchronous', { simple: true })]).toEqual([time, 2])
      expect(connection.pragma('journal_mode', { simple: true })).toBe('wal')
      expect(connection.pragma('secure_delete', { simple: true })).toBe(1)
      connection.exec('CREATE TABLE IF NOT EXISTS t (x)')
      connection.close()
    }
  })

  it('uses an engine without the WAL-reset bug (fixed in 3.51.3)', () => {
    const connection = openConnection(join(tempFolder(), 'a.db'))
    const version = String(connection.prepare('SELECT sqlite_version()').pluck().get())
    connection.close()
    const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
    expect(major * 1e6 + minor * 1e3 + patch).toBeGreaterThanOrEqual(3_051_003)
  })

  it('commits all of a transaction or none, and tells of it only after the commit', () => {
    const database = freshDatabase()
    const told: string[] = []
    const count = () => database.connection.prepare('SELECT count(*) FROM setting').pluck().get()
    expect(() =>
      database.transact((tx) => {
        tx.afterCommit(() => told.push('never'))
        database.connection.exec("INSERT INTO setting VALUES ('a', '1', 1)")
        throw new Error('no')
      }),
    ).toThrow('no')
    expect([count(), told]).toEqual([0, []])
    database.transact((tx) => {
      tx.afterCommit(() => told.push(`after, ${database.connection.inTransaction}`))
      database.connection.exec("INSERT INTO setting VALUES ('a', '1', 1)")
    })
    expect([count(), told]).toEqual([1, ['after, false']])
  })

  it('keeps to a commit whose news one listener stumbles over: it is told as done, and the others hear of it', () => {
    const faults: unknown[] = []
    const host = {
      after: () => {},
      onFault: (what: string, error: unknown) => faults.push([what, error]),
      onTrouble: () => false,
      onWritten: () => {},
    }
    const database = freshDatabase(undefined, undefined, host)
    const told: string[] = []
    const stumble = new Error('a listener that stumbles')
    const answer = database.transact((tx) => {
      tx.afterCommit(() => told.push('before'))
      tx.afterCommit(() => {
        throw stumble
      })
      tx.afterCommit(() => told.push('behind'))
      database.connection.exec("INSERT INTO setting VALUES ('a', '1', 1)")
      return 'done'
    })
    expect(answer).toBe('done')
    expect(database.connection.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(1)
    expect(told).toEqual(['before', 'behind'])
    expect(faults).toEqual([['after a commit', stumble]])
  })

  it('refuses a transaction inside a transaction', () => {
    const database = freshDatabase()
    expect(() => database.transact(() => database.transact(() => 1))).toThrow(
      'a transaction inside a transaction',
    )
  })
})

describe('the data folder', () => {
  it('belongs to one Kaunta at a time, and to the next when that one ends', () => {
    const folder = tempFolder()
    const unlock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(expect.objectContaining({ code: 'DATA_FOLDER_IN_USE' }))
    unlock()
    lockFolder(folder)()
  })

  it('says which folder cannot be used, and makes nothing there', () => {
    const file = join(tempFolder(), 'file')
    writeFileSync(file, '')
    expect(() => prepareFolder(join(file, 'below'))).toThrow(
      expect.objectContaining({
        code: 'DATA_FOLDER_UNUSABLE',
        values: expect.objectContaining({ folder: join(file, 'below') }),
      }),
    )
  })

  it('is made for its owner alone', () => {
    const folder = join(tempFolder(), 'a', 'b')
    prepareFolder(folder)
    mkdirSync(join(folder, 'c'))
    expect(() => prepareFolder(folder)).not.toThrow()
  })
})
