import { parseArgs } from 'node:util'
import { createChance } from '../fixtures/chance.ts'
import { copyProduct } from './product-copy.ts'
import { type Profile, profiles } from './profiles.ts'
import { type RoundResult, runRound } from './round.ts'
import { findMutants } from './teeth.ts'
import { stormy } from './weather.ts'

/** A data folder lives this many kills; then a fresh one, so that the files stay as small as a shop's. */
const killsPerRound = 250
const timeScale = 100

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    profile: { type: 'string', default: 'shop' },
    teeth: { type: 'boolean', default: false },
  },
})

const profile = new Map(Object.entries(profiles)).get(values.profile)
if (profile === undefined) throw new Error(`profiles: ${Object.keys(profiles).join(', ')}`)
const code = await main(Number(values.kills), Number(values.seed), values.teeth, profile)
// A simulated world keeps late callbacks under way for minutes; the verdict is out.
process.exit(code)

/**
 * `npm run crash -- --kills N [--seed N] [--profile shop|money|payouts|prints] [--teeth]`: kills the built product N times and proves from the simulated
 * world's own ledger that nothing was lost and nothing happened twice. With `--teeth` it first shows that it sees planted
 * faults. The last line is one JSON object.
 */
async function main(kills: number, seed: number, teeth: boolean, profile: Profile): Promise<number> {
  const started = performance.now()
  process.stdout.write(`seed ${seed}\n`)
  if (teeth) {
    for (const line of await findMutants(seed)) process.stdout.write(`${line}\n`)
  }
  const product = copyProduct()
  const results: RoundResult[] = []
  try {
    const chance = createChance(seed)
    for (let done = 0; done < kills; done += killsPerRound) {
      const result = await runRound({
        script: product.script,
        kills: Math.min(killsPerRound, kills - done),
        timeScale,
        weather: stormy,
        profile,
        chance,
        onKill: (count) => {
          if ((done + count) % 50 === 0) process.stdout.write(`${done + count} kills\n`)
        },
      })
      results.push(result)
      describe(result)
    }
  } finally {
    product.remove()
  }
  return conclude(results, kills, performance.now() - started)
}

function describe(result: RoundResult): void {
  process.stdout.write(`killed at: ${JSON.stringify(result.points)}\n`)
  for (const name of ['lost', 'duplicated', 'stuck', 'damaged', 'breakdowns', 'refused'] as const) {
    for (const line of result[name].slice(0, 20)) process.stdout.write(`${name}: ${line}\n`)
  }
}

function conclude(results: readonly RoundResult[], wanted: number, ms: number): number {
  const sum = (of: (result: RoundResult) => number) =>
    results.reduce((total, result) => total + of(result), 0)
  const verdict = {
    kills: sum((result) => result.kills),
    lost: sum((result) => result.lost.length),
    duplicated: sum((result) => result.duplicated.length),
    effects: sum((result) => result.effects),
    papers: sum((result) => result.papers),
    seconds: Math.round(ms / 100) / 10,
    intents: sum((result) => result.intents),
    acknowledged: sum((result) => result.acknowledged),
    review: sum((result) => result.review),
    failed: sum((result) => result.failed),
    payments: sum((result) => result.payments),
    completed: sum((result) => result.completed),
    transfers: sum((result) => result.transfers),
    callbacks: sum((result) => result.callbacks),
    unreported: sum((result) => result.unreported),
    stuck: sum((result) => result.stuck.length),
    damaged: sum((result) => result.damaged.length),
    breakdowns: sum((result) => result.breakdowns.length),
  }
  process.stdout.write(`${JSON.stringify(verdict)}\n`)
  const faults = verdict.lost + verdict.duplicated + verdict.stuck + verdict.damaged + verdict.breakdowns
  return faults === 0 && verdict.kills >= wanted ? 0 : 1
}
