import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { countVitest } from './count.mjs'
import { announce, runChecks, staticChecks, tell, timed } from './steps.mjs'
import { ensureInstalled, node24, root, run, runBeside, toolFile } from './tools.mjs'

/**
 * `npm run check`: the inner loop, about a minute. Types, every lint, and the tests that import what changed since
 * `main` (or is not committed), nearest first. What takes long, or would not fit into the minute, is left to `npm test`.
 */

/** More files than this take longer than a minute with the checks beside them. */
const mostFiles = 16
/** Each runs for more than a few seconds: programs are started, killed and compared, or a hundred thousand inputs tried. */
const leftToTest = /^test\/(?:crash|race|power-cut|faults|fuzz|doors|contract)\/|\.property\.test\.ts$/

const artefacts = join(root, 'artefacts')
const report = join(artefacts, 'check.json')
const vitest = toolFile('vitest')

const git = (...args) => {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' })
  return status === 0 ? stdout.split('\n').filter((line) => line !== '') : null
}

/** What changed is compared with: where this branch left main, or the last commit where there is no main. */
const base = git('merge-base', 'HEAD', 'main')?.[0] ?? 'HEAD'

function changedFiles() {
  const committed = git('diff', '--name-only', base) ?? []
  return [...committed, ...(git('ls-files', '--others', '--exclude-standard') ?? [])]
}

/** Tests that import what changed, those beside it first. */
async function affectedTests(changed) {
  const listed = join(artefacts, 'check-files.json')
  rmSync(listed, { force: true })
  const { code, output } = await runBeside(node24, [
    vitest,
    'list',
    '--filesOnly',
    `--json=${listed}`,
    '--changed',
    base,
  ])
  if (code !== 0 || !existsSync(listed)) throw new Error(`vitest could not tell what changed: ${output}`)
  const folders = new Set(changed.map((file) => dirname(file)))
  const distance = (file) => (changed.includes(file) ? 0 : folders.has(dirname(file)) ? 1 : 2)
  const files = JSON.parse(readFileSync(listed, 'utf8')).map(({ file }) =>
    relative(root, file).replaceAll('\\', '/'),
  )
  return [...new Set(files)].toSorted((a, b) => distance(a) - distance(b))
}

async function testChanged() {
  const changed = changedFiles()
  const affected = changed.length === 0 ? [] : await affectedTests(changed)
  const fitting = affected.filter((file) => !leftToTest.test(file) || changed.includes(file))
  const chosen = fitting.slice(0, mostFiles)
  const left = affected.length - chosen.length
  if (left > 0) process.stdout.write(`${left} more test files import what changed: npm test runs them.\n`)
  if (chosen.length === 0) {
    process.stdout.write('No test imports what changed.\n')
    return { passed: 0, failed: 0 }
  }
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = run(node24, [vitest, 'run', ...reporters, ...chosen])
  return countVitest(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined, code)
}

ensureInstalled()
mkdirSync(artefacts, { recursive: true })
const checks = await runChecks(Object.keys(staticChecks))
announce('tests')
tell([...checks, await timed('tests', testChanged)])
