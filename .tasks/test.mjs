import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { chromiumAdvice, findChromium } from './chromium.mjs'
import { countCrash, countPlaywright, countVitest, joinCrash } from './count.mjs'
import { announce, build, one, runChecks, staticChecks, tell, timed } from './steps.mjs'
import { ensureInstalled, node24, root, run, runBeside, toolFile } from './tools.mjs'

/**
 * `npm test`: every check, one after another (two at a time where they say little), to the end, whatever fails.
 * `--only vitest,e2e` runs some of them. The closing line is the sum of the runners' own reports; a check that is not a
 * test runner counts as one.
 */

const artefacts = join(root, 'artefacts')
const report = (name) => join(artefacts, name)
const tool = (name, command, args, env = {}) => run(node24, [toolFile(name, command), ...args], { env })

/** Bytes of memory that must be free, or the disk is used. */
const quickRoom = 4 * 1024 ** 3

/**
 * Two thousand databases are made, flushed and thrown away: where there is room they live in memory, since a flush costs
 * 10 ms on a slow disk. The kills keep to the real one.
 */
function openQuickFolder() {
  const memory = '/dev/shm'
  try {
    const { bavail, bsize } = statfsSync(memory)
    return bavail * bsize < quickRoom ? null : mkdtempSync(join(memory, 'kaunta-'))
  } catch {
    return null
  }
}
const quickFolder = openQuickFolder()
process.on('exit', () => {
  if (quickFolder !== null) rmSync(quickFolder, { recursive: true, force: true })
})
const quick = quickFolder === null ? {} : { TMPDIR: quickFolder }

// Fixed seeds, as for the properties: this judges the change; hunts by chance are `npm run crash`.
const hunts = [20_261_121, 20_261_122]

const steps = {
  build,
  vitest: () => {
    const file = report('vitest.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const code = tool('vitest', 'vitest', ['run', ...reporters], quick)
    return countVitest(readReport(file), code)
  },
  crash: async () => {
    // A product waits for its kill half of the time: two hunts beside each other.
    const ends = await Promise.all(
      hunts.map(async (seed) => {
        const end = await runBeside(node24, ['test/crash/run.ts', '--kills', '100', '--seed', String(seed)])
        process.stdout.write(end.output)
        return { ...end, line: end.output.trimEnd().split('\n').at(-1) }
      }),
    )
    return countCrash(joinCrash(ends.map(({ line }) => line)), Math.max(...ends.map(({ code }) => code)))
  },
  e2e: () => {
    const chromium = findChromium()
    if (chromium === undefined) {
      process.stdout.write(`${chromiumAdvice}\n`)
      return one(1)
    }
    const file = report('e2e.json')
    const code = run(node24, [toolFile('@playwright/test', 'playwright'), 'test', '--reporter=list,json'], {
      env: { ...quick, CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
    })
    return countPlaywright(readReport(file), code)
  },
}

const order = ['build', ...Object.keys(staticChecks), 'vitest', 'crash', 'e2e']

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

function chosenSteps() {
  const at = process.argv.indexOf('--only')
  if (at === -1) return order
  const names = (process.argv[at + 1] ?? '').split(',')
  const unknown = names.filter((name) => !order.includes(name))
  if (unknown.length > 0) {
    process.stderr.write(`No step is called ${unknown.join(', ')}. Steps: ${order.join(', ')}\n`)
    process.exit(2)
  }
  return order.filter((name) => names.includes(name))
}

async function runStep(name) {
  announce(name)
  return timed(name, steps[name])
}

const chosen = chosenSteps()
ensureInstalled()
mkdirSync(artefacts, { recursive: true })
for (const name of ['vitest.json', 'e2e.json']) rmSync(report(name), { force: true })

const results = []
if (chosen.includes('build')) results.push(await runStep('build'))
results.push(...(await runChecks(chosen.filter((name) => name in staticChecks))))
for (const name of ['vitest', 'crash', 'e2e']) if (chosen.includes(name)) results.push(await runStep(name))
tell(results)
