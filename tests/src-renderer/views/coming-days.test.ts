import { describe, expect, test } from 'vitest'
import { type Calendar, calendarSchema } from '#shared/time/calendar'
import { comingDays, weekText } from '../../../src-renderer/settings/coming-days'
import { targetText } from '../../../src-renderer/ui/target-text'

const calendarWith = (changes: object): Calendar =>
  calendarSchema.decode({
    id: 'c1',
    zone: 'Pacific/Auckland',
    week: { mon: [['09:00', '17:00']] },
    hoursPerDay: 8,
    holidays: [],
    exceptions: [],
    ...changes,
  } as never)

describe('the coming days of a calendar', () => {
  test('are its holidays and days with other hours, from today where it is, in order', () => {
    const calendar = calendarWith({
      holidays: [
        { date: '2026-07-09', name: 'Yesterday there' },
        { date: '2026-07-20', name: 'A holiday' },
        { date: '2026-07-10', name: 'Today there' },
        { date: '2026-07-15', name: 'Half a holiday' },
        { date: '2026-10-08', name: 'Too far' },
      ],
      exceptions: [
        { date: '2026-07-15', hours: [['09:00', '12:00']], name: 'Half a day' },
        { date: '2026-07-12', hours: [] },
      ],
    })
    // 20:00 on the 9th in London is the 10th already in Auckland.
    expect(comingDays(calendar, Date.parse('2026-07-09T19:00:00Z'), 90)).toEqual([
      { date: '2026-07-10', what: 'Today there', hours: 'closed' },
      { date: '2026-07-12', what: 'Other hours', hours: 'closed' },
      { date: '2026-07-15', what: 'Half a day', hours: '09:00–12:00' },
      { date: '2026-07-20', what: 'A holiday', hours: 'closed' },
    ])
  })

  const day = [['09:00', '17:00']]
  test.each([
    [{ mon: day, tue: day, wed: day, thu: day, fri: day }, 'Mon–Fri 09:00–17:00'],
    [{ mon: day, tue: day, fri: [['09:00', '13:00']] }, 'Mon–Tue 09:00–17:00; Fri 09:00–13:00'],
    [{ mon: day, wed: day }, 'Mon 09:00–17:00; Wed 09:00–17:00'],
    [{ sun: day, mon: day }, 'Mon 09:00–17:00; Sun 09:00–17:00'],
    [
      {
        tue: [
          ['09:00', '12:00'],
          ['13:00', '17:00'],
        ],
      },
      'Tue 09:00–12:00, 13:00–17:00',
    ],
  ])('the week %# in short', (week, text) => {
    expect(weekText(calendarWith({ week }))).toBe(text)
  })
})

test.each([
  [{ kind: 'clock', hours: 1 }, '1 hour'],
  [{ kind: 'clock', hours: 0.5 }, '30 minutes'],
  [{ kind: 'businessHours', hours: 4 }, '4 hours of working time'],
  [{ kind: 'businessDays', days: 1, convention: 'working-time' }, '1 business day'],
  [{ kind: 'businessDays', days: 5, convention: 'end-of-day' }, '5 business days'],
  [{ kind: 'proposed' }, 'as proposed'],
] as const)('the target %o in few words', (target, text) => {
  expect(targetText(target)).toBe(text)
})
