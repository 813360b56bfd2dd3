import { describe, expect, test } from 'vitest'
import { quickTimes } from '../../../../src-renderer/ticket/command-form/quick-times'
import { readWhen, whenText } from '../../../../src-renderer/ticket/command-form/read-when'

/** Fri 2026-07-10 14:05:30 in Berlin, 08:05:30 in New York. */
const NOW = Date.UTC(2026, 6, 10, 12, 5, 30)
const iso = (at: number | undefined) => at && new Date(at).toISOString()

describe('a time is read as people write it', () => {
  test.each([
    ['2026-07-10 16:30', '2026-07-10T14:30:00.000Z'],
    ['2026-07-10T16:30', '2026-07-10T14:30:00.000Z'],
    ['16:30', '2026-07-10T14:30:00.000Z'],
    ['9:00', '2026-07-11T07:00:00.000Z'],
    ['14:05', '2026-07-11T12:05:00.000Z'],
    ['+30m', '2026-07-10T12:36:00.000Z'],
    ['+30 min', '2026-07-10T12:36:00.000Z'],
    ['+2h', '2026-07-10T14:06:00.000Z'],
    ['+1d', '2026-07-11T12:06:00.000Z'],
    // The clocks go forward: 02:30 does not exist.
    ['2026-03-29 02:30', '2026-03-29T01:00:00.000Z'],
  ])('%s', (text, expected) => expect(iso(readWhen(text, 'Europe/Berlin', NOW))).toBe(expected))

  test.each([
    '',
    'tomorrow',
    '25:00',
    '2026-02-30 10:00',
    '10.07.2026 16:30',
    '+',
    '+2w',
    'on 2026-07-10 16:30',
  ])('“%s” is none', (text) => expect(readWhen(text, 'Europe/Berlin', NOW)).toBeUndefined())

  test('and written the same way, on the wall of its zone', () => {
    expect(whenText(NOW, 'Europe/Berlin')).toBe('2026-07-10 14:05')
    expect(whenText(NOW, 'America/New_York')).toBe('2026-07-10 08:05')
    expect(whenText(NOW, 'Asia/Tokyo')).toBe('2026-07-10 21:05')
  })
})

test('tomorrow at nine is nine on the customer’s clock', () => {
  const times = quickTimes('update', 'America/New_York', 'New York', NOW)
  expect(times.map(({ label, at }) => [label, iso(at)])).toEqual([
    ['in 30 min', '2026-07-10T12:36:00.000Z'],
    ['in 1 h', '2026-07-10T13:06:00.000Z'],
    ['in 2 h', '2026-07-10T14:06:00.000Z'],
    ['in 4 h', '2026-07-10T16:06:00.000Z'],
    ['tomorrow 09:00 in New York', '2026-07-11T13:00:00.000Z'],
  ])
})
