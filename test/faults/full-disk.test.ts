import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLog } from '../../src-main/logging/log.ts'
import { createVirtualPrinter } from '../../src-main/simulator/paper-tape.ts'
import { manualClock } from '../fixtures/manual-clock.ts'
import { refusalOf } from '../fixtures/payment-walk.ts'
import { printerInput } from '../fixtures/printer.ts'
import { type OpenShop, openShop, scriptedProvider } from '../fixtures/shop.ts'

/** A disk of its own of so many megabytes; null where this user may not make one. */
function smallDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'kaunta-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder])
  if (status !== 0) {
    rmSync(folder, { recursive: true, force: true })
    return null
  }
  onTestFinished(() => {
    spawnSync('umount', ['-l', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** Writes until nothing more fits. */
function fill(folder: string): string {
  const file = join(folder, 'somebody-elses.bin')
  for (let block = 65_536; block >= 1; block = Math.floor(block / 4)) {
    try {
      for (;;) writeFileSync(file, Buffer.alloc(block, 1), { flag: 'a' })
    } catch {
      // Full for blocks of this size; a smaller one may fit.
    }
  }
  expect(statfsSync(folder).bavail).toBe(0)
  return file
}

const mayMount = spawnSync('unshare', ['-m', 'true']).status === 0

async function sell(shop: OpenShop, name: string): Promise<void> {
  const { id } = await shop.client.sales.current()
  const lines = [{ name, quantityMilli: 1000, unitPriceMinor: 320_000 }]
  await shop.client.sales.saveDraft({ id, lines })
  await shop.client.sales.finish({ id, print: {} })
}

describe.skipIf(!mayMount)('a disk that is full (needs the right to mount one)', () => {
  it('stops neither a sale nor a paper while the ballast lasts, then says so, reads on, starts, and goes on with room', async () => {
    const disk = smallDisk(16)
    if (disk === null) throw new Error('no disk could be mounted')
    const clock = manualClock()
    const printer = await createVirtualPrinter({ clock, columns: 48 })
    onTestFinished(() => printer.close())
    let shop = await openShop(disk, clock, scriptedProvider({}))
    onTestFinished(() => shop.companion.close())
    await shop.client.printers.save({ printer: printerInput(printer, { receipts: true }) })
    expect(existsSync(join(disk, 'live', 'ballast'))).toBe(true)
    const warnings = async () => (await shop.client.live.status()).warnings.map(({ en }) => en)
    const full = expect.stringContaining('This computer’s disk is full')

    let filler = fill(disk)
    await sell(shop, 'Sukari')
    expect(await warnings()).toEqual([full])
    await expect
      .poll(async () => {
        await clock.advance(1_000)
        return (await shop.client.printing.list({})).map(({ state }) => state)
      })
      .toEqual(['printed'])

    filler = fill(disk)
    const refused = async () => {
      for (let tries = 0; tries < 2_000; tries += 1) {
        const refusal = await refusalOf(sell(shop, `Unga ${tries}`))
        if (refusal !== null) return refusal
      }
      return 'never'
    }
    expect(await refused()).toBe('DISK_FULL')
    const { rows } = await shop.client.sales.list({ limit: 200 })
    expect(rows.length).toBeGreaterThan(0)
    await clock.advance(60_000)
    expect(await warnings()).toEqual([full])

    // It starts all the same, and is read.
    await shop.companion.close()
    fill(disk)
    shop = await openShop(disk, clock, scriptedProvider({}))
    expect((await shop.client.sales.list({ limit: 200 })).rows).toHaveLength(rows.length)
    expect(await refusalOf(sell(shop, 'Mchele'))).toBe('DISK_FULL')
    expect(await warnings()).toEqual([full])

    rmSync(filler)
    await clock.advance(60_000)
    await sell(shop, 'Mafuta')
    await expect
      .poll(async () => {
        await clock.advance(1_000)
        return (await shop.client.printing.list({})).filter(({ state }) => state !== 'printed').length
      })
      .toBe(0)
    expect((await warnings()).join()).not.toContain('is full')
    const leftovers = readdirSync(join(disk, 'live'), { recursive: true }).map(String)
    expect(leftovers.filter((name) => name.includes('.partial'))).toEqual([])
  }, 120_000)

  it('leaves the newest lines of the log for when there is room', async () => {
    const disk = smallDisk(2)
    if (disk === null) throw new Error('no disk could be mounted')
    const filler = fill(disk)
    const told: string[] = []
    const log = createLog({
      folder: join(disk, 'logs'),
      level: 'info',
      onFailure: (detail) => told.push(detail),
    })
    const lines = () => {
      const file = join(disk, 'logs', 'kaunta.log')
      return existsSync(file) ? readFileSync(file, 'utf8') : ''
    }
    await expect
      .poll(() => {
        log.error('the disk was full')
        return told.length
      })
      .toBe(1)
    log.error('and this came then')
    rmSync(filler)
    await expect
      .poll(() => {
        log.info('there is room')
        return lines()
      })
      .toContain('and this came then')
    await log.close()
  })
})
