import { describe, expect, test } from 'vitest'
import { inPieces, readSeeds, SEEDS_OF_CI } from './seeds'

describe('seeds as text', () => {
  test.each([
    [undefined, SEEDS_OF_CI],
    ['', SEEDS_OF_CI],
    ['4711', [{ from: 4711, to: 4711 }]],
    ['20000..29999', [{ from: 20000, to: 29999 }]],
    [
      '1 5..7',
      [
        { from: 1, to: 1 },
        { from: 5, to: 7 },
      ],
    ],
  ])('%j', (text, ranges) => expect(readSeeds(text)).toEqual(ranges))

  test.each(['draft', '9..3', '1.5', '-1', '1..'])('%j is refused by its name', (text) => {
    expect(() => readSeeds(text)).toThrow(text)
  })
})

test('pieces have every seed once', () => {
  const pieces = inPieces(
    [
      { from: 3, to: 8 },
      { from: 20, to: 20 },
    ],
    4,
  )
  expect(pieces).toEqual([
    { from: 3, to: 6 },
    { from: 7, to: 8 },
    { from: 20, to: 20 },
  ])
})

test('CI plays ten thousand stories or more', () => {
  const seeds = SEEDS_OF_CI.reduce((sum, { from, to }) => sum + to - from + 1, 0)
  expect(seeds).toBeGreaterThanOrEqual(10_000)
})
