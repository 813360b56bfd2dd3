/**
 * @typedef {object} Totals
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * How a runner ended.
 *
 * @typedef {object} Ending
 * @property {number} code exit code
 * @property {boolean} timedOut it was ended because its time was up
 */

/**
 * A check that is one answer, such as the compiler's.
 *
 * @param {Ending} ending
 * @returns {Totals}
 */
export function checkTotals(ending) {
  const passed = ending.code === 0 && !ending.timedOut
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 }
}

/**
 * The totals of a test runner. What its report leaves out counts as one failure: a crash, a time limit, a file that could not be
 * loaded, and a run in which no test ran.
 *
 * @param {Ending} ending
 * @param {Totals | undefined} reported undefined when there is no report or it can't be read
 * @returns {Totals}
 */
export function runnerTotals(ending, reported) {
  const totals = reported ?? { passed: 0, failed: 0, skipped: 0 }
  const unexplained = ending.timedOut || (ending.code !== 0 && totals.failed === 0)
  const ranNothing = totals.passed + totals.failed === 0
  return unexplained || ranNothing ? { ...totals, failed: totals.failed + 1 } : totals
}

/**
 * @param {unknown} report of vitest's JSON reporter
 * @returns {Totals | undefined}
 */
export function vitestTotals(report) {
  if (!isRecord(report) || !Array.isArray(report.testResults)) return undefined
  const passed = count(report.numPassedTests)
  const failed = count(report.numFailedTests)
  const pending = count(report.numPendingTests)
  const todo = count(report.numTodoTests)
  if (passed === undefined || failed === undefined || pending === undefined || todo === undefined)
    return undefined
  // A file that does not load has no tests to fail.
  const broken = report.testResults.filter(
    (file) =>
      isRecord(file) &&
      file.status === 'failed' &&
      Array.isArray(file.assertionResults) &&
      !file.assertionResults.some((test) => isRecord(test) && test.status === 'failed'),
  ).length
  return { passed, failed: failed + broken, skipped: pending + todo }
}

/**
 * @param {unknown} report of Playwright's JSON reporter
 * @returns {Totals | undefined} a test that passed only when it was tried again counts as failed
 */
export function playwrightTotals(report) {
  if (!isRecord(report) || !isRecord(report.stats)) return undefined
  const passed = count(report.stats.expected)
  const failed = count(report.stats.unexpected)
  const flaky = count(report.stats.flaky)
  const skipped = count(report.stats.skipped)
  if (passed === undefined || failed === undefined || flaky === undefined || skipped === undefined)
    return undefined
  return { passed, failed: failed + flaky, skipped }
}

/**
 * @param {readonly Totals[]} all
 * @returns {Totals}
 */
export function sumTotals(all) {
  return all.reduce(
    (sum, next) => ({
      passed: sum.passed + next.passed,
      failed: sum.failed + next.failed,
      skipped: sum.skipped + next.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

/**
 * @param {Totals} totals
 * @returns {string} `N passed, N failed`, and `, N skipped` when any were
 */
export function totalsLine(totals) {
  const skipped = totals.skipped === 0 ? '' : `, ${totals.skipped} skipped`
  return `${totals.passed} passed, ${totals.failed} failed${skipped}`
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isRecord(value) {
  return typeof value === 'object' && value !== null
}

/**
 * @param {unknown} value
 * @returns {number | undefined}
 */
function count(value) {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined
}
