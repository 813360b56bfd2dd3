import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type CountedTarget, deadline, type Pause } from '#shared/sla/deadline'
import type { Convention, Target } from '#shared/sla/policy'
import { calendarOf, EVERY_DAY, MON_FRI } from '../time/calendars'
import { openWindow, oracle } from '../time/minute-oracle'

const at = (text: string) => Date.parse(text)
const clock = (hours: number): CountedTarget => ({ kind: 'clock', hours })
const hours = (n: number): CountedTarget => ({ kind: 'businessHours', hours: n })
const days = (n: number, convention: Convention): CountedTarget => ({
  kind: 'businessDays',
  days: n,
  convention,
})

const london = calendarOf({
  zone: 'Europe/London',
  hours: [['09:00', '17:30']],
  hoursPerDay: 8.5,
  holidays: ['2026-08-31'],
})
const newYork = calendarOf({ zone: 'America/New_York' })
const aroundTheClock = calendarOf({ zone: 'Europe/London', hours: [['00:00', '24:00']], hoursPerDay: 24 })
const lunch = calendarOf({
  zone: 'UTC',
  hours: [
    ['08:30', '12:00'],
    ['13:00', '17:30'],
  ],
})
const early = calendarOf({
  zone: 'America/New_York',
  hours: [['02:15', '02:45']],
  days: EVERY_DAY,
  hoursPerDay: 0.5,
})
const apia = calendarOf({ zone: 'Pacific/Apia', days: EVERY_DAY })

const due = (
  calendar: typeof london,
  start: string,
  target: Target,
  pauses: readonly (readonly [string, string])[] = [],
) => {
  const result = deadline({
    start: at(start),
    target,
    pauses: pauses.map(([from, to]): Pause => [at(from), at(to)]),
    calendar,
  })
  return result.due === undefined ? undefined : new Date(result.due).toISOString().replace('.000Z', 'Z')
}

describe('the table of sla.md §3', () => {
  test.each([
    [
      'Fri 16:30, 1 business day, working-time',
      london,
      '2026-07-10T16:30:00+01:00',
      days(1, 'working-time'),
      '2026-07-13T15:30:00Z',
    ],
    [
      'Fri 16:30, 1 business day, end-of-day',
      london,
      '2026-07-10T16:30:00+01:00',
      days(1, 'end-of-day'),
      '2026-07-13T16:30:00Z',
    ],
    [
      'Sat 11:00, 1 business day, working-time',
      london,
      '2026-07-11T11:00:00+01:00',
      days(1, 'working-time'),
      '2026-07-13T16:30:00Z',
    ],
    [
      'Sat 11:00, 1 business day, end-of-day',
      london,
      '2026-07-11T11:00:00+01:00',
      days(1, 'end-of-day'),
      '2026-07-14T16:30:00Z',
    ],
    [
      'Sat 11:00, 1 business day, same-time',
      london,
      '2026-07-11T11:00:00+01:00',
      days(1, 'same-time'),
      '2026-07-13T10:00:00Z',
    ],
    [
      '4 clock hours over the change of clocks',
      newYork,
      '2026-03-08T01:30:00-05:00',
      clock(4),
      '2026-03-08T10:30:00Z',
    ],
  ])('%s', (_, calendar, start, target, expected) => {
    expect(due(calendar, start, target)).toBe(expected)
  })
})

describe('a target without pauses', () => {
  test.each([
    [
      'a clock target ignores the calendar',
      london,
      '2026-07-11T22:00:00Z',
      clock(2.5),
      '2026-07-12T00:30:00Z',
    ],
    [
      '4 clock hours when the clocks go back',
      newYork,
      '2026-11-01T00:30:00-04:00',
      clock(4),
      '2026-11-01T08:30:00Z',
    ],
    [
      'due exactly at closing is the closing',
      london,
      '2026-07-10T15:30:00Z',
      hours(1),
      '2026-07-10T16:30:00Z',
    ],
    [
      'a millisecond more is the next opening',
      london,
      '2026-07-10T15:30:00.001Z',
      hours(1),
      '2026-07-13T08:00:00.001Z',
    ],
    [
      'started at closing, counts from the next opening',
      london,
      '2026-07-10T16:30:00Z',
      hours(1),
      '2026-07-13T09:00:00Z',
    ],
    ['started at opening', london, '2026-07-10T08:00:00Z', hours(8.5), '2026-07-10T16:30:00Z'],
    ['over lunch', lunch, '2026-07-10T11:30:00Z', hours(1), '2026-07-10T13:30:00Z'],
    ['due at the beginning of lunch', lunch, '2026-07-10T11:30:00Z', hours(0.5), '2026-07-10T12:00:00Z'],
    ['over a bank holiday', london, '2026-08-28T15:30:00Z', hours(2), '2026-09-01T09:00:00Z'],
    [
      'working days have 24 h in a 24x5 calendar',
      aroundTheClock,
      '2026-07-10T12:00:00Z',
      days(1, 'working-time'),
      '2026-07-13T12:00:00Z',
    ],
    [
      'and 25 h of it on Sunday do not count',
      aroundTheClock,
      '2026-10-23T22:00:00Z',
      hours(2),
      '2026-10-26T01:00:00Z',
    ],
    [
      'a day that closes at 24:00 is due at midnight',
      aroundTheClock,
      '2026-07-09T22:00:00Z',
      hours(25),
      '2026-07-10T23:00:00Z',
    ],
    [
      'hours that a gap swallows are no working time',
      early,
      '2026-03-07T07:30:00Z',
      hours(0.5),
      '2026-03-09T06:30:00Z',
    ],
    [
      '8.1 h is not a millisecond more than it says',
      london,
      '2026-07-10T08:00:00Z',
      hours(8.1),
      '2026-07-10T16:06:00Z',
    ],
    [
      'a date that never was is no working date',
      apia,
      '2011-12-29T23:00:00-10:00',
      days(1, 'end-of-day'),
      '2012-01-01T03:00:00Z',
    ],
  ])('%s', (_, calendar, start, target, expected) => {
    expect(due(calendar, start, target)).toBe(expected)
  })
})

describe('end-of-day: the last closing of the Nth working date after the start’s', () => {
  test.each([
    ['a start in hours', london, '2026-07-10T08:00:00Z', 2, '2026-07-14T16:30:00Z'],
    [
      'a start at closing is moved to the next date first',
      london,
      '2026-07-10T16:30:00Z',
      1,
      '2026-07-14T16:30:00Z',
    ],
    ['a start before opening is of that date', london, '2026-07-10T05:00:00Z', 1, '2026-07-13T16:30:00Z'],
    ['a start at lunch stays on its date', lunch, '2026-07-10T12:30:00Z', 1, '2026-07-13T17:30:00Z'],
    ['holidays do not count', london, '2026-08-28T08:00:00Z', 1, '2026-09-01T16:30:00Z'],
    ['a swallowed date does not count', early, '2026-03-07T07:20:00Z', 1, '2026-03-09T06:45:00Z'],
    [
      'midnight after a day that closes at 24:00',
      aroundTheClock,
      '2026-07-09T22:59:00Z',
      1,
      '2026-07-10T23:00:00Z',
    ],
  ])('%s', (_, calendar, start, count, expected) => {
    expect(due(calendar, start, days(count, 'end-of-day'))).toBe(expected)
  })
})

describe('same-time: the same wall time on the Nth later working date', () => {
  test.each([
    ['over the change of clocks', newYork, '2026-03-06T15:00:00-05:00', 1, '2026-03-09T19:00:00Z'],
    ['over the change back', newYork, '2026-10-30T15:00:00-04:00', 1, '2026-11-02T20:00:00Z'],
    ['milliseconds are kept', london, '2026-07-10T10:00:00.123Z', 1, '2026-07-13T10:00:00.123Z'],
    ['closed then: moved to the next opening', lunch, '2026-07-10T12:30:00Z', 1, '2026-07-13T13:00:00Z'],
    [
      'closed in the evening: moved to the next date',
      london,
      '2026-07-10T20:00:00Z',
      1,
      '2026-07-14T08:00:00Z',
    ],
    ['exactly at a closing: not moved', lunch, '2026-07-10T12:00:00Z', 1, '2026-07-13T12:00:00Z'],
    ['at the closing of the day: not moved', london, '2026-07-10T16:30:00Z', 1, '2026-07-13T16:30:00Z'],
    ['at an opening', london, '2026-07-10T08:00:00Z', 1, '2026-07-13T08:00:00Z'],
    [
      'midnight after a day that closes at 24:00: not moved',
      aroundTheClock,
      '2026-07-15T23:00:00Z',
      1,
      '2026-07-16T23:00:00Z',
    ],
    ['in a gap: the gap’s end, which is closed', early, '2026-03-07T07:20:00Z', 1, '2026-03-09T06:20:00Z'],
  ])('%s', (_, calendar, start, count, expected) => {
    expect(due(calendar, start, days(count, 'same-time'))).toBe(expected)
  })
})

describe('pauses move a deadline later', () => {
  const start = '2026-07-10T14:30:00Z'
  test.each([
    [
      'clock: by their elapsed time',
      clock(4),
      [['2026-07-10T15:00:00Z', '2026-07-11T15:00:00Z']],
      '2026-07-11T18:30:00Z',
    ],
    [
      'working time: by the working time in them',
      hours(4),
      [['2026-07-10T15:30:00Z', '2026-07-13T08:30:00Z']],
      '2026-07-13T11:30:00Z',
    ],
    [
      'end-of-day: added as working time',
      days(1, 'end-of-day'),
      [['2026-07-10T15:30:00Z', '2026-07-10T20:00:00Z']],
      '2026-07-14T09:00:00Z',
    ],
    [
      'same-time: added as working time',
      days(1, 'same-time'),
      [['2026-07-10T15:30:00Z', '2026-07-13T08:15:00Z']],
      '2026-07-13T15:45:00Z',
    ],
    [
      'one that begins at the deadline counts',
      clock(1),
      [['2026-07-10T15:30:00Z', '2026-07-10T16:00:00Z']],
      '2026-07-10T16:00:00Z',
    ],
    [
      'one that begins a millisecond later does not',
      clock(1),
      [['2026-07-10T15:30:00.001Z', '2026-07-10T16:00:00Z']],
      '2026-07-10T15:30:00Z',
    ],
    [
      'the deadline so far: the first brings the second in',
      clock(1),
      [
        ['2026-07-10T15:00:00Z', '2026-07-10T16:00:00Z'],
        ['2026-07-10T16:10:00Z', '2026-07-10T16:20:00Z'],
      ],
      '2026-07-10T16:40:00Z',
    ],
    [
      'a closed night adds nothing',
      hours(4),
      [['2026-07-10T16:30:00Z', '2026-07-13T08:00:00Z']],
      '2026-07-13T10:00:00Z',
    ],
    [
      'due at closing, paused over the night: stays',
      hours(2),
      [['2026-07-10T16:30:00Z', '2026-07-11T09:00:00Z']],
      '2026-07-10T16:30:00Z',
    ],
    [
      'touching pauses are one',
      hours(2),
      [
        ['2026-07-10T16:30:00Z', '2026-07-11T09:00:00Z'],
        ['2026-07-11T09:00:00Z', '2026-07-13T09:00:00Z'],
      ],
      '2026-07-13T09:00:00Z',
    ],
    [
      'but not across a minute',
      hours(2),
      [
        ['2026-07-10T16:30:00Z', '2026-07-11T09:00:00Z'],
        ['2026-07-11T09:01:00Z', '2026-07-13T09:00:00Z'],
      ],
      '2026-07-10T16:30:00Z',
    ],
    [
      'an empty one adds nothing',
      hours(1),
      [['2026-07-10T15:00:00Z', '2026-07-10T15:00:00Z']],
      '2026-07-10T15:30:00Z',
    ],
    [
      'an empty one between touching ones',
      hours(2),
      [
        ['2026-07-10T16:30:00Z', '2026-07-11T09:00:00Z'],
        ['2026-07-11T09:00:00Z', '2026-07-11T09:00:00Z'],
        ['2026-07-11T09:00:00Z', '2026-07-13T09:00:00Z'],
      ],
      '2026-07-13T09:00:00Z',
    ],
    [
      'one at the start',
      clock(1),
      [['2026-07-10T14:30:00Z', '2026-07-10T15:30:00Z']],
      '2026-07-10T16:30:00Z',
    ],
  ] as const)('%s', (_, target, pauses, expected) => {
    expect(due(london, start, target, pauses)).toBe(expected)
  })

  it('but not a proposed date', () => {
    expect(
      due(london, start, { kind: 'proposed' }, [['2026-07-10T15:00:00Z', '2026-07-10T16:00:00Z']]),
    ).toBeUndefined()
  })

  test.each([
    ['reversed', [['2026-07-10T16:00:00Z', '2026-07-10T15:00:00Z']], 'pauses[0]: ends before it begins'],
    [
      'before the start',
      [['2026-07-10T14:29:59.999Z', '2026-07-10T15:00:00Z']],
      'pauses[0]: begins before the start',
    ],
    [
      'unsorted',
      [
        ['2026-07-10T16:00:00Z', '2026-07-10T17:00:00Z'],
        ['2026-07-10T15:00:00Z', '2026-07-10T15:30:00Z'],
      ],
      'pauses[1]: begins before the one before it ends',
    ],
    [
      'overlapping',
      [
        ['2026-07-10T15:00:00Z', '2026-07-10T17:00:00Z'],
        ['2026-07-10T16:59:00Z', '2026-07-10T18:00:00Z'],
      ],
      'pauses[1]: begins before the one before it ends',
    ],
  ] as const)('refused: %s', (_, pauses, message) => {
    expect(() => due(london, start, clock(1), pauses)).toThrow(message)
  })
})

describe('the end of what a calendar knows', () => {
  const calendar = calendarOf({ zone: 'Asia/Singapore', validThrough: '2026-12-31' })
  test.each([
    ['on the last date', '2026-12-31T14:00:00+08:00', hours(3), []],
    ['after it: still computed, with a warning', '2026-12-31T14:00:00+08:00', hours(4), ['beyond-calendar']],
    ['the local date decides', '2026-12-31T15:59:59.999Z', clock(1), ['beyond-calendar']],
  ])('%s', (_, start, target, warnings) => {
    const result = deadline({ start: at(start), target, pauses: [], calendar })
    expect(result.warnings).toEqual(warnings)
    expect(result.due).toBeGreaterThan(at(start))
  })

  test.each([
    ['working days', days(1_000_000, 'working-time')],
    ['ends of day', days(1_000_000, 'end-of-day')],
    ['clock hours', clock(1e9)],
  ])('centuries of %s are refused, not searched for', (_, target) => {
    expect(() => deadline({ start: at('2026-01-01T00:00:00Z'), target, pauses: [], calendar })).toThrow(
      'target',
    )
  })
})

describe('against an oracle that only reads the clock on the wall, minute by minute', () => {
  const windows = [
    openWindow('Europe/London', '2026-03-20', 24),
    openWindow('Europe/London', '2026-10-16', 24),
    openWindow('America/New_York', '2026-10-23', 24),
    openWindow('America/St_Johns', '2010-10-29', 24),
    openWindow('Australia/Lord_Howe', '2026-03-27', 24),
    openWindow('Australia/Lord_Howe', '2026-09-25', 24),
    openWindow('Africa/Cairo', '2026-04-15', 24),
    openWindow('Africa/Cairo', '2026-10-20', 24),
    openWindow('America/Sao_Paulo', '2018-10-26', 24),
    openWindow('America/Havana', '2026-10-23', 24),
    openWindow('Pacific/Chatham', '2026-03-27', 24),
    openWindow('Pacific/Apia', '2011-12-20', 24),
  ]
  const patterns: [string, string][][] = [
    [['09:00', '17:00']],
    [['00:00', '24:00']],
    [
      ['00:00', '06:00'],
      ['22:00', '24:00'],
    ],
    [['01:15', '02:45']],
    [['02:30', '02:59']],
    [
      ['00:15', '01:30'],
      ['01:45', '02:10'],
      ['20:00', '23:30'],
    ],
    [['23:00', '24:00']],
    [
      ['00:00', '00:30'],
      ['02:00', '03:00'],
    ],
  ]
  const target: fc.Arbitrary<CountedTarget> = fc.oneof(
    fc.constantFrom(1, 4, 8).map(clock),
    fc.constantFrom(0.25, 1, 2.5, 7).map(hours),
    fc
      .tuple(fc.constantFrom(1, 2, 3), fc.constantFrom<Convention>('working-time', 'end-of-day', 'same-time'))
      .map(([n, convention]) => days(n, convention)),
  )
  const minute = fc.integer({ min: 2 * 1440, max: 15 * 1440 })
  const someMs = fc.constantFrom(0, 0, 0, 1, 59_999, 30_250)

  it('agrees on every kind of target, with pauses', () => {
    let compared = 0
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: windows.length - 1 }),
        fc.constantFrom(...patterns),
        fc.constantFrom(EVERY_DAY, MON_FRI, MON_FRI),
        fc.array(fc.integer({ min: 0, max: 23 }), { maxLength: 2 }),
        fc.array(fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(...patterns, [])), {
          maxLength: 2,
        }),
        fc.tuple(minute, someMs),
        target,
        fc.array(fc.tuple(minute, someMs), { maxLength: 6 }),
        (windowIndex, pattern, weekdays, holidays, exceptions, [startMinute, startMs], wanted, edges) => {
          const window = windows[windowIndex]
          if (window === undefined) return
          const date = (offset: number) =>
            new Date(window.from + offset * 86_400_000).toISOString().slice(0, 10)
          const calendar = calendarOf({
            zone: window.zone,
            hours: pattern,
            days: weekdays,
            hoursPerDay: 1,
            holidays: holidays.map(date),
            exceptions: Object.fromEntries(exceptions.map(([offset, special]) => [date(offset), special])),
          })
          const start = window.from + startMinute * 60_000 + startMs
          const instants = edges
            .map(([m, ms]) => window.from + m * 60_000 + ms)
            .filter((edge) => edge >= start)
          const sorted = instants.sort((a, b) => a - b)
          const pauses = sorted.flatMap((from, i): Pause[] => {
            const to = sorted[i + 1]
            return i % 2 === 0 && to !== undefined ? [[from, to]] : []
          })
          let expected: number
          try {
            expected = oracle(window, calendar).due(start, wanted, pauses)
          } catch (error) {
            if (error instanceof RangeError) return
            throw error
          }
          compared += 1
          expect(deadline({ start, target: wanted, pauses, calendar }).due).toBe(expected)
        },
      ),
      { numRuns: 1500 },
    )
    // The oracle knows 24 days; most deadlines must lie in them for this to prove anything.
    expect(compared).toBeGreaterThan(900)
  })
})
