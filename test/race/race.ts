import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fill } from '../../src-preload/contract/problem.ts'
import { problems } from '../../src-preload/contract/problems.ts'
import { type Ended, type Product, startProduct } from '../crash/product.ts'
import type { Chance } from '../fixtures/chance.ts'

export interface RaceResult {
  readonly races: number
  /** Races after which not exactly one served. */
  readonly notOne: readonly string[]
  /** Losers that did not end with exit code 1 and the sentence that says why. */
  readonly badEnds: readonly string[]
}

/**
 * Starts two products for one data folder at once, `races` times; the winner is killed, so that the next race meets what
 * a crash leaves.
 * @param script the built server.js
 * @param stopAtFault end after the first race that went wrong
 */
export async function race(
  script: string,
  races: number,
  chance: Chance,
  stopAtFault = false,
): Promise<RaceResult> {
  const folder = mkdtempSync(join(tmpdir(), 'kaunta-race-'))
  const dataFolder = join(folder, 'data')
  const inUse = fill(problems.DATA_FOLDER_IN_USE.en, { folder: join(dataFolder, 'practice') })
  const notOne: string[] = []
  const badEnds: string[] = []
  let done = 0
  try {
    while (done < races && !(stopAtFault && notOne.length > 0)) {
      const options = { script, dataFolder, world: null, timeScale: 100 }
      const first = startProduct(options)
      await sleep(chance.upTo(30))
      const outcomes = await Promise.all([first, startProduct(options)].map(outcomeOf))
      const losers = outcomes.flatMap((outcome) => (outcome === 'serves' ? [] : [outcome]))
      if (losers.length !== 1) notOne.push(`race ${done}: ${losers.length} of 2 gave way`)
      for (const { code, errors } of losers) {
        if (code !== 1 || !errors.includes(inUse)) badEnds.push(`race ${done}: ${String(code)} ${errors}`)
      }
      done += 1
    }
    return { races: done, notOne, badEnds }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }

  async function outcomeOf(
    product: Product,
    _index: number,
    both: readonly Product[],
  ): Promise<'serves' | Ended> {
    const line = await product.started
    if (line === null) return product.ended
    // The other one must have had its chance before the winner goes.
    const others = both.filter((one) => one !== product)
    await Promise.all(others.map((other) => Promise.race([other.started, other.ended])))
    product.kill()
    await product.ended
    return 'serves'
  }
}
