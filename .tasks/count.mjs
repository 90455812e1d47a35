/** Totals from the runners' own JSON reports, and the names of what failed. A runner that failed without saying which test did counts as one failure. */

function honest(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

const nothing = { passed: 0, failed: 1, skipped: 0 }

/** vitest's JSON reporter; a file that could not even be loaded has no tests of its own and counts as one failure. */
export function countVitest(report, code) {
  if (report === undefined) return nothing
  const failures = report.testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (status === 'failed' && assertionResults.length === 0) return [name]
    return failed.map((test) => `${name}: ${test.fullName}`)
  })
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
  }
  return honest(counts, code)
}

/** Playwright's JSON reporter; a test that passed only at a second try did not pass. */
export function countPlaywright(report, code) {
  if (report === undefined) return nothing
  const { expected, unexpected, flaky, skipped } = report.stats
  const failures = report.suites.flatMap(failedSpecs)
  return honest({ passed: expected, failed: unexpected + flaky, skipped, failures }, code)
}

function failedSpecs({ file, suites = [], specs }) {
  const failed = specs.filter(({ tests }) =>
    tests.some(({ status }) => status === 'unexpected' || status === 'flaky'),
  )
  return [...failed.map(({ title, line }) => `${file}:${line}: ${title}`), ...suites.flatMap(failedSpecs)]
}

/** The crash suite's last line, `{"kills","lost","duplicated",…}`: enough kills, nothing lost, nothing done twice. */
export function countCrash(line, code) {
  if (!line?.startsWith('{')) return nothing
  const { kills, lost, duplicated } = JSON.parse(line)
  const checks = [kills >= 200, lost === 0, duplicated === 0]
  const passed = checks.filter(Boolean).length
  return honest({ passed, failed: checks.length - passed, skipped: 0 }, code)
}

/** The last lines of crash suites that ran beside each other, as one; undefined when one of them did not come to its end. */
export function joinCrash(lines) {
  if (!lines.every((line) => line?.startsWith('{'))) return undefined
  const sums = { kills: 0, lost: 0, duplicated: 0 }
  for (const line of lines) {
    const verdict = JSON.parse(line)
    for (const name of Object.keys(sums)) sums[name] += verdict[name]
  }
  return JSON.stringify(sums)
}
