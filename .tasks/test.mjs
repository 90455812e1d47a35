import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { buildNow } from './build.mjs'
import { chromiumAdvice, findChromium } from './chromium.mjs'
import { countCrash, countPlaywright, countVitest } from './count.mjs'
import { ensureInstalled, node24, root, run, runAndRead, toolFile } from './tools.mjs'

/**
 * `npm test`: every check, one after another, to the end, whatever fails. `--only vitest,e2e` runs some of them.
 * The closing line is the sum of the runners' own reports; a check that is not a test runner counts as one.
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

const product = ['src-main', 'src-preload', 'src-renderer']

const one = (code) => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

const steps = {
  build: () => one(buildNow({ quiet: true })),
  typecheck: () => one(tool('typescript', 'tsc', ['-b'])),
  biome: () => one(tool('@biomejs/biome', 'biome', ['check', '--error-on-warnings'])),
  oxlint: () => one(tool('oxlint', 'oxlint', ['--type-aware', '--deny-warnings'])),
  arrows: () =>
    one(tool('dependency-cruiser', 'depcruise', ['--config', '.dependency-cruiser.mjs', ...product, 'test'])),
  knip: () => one(tool('knip', 'knip', ['--no-progress'])),
  vitest: () => {
    const file = report('vitest.json')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const code = tool('vitest', 'vitest', ['run', ...reporters], quick)
    return countVitest(readReport(file), code)
  },
  crash: () => {
    // A fixed seed, as for the properties: this judges the change; hunts by chance are `npm run crash`.
    const hunt = ['test/crash/run.ts', '--kills', '200', '--seed', '20261121']
    const { code, output } = runAndRead(node24, hunt)
    return countCrash(output.trimEnd().split('\n').at(-1), code)
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

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

function chosenSteps() {
  const at = process.argv.indexOf('--only')
  if (at === -1) return Object.keys(steps)
  const names = (process.argv[at + 1] ?? '').split(',')
  const unknown = names.filter((name) => !(name in steps))
  if (unknown.length > 0) {
    process.stderr.write(`No step is called ${unknown.join(', ')}. Steps: ${Object.keys(steps).join(', ')}\n`)
    process.exit(2)
  }
  return names
}

const chosen = chosenSteps()
ensureInstalled()
mkdirSync(artefacts, { recursive: true })
for (const name of ['vitest.json', 'e2e.json']) rmSync(report(name), { force: true })

const results = chosen.map((name) => {
  process.stdout.write(`\n── ${name} ──\n`)
  const started = Date.now()
  const { passed, failed, skipped = 0, failures = [] } = steps[name]()
  return { name, passed, failed, skipped, failures, seconds: (Date.now() - started) / 1000 }
})

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
