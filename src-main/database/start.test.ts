import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { manualClock } from '../../test/fixtures/manual-clock.ts'
import { tempFolder } from '../../test/fixtures/temp-folder.ts'
import { KauntaError } from '../problem.ts'
import { openConnection } from './open.ts'
import {
  isSound,
  listSnapshots,
  newestGood,
  snapshotFolder,
  takeSnapshot,
  thinSnapshots,
} from './snapshot.ts'
import { type DatabaseOptions, startDatabase } from './start.ts'

function options(folder: string, more: Partial<DatabaseOptions> = {}): DatabaseOptions {
  return {
    folder,
    name: 'kaunta.db',
    clock: manualClock(),
    worker: null,
    restore: false,
    onFault: () => {},
    onWarning: () => {},
    onClockSet: () => {},
    ...more,
  }
}

function thrown(run: () => unknown): KauntaError {
  try {
    run()
  } catch (error) {
    if (error instanceof KauntaError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

/** A started and closed database with one setting and one snapshot of it. */
async function shopWithSnapshot(): Promise<string> {
  const folder = tempFolder()
  const database = startDatabase(options(folder))
  database.connection.exec("INSERT INTO setting VALUES ('shop', 'Neema', 1)")
  await database.snapshot()
  database.close()
  return folder
}

describe('starting', () => {
  it.skipIf(process.platform === 'win32')('shuts its folder to others, also one that was made open', () => {
    const folder = join(tempFolder(), 'live')
    mkdirSync(folder, { mode: 0o755 })
    startDatabase(options(folder)).close()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('knows whether the program before it ended in order', () => {
    const folder = tempFolder()
    const first = startDatabase(options(folder))
    expect(first.uncleanEnd).toBe(false)
    first.close()
    const second = startDatabase(options(folder))
    expect(second.uncleanEnd).toBe(false)
    second.close()
    writeFileSync(join(folder, 'running'), '')
    const third = startDatabase(options(folder))
    expect(third.uncleanEnd).toBe(true)
    third.close()
  })

  it('takes snapshots by schedule, and tells when one fails', async () => {
    const folder = tempFolder()
    const clock = manualClock()
    const faults: string[] = []
    const database = startDatabase(options(folder, { clock, onFault: (what) => faults.push(what) }))
    await clock.advance(125_000)
    expect(listSnapshots(snapshotFolder(folder))).toHaveLength(1)
    await clock.advance(4 * 3_600_000)
    expect(listSnapshots(snapshotFolder(folder))).toHaveLength(2)
    expect(database.warnings()).toEqual([])
    const folderOfCopies = snapshotFolder(folder)
    rmSync(folderOfCopies, { recursive: true })
    writeFileSync(folderOfCopies, 'in the way')
    await clock.advance(4 * 3_600_000)
    expect(database.warnings()).toEqual(['snapshotFailed'])
    rmSync(folderOfCopies)
    await clock.advance(4 * 3_600_000)
    expect(database.warnings()).toEqual([])
    database.close()
    expect(faults).toEqual(['snapshotFailed'])
  })
})

/** Pages count from 1; those in the middle of the file may be free ones, which nobody reads. */
function rootPageOf(file: string, table: string): number {
  const connection = openConnection(file)
  const page = connection
    .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    .pluck()
    .get(table)
  connection.close()
  return page ?? 0
}

describe('damage', () => {
  it.each([
    ['no database at all', (bytes: Buffer) => bytes.fill('x')],
    ['a page of a table', (bytes: Buffer, page: number) => bytes.fill(0x5a, (page - 1) * 4096, page * 4096)],
  ])('says so, keeps the file, and offers the newest good copy: %s', async (_what, spoil) => {
    const folder = await shopWithSnapshot()
    const file = join(folder, 'kaunta.db')
    const bytes = readFileSync(file)
    spoil(bytes, rootPageOf(file, 'setting'))
    writeFileSync(file, bytes)
    const error = thrown(() => startDatabase(options(folder)))
    expect(error.code).toBe('DATABASE_DAMAGED')
    const [snapshot] = listSnapshots(snapshotFolder(folder))
    expect(error.message).toContain(`kaunta-${snapshot?.order}-${snapshot?.at}.db`)
    expect(error.sentence().sw).toContain('--restore')
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('restores the newest good copy when asked, and still keeps the damaged file', async () => {
    const folder = await shopWithSnapshot()
    const file = join(folder, 'kaunta.db')
    writeFileSync(file, 'no database any more')
    const database = startDatabase(options(folder, { restore: true }))
    expect(database.connection.prepare('SELECT value FROM setting').pluck().get()).toBe('Neema')
    database.close()
    const [aside] = readdirSync(snapshotFolder(folder)).filter((name) => name.startsWith('damaged-'))
    expect(readFileSync(join(snapshotFolder(folder), aside ?? '', 'kaunta.db'), 'utf8')).toBe(
      'no database any more',
    )
  })

  it('never offers a copy that is damaged itself', async () => {
    const folder = await shopWithSnapshot()
    const snapshots = snapshotFolder(folder)
    const good = newestGood(snapshots)
    writeFileSync(join(snapshots, `kaunta-9-${good?.at}.db`), 'cut off')
    expect(newestGood(snapshots)).toEqual(good)
    expect(isSound(join(snapshots, `kaunta-9-${good?.at}.db`))).toBe(false)
  })
})

describe('keeping copies', () => {
  it('keeps the newest two and one a day for a week', async () => {
    const folder = await shopWithSnapshot()
    const file = join(folder, 'kaunta.db')
    const copies = tempFolder()
    const hour = 3_600_000
    const now = 1_795_000_000_000
    for (let age = 9 * 24; age >= 0; age -= 8) takeSnapshot(file, copies, now - age * hour)
    thinSnapshots(copies)
    const kept = listSnapshots(copies).map(({ at }) => (now - at) / hour)
    expect(kept.slice(0, 2)).toEqual([0, 8])
    expect(kept.length).toBeLessThanOrEqual(10)
    expect(Math.max(...kept)).toBeLessThanOrEqual(7 * 24)
    expect(existsSync(copies)).toBe(true)
  })
})
