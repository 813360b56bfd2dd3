import { describe, expect, test } from 'vitest'
import { coverageAt, coverageBetween, shiftAfter, shiftById, whoseShift } from '#shared/shifts/coverage'
import type { Override } from '#shared/shifts/rota'
import { aRota, daily, inUtc, londonNewYork, utc } from './rotas'

/** Three regions that follow each other, an hour together each time. */
const withOverlaps = aRota([
  daily('APAC', 'UTC', [['22:00', '07:00']]),
  daily('EMEA', 'UTC', [['06:00', '15:00']]),
  daily('AMER', 'UTC', [['14:00', '23:00']]),
])
/** Nobody at the weekend. */
const weekdays = aRota([
  daily('EMEA', 'UTC', [], { week: { mon: [['09:00', '17:00']], fri: [['09:00', '17:00']] } }),
])

describe('whose shift a deadline falls in', () => {
  test.each([
    ['in the middle', '2026-07-10 03:10', 'APAC'],
    ['the last millisecond is still theirs', '2026-07-10 06:59', 'APAC'],
    ['where two are on, the one that began first', '2026-07-10 06:30', 'APAC'],
    ['at the end of a shift the other is responsible', '2026-07-10 07:00', 'EMEA'],
    ['over midnight', '2026-07-10 00:00', 'APAC'],
  ])('%s', (_what, at, region) => expect(whoseShift(withOverlaps, utc(at))?.region).toBe(region))

  test('nobody’s in a gap, and none is known before 1900, after 2199 or without a rota any more', () => {
    expect(whoseShift(weekdays, utc('2026-07-11 12:00'))).toBeUndefined()
    for (const at of [Date.UTC(1890, 0, 1), Date.UTC(2400, 0, 1), Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(whoseShift(weekdays, at)).toBeUndefined()
    }
    const over = aRota([daily('EMEA', 'UTC', [['00:00', '24:00']], { validThrough: '2026-07-10' })])
    expect(whoseShift(over, utc('2026-07-10 23:59'))?.region).toBe('EMEA')
    expect(whoseShift(over, utc('2026-07-11 00:00'))).toBeUndefined()
    expect(coverageAt(over, utc('2026-07-11 00:00'))).toEqual({ on: [], until: undefined, next: undefined })
  })

  test('a shift in which everybody is away is nobody’s', () => {
    const shift = { region: 'EMEA', date: '2026-07-10', starts: '06:00' }
    const leave = (agentId: string): Override => ({
      id: agentId,
      kind: 'leave',
      shift,
      agentId,
      reason: 'ill',
      byId: 'b',
      at: 0,
    })
    const rota = aRota(withOverlaps.regions, ['EMEA-lead', 'EMEA-l1', 'EMEA-boss'].map(leave))
    expect(whoseShift(rota, utc('2026-07-10 10:00'))).toBeUndefined()
    expect(whoseShift(rota, utc('2026-07-11 10:00'))?.region).toBe('EMEA')
    expect(shiftById(rota, 'EMEA.2026-07-10.0600')?.members).toEqual([])
  })
})

describe('who is on now, until when, who is next', () => {
  const say = (at: string, rota = withOverlaps) => {
    const { on, until, next } = coverageAt(rota, utc(at))
    return `${on.map(({ region }) => region).join('+') || 'nobody'} until ${until === undefined ? 'ever' : inUtc(until)}, then ${next?.id ?? 'nobody'}`
  }
  test.each([
    ['2026-07-10 03:00', 'APAC until 2026-07-10 07:00, then EMEA.2026-07-10.0600'],
    ['2026-07-10 06:30', 'APAC+EMEA until 2026-07-10 07:00, then EMEA.2026-07-10.0600'],
    ['2026-07-10 07:00', 'EMEA until 2026-07-10 15:00, then AMER.2026-07-10.1400'],
    ['2026-07-10 22:30', 'AMER+APAC until 2026-07-10 23:00, then APAC.2026-07-10.2200'],
  ])('at %s: %s', (at, expected) => expect(say(at)).toBe(expected))

  test('in a gap, until somebody comes', () => {
    expect(say('2026-07-10 18:00', weekdays)).toBe('nobody until 2026-07-13 09:00, then EMEA.2026-07-13.0900')
    expect(say('2026-07-10 12:00', weekdays)).toBe('EMEA until 2026-07-10 17:00, then EMEA.2026-07-13.0900')
  })

  test('with the clocks of their regions', () => {
    expect(say('2026-01-10 12:00', londonNewYork)).toBe(
      'EMEA until 2026-01-10 20:00, then AMER.2026-01-10.1500',
    )
    expect(say('2026-07-10 12:00', londonNewYork)).toBe(
      'EMEA until 2026-07-10 19:00, then AMER.2026-07-10.1500',
    )
  })

  test('a shift inside another hands back to it', () => {
    const rota = aRota([
      daily('NOC', 'UTC', [['00:00', '24:00']]),
      daily('EMEA', 'UTC', [['09:00', '17:00']]),
    ])
    const inner = shiftById(rota, 'EMEA.2026-07-10.0900')
    expect(inner && shiftAfter(rota, inner)?.id).toBe('NOC.2026-07-10.0000')
  })

  test('the next one far ahead is found, years ahead it is not looked for', () => {
    const later = (validFrom: string) => aRota([daily('EMEA', 'UTC', [['09:00', '17:00']], { validFrom })])
    expect(coverageAt(later('2027-01-01'), utc('2026-01-01 00:00')).next?.date).toBe('2027-01-01')
    expect(coverageAt(later('2036-01-01'), utc('2026-01-01 00:00')).next).toBeUndefined()
  })
})

describe('a shift by its id', () => {
  test.each([
    ['EMEA.2026-07-10.0600', 'EMEA.2026-07-10.0600'],
    ['APAC.2026-07-10.2200', 'APAC.2026-07-10.2200'],
    ['EMEA.2026-07-10.0700', undefined],
    ['EMEA.2026-02-30.0600', undefined],
    ['nonsense', undefined],
  ])('%s', (id, found) => expect(shiftById(withOverlaps, id)?.id).toBe(found))
})

describe('nothing happens where the tables of a rota are cut, every eight weeks', () => {
  // The day in which the seam is, for every seam of 2026.
  const seams = Array.from({ length: 8 }, (_, i) => (365 + i) * 56 * 86_400_000)
  const nights = aRota([daily('APAC', 'UTC', [['18:00', '06:00']])])

  test.each(seams.map((at) => [inUtc(at), at] as const))('%s', (_text, at) => {
    const shift = whoseShift(nights, at - 1)
    expect(shift?.endsAt).toBe(at + 6 * 3_600_000)
    expect(whoseShift(nights, at)?.id).toBe(shift?.id)
    const cut = coverageBetween(nights, at - 12 * 3_600_000, at + 12 * 3_600_000)
    expect(cut.map(({ startsAt, endsAt, on }) => [(endsAt - startsAt) / 3_600_000, on.length])).toEqual([
      [6, 0],
      [12, 1],
      [6, 0],
    ])
  })
})
