import { describe, expect, test } from 'vitest'
import { Ledger } from './e2e/kill-rounds/ledger'

/** `?` before a line: cut off before it was told. */
function differences(told: readonly string[], there: readonly string[]): readonly string[] {
  const ledger = new Ledger()
  for (const line of told) {
    ledger.add({ ticketId: 't', line: `note: ${line.replace('?', '')}`, isUncertain: line.startsWith('?') })
  }
  const messages = there.map((body, version) => ({
    kind: 'message' as const,
    id: `m${version}`,
    version,
    value: { ticketId: 't', type: 'note', author: { id: 'me' }, body },
  }))
  return ledger.differences(messages, 'me')
}

describe('what was told may be what is there', () => {
  test.each([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [['?a', 'b'], ['b']],
    [
      ['?a', 'b'],
      ['a', 'b'],
    ],
    // Cut off before it was stored, then done again.
    [['?a', 'a'], ['a']],
    [
      ['?a', 'a', 'b'],
      ['a', 'b'],
    ],
    [
      ['b', '?a', '?a', 'a', 'c'],
      ['b', 'a', 'a', 'c'],
    ],
  ])('%j: %j', (told, there) => expect(differences(told, there)).toEqual([]))
})

describe('what was told is not what is there', () => {
  test.each([
    [['a'], [], 'lost: note: a'],
    [['a', 'b'], ['b'], 'lost, or too late: note: a'],
    [['a'], ['a', 'a'], 'there twice, or never written, or too late: note: a'],
    [['a', 'b'], ['b', 'a'], 'lost, or too late: note: a'],
    [[], ['a'], 'there twice, or never written, or too late: note: a'],
    [['?a', 'a'], ['a', 'a', 'a'], 'there twice, or never written, or too late: note: a'],
  ])('%j: %j: %s', (told, there, problem) => expect(differences(told, there)).toContain(`t: ${problem}`))
})
