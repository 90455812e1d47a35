import { expect, it, onTestFinished } from 'vitest'
import { copyProduct, type Mutant } from '../crash/product-copy.ts'
import { createChance } from '../fixtures/chance.ts'
import { race } from './race.ts'

const races = 40
const seed = 14

const withoutLock: Mutant = {
  name: 'nobody holds the data folder',
  find: /"BEGIN EXCLUSIVE"/,
  replace: '"SELECT 1"',
}

function built(mutant: Mutant | null): string {
  const copy = copyProduct(mutant)
  onTestFinished(copy.remove)
  return copy.script
}

it('lets one of two instances have the data folder, and the other say why it ends (R14)', async () => {
  const result = await race(built(null), races, createChance(seed))
  expect(result).toEqual({ races, notOne: [], badEnds: [] })
}, 600_000)

it('would let both in without the lock: the race sees it', async () => {
  const { notOne } = await race(built(withoutLock), races, createChance(seed), true)
  expect(notOne).toHaveLength(1)
}, 600_000)
