import { createChance } from '../fixtures/chance.ts'
import { mutants } from './mutants.ts'
import { copyProduct, type Mutant } from './product-copy.ts'
import { type Profile, profiles } from './profiles.ts'
import { type RoundResult, runRound } from './round.ts'
import { lateAcceptance, stormy } from './weather.ts'
import type { Weather } from './world.ts'

const timeScale = 100
/** Kills within which a planted fault must show; most show within ten. */
const patience = 80

/** Runs the product with a planted fault until the referee sees it, at most `patience` kills. */
export async function runMutant(
  mutant: Mutant,
  weather: Weather,
  seed: number,
  providers?: readonly string[],
  profile: Profile = profiles.shop,
): Promise<RoundResult> {
  const product = copyProduct(mutant)
  try {
    const round = {
      script: product.script,
      kills: patience,
      timeScale,
      weather,
      profile,
      chance: createChance(seed),
    }
    return await runRound({ ...round, stopAtFault: true, ...(providers === undefined ? {} : { providers }) })
  } finally {
    product.remove()
  }
}

/** R3 on the true product, or on one that does not wait before it believes “not found”. */
export async function runLate(seed: number, kills: number): Promise<RoundResult> {
  const product = copyProduct()
  try {
    const weather = lateAcceptance(timeScale)
    const round = {
      script: product.script,
      kills,
      timeScale,
      weather,
      profile: profiles.shop,
      chance: createChance(seed),
    }
    return await runRound({ ...round, providers: ['green-api'] })
  } finally {
    product.remove()
  }
}

/**
 * Shows that the harness sees each planted fault.
 * @returns a line for each
 * @throws Error when it does not see one
 */
export async function findMutants(seed: number): Promise<string[]> {
  const late = lateAcceptance(timeScale)
  const cases = [
    { mutant: mutants.retryAtStart, found: 'duplicated', weather: stormy },
    { mutant: mutants.retryAtStart, found: 'duplicated', weather: stormy, profile: profiles.prints },
    { mutant: mutants.doneAtStart, found: 'lost', weather: stormy },
    { mutant: mutants.retryAfterSilence, found: 'duplicated', weather: stormy },
    { mutant: mutants.noSettleWindow, found: 'duplicated', weather: late, providers: ['green-api'] },
    { mutant: mutants.answeredFirst, found: 'lost', weather: stormy, profile: profiles.money },
    { mutant: mutants.payoutHasNoName, found: 'duplicated', weather: stormy, profile: profiles.payouts },
    { mutant: mutants.transferAgain, found: 'either', weather: stormy, profile: profiles.payouts },
  ] as const
  const lines: string[] = []
  for (const one of cases) {
    const result = await runMutant(
      one.mutant,
      one.weather,
      seed,
      'providers' in one ? one.providers : undefined,
      'profile' in one ? one.profile : undefined,
    )
    const faults = one.found === 'either' ? [...result.lost, ...result.duplicated] : result[one.found]
    const seen = faults.length
    if (seen === 0) throw new Error(`the fault “${one.mutant.name}” was not seen in ${result.kills} kills`)
    lines.push(`seen after ${result.kills} kills: ${one.mutant.name} (${one.found}: ${faults[0]})`)
  }
  return lines
}
