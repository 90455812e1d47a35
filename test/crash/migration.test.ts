import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { migrate } from '../../src-main/database/migrate.ts'
import { openConnection } from '../../src-main/database/open.ts'
import { createChance } from '../fixtures/chance.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { goodsCount, manySteps, stepCount } from './migrating.ts'

const kills = 30
const chance = createChance(9)

type Found = 'old' | 'new' | 'mixed'

/** A file of version 1 with goods in it. */
function makeOld(file: string): void {
  const connection = openConnection(file)
  migrate(connection, manySteps().slice(0, 1), 1, () => {})
  const insert = connection.prepare('INSERT INTO goods (name, price) VALUES (?, 0)')
  connection.transaction(() => {
    for (let count = 0; count < goodsCount; count += 1) insert.run(`Unga ${count}`)
  })()
  connection.pragma('wal_checkpoint(TRUNCATE)')
  connection.close()
}

/** @returns milliseconds from BEGIN to END, and whether it was killed before it said END */
async function migrateAndKill(file: string, how: 'whole' | 'stepwise', afterMs: number) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'migrating.ts'), file, how])
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('close', (_code, signal) => resolve(signal))
  })
  let said = ''
  let begun = 0
  let done = Number.NaN
  await new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text
      if (said.includes('END')) done = performance.now() - begun
      if (begun > 0) return
      begun = performance.now()
      resolve()
    })
    child.once('close', () => resolve())
  })
  await Promise.race([sleep(afterMs), ended])
  child.kill('SIGKILL')
  await ended
  return { ms: done, killed: !said.includes('END') }
}

function readSchema(file: string): Found {
  const connection = openConnection(file)
  try {
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
    const version = connection.prepare<[], number>('SELECT max(version) FROM migration').pluck().get()
    const tables = connection
      .prepare<[], number>("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name LIKE 'step%'")
      .pluck()
      .get()
    const prices = connection.prepare<[], number>('SELECT DISTINCT price FROM goods').pluck().all()
    const at = (steps: number) =>
      version === steps && tables === steps - 1 && prices.length === 1 && prices[0] === steps - 1
    if (at(1)) return 'old'
    return at(stepCount) ? 'new' : 'mixed'
  } finally {
    connection.close()
  }
}

async function killAll(how: 'whole' | 'stepwise', count: number): Promise<Found[]> {
  const folder = tempFolder()
  const [old, file] = [join(folder, 'old.db'), join(folder, 'kaunta.db')]
  makeOld(old)
  const restore = () => {
    for (const suffix of ['-wal', '-shm']) if (existsSync(file + suffix)) rmSync(file + suffix)
    copyFileSync(old, file)
  }
  restore()
  await migrateAndKill(file, 'whole', 60_000)
  restore()
  const { ms } = await migrateAndKill(file, 'whole', 60_000)
  const found: Found[] = []
  // A kill that came after the end proves nothing, and is not counted.
  for (let tries = 0; found.length < count && tries < 4 * count; tries += 1) {
    restore()
    const { killed } = await migrateAndKill(file, how, chance.upTo(ms * 0.8))
    if (killed) found.push(readSchema(file))
  }
  return found
}

it('leaves the old schema or the new one when it is killed in the middle, 30 times', async () => {
  const found = await killAll('whole', kills)
  expect(found).toHaveLength(kills)
  // A kill between the commit and the word of it finds the new schema; a mixture is never right.
  expect(found).not.toContain('mixed')
  expect(found.filter((one) => one === 'old').length).toBeGreaterThan(kills / 3)
}, 600_000)

it('would be seen leaving a mixture if each step stood for itself', async () => {
  expect(await killAll('stepwise', 6)).toContain('mixed')
}, 600_000)
