import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jittered, readRetryAfter, WAITS, waitAfterFailure } from '#shared/sync/backoff'
import { nextOffset } from '#shared/sync/clock-offset'

describe('waiting after a failure', () => {
  test.each([
    [1, 0.999, undefined, 999],
    [2, 0.999, undefined, 1998],
    [4, 0.5, undefined, 4000],
    [50, 0.999, undefined, 59_940],
    [3, 0, undefined, WAITS.least],
    [1, 0.5, 7000, 7000],
    [9, 0.5, 0, 0],
    [1, 0.5, 86_400_000, WAITS.longestAnswer],
  ])('%i failures, random %d, Retry-After %s: %i ms', (failures, random, retryAfterMs, expected) => {
    expect(waitAfterFailure({ failures, random, retryAfterMs })).toBe(expected)
  })

  test('without a Retry-After it stays within its bounds', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failures, random) => {
          const wait = waitAfterFailure({ failures, random })
          expect(wait).toBeGreaterThanOrEqual(WAITS.least)
          expect(wait).toBeLessThanOrEqual(WAITS.cap)
        },
      ),
    )
  })

  test('jitter is a fifth each way', () => {
    expect([jittered(5000, 0), jittered(5000, 0.5), jittered(5000, 1)]).toEqual([4000, 5000, 6000])
  })

  const now = Date.parse('2026-07-06T09:00:00.000Z')
  test.each([
    ['30', 30_000],
    [' 0 ', 0],
    ['Mon, 06 Jul 2026 09:01:00 GMT', 60_000],
    ['Mon, 06 Jul 2026 08:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('Retry-After %j is %s ms', (header, expected) => {
    expect(readRetryAfter(header, now)).toBe(expected)
  })
})

describe('the portal’s clock', () => {
  const sample = (sentAt: number, roundTrip: number, serverAt: number) => ({
    sentAt,
    receivedAt: sentAt + roundTrip,
    serverAt,
  })
  test.each([
    ['the first sample, at the middle of the round trip', undefined, sample(1000, 200, 5100), 4000],
    ['later ones are smoothed', 4000, sample(1000, 200, 5200), 4020],
    ['a clock that was set is taken at once', 4000, sample(1000, 200, 3_601_100), 3_600_000],
    ['a desk behind by hours', 0, sample(1000, 0, 1000 + 7_200_000), 7_200_000],
    ['a desk clock set back while asking says nothing', 4000, sample(1000, -50, 9000), 4000],
    ['a round trip of a minute says nothing', 4000, sample(1000, 60_000, 99_000), 4000],
    ['nothing known stays nothing known', undefined, sample(1000, 60_000, 99_000), undefined],
  ])('%s', (_name, previous, input, expected) => {
    expect(nextOffset(previous, input)).toBe(expected)
  })

  test('repeated samples of one true offset come near it, whatever the round trips', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e7, max: 1e7 }),
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 40, maxLength: 60 }),
        (truth, roundTrips) => {
          let offset: number | undefined
          roundTrips.forEach((roundTrip, index) => {
            const sentAt = index * 1000
            // The way there may take all of the round trip or none of it.
            const serverAt = sentAt + truth + (index % 2 === 0 ? roundTrip : 0)
            offset = nextOffset(offset, sample(sentAt, roundTrip, serverAt))
          })
          expect(Math.abs((offset ?? Number.NaN) - truth)).toBeLessThanOrEqual(200)
        },
      ),
    )
  })
})
