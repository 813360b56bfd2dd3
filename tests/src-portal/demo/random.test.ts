import { expect, test } from 'vitest'
import { randomFrom } from '../../../src-portal/demo/random'

test('the same seed gives the same numbers, for ever', () => {
  const random = randomFrom('meridian')
  expect([random.int(0, 99), random.int(0, 99), random.int(0, 99)]).toMatchInlineSnapshot(`
    [
      88,
      70,
      7,
    ]
  `)
  expect(randomFrom('meridian').uuid()).toBe(randomFrom('meridian').uuid())
  expect(randomFrom('meridian').uuid()).not.toBe(randomFrom('other').uuid())
})

test('a fork is not moved by what its parent draws', () => {
  const parent = randomFrom('seed')
  const before = parent.fork('x').next()
  parent.next()
  expect(parent.fork('x').next()).toBe(before)
})

test('numbers are spread evenly and stay in range', () => {
  const random = randomFrom('spread')
  const counts = Array<number>(10).fill(0)
  for (let n = 0; n < 10_000; n++) {
    const drawn = random.int(0, 9)
    counts[drawn] = (counts[drawn] ?? 0) + 1
  }
  expect(counts).toHaveLength(10)
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150)
})

test('a uuid has the form of version 4', () => {
  const random = randomFrom('ids')
  for (let n = 0; n < 100; n++) {
    expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
})
