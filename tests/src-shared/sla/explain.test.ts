import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { dueAfter } from '#shared/sla/deadline'
import { type ExplainInput, explain } from '#shared/sla/explain'
import { report } from '#shared/sla/report'
import { whyInWords } from '#shared/sla/why-in-words'
import { addWorkingTime } from '#shared/time/working-time'
import { anyHistory, anyTerms } from './any-history'
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
    'Premium plan of the policy bigpanda, version 2026.2.',
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
    'Started Mon 2026-07-06 09:00 as P1: 1 business day as working time, that is 8 hours.',
    'Waited on the customer from Mon 2026-07-06 10:00 to Mon 2026-07-06 12:30: 2 h 30 min of working time later.',
    'Changed Mon 2026-07-06 13:00 from P1 to P2, counted from the original start: 5 business days as working time, that is 40 hours.',
    'Satisfied Tue 2026-07-07 10:00 because the ticket was solved.',
    'Solved from Tue 2026-07-07 10:00 to Tue 2026-07-07 11:00: 1 h of working time later.',
    'Reopened Tue 2026-07-07 11:00.',
    'Skipped Sat 2026-07-11 to Sun 2026-07-12: no working days.',
    'Skipped Wed 2026-07-08: Midsummer.',
    'Other hours on Thu 2026-07-09: 10:00-12:00.',
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
      'Changed Mon 2026-07-06 12:00 from P2 to P1, counted from the original start: 2 hours around the clock.',
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
      'Started Mon 2026-07-06 09:00 as P1: 1 business day as working time, that is 8 hours.',
      'Waited on the customer since Mon 2026-07-06 10:00: the clock stands still.',
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
      'Started Mon 2026-07-06 09:00 as P1: 1 business day as working time, that is 8 hours.',
      'Satisfied Mon 2026-07-06 10:00:30 by a workaround.',
      'The workaround of Mon 2026-07-06 10:00:30 makes the outcome final.',
      'Due Mon 2026-07-06 17:00.',
    ],
  ],
  [
    'a start outside working hours',
    'resolution',
    input('Sat+1 10:00', ['Sat 10:00', 'created P1']),
    [
      'Started Sat 2026-07-11 10:00 as P1: 1 business day as working time, that is 8 hours.',
      'That is outside working hours: the time counts from the opening Mon 2026-07-13 09:00 on.',
      'Breached: the deadline Mon 2026-07-13 17:00 passed.',
      'Skipped Sat 2026-07-11 to Sun 2026-07-12: no working days.',
      'Due Mon 2026-07-13 17:00.',
    ],
  ],
  [
    'a priority changed while the ticket was solved',
    'resolution',
    input(
      'Tue 10:00',
      ['Mon 09:00', 'created P1'],
      ['Mon 10:00', 'solve'],
      ['Mon 11:00', 'P2'],
      ['Mon 12:00', 'wait'],
      ['Mon 13:00', 'open'],
    ),
    [
      'Started Mon 2026-07-06 09:00 as P1: 1 business day as working time, that is 8 hours.',
      'Satisfied Mon 2026-07-06 10:00 because the ticket was solved.',
      'Solved from Mon 2026-07-06 10:00 to Mon 2026-07-06 12:00: 2 h of working time later.',
      'Reopened Mon 2026-07-06 12:00.',
      'Waited on the customer from Mon 2026-07-06 12:00 to Mon 2026-07-06 13:00: 1 h of working time later.',
      'Changed Mon 2026-07-06 12:00 from P1 to P2, counted from the original start: 5 business days as working time, that is 40 hours.',
      'Skipped Sat 2026-07-11 to Sun 2026-07-12: no working days.',
      'Skipped Wed 2026-07-08: Midsummer.',
      'Other hours on Thu 2026-07-09: 10:00-12:00.',
      'Due Wed 2026-07-15 10:00.',
    ],
  ],
  [
    'a pause that ends with the outcome',
    'resolution',
    input(
      'Fri 13:00',
      ['Mon 09:00', 'created P1'],
      ['Mon 10:00', 'wait'],
      ['Mon 12:00', 'workaround'],
      ['Mon 15:00', 'open'],
    ),
    [
      'Started Mon 2026-07-06 09:00 as P1: 1 business day as working time, that is 8 hours.',
      'Waited on the customer from Mon 2026-07-06 10:00 to Mon 2026-07-06 12:00: 2 h of working time later.',
      'Satisfied Mon 2026-07-06 12:00 by a workaround.',
      'The workaround of Mon 2026-07-06 12:00 makes the outcome final.',
      'Due Tue 2026-07-07 11:00.',
    ],
  ],
  [
    'a pause outside working hours',
    'resolution',
    input('Tue 09:00', ['Mon 09:00', 'created P1'], ['Mon 17:00', 'wait'], ['Mon 20:00', 'open']),
    [
      'Started Mon 2026-07-06 09:00 as P1: 1 business day as working time, that is 8 hours.',
      'Waited on the customer from Mon 2026-07-06 17:00 to Mon 2026-07-06 20:00: that moves nothing.',
      'Breached Mon 2026-07-06 20:00: from then on the deadline Mon 2026-07-06 17:00 counts, which had passed.',
      'Due Mon 2026-07-06 17:00.',
    ],
  ],
  [
    'a proposal made under another priority',
    'resolution',
    input('Tue 09:00', ['Mon 09:00', 'created P1'], ['Mon 10:00', 'propose Fri 12:00'], ['Mon 11:00', 'P3']),
    [
      'Started Mon 2026-07-06 09:00 as P1: 1 business day as working time, that is 8 hours.',
      'A course of action was proposed Mon 2026-07-06 10:00 for Fri 2026-07-10 12:00.',
      'Changed Mon 2026-07-06 11:00 from P1 to P3, counted from the original start: the date of a proposed course of action.',
      'Due Fri 2026-07-10 12:00.',
    ],
  ],
  [
    'cancelled',
    'resolution',
    input('Fri 13:00', ['Mon 09:00', 'created P1'], ['Mon 10:00', 'cancel']),
    [
      'Started Mon 2026-07-06 09:00 as P1: 1 business day as working time, that is 8 hours.',
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

it('says that a same-time deadline was moved to the opening', () => {
  const sameTime = {
    ...policy,
    targets: {
      ...policy.targets,
      resolution: {
        ...policy.targets.resolution,
        P1: {
          ...policy.targets.resolution.P1,
          premium: { kind: 'businessDays', days: 1, convention: 'same-time' } as const,
        },
      },
    },
  }
  const given = { ...input('Mon 07:00', ['Mon 06:30', 'created P1']), policy: sameTime }
  expect(words('resolution', given)).toEqual([
    'Started Mon 2026-07-06 06:30 as P1: 1 business day to the same time of the day.',
    'That time of day is outside working hours then: moved to Tue 2026-07-07 09:00.',
    'Due Tue 2026-07-07 09:00.',
  ])
})

it('warns of a date beyond what the calendar knows', () => {
  const given = input('Mon 10:00', ['Mon 09:00', 'created P2'])
  const short = { ...given, calendar: { ...withHoliday, validThrough: '2026-07-10' } }
  expect(words('resolution', short).at(-1)).toBe(
    'The calendar knows its holidays through 2026-07-10 only: this date may be too early.',
  )
  expect(words('firstResponse', short).at(-1)).toBe('Due Mon 2026-07-06 13:00.')
})

describe('a long story is told in few sentences', () => {
  const back = ['wait', 'open'] as const
  const pauses: readonly Written[] = Array.from({ length: 20 }, (_, i): Written => {
    return [
      `Mon ${9 + Math.floor(i / 4)}:${String((i % 4) * 15).padStart(2, '0')}`.replace(' 9:', ' 09:'),
      back[i % 2] ?? 'open',
    ]
  })

  it('pauses: the last ones each, the others as one sum', () => {
    const told = words('resolution', input('Mon 16:00', ['Mon 09:00', 'created P1'], ...pauses))
    expect(told.slice(1, -1)).toEqual([
      '7 earlier pauses between Mon 2026-07-06 09:00 and Mon 2026-07-06 12:15: together 1 h 45 min of working time later.',
      'Waited on the customer from Mon 2026-07-06 12:30 to Mon 2026-07-06 12:45: 15 min of working time later.',
      'Waited on the customer from Mon 2026-07-06 13:00 to Mon 2026-07-06 13:15: 15 min of working time later.',
      'Waited on the customer from Mon 2026-07-06 13:30 to Mon 2026-07-06 13:45: 15 min of working time later.',
    ])
  })

  it('weekends and holidays: counted, holidays by name', () => {
    const given = input('Mon 10:00', ['Mon 09:00', 'created P2'])
    const slow = {
      ...given,
      calendar: {
        ...withHoliday,
        hoursPerDay: 24,
        holidays: [...withHoliday.holidays, { date: '2026-07-14', name: 'Bastille Day' }],
      },
    }
    expect(words('resolution', slow).slice(1)).toEqual([
      'Skipped 3 weekends, the first from Sat 2026-07-11, the last to Sun 2026-07-26.',
      'Skipped 2 holidays: Midsummer 2026-07-08, Bastille Day 2026-07-14.',
      'Other hours on Thu 2026-07-09: 10:00-12:00.',
      'Due Wed 2026-07-29 15:00.',
    ])
  })

  it('dates proposed again and again: the last one, and how often before', () => {
    const moved: readonly Written[] = [
      ['Mon 10:00', 'propose Tue 12:00'],
      ['Mon 11:00', 'propose Wed 12:00'],
      ['Mon 12:00', 'propose Thu 12:00'],
    ]
    expect(words('resolution', input('Mon 13:00', ['Mon 09:00', 'created P3'], ...moved)).slice(1)).toEqual([
      '2 earlier proposed dates.',
      'A course of action was proposed Mon 2026-07-06 12:00 for Thu 2026-07-09 12:00.',
      'Due Thu 2026-07-09 12:00.',
    ])
  })
})

describe('for any history', () => {
  it('the reasons lead to the due of the report, and its states are among them', () => {
    let counted = 0
    fc.assert(
      fc.property(
        anyHistory,
        anyTerms,
        fc.integer({ min: 0, max: 12 * 86_400_000 }),
        (events, terms, after) => {
          const now = (events.at(-1)?.at ?? 0) + after
          const given = { events, policy: terms, calendar: withHoliday, plan: 'premium', now } as const
          const sla = report(given)
          const why = explain(given)
          for (const name of ['firstResponse', 'resolution'] as const) {
            const target = sla[name]
            const steps = why[name]
            const due = 'due' in target ? target.due : undefined
            expect(steps.find((step) => step.kind === 'due')?.due).toBe(due)
            // Reckoned again from nothing but the steps: start, the last target, and what each pause adds.
            const started = steps.find((step) => step.kind === 'started')
            const last = steps.findLast((step) => step.kind === 'started' || step.kind === 'retargeted')
            if (due === undefined || started === undefined || last?.target === undefined) continue
            if (last.target.kind === 'proposed') {
              expect(steps.findLast((step) => step.kind === 'proposed')).toMatchObject({ due })
              continue
            }
            counted += 1
            const pausedMs = steps.reduce(
              (sum, step) => sum + (step.kind === 'paused' ? step.countedMs : 0),
              0,
            )
            const base = dueAfter(started.at, last.target, [], withHoliday)
            expect(
              last.target.kind === 'clock' ? base + pausedMs : addWorkingTime(withHoliday, base, pausedMs),
            ).toBe(due)
          }
        },
      ),
      { numRuns: 500 },
    )
    expect(counted).toBeGreaterThan(300)
  })

  it('the words fit a panel', () => {
    fc.assert(
      fc.property(fc.array(anyHistory, { minLength: 1, maxLength: 6 }), anyTerms, (parts, terms) => {
        // Several histories one after the other: many pauses, re-targets and reopenings.
        const [first = []] = parts
        let end = first.at(-1)?.at ?? 0
        const events = [...first]
        for (const [, ...rest] of parts.slice(1)) {
          for (const event of rest) {
            end += 3_600_000
            if (event.type !== 'cancelled' && event.type !== 'workaround') events.push({ ...event, at: end })
          }
        }
        const given = { events, policy: terms, calendar: withHoliday, plan: 'premium', now: end } as const
        for (const steps of Object.values(explain(given)))
          expect(whyInWords(steps, 'UTC').length).toBeLessThanOrEqual(30)
      }),
    )
  })
})
