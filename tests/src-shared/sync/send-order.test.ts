import { describe, expect, test } from 'vitest'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { batches, nextSendable } from '#shared/sync/send-order'
import { anEntry, id, note, status } from '../tickets/samples'

const NOW = 1_000_000
const on = (target: string, n: number, state?: OutboxEntry['state']) =>
  anEntry(note(), state ? { n, target, state } : { n, target })
const applied = { kind: 'applied', version: 4 } as const
const parked = { kind: 'parked', code: 'x', message: 'y' } as const
const ids = (entries: readonly OutboxEntry[]) => entries.map((entry) => entry.seq)

describe('what may be sent now', () => {
  const cases: [
    string,
    OutboxEntry[],
    { inFlight?: number[]; until?: [number, number][] },
    number[],
    number?,
  ][] = [
    ['nothing', [], {}, []],
    ['in order within a ticket', [on('a', 2), on('a', 1)], {}, [1]],
    ['tickets side by side', [on('a', 1), on('b', 2), on('a', 3)], {}, [1, 2]],
    ['one on its way holds up its ticket only', [on('a', 1), on('a', 3), on('b', 2)], { inFlight: [1] }, [2]],
    [
      'one that waits holds up its ticket only',
      [on('a', 1), on('a', 3), on('b', 2)],
      { until: [[1, NOW + 5]] },
      [2],
      NOW + 5,
    ],
    ['one whose wait is over goes', [on('a', 1)], { until: [[1, NOW]] }, [1]],
    [
      'the earliest wait is named',
      [on('a', 1), on('b', 2)],
      {
        until: [
          [1, NOW + 9],
          [2, NOW + 3],
        ],
      },
      [],
      NOW + 3,
    ],
    [
      'applied and parked ones are no longer in the way',
      [on('a', 1, applied), on('a', 2, parked), on('a', 3)],
      {},
      [3],
    ],
  ]
  test.each(cases)('%s', (_name, entries, { inFlight = [], until = [] }, expected, nextAt) => {
    const sendable = nextSendable(
      entries,
      { inFlight: new Set(inFlight.map(id)), notBefore: new Map(until.map(([n, at]) => [id(n), at])) },
      NOW,
    )
    expect(ids(sendable.entries)).toEqual(expected)
    expect(sendable.nextAt).toBe(nextAt)
  })
})

describe('requests', () => {
  const many = Array.from({ length: 7 }, (_, index) => on(`t${index}`, index + 1))
  const limits = { commands: 3, bytes: 1_000_000 }

  test('are bounded in commands', () => {
    expect(batches(many, new Set(), limits).map(ids)).toEqual([[1, 2, 3], [4, 5, 6], [7]])
  })

  test('are bounded in bytes, even of texts that grow on the wire', () => {
    const long = ['a', 'b', 'c'].map((target, index) =>
      anEntry(note('界'.repeat(60_000)), { n: index + 1, target }),
    )
    const requests = batches(long, new Set(), { commands: 50, bytes: 500_000 })
    expect(requests.map(ids)).toEqual([[1, 2], [3]])
    for (const request of requests) {
      expect(
        new TextEncoder().encode(JSON.stringify(request.map((entry) => entry.command))).length,
      ).toBeLessThan(500_000)
    }
  })

  test('one that was in a failed request goes alone', () => {
    expect(batches(many.slice(0, 4), new Set([id(2)]), limits).map(ids)).toEqual([[2], [1, 3, 4]])
  })

  test('every entry is in exactly one', () => {
    const entries = [...many, anEntry(status('solved'), { n: 8, target: 'x' })]
    expect(
      batches(entries, new Set([id(1), id(8)]), limits)
        .flat()
        .map((entry) => entry.seq)
        .sort(),
    ).toEqual(ids(entries))
  })
})
