import { describe, expect, test } from 'vitest'
import { type Plan, type Priority, policySchema } from '#shared/sla/policy'
import { calendarSchema } from '#shared/time/calendar'
import london from '../../../resources/calendars/emea-london.json'
import pack from '../../../resources/policies/bigpanda.json'
import { calculate, startOf } from '../../../src-renderer/settings/calculation'

const policy = policySchema.decode(pack as never)
const calendar = calendarSchema.decode(london as never)

describe('the deadline calculator', () => {
  // sla.md §3: a business day of 8.5 hours as working time, by the clock on the wall in London.
  test.each<[plan: Plan, priority: Priority, start: string, zone: string, first: string, resolution: string]>(
    [
      ['premium', 'P1', '2026-07-10 16:30', 'Europe/London', '2026-07-10 18:30', '2026-07-13 16:30'],
      ['premium', 'P1', '2026-07-11 11:00', 'Europe/London', '2026-07-11 13:00', '2026-07-13 17:30'],
      ['premium', 'P1', '2026-07-10 15:30', 'UTC', '2026-07-10 18:30', '2026-07-13 16:30'],
      ['standard', 'P1', '2026-07-10 11:30', 'America/New_York', '2026-07-10 20:30', '2026-07-14 16:30'],
    ],
  )('%s %s from %s in %s', (plan, priority, startText, startZone, first, resolution) => {
    const answer = calculate({ policy, plan, priority, calendar, startText, startZone })
    expect(answer?.targets.firstResponse.target).toEqual({
      state: 'running',
      due: startOf(first, calendar.zone),
    })
    expect(answer?.targets.resolution.target).toEqual({
      state: 'running',
      due: startOf(resolution, calendar.zone),
    })
    expect(answer?.targets.resolution.why.at(-1)).toEqual({
      kind: 'due',
      due: startOf(resolution, calendar.zone),
    })
  })

  test('a P3 has no resolution date until one is proposed', () => {
    const question = { policy, plan: 'premium', priority: 'P3', calendar, startZone: 'UTC' } as const
    const answer = calculate({ ...question, startText: '2026-07-10 16:30' })
    expect(answer?.targets.resolution.target).toEqual({ state: 'awaiting-proposal' })
  })

  test.each([
    ['2026-07-10 16:30', 'Europe/London', '2026-07-10T15:30:00Z'],
    ['2026-07-10T16:30', 'UTC', '2026-07-10T16:30:00Z'],
    // A gap's end, and the first of two.
    ['2026-03-29 01:30', 'Europe/London', '2026-03-29T01:00:00Z'],
    ['2026-10-25 01:30', 'Europe/London', '2026-10-25T00:30:00Z'],
  ])('reads %s in %s', (text, zone, at) => {
    expect(startOf(text, zone)).toBe(Date.parse(at))
  })

  test.each([
    '',
    '2026-07-10',
    '2026-02-30 10:00',
    '10.07.2026 16:30',
    '2026-07-10 25:00',
    '2026-07-10 16:30:12',
  ])('takes “%s” for no time', (text) => {
    expect(startOf(text, 'UTC')).toBeUndefined()
  })
})
