import { describe, expect, it, test } from 'vitest'
import { parseDay } from '#shared/time/civil-date'
import { parseWallTime } from '#shared/time/wall-time'
import { dateAt, instantOf, isZone, offsetAt, wallTimeAt } from '#shared/time/zone'

const at = (text: string) => Date.parse(text)
const wall = (zone: string, date: string, time: string, occurrence: 'first' | 'last' = 'first') =>
  new Date(
    instantOf(zone, parseDay(date) ?? Number.NaN, parseWallTime(time) ?? Number.NaN, occurrence),
  ).toISOString()

describe('a wall time becomes an instant (sla.md §2)', () => {
  type Row = [zone: string, date: string, time: string, first: string, last: string | undefined, why: string]
  const walls: Row[] = [
    // zone, date, time, first occurrence, last occurrence, why
    ['UTC', '2026-07-10', '09:00', '2026-07-10T09:00:00.000Z', undefined, 'no rules at all'],
    [
      'Europe/London',
      '2026-07-10',
      '24:00',
      '2026-07-10T23:00:00.000Z',
      undefined,
      '24:00 is the next midnight',
    ],
    ['Europe/London', '2026-03-29', '01:30', '2026-03-29T01:00:00.000Z', undefined, 'in the gap: its end'],
    ['Europe/London', '2026-03-29', '01:00', '2026-03-29T01:00:00.000Z', undefined, 'the gap begins'],
    ['Europe/London', '2026-03-29', '02:00', '2026-03-29T01:00:00.000Z', undefined, 'the gap ends'],
    ['Europe/London', '2026-10-25', '01:30', '2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z', 'twice'],
    ['Europe/London', '2026-10-25', '01:00', '2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z', 'twice'],
    [
      'Europe/London',
      '2026-10-25',
      '02:00',
      '2026-10-25T02:00:00.000Z',
      undefined,
      'once: the repeated hour is over',
    ],
    ['America/New_York', '2026-03-08', '02:15', '2026-03-08T07:00:00.000Z', undefined, 'in the gap'],
    [
      'America/New_York',
      '2026-11-01',
      '01:15',
      '2026-11-01T05:15:00.000Z',
      '2026-11-01T06:15:00.000Z',
      'twice',
    ],
    [
      'Australia/Lord_Howe',
      '2026-10-04',
      '02:15',
      '2026-10-03T15:30:00.000Z',
      undefined,
      'a gap of half an hour',
    ],
    [
      'Australia/Lord_Howe',
      '2026-04-05',
      '01:45',
      '2026-04-04T14:45:00.000Z',
      '2026-04-04T15:15:00.000Z',
      'half an hour twice',
    ],
    [
      'Africa/Cairo',
      '2026-04-24',
      '00:00',
      '2026-04-23T22:00:00.000Z',
      undefined,
      'a day without a midnight',
    ],
    [
      'Africa/Cairo',
      '2026-10-29',
      '23:30',
      '2026-10-29T20:30:00.000Z',
      '2026-10-29T21:30:00.000Z',
      'the hour before midnight twice',
    ],
    ['Africa/Cairo', '2026-10-29', '24:00', '2026-10-29T22:00:00.000Z', undefined, 'but that midnight once'],
    [
      'America/Havana',
      '2026-11-01',
      '00:30',
      '2026-11-01T04:30:00.000Z',
      '2026-11-01T05:30:00.000Z',
      'the hour after midnight twice',
    ],
    [
      'America/Havana',
      '2026-10-31',
      '24:00',
      '2026-11-01T04:00:00.000Z',
      '2026-11-01T05:00:00.000Z',
      'a midnight twice: a closing takes the second',
    ],
    [
      'Pacific/Apia',
      '2011-12-30',
      '12:00',
      '2011-12-30T10:00:00.000Z',
      undefined,
      'a date that never was ends where it began',
    ],
    [
      'America/St_Johns',
      '2010-11-06',
      '23:30',
      '2010-11-07T02:00:00.000Z',
      '2010-11-07T03:00:00.000Z',
      'clocks back over midnight',
    ],
  ]
  test.each(walls)('%s %s %s is %s (%s): %s', (zone, date, time, first, last) => {
    expect([wall(zone, date, time, 'first'), wall(zone, date, time, 'last')]).toEqual([first, last ?? first])
  })
})

it('finds the offset Intl gives, in zones with odd rules and far from each other in time', () => {
  const zones = [
    'Africa/Casablanca',
    'Asia/Gaza',
    'Pacific/Chatham',
    'America/St_Johns',
    'Europe/Dublin',
    'Asia/Kolkata',
  ]
  for (const zone of zones) {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    for (const year of [2040, 1975, 2011, 2026, 2072]) {
      for (let day = 0; day < 365; day += 1) {
        const instant = Date.UTC(year, 0, 1 + day, 5, 7, 11)
        const shown = Date.parse(`${format.format(instant).replace(' ', 'T')}Z`)
        expect(offsetAt(zone, instant), `${zone} ${new Date(instant).toISOString()}`).toBe(shown - instant)
      }
    }
  }
})

it('tells the local date and time of an instant, milliseconds included', () => {
  const instant = at('2026-07-10T21:00:00.250Z')
  expect(
    ['America/New_York', 'Australia/Sydney', 'Asia/Kolkata'].map((zone) => dateAt(zone, instant)),
  ).toEqual(['2026-07-10', '2026-07-11', '2026-07-11'])
  expect(wallTimeAt('Asia/Kolkata', instant).timeMs).toBe((2 * 60 + 30) * 60_000 + 250)
})

test.each([
  ['Europe/London', true],
  ['UTC', true],
  ['Mars/Phobos', false],
  ['+02:00', false],
  ['', false],
])('is %s a zone? %s', (name, expected) => {
  expect(isZone(name)).toBe(expected)
})

test.each([
  ['1850-01-01T00:00:00Z', 'before the year 1900'],
  ['2600-01-01T00:00:00Z', 'after the year 2199'],
])('an instant centuries away (%s) is refused instead of searched for', (text, message) => {
  for (const zone of ['Europe/Berlin', 'Antarctica/Troll'])
    expect(() => offsetAt(zone, at(text))).toThrow(message)
})
