import { describe, expect, test } from 'vitest'
import {
  checkTotals,
  playwrightTotals,
  runnerTotals,
  sumTotals,
  totalsLine,
  vitestTotals,
} from '../../scripts/testing/totals.mjs'

const ended = (code: number) => ({ code, timedOut: false })
const timedOut = { code: 1, timedOut: true }
const totals = (passed: number, failed: number, skipped = 0) => ({ passed, failed, skipped })

describe('a check that is one answer', () => {
  test.each([
    ['succeeded', ended(0), totals(1, 0)],
    ['failed', ended(2), totals(0, 1)],
    ['was ended by its limit', timedOut, totals(0, 1)],
  ])('%s', (_what, ending, expected) => expect(checkTotals(ending)).toEqual(expected))
})

describe('a test runner', () => {
  test.each([
    ['all passed', ended(0), totals(7, 0, 1), totals(7, 0, 1)],
    ['some failed, which is why it ended with 1', ended(1), totals(7, 2), totals(7, 2)],
    ['ended with 1 though no test failed', ended(1), totals(7, 0), totals(7, 1)],
    ['was ended by its limit after seven tests', timedOut, totals(7, 0), totals(7, 1)],
    ['crashed without a report', ended(134), undefined, totals(0, 1)],
    ['succeeded without a report', ended(0), undefined, totals(0, 1)],
    ['ran no test', ended(0), totals(0, 0), totals(0, 1)],
    ['skipped every test', ended(0), totals(0, 0, 4), totals(0, 1, 4)],
  ])('%s', (_what, ending, reported, expected) => expect(runnerTotals(ending, reported)).toEqual(expected))
})

describe('the report of vitest', () => {
  const file = (status: string, ...tests: string[]) => ({
    status,
    assertionResults: tests.map((each) => ({ status: each })),
  })
  const report = (passed: number, failed: number, ...testResults: unknown[]) => ({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 1,
    numTodoTests: 2,
    testResults,
  })

  test.each([
    ['counts tests', report(3, 0, file('passed', 'passed')), totals(3, 0, 3)],
    ['a failed test is one failure', report(3, 1, file('failed', 'failed', 'passed')), totals(3, 1, 3)],
    ['a file that does not load is one failure', report(3, 0, file('failed')), totals(3, 1, 3)],
    ['both', report(3, 1, file('failed', 'failed'), file('failed')), totals(3, 2, 3)],
  ])('%s', (_what, value, expected) => expect(vitestTotals(value)).toEqual(expected))

  test.each([
    [undefined],
    [null],
    ['text'],
    [{}],
    [{ testResults: [] }],
    [{ ...report(1, 0), numPassedTests: '1' }],
  ])('%j is none', (value) => expect(vitestTotals(value)).toBeUndefined())
})

describe('the report of Playwright', () => {
  test('a test that passed only when tried again counts as failed', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 }
    expect(playwrightTotals({ stats })).toEqual(totals(5, 3, 3))
  })

  test.each([[undefined], [{}], [{ stats: { expected: 5 } }]])('%j is none', (value) =>
    expect(playwrightTotals(value)).toBeUndefined(),
  )
})

test('the sum of all runners', () => {
  expect(sumTotals([totals(1, 0), totals(40, 2, 3), totals(0, 1)])).toEqual(totals(41, 3, 3))
})

test.each([
  [totals(41, 0), '41 passed, 0 failed'],
  [totals(41, 3, 2), '41 passed, 3 failed, 2 skipped'],
])('the last line of %j', (sum, line) => expect(totalsLine(sum)).toBe(line))
