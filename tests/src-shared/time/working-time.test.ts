import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import {
  addWorkingTime,
  isWorkingAt,
  nextWorkingInstant,
  workingTimeBetween,
} from '#shared/time/working-time'
import { calendarOf, EVERY_DAY } from './calendars'

const HOUR = 3_600_000
const at = (text: string) => Date.parse(text)
const hoursOf = (zone: string, hours: [string, string][], from: string, to: string) =>
  workingTimeBetween(calendarOf({ zone, hours, days: EVERY_DAY }), at(from), at(to)) / HOUR

describe('hours on the days when the clocks change (sla.md §2)', () => {
  type Row = [zone: string, hours: [string, string][], from: string, to: string, hours: number, why: string]
  const days: Row[] = [
    // zone, hours, from, to, working hours
    [
      'Europe/London',
      [['00:00', '24:00']],
      '2026-03-29T00:00:00Z',
      '2026-03-29T23:00:00Z',
      23,
      'a day of 23 hours',
    ],
    [
      'Europe/London',
      [['00:00', '24:00']],
      '2026-10-24T23:00:00Z',
      '2026-10-26T00:00:00Z',
      25,
      'a day of 25 hours',
    ],
    [
      'Europe/London',
      [['01:15', '02:45']],
      '2026-03-29T00:00:00Z',
      '2026-03-29T23:00:00Z',
      0.75,
      'opens in the gap',
    ],
    [
      'Europe/London',
      [['01:15', '01:45']],
      '2026-03-29T00:00:00Z',
      '2026-03-29T23:00:00Z',
      0,
      'swallowed by the gap',
    ],
    [
      'Europe/London',
      [['00:30', '01:30']],
      '2026-03-29T00:00:00Z',
      '2026-03-29T23:00:00Z',
      0.5,
      'closes in the gap',
    ],
    [
      'Europe/London',
      [['01:15', '02:45']],
      '2026-10-24T23:00:00Z',
      '2026-10-26T00:00:00Z',
      2.5,
      'through the repeated hour',
    ],
    [
      'Europe/London',
      [['01:15', '01:45']],
      '2026-10-24T23:00:00Z',
      '2026-10-26T00:00:00Z',
      1.5,
      'first opening to second closing',
    ],
    [
      'Europe/London',
      [['00:15', '01:30']],
      '2026-10-24T23:00:00Z',
      '2026-10-26T00:00:00Z',
      2.25,
      'a closing takes the second',
    ],
    [
      'Europe/London',
      [
        ['00:15', '01:20'],
        ['01:40', '03:00'],
      ],
      '2026-10-24T23:00:00Z',
      '2026-10-26T00:00:00Z',
      3.75,
      'a break inside it counts once',
    ],
    [
      'Africa/Cairo',
      [['22:00', '24:00']],
      '2026-10-29T12:00:00Z',
      '2026-10-30T12:00:00Z',
      3,
      'clocks back at midnight',
    ],
    [
      'Africa/Cairo',
      [['00:00', '06:00']],
      '2026-04-23T12:00:00Z',
      '2026-04-24T12:00:00Z',
      5,
      'clocks forward at midnight',
    ],
    [
      'Australia/Lord_Howe',
      [['00:00', '24:00']],
      '2026-10-03T13:30:00Z',
      '2026-10-04T13:00:00Z',
      23.5,
      'half an hour',
    ],
    [
      'Pacific/Apia',
      [['09:00', '17:00']],
      '2011-12-29T10:00:00Z',
      '2012-01-01T10:00:00Z',
      24,
      'a skipped date has no hours',
    ],
  ]
  test.each(days)('%s %j: %s to %s is %d h: %s', (zone, hours, from, to, expected) => {
    expect(hoursOf(zone, hours, from, to)).toBe(expected)
  })
})

const london = calendarOf({
  zone: 'Europe/London',
  hours: [
    ['09:00', '12:00'],
    ['13:00', '17:30'],
  ],
  holidays: ['2026-07-13', '2026-07-14'],
  exceptions: { '2026-07-14': [['10:00', '11:00']], '2026-07-18': [['09:00', '10:00']], '2026-07-15': [] },
})

test.each([
  ['2026-07-10T07:59:59.999Z', false, 'a millisecond before opening'],
  ['2026-07-10T08:00:00Z', true, 'at the opening'],
  ['2026-07-10T11:00:00Z', false, 'at the closing for lunch'],
  ['2026-07-10T16:29:59.999Z', true, 'a millisecond before closing'],
  ['2026-07-10T16:30:00Z', false, 'at the closing'],
  ['2026-07-11T10:00:00Z', false, 'a Saturday'],
  ['2026-07-13T10:00:00Z', false, 'a holiday'],
  ['2026-07-14T09:30:00Z', true, 'a holiday with an exception: the exception wins'],
  ['2026-07-14T10:30:00Z', false, 'outside the hours of the exception'],
  ['2026-07-15T10:00:00Z', false, 'an exception without hours'],
  ['2026-07-18T08:30:00Z', true, 'a Saturday with an exception'],
])('open at %s? %s: %s', (text, expected) => {
  expect(isWorkingAt(london, at(text))).toBe(expected)
})

it('counts and adds across closings, holidays and exceptions', () => {
  expect(workingTimeBetween(london, at('2026-07-10T15:30:00Z'), at('2026-07-16T09:00:00Z')) / HOUR).toBe(3)
  expect(addWorkingTime(london, at('2026-07-10T15:30:00Z'), HOUR)).toBe(at('2026-07-10T16:30:00Z'))
  expect(addWorkingTime(london, at('2026-07-10T15:30:00Z'), HOUR + 1)).toBe(at('2026-07-14T09:00:00.001Z'))
  expect(addWorkingTime(london, at('2026-07-11T15:30:00Z'), 0)).toBe(at('2026-07-11T15:30:00Z'))
  expect(nextWorkingInstant(london, at('2026-07-10T16:30:00Z'))).toBe(at('2026-07-14T09:00:00Z'))
})

it('gives the same answers in whatever order a table had to grow', () => {
  const years = [2026, 1990, 2050, 2030, 1950]
  const fresh = years.map((year) =>
    addWorkingTime(calendarOf({ zone: 'America/New_York' }), Date.UTC(year, 5, 5), 2000 * HOUR),
  )
  const grown = calendarOf({ zone: 'America/New_York' })
  expect(years.map((year) => addWorkingTime(grown, Date.UTC(year, 5, 5), 2000 * HOUR))).toEqual(fresh)
})

it('ends in an error, never in an endless search', () => {
  expect(() => addWorkingTime(london, at('2026-07-10T15:30:00Z'), 1e15)).toThrow('before the year 2200')
})

const ZONES = [
  'Europe/London',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/St_Johns',
  'Pacific/Chatham',
  'UTC',
]
const calendars = ZONES.map((zone) =>
  calendarOf({
    zone,
    hours: [
      ['00:15', '03:30'],
      ['20:00', '24:00'],
    ],
    days: ['mon', 'wed', 'thu', 'sun'],
  }),
)
const instant = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') })
const calendar = fc.constantFrom(...calendars)

it('adding what lies between two instants leads to the second, or back to the closing before it', () => {
  fc.assert(
    fc.property(calendar, instant, fc.integer({ min: 1, max: 3_000_000_000 }), (c, from, ms) => {
      const due = addWorkingTime(c, from, ms)
      expect(workingTimeBetween(c, from, due)).toBe(ms)
      expect(workingTimeBetween(c, from, due - 1)).toBe(ms - 1)
    }),
  )
})

it('adds up over a split, and two additions are one', () => {
  fc.assert(
    fc.property(calendar, instant, instant, instant, (c, a, b, d) => {
      expect(workingTimeBetween(c, a, b) + workingTimeBetween(c, b, d)).toBe(workingTimeBetween(c, a, d))
      const [x, y] = [Math.abs(b - a) % 1e9, Math.abs(d - a) % 1e9]
      expect(addWorkingTime(c, addWorkingTime(c, a, x), y)).toBe(addWorkingTime(c, a, x + y))
    }),
  )
})
