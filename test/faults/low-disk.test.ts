import { existsSync, readdirSync, type StatsFs } from 'node:fs'
import { afterEach, expect, it, onTestFinished, vi } from 'vitest'
import { snapshotFolder } from '../../src-main/database/snapshot.ts'
import { type DatabaseOptions, startDatabase } from '../../src-main/database/start.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { openShop, scriptedProvider } from '../fixtures/shop.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'

/** What the disk of these tests does: bytes free (null: as they are), and whether what was written may be flushed. */
const disk = vi.hoisted(() => ({
  free: Number.NaN,
  refuses: false,
  before: () => {},
}))

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return {
    ...fs,
    statfsSync: (folder: string): StatsFs => {
      const found = fs.statfsSync(folder)
      return Number.isNaN(disk.free) ? found : { ...found, bsize: 1, bavail: disk.free }
    },
    fsyncSync: (handle: number) => {
      if (!disk.refuses) return fs.fsyncSync(handle)
      disk.before()
      throw Object.assign(new Error('ENOSPC: no space left on device, fsync'), { code: 'ENOSPC' })
    },
  }
})

afterEach(() => {
  disk.free = Number.NaN
  disk.refuses = false
})

const mib = 1024 * 1024
/** The disk is looked at every five minutes, and pages are told a moment after. */
const aLookLater = 5 * 60_000 + 1_000
const low = 'This computer’s disk is nearly full. Delete what is not needed before it stops the till.'

it('a disk that is nearly full is told long before it is, in both languages, and no longer once there is room', async () => {
  disk.free = 500 * mib
  const clock = manualClock()
  const shop = await openShop(tempFolder(), clock, scriptedProvider({}))
  onTestFinished(() => shop.companion.close())
  const told = async () => (await shop.client.live.status()).warnings
  expect(await told()).toEqual([{ en: low, sw: expect.stringContaining('inakaribia kujaa') }])
  disk.free = 600 * mib
  await clock.advance(aLookLater)
  expect(await told()).toEqual([])
  // While it is open the page is told too: by the stream, without a question.
  const stream = await shop.client.live.watch()
  await stream.next()
  disk.free = 400 * mib
  await clock.advance(aLookLater)
  const heard = async (): Promise<string> => {
    const next = await stream.next()
    if (next.done === true) return 'the stream ended'
    const { change } = next.value
    const [warning] = change.topic === 'status' ? change.status.warnings : []
    return warning?.en ?? heard()
  }
  expect(await heard()).toBe(low)
  await stream.return?.()
}, 20_000)

it('a copy that finds no room leaves nothing behind, and the next one is made', async () => {
  const folder = tempFolder()
  const clock = manualClock()
  const faults: string[] = []
  const options: DatabaseOptions = {
    folder,
    name: 'kaunta.db',
    clock,
    worker: null,
    restore: false,
    onFault: (what) => faults.push(what),
    onWarning: () => {},
    onClockSet: () => {},
  }
  const database = startDatabase(options)
  onTestFinished(() => database.close())
  const copies = () => (existsSync(snapshotFolder(folder)) ? readdirSync(snapshotFolder(folder)) : [])
  const met: string[][] = []
  disk.before = () => met.push(copies())
  disk.refuses = true
  await clock.advance(125_000)
  // It was half there when the disk refused.
  expect(met).toEqual([[expect.stringMatching(/\.partial$/)]])
  expect(copies()).toEqual([])
  expect([faults, database.warnings()]).toEqual([['snapshotFailed'], ['snapshotFailed']])
  disk.refuses = false
  await clock.advance(4 * 3_600_000)
  expect(copies()).toEqual([expect.stringMatching(/^kaunta-1-\d+\.db$/)])
  expect(database.warnings()).toEqual([])
})
