import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSortedIndex, type Direction, type Entry, type SortedIndex } from '#shared/queue/sorted-index'

function idsOf(index: SortedIndex): (string | undefined)[] {
  return Array.from({ length: index.size }, (_, position) => index.at(position))
}

/** The slow, obvious order to compare with. */
function sorted(entries: Iterable<Entry>, direction: Direction): string[] {
  const sign = direction === 'asc' ? 1 : -1
  const rank = (a: Entry, b: Entry) => {
    const missing = Number(a.key === undefined) - Number(b.key === undefined)
    if (missing !== 0) return missing
    if (a.key !== undefined && b.key !== undefined && a.key !== b.key) return a.key < b.key ? -sign : sign
    return a.tie - b.tie || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  }
  return [...entries].sort(rank).map((entry) => entry.id)
}

const key = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.constant(undefined))
const entry = fc.record({
  id: fc.integer({ min: 0, max: 60 }).map(String),
  key,
  tie: fc.integer({ min: 0, max: 2 }),
})
const patch = fc.record({
  puts: fc.array(entry, { maxLength: 12 }),
  removed: fc.array(fc.integer({ min: 0, max: 60 }).map(String), { maxLength: 6 }),
})

describe('a sorted index', () => {
  it.each(['asc', 'desc'] as const)('%s: after any patches equals a full sort', (direction) => {
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: (e) => e.id }), fc.array(patch), (first, patches) => {
        const index = createSortedIndex(direction)
        const truth = new Map(first.map((e) => [e.id, e]))
        index.fill(first)
        for (const { puts, removed } of patches) {
          index.patch(puts, removed)
          for (const id of removed) truth.delete(id)
          for (const put of puts) truth.set(put.id, put)
          expect(idsOf(index)).toEqual(sorted(truth.values(), direction))
          for (const id of truth.keys()) expect(index.at(index.positionOf(id))).toBe(id)
        }
      }),
    )
  })

  it('takes a patch as large as itself in one merge', () => {
    const index = createSortedIndex('asc')
    const entries = Array.from({ length: 2000 }, (_, n) => ({ id: `${n}`, key: (n * 7919) % 2000, tie: 0 }))
    index.fill(entries)
    const moved = entries.map((e) => ({ ...e, key: 2000 - e.key }))
    index.patch(moved, [])
    expect(idsOf(index)).toEqual(sorted(moved, 'asc'))
  })

  it('says that nothing moved when a change leaves the order alone', () => {
    const index = createSortedIndex('asc')
    index.fill([{ id: 'a', key: 1, tie: 0 }])
    expect(index.patch([{ id: 'a', key: 1, tie: 0 }], ['unknown'])).toBe(false)
    expect(index.patch([{ id: 'a', key: 2, tie: 0 }], [])).toBe(true)
    expect(index.positionOf('unknown')).toBe(-1)
  })
})
