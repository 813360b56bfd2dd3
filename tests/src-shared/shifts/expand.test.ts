import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coverageBetween, onShiftAt, shiftsBetween } from '#shared/shifts/coverage'
import type { Rota } from '#shared/shifts/rota'
import { isWorkingAt } from '#shared/time/working-time'
import { calendarOf, EVERY_DAY } from '../time/calendars'
import { aRota, daily, everyDay, inUtc, utc } from './rotas'

const HOUR = 3_600_000

/** Shifts of one region that start on a local date, in UTC. */
function shiftsOn(date: string, rota: Rota): string[] {
  return shiftsBetween(rota, utc(`${date} 00:00`) - 24 * HOUR, utc(`${date} 00:00`) + 48 * HOUR)
    .filter((shift) => shift.date === date)
    .map(({ startsAt, endsAt }) => `${inUtc(startsAt)} – ${inUtc(endsAt)}`)
}

describe('shifts in UTC, by the wall time of their region', () => {
  test.each<[string, string, [string, string][], string, string[]]>([
    // London is an hour ahead of UTC from 29 March to 25 October 2026.
    [
      'in winter',
      'Europe/London',
      [['07:00', '15:00']],
      '2026-01-10',
      ['2026-01-10 07:00 – 2026-01-10 15:00'],
    ],
    [
      'in summer',
      'Europe/London',
      [['07:00', '15:00']],
      '2026-07-10',
      ['2026-07-10 06:00 – 2026-07-10 14:00'],
    ],
    [
      'until 24:00',
      'Europe/London',
      [['16:00', '24:00']],
      '2026-07-10',
      ['2026-07-10 15:00 – 2026-07-10 23:00'],
    ],
    [
      'over midnight',
      'Europe/London',
      [['22:00', '06:00']],
      '2026-07-10',
      ['2026-07-10 21:00 – 2026-07-11 05:00'],
    ],
    [
      'an hour shorter: the night the clocks go forward',
      'Europe/London',
      [['22:00', '06:00']],
      '2026-03-28',
      ['2026-03-28 22:00 – 2026-03-29 05:00'],
    ],
    [
      'an hour longer: the night they go back',
      'Europe/London',
      [['22:00', '06:00']],
      '2026-10-24',
      ['2026-10-24 21:00 – 2026-10-25 06:00'],
    ],
    [
      'starts in the hour that is skipped: at its end',
      'Europe/London',
      [['01:30', '09:00']],
      '2026-03-29',
      ['2026-03-29 01:00 – 2026-03-29 08:00'],
    ],
    [
      'ends in the hour that is skipped: at its end',
      'Europe/London',
      [['18:00', '01:30']],
      '2026-03-28',
      ['2026-03-28 18:00 – 2026-03-29 01:00'],
    ],
    [
      'all of it in the hour that is skipped: none',
      'America/New_York',
      [['02:00', '03:00']],
      '2026-03-08',
      [],
    ],
    [
      'starts in the hour that comes twice: the first',
      'Europe/London',
      [['01:30', '09:00']],
      '2026-10-25',
      ['2026-10-25 00:30 – 2026-10-25 09:00'],
    ],
    [
      'ends in the hour that comes twice: the second',
      'Europe/London',
      [['18:00', '01:30']],
      '2026-10-24',
      ['2026-10-24 17:00 – 2026-10-25 01:30'],
    ],
    [
      'a shift that ends and one that starts in the hour that comes twice touch',
      'Europe/London',
      [
        ['18:00', '01:30'],
        ['01:30', '09:00'],
      ],
      '2026-10-25',
      ['2026-10-25 01:30 – 2026-10-25 09:00', '2026-10-25 18:00 – 2026-10-26 01:30'],
    ],
    [
      'clocks that change at midnight',
      'America/Havana',
      [['00:00', '08:00']],
      '2026-03-08',
      ['2026-03-08 05:00 – 2026-03-08 12:00'],
    ],
  ])('%s', (_what, zone, hours, date, expected) => {
    expect(shiftsOn(date, aRota([daily('R', zone, hours)]))).toEqual(expected)
  })

  test('a region works on the weekdays and between the dates that it has, and by its new hours afterwards', () => {
    const winter = daily('EMEA', 'UTC', [], { week: everyDay([['09:00', '17:00']], ['fri', 'mon']) })
    const rota = aRota([
      { ...winter, validFrom: '2026-07-03', validThrough: '2026-07-13' },
      { ...winter, validFrom: '2026-07-14', week: everyDay([['22:00', '06:00']], ['fri']) },
    ])
    const dates = shiftsBetween(rota, utc('2026-06-20 00:00'), utc('2026-07-26 00:00')).map(({ id }) => id)
    expect(dates).toEqual([
      'EMEA.2026-07-03.0900',
      'EMEA.2026-07-06.0900',
      'EMEA.2026-07-10.0900',
      'EMEA.2026-07-13.0900',
      'EMEA.2026-07-17.2200',
      'EMEA.2026-07-24.2200',
    ])
  })
})

const zones = [
  'Europe/London',
  'America/New_York',
  'America/Havana',
  'Australia/Lord_Howe',
  'Asia/Singapore',
  'Africa/Cairo',
]
const quarter = fc
  .integer({ min: 0, max: 95 })
  .map((n) => `${String(n >> 2).padStart(2, '0')}:${String((n & 3) * 15).padStart(2, '0')}`)
const anyWindow = fc
  .tuple(quarter, quarter)
  .filter(
    ([starts, ends]) => starts < ends || (starts > ends && minutes(ends) + 1440 - minutes(starts) <= 720),
  )
const anyInstant = fc
  .integer({ min: utc('2026-01-20 00:00') / 60_000, max: utc('2026-12-10 00:00') / 60_000 })
  .map((n) => n * 60_000)
/** Around the changes of clocks of all these zones. */
const nearAChange = fc
  .tuple(
    fc.constantFrom(
      '2026-03-08',
      '2026-03-29',
      '2026-04-05',
      '2026-04-24',
      '2026-10-04',
      '2026-10-25',
      '2026-10-29',
      '2026-11-01',
    ),
    fc.integer({ min: -36 * 60, max: 60 * 60 }),
  )
  .map(([date, offset]) => utc(`${date} 00:00`) + offset * 60_000)

function minutes(text: string): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
}

const anyRota = fc
  .array(
    fc.record({
      zone: fc.constantFrom(...zones),
      window: anyWindow,
      staffed: fc.integer({ min: 0, max: 5 }),
    }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((regions) =>
    aRota(
      regions.map(({ zone, window, staffed }, i) =>
        daily(`R${i}`, zone, [window], staffed === 0 ? { members: [], leadId: undefined } : {}),
      ),
    ),
  )

describe('the shifts of any rota', () => {
  test('are the working hours of a calendar with the same hours: one rule of wall time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        anyWindow,
        fc.array(fc.oneof(anyInstant, nearAChange), { minLength: 10, maxLength: 30 }),
        (zone, [starts, ends], instants) => {
          const rota = aRota([daily('R', zone, [[starts, ends]])])
          const hours: [string, string][] =
            starts < ends
              ? [[starts, ends]]
              : [['00:00', ends] as [string, string], [starts, '24:00'] as [string, string]].filter(
                  ([a, b]) => a !== b,
                )
          const calendar = calendarOf({ zone, hours, days: EVERY_DAY })
          for (const at of instants) {
            expect([inUtc(at), onShiftAt(rota, at).length > 0]).toEqual([
              inUtc(at),
              isWorkingAt(calendar, at),
            ])
          }
        },
      ),
      { numRuns: 150 },
    )
  })

  test('of two adjoining spans are those of their union', () => {
    fc.assert(
      fc.property(anyRota, fc.tuple(anyInstant, anyInstant, anyInstant), (rota, instants) => {
        const [a = 0, b = 0, c = 0] = [...instants].sort((x, y) => x - y)
        const ids = (from: number, to: number) =>
          shiftsBetween(rota, from, to).map(({ id, startsAt, endsAt }) => `${id} ${startsAt} ${endsAt}`)
        // A shift that runs over the seam is in both.
        expect([...new Set([...ids(a, b), ...ids(b, c)])].sort()).toEqual([...new Set(ids(a, c))].sort())
        expect(ids(a, c)).toEqual([...new Set(ids(a, c))])
      }),
    )
  })

  test('cut every span into stretches without holes, and one is staffed exactly when a shift covers it', () => {
    fc.assert(
      fc.property(
        anyRota,
        nearAChange,
        fc.integer({ min: 1, max: 90 * 24 * 60 }),
        fc.array(fc.nat()),
        (rota, from, length, probes) => {
          const to = from + length * 60_000
          const stretches = coverageBetween(rota, from, to)
          expect(stretches[0]?.startsAt).toBe(from)
          expect(stretches.at(-1)?.endsAt).toBe(to)
          for (const [i, { startsAt, endsAt }] of stretches.entries()) {
            expect(endsAt).toBeGreaterThan(startsAt)
            if (i > 0) expect(startsAt).toBe(stretches[i - 1]?.endsAt)
          }
          // Naively: every shift that has somebody and covers the instant.
          const shifts = shiftsBetween(rota, from, to).filter(({ members }) => members.length > 0)
          for (const probe of probes) {
            const at = from + (probe % (to - from))
            const stretch = stretches.find(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)
            const naive = shifts.filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt)
            expect(stretch?.on.map(({ id }) => id)).toEqual(naive.map(({ id }) => id))
            expect(onShiftAt(rota, at).map(({ id }) => id)).toEqual(naive.map(({ id }) => id))
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
