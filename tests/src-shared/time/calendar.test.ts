import { describe, expect, it, test } from 'vitest'
import { decodeCalendar } from '#shared/time/decode-calendar'

const good = {
  id: 'emea',
  zone: 'Europe/London',
  week: { mon: [['09:00', '17:30']], sat: [] },
  hoursPerDay: 8.5,
  holidays: [{ date: '2028-02-29', name: 'A leap day' }],
  exceptions: [{ date: '2026-12-24', hours: [['09:00', '13:00']] }],
  validThrough: '2028-12-31',
}

it('reads a calendar as it is written', () => {
  expect(decodeCalendar(good)).toEqual({ ok: true, value: good })
})

describe('a calendar is refused with the field named (sla.md §2)', () => {
  test.each([
    ['an unknown zone', { zone: 'Europe/Londres' }, 'zone', "'Europe/Londres' is not an IANA time zone"],
    ['an offset for a zone', { zone: '+01:00' }, 'zone', 'not an IANA time zone'],
    ['no hours at all', { week: {} }, 'week', 'no working hours at all'],
    ['only empty days', { week: { mon: [], tue: [] } }, 'week', 'no working hours at all'],
    [
      'overlapping hours',
      {
        week: {
          mon: [
            ['09:00', '13:00'],
            ['12:59', '17:00'],
          ],
        },
      },
      'week.mon[1]',
      '12:59-17:00 overlaps 09:00-13:00',
    ],
    [
      'overlap in any order',
      {
        week: {
          mon: [
            ['12:00', '17:00'],
            ['09:00', '13:00'],
          ],
        },
      },
      'week.mon[1]',
      'overlaps',
    ],
    ['reversed hours', { week: { tue: [['17:00', '09:00']] } }, 'week.tue[0]', 'closes before it opens'],
    ['hours of no length', { week: { tue: [['09:00', '09:00']] } }, 'week.tue[0]', 'closes before it opens'],
    ['24:00 as an opening', { week: { tue: [['24:00', '24:00']] } }, 'week.tue[0][0]', 'not an opening time'],
    ['a time nobody has', { week: { tue: [['09:00', '25:00']] } }, 'week.tue[0][1]', 'not a closing time'],
    [
      'a time without zero',
      { week: { tue: [['9:00', '17:00']] } },
      'week.tue[0][0]',
      "'9:00' is not an opening time",
    ],
    [
      'a holiday that does not exist',
      { holidays: [{ date: '2027-02-29', name: 'x' }] },
      'holidays[0].date',
      "'2027-02-29' is not a date that exists",
    ],
    [
      'an exception that does not exist',
      { exceptions: [{ date: '2026-06-31', hours: [] }] },
      'exceptions[0].date',
      'not a date that exists',
    ],
    [
      'bad hours in an exception',
      { exceptions: [{ date: '2026-06-30', hours: [['10:00', '09:00']] }] },
      'exceptions[0].hours[0]',
      'closes before it opens',
    ],
    [
      'a date with two exceptions',
      {
        exceptions: [
          { date: '2026-06-30', hours: [] },
          { date: '2026-06-30', hours: [] },
        ],
      },
      'exceptions[1].date',
      'already has other hours',
    ],
    [
      'a validThrough that does not exist',
      { validThrough: '2026-13-01' },
      'validThrough',
      'not a date that exists',
    ],
    ['a weekday nobody knows', { week: { mon: [['09:00', '17:00']], funday: [] } }, 'week', 'funday'],
    ['a day of 25 hours', { hoursPerDay: 25 }, 'hoursPerDay', '24'],
    ['no zone', { zone: undefined }, 'zone', 'string'],
  ])('%s', (_, change, field, message) => {
    const decoded = decodeCalendar({ ...good, ...change })
    expect(decoded.ok ? [] : decoded.problems).toContainEqual({
      field,
      message: expect.stringContaining(message),
    })
  })
})

it('tells all problems of a file at once', () => {
  const decoded = decodeCalendar({ ...good, zone: 'x', hoursPerDay: 0 })
  expect(decoded.ok ? [] : decoded.problems.map((problem) => problem.field)).toEqual(['zone', 'hoursPerDay'])
})

test.each([
  [
    'touching pieces',
    [
      ['09:00', '12:00'],
      ['12:00', '17:00'],
    ],
  ],
  [
    'pieces in any order',
    [
      ['13:00', '17:00'],
      ['09:00', '12:00'],
    ],
  ],
  [
    'a night as two pieces',
    [
      ['00:00', '06:00'],
      ['22:00', '24:00'],
    ],
  ],
])('%s are fine', (_, hours) => {
  expect(decodeCalendar({ ...good, week: { mon: hours } }).ok).toBe(true)
})
