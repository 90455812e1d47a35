import { buildNow } from './build.mjs'
import { node24, runBeside, toolFile } from './tools.mjs'

/** What `npm test` and `npm run check` have in common: the checks that are no test runners, and how a result is told. */

const product = ['src-main', 'src-preload', 'src-renderer']
const tool = (name, command, args) => runBeside(node24, [toolFile(name, command), ...args])

export const staticChecks = {
  typecheck: () => tool('typescript', 'tsc', ['-b']),
  oxlint: () => tool('oxlint', 'oxlint', ['--type-aware', '--deny-warnings']),
  biome: () => tool('@biomejs/biome', 'biome', ['check', '--error-on-warnings']),
  arrows: () =>
    tool('dependency-cruiser', 'depcruise', ['--config', '.dependency-cruiser.mjs', ...product, 'test']),
  knip: () => tool('knip', 'knip', ['--no-progress']),
}

export const one = (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

export const build = () => one(buildNow({ quiet: true }))

/** Takes the time of a step. */
export async function timed(name, step) {
  const started = Date.now()
  const { passed, failed, skipped = 0, failures = [] } = await step()
  return { name, passed, failed, skipped, failures, seconds: (Date.now() - started) / 1000 }
}

export const announce = (name) => process.stdout.write(`\n── ${name} ──\n`)

/** These checks, two at a time; what each said is printed whole, when it ends. */
export async function runChecks(names) {
  const waiting = [...names]
  const results = new Map()
  const hand = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      const result = await timed(name, async () => {
        const { code, output } = await staticChecks[name]()
        announce(name)
        process.stdout.write(output)
        return one(code)
      })
      results.set(name, result)
    }
  }
  await Promise.all([hand(), hand()])
  return names.map((name) => results.get(name))
}

/** A line for each step, and the closing total, which is the sum of the runners' own reports. */
export function tell(results) {
  process.stdout.write('\n')
  for (const { name, passed, failed, skipped, failures, seconds } of results) {
    const words = `${passed} passed, ${failed} failed, ${skipped} skipped`
    process.stdout.write(
      `${failed === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(10)} ${words} (${seconds.toFixed(1)} s)\n`,
    )
    for (const failure of failures) process.stdout.write(`       ${failure}\n`)
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0)
  const skippedWords = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''
  process.stdout.write(`${sum('passed')} passed, ${sum('failed')} failed${skippedWords}\n`)
  process.exitCode = sum('failed') === 0 && sum('passed') > 0 ? 0 : 1
}
