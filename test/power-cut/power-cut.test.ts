import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createChance } from '../fixtures/chance.ts'
import { tempFolder } from '../fixtures/temp-folder.ts'
import { buildShopkeeper, record } from './record.ts'
import { cutPower } from './replay.ts'

const commits = 300
const seed = 20_261_121

async function cutsOf(synchronous: '' | 'NORMAL' | 'OFF', images: number) {
  const folder = tempFolder()
  const steps = record(await buildShopkeeper(folder), folder, commits, synchronous)
  expect(steps.filter((step) => step.kind === 'acknowledge')).toHaveLength(commits)
  const scratch = join(folder, 'image')
  mkdirSync(scratch)
  return cutPower(steps, images, createChance(seed), scratch)
}

describe('a power cut', () => {
  it('takes no acknowledged sale and no page, in 2,000 images of the disk (R2)', async () => {
    const { compared, ...losses } = await cutsOf('', 2000)
    expect(losses).toEqual({ images: 2000, corrupt: 0, losing: 0, worst: 0 })
    expect(compared).toBeGreaterThan(2000 * 100)
  }, 600_000)

  it('would take acknowledged sales at synchronous=NORMAL: the harness sees them', async () => {
    const { losing, worst } = await cutsOf('NORMAL', 300)
    expect(losing).toBeGreaterThan(30)
    expect(worst).toBeGreaterThan(1)
  }, 600_000)

  it('would leave a damaged file at synchronous=OFF: the harness sees it', async () => {
    const { corrupt } = await cutsOf('OFF', 300)
    expect(corrupt).toBeGreaterThan(30)
  }, 600_000)
})
