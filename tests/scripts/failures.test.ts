import { expect, test } from 'vitest'
import { failuresOf } from '../../scripts/testing/failures.mjs'

test('the failed tests of vitest, and files that did not load', () => {
  const report = {
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { status: 'passed', fullName: 'well' },
          {
            status: 'failed',
            fullName: 'not well',
            failureMessages: ['\u001b[31mexpected 1\u001b[39m to be 2'],
          },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      { name: 'c.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] },
    ],
  }
  expect(failuresOf(report)).toEqual([
    { title: 'a.test.ts › not well', why: 'expected 1 to be 2' },
    { title: 'b.test.ts', why: 'no such module' },
  ])
})

test('the failed tests of Playwright, however deep', () => {
  const spec = (title: string, ok: boolean) => ({
    title,
    ok,
    tests: [{ results: [{ error: { message: 'timed out' } }] }],
  })
  const report = {
    suites: [
      {
        title: 'offline.spec.ts',
        specs: [spec('fine', true)],
        suites: [{ title: 'after a kill', specs: [spec('lost', false)] }],
      },
    ],
  }
  expect(failuresOf(report)).toEqual([{ title: 'offline.spec.ts › after a kill › lost', why: 'timed out' }])
})

test('a long reason is cut', () => {
  const report = {
    testResults: [{ name: 'a', status: 'failed', message: 'x'.repeat(2000), assertionResults: [] }],
  }
  expect(failuresOf(report)[0]?.why).toHaveLength(602)
})

test.each([[undefined], [null], [[]], ['text'], [{}], [{ testResults: [null, 1], suites: [{}] }]])(
  'of %j there are none',
  (report) => expect(failuresOf(report)).toEqual([]),
)
