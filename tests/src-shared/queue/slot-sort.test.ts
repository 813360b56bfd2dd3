import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sortByNumber } from '#shared/queue/slot-sort'
import { sortTexts } from '#shared/queue/text-sort'

const number = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 }),
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, Infinity, -Infinity, 4e14 + 1_800_000_000_000),
)

it('slots are sorted by their numbers, and keep their order where these are the same', () => {
  fc.assert(
    fc.property(fc.array(number), fc.integer({ min: 0, max: 3 }), (keys, skipped) => {
      // Not every number is that of a slot which is sorted, and slots come in any order.
      const slots = Int32Array.from(keys.keys())
        .filter((slot) => slot % 4 !== skipped)
        .reverse()
      // Infinity less Infinity is no number.
      const expected = [...slots].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || 0)
      expect([...sortByNumber(slots, Float64Array.from(keys))]).toEqual(expected)
    }),
  )
})

it('texts are sorted as they compare', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\u{1f600}'), maxLength: 6 }),
    fc.string({ unit: 'grapheme', maxLength: 3 }),
    fc.nat({ max: 999 }).map((n) => `the same beginning ${n}`),
  )
  fc.assert(
    fc.property(fc.array(text, { maxLength: 120 }), (texts) => {
      const expected = [...texts].sort()
      sortTexts(texts)
      expect(texts).toEqual(expected)
    }),
  )
})
