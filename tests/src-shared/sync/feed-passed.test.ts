import { describe, expect, test } from 'vitest'
import { forgottenByPortal, outOfSight, passedByFeed } from '#shared/sync/feed-passed'
import { anEntry, note } from '../tickets/samples'

const at = (version: number, n = 1) => anEntry(note(), { n, state: { kind: 'applied', version } })
const seqs = (entries: readonly { readonly seq: number }[]) => entries.map(({ seq }) => seq)

describe('leaving the overlay', () => {
  test.each([
    ['the mirror is older', 11, []],
    ['the mirror has just this version', 12, [1]],
    ['the mirror is newer', 13, [1]],
    ['the mirror doesn’t know the ticket', undefined, []],
  ] as const)('%s', (_name, known, passed) => {
    const entries = [at(12), anEntry(note(), { n: 2 })]
    expect(seqs(passedByFeed(entries, () => known))).toEqual(passed)
  })
})

describe('what was about something that is nowhere here', () => {
  const again = anEntry(note(), { n: 2, state: { kind: 'applied', version: 12, wasKnown: true } })

  test.each([
    ['waits to be said again what became of it', at(12), [], [1]],
    ['leaves when the portal said that it had taken it before', again, [2], []],
    ['is sent once when it wasn’t yet', anEntry(note(), { n: 3 }), [], []],
  ] as const)('%s', (_name, entry, passed, sight) => {
    expect(seqs(passedByFeed([entry], () => undefined))).toEqual(passed)
    expect(seqs(outOfSight([entry], () => undefined))).toEqual(sight)
  })

  test('is not what the mirror has in an older version', () => {
    expect(seqs(passedByFeed([again], () => 11))).toEqual([])
    expect(seqs(outOfSight([at(12)], () => 11))).toEqual([])
  })
})

describe('after a new bootstrap', () => {
  test('what left no trace is queued again in the order in which it was done, whatever its version says', () => {
    const entries = [at(12, 1), at(900, 2), at(7, 3), anEntry(note(), { n: 4 })]
    const forgotten = forgottenByPortal(entries, ({ seq }) => seq === 2)
    expect(forgotten.map(({ seq, state }) => [seq, state])).toEqual([
      [1, { kind: 'queued', conflicts: 0 }],
      [3, { kind: 'queued', conflicts: 0 }],
    ])
    expect(forgotten.map(({ command }) => command.id)).toEqual(
      [entries[0], entries[2]].map((one) => one?.command.id),
    )
  })
})
