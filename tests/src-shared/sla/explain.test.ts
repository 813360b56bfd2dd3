import { expect, it, test } from 'vitest'
import { type ExplainInput, explain } from '#shared/sla/explain'
import { report } from '#shared/sla/report'
import { whyInWords } from '#shared/sla/why-in-words'
import { calendar, history, on, policy, type Written } from './tickets'

const withHoliday = {
  ...calendar,
  holidays: [
    { date: '2026-07-08', name: 'Midsummer' },
    { date: '2026-07-11', name: 'A Saturday' },
    { date: '2026-09-01', name: 'Later' },
  ],
  exceptions: [{ date: '2026-07-09', hours: [['10:00', '12:00'] as [string, string]] }],
}

function input(now: string, ...events: readonly Written[]): ExplainInput {
  return { events: history(...events), policy, calendar: withHoliday, plan: 'premium', now: on(now) }
}

const words = (name: 'firstResponse' | 'resolution', given: ExplainInput) =>
  whyInWords(explain(given)[name], given.calendar.zone).slice(2)

it('begins with the policy and the calendar, each with its version', () => {
  const steps = explain(input('Mon 10:00', ['Mon 09:00', 'created P1'])).resolution
  expect(whyInWords(steps, 'UTC').slice(0, 2)).toEqual([
    'Premium plan of the policy bigpanda, version 2026.1.',
    'Calendar test, zone UTC.',
  ])
})

it('tells a resolution with a pause, a re-target, a holiday and a reopening', () => {
  const given = input(
    'Mon+1 12:00',
    ['Mon 09:00', 'created P1'],
    ['Mon 10:00', 'wait'],
    ['Mon 12:30', 'open'],
    ['Mon 13:00', 'P2'],
    ['Tue 10:00', 'solve'],
    ['Tue 11:00', 'open'],
  )
  expect(words('resolution', given)).toEqual([
    'Started Mon 2026-07-06 09:00 as P1: 1 business day, that is 8 hours of working time.',
    'Paused Mon 2026-07-06 10:00: waiting on customer.',
    'The pause since Mon 2026-07-06 10:00 ended Mon 2026-07-06 12:30; it counts for 2 h 30 min.',
    'Changed Mon 2026-07-06 13:00 to P2, from the original start: 5 business days, that is 40 hours of working time.',
    'Satisfied Tue 2026-07-07 10:00 because the ticket was solved.',
    'The pause since Tue 2026-07-07 10:00 ended Tue 2026-07-07 11:00; it counts for 1 h.',
    'Reopened Tue 2026-07-07 11:00.',
    'Skipped 2026-07-08: Midsummer.',
    'Other hours on 2026-07-09: 10:00-12:00.',
    'Due Wed 2026-07-15 10:30.',
  ])
})

test.each([
  [
    'a call',
    'firstResponse',
    input('Mon 10:00', ['Mon 09:00', 'call P1']),
    [
      'Started Mon 2026-07-06 09:00 as P1: 2 hours around the clock.',
      'Satisfied Mon 2026-07-06 09:00 by the call an agent logged.',
      'Due Mon 2026-07-06 11:00.',
    ],
  ],
  [
    'a breach by a re-target',
    'firstResponse',
    input('Mon 13:00', ['Mon 09:00', 'created P2'], ['Mon 12:00', 'P1']),
    [
      'Started Mon 2026-07-06 09:00 as P2: 4 hours around the clock.',
      'Changed Mon 2026-07-06 12:00 to P1, from the original start: 2 hours around the clock.',
      'Breached Mon 2026-07-06 12:00: from then on the deadline Mon 2026-07-06 11:00 counts, which had passed.',
      'Due Mon 2026-07-06 11:00.',
    ],
  ],
  [
    'a proposal that breaches',
    'resolution',
    input(
      'Fri 13:00',
      ['Mon 09:00', 'created P3'],
      ['Tue 09:00', 'propose Fri 12:00'],
      ['Wed 09:00', 'wait'],
    ),
    [
      'Started Mon 2026-07-06 09:00 as P3: the date of a proposed course of action.',
      'A course of action was proposed Tue 2026-07-07 09:00 for Fri 2026-07-10 12:00.',
      'Breached: the deadline Fri 2026-07-10 12:00 passed.',
      'Due Fri 2026-07-10 12:00.',
    ],
  ],
  [
    'an open pause has no due',
    'resolution',
    input('Fri 13:00', ['Mon 09:00', 'created P1'], ['Mon 10:00', 'wait']),
    [
      'Started Mon 2026-07-06 09:00 as P1: 1 business day, that is 8 hours of working time.',
      'Paused Mon 2026-07-06 10:00: waiting on customer.',
    ],
  ],
  [
    'a workaround is final, whatever the status does',
    'resolution',
    input(
      'Fri 13:00',
      ['Mon 09:00', 'created P1'],
      ['Mon 10:00:30', 'workaround'],
      ['Mon 11:00', 'wait'],
      ['Mon 12:00', 'open'],
    ),
    [
      'Started Mon 2026-07-06 09:00 as P1: 1 business day, that is 8 hours of working time.',
      'Satisfied Mon 2026-07-06 10:00:30 by a workaround.',
      'The workaround of Mon 2026-07-06 10:00:30 makes the outcome final.',
      'Due Mon 2026-07-06 17:00.',
    ],
  ],
  [
    'cancelled',
    'resolution',
    input('Fri 13:00', ['Mon 09:00', 'created P1'], ['Mon 10:00', 'cancel']),
    [
      'Started Mon 2026-07-06 09:00 as P1: 1 business day, that is 8 hours of working time.',
      'Cancelled Mon 2026-07-06 10:00.',
    ],
  ],
] as const)('tells %s', (_, name, given, expected) => {
  expect(words(name, given)).toEqual(expected)
})

it('ends with the due of the report', () => {
  const given = input('Tue 12:00', ['Mon 09:00', 'created P2'], ['Mon 10:00', 'wait'], ['Tue 10:00', 'open'])
  expect(explain(given).resolution.at(-1)).toEqual({ kind: 'due', due: on('Wed+1 15:00') })
  expect(report(given).resolution).toEqual({ state: 'running', due: on('Wed+1 15:00') })
})
