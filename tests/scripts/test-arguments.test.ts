import { describe, expect, test } from 'vitest'
import { readTestArguments } from '../../scripts/testing/test-arguments.mjs'

describe('what npm test understands', () => {
  test.each([
    [[], ['types', 'lint', 'unit', 'portal', 'simulation', 'e2e'], []],
    [['--unit'], ['unit'], []],
    [['--lint', '--types'], ['types', 'lint'], []],
    [['--unit', 'sla', 'time'], ['unit'], ['sla', 'time']],
    [['--e2e', 'offline'], ['e2e'], ['offline']],
    [['--simulation', '4711'], ['simulation'], ['4711']],
  ])('%j runs %j with %j', (args, runners, filters) => {
    expect(readTestArguments(args)).toMatchObject({ runners, filters })
  })

  test.each([
    [['sla'], 'sla'],
    [['--types', 'sla'], 'sla'],
    [['--unit', '--e2e', 'sla'], 'sla'],
    [['--watch'], '--watch'],
  ])('%j is refused with a message that names %s', (args, name) => {
    expect(() => readTestArguments(args)).toThrow(name)
  })
})
