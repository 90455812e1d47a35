import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { root } from './tree.ts'

const totals = z.object({
  passed: z.number(),
  failed: z.number(),
  skipped: z.number(),
  failures: z.array(z.string()).optional(),
})
const count = z.function({ input: [z.unknown(), z.number()], output: totals })
const joining = z.function({ input: [z.array(z.string().optional())], output: z.string().optional() })
const counters = z
  .object({ countVitest: count, countPlaywright: count, countCrash: count, joinCrash: joining })
  .parse(await import(pathToFileURL(join(root, '.tasks/count.mjs')).href))

const fine = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1, testResults: [] }
const brokenFile = { name: 'a.test.ts', status: 'failed', assertionResults: [] }
const oneFailed = {
  name: 'b.test.ts',
  status: 'failed',
  assertionResults: [
    { fullName: 'adds', status: 'passed' },
    { fullName: 'divides', status: 'failed' },
  ],
}
const stats = { expected: 4, unexpected: 0, flaky: 0, skipped: 1 }
const spec = (title: string, status: string) => ({ title, line: 7, tests: [{ status }] })
const nested = {
  file: 'c.spec.ts',
  specs: [spec('sells', 'expected')],
  suites: [{ file: 'c.spec.ts', specs: [spec('pays', 'unexpected'), spec('prints', 'flaky')] }],
}
const crash = (line: object) => JSON.stringify({ kills: 200, lost: 0, duplicated: 0, ...line })

describe('the closing total of npm test', () => {
  it.each([
    ['what vitest says', 'countVitest', fine, 0, { passed: 5, failed: 0, skipped: 3 }],
    [
      'a test file that could not be loaded',
      'countVitest',
      { ...fine, testResults: [brokenFile] },
      1,
      { failed: 1, failures: ['a.test.ts'] },
    ],
    [
      'a failed test by its name',
      'countVitest',
      { ...fine, numFailedTests: 1, testResults: [oneFailed] },
      1,
      { failed: 1, failures: ['b.test.ts: divides'] },
    ],
    ['an error outside any test', 'countVitest', fine, 1, { failed: 1 }],
    ['a report that was never written', 'countVitest', undefined, 0, { passed: 0, failed: 1 }],
    [
      'what Playwright says',
      'countPlaywright',
      { stats, suites: [] },
      0,
      { passed: 4, failed: 0, skipped: 1 },
    ],
    [
      'a test that passed at the second try',
      'countPlaywright',
      { stats: { ...stats, flaky: 1 }, suites: [] },
      0,
      { failed: 1 },
    ],
    [
      'failed scenarios by their names',
      'countPlaywright',
      { stats: { ...stats, unexpected: 1, flaky: 1 }, suites: [nested] },
      1,
      { failed: 2, failures: ['c.spec.ts:7: pays', 'c.spec.ts:7: prints'] },
    ],
    ['a browser that did not start', 'countPlaywright', { stats, suites: [] }, 1, { failed: 1 }],
    ['kills survived', 'countCrash', crash({}), 0, { passed: 3, failed: 0 }],
    ['a lost effect', 'countCrash', crash({ lost: 1 }), 0, { passed: 2, failed: 1 }],
    ['a doubled effect', 'countCrash', crash({ duplicated: 1 }), 0, { passed: 2, failed: 1 }],
    ['too few kills', 'countCrash', crash({ kills: 199 }), 0, { passed: 2, failed: 1 }],
    ['a crash suite that crashed', 'countCrash', 'Error: no', 1, { passed: 0, failed: 1 }],
  ] as const)('counts %s', (_what, name, report, code, expected) => {
    expect(counters[name](report, code)).toMatchObject(expected)
  })
})

describe('crash suites beside each other', () => {
  it('count as one, with the kills of both and each loss', () => {
    const joined = counters.joinCrash([crash({ kills: 100 }), crash({ kills: 100, lost: 2, duplicated: 1 })])
    expect(JSON.parse(joined ?? '')).toEqual({ kills: 200, lost: 2, duplicated: 1 })
  })

  it('do not count when one of them did not come to its end', () => {
    expect(counters.joinCrash([crash({}), 'Error: no'])).toBeUndefined()
    expect(counters.joinCrash([crash({}), undefined])).toBeUndefined()
  })
})
