import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { dueAfter } from '#shared/sla/deadline'
import { report } from '#shared/sla/report'
import { type ClockSpan, clockSpans, timeLeft } from '#shared/sla/time-left'
import { anyHistory, anyTerms } from './any-history'
import { calendar, history, on, policy, type Written } from './tickets'

const HOUR = 3_600_000

/** `elapsed 2, working 2, consumed 0.5`, in hours. */
function left(name: 'firstResponse' | 'resolution', now: string, ...events: readonly Written[]): string {
  const span = clockSpans({ events: history(...events), policy, calendar, plan: 'premium', now: on(now) })[
    name
  ]
  if (span === undefined) return 'none'
  const { elapsedMs, workingMs, consumed } = timeLeft(span, calendar, on(now))
  return `elapsed ${elapsedMs / HOUR}, working ${workingMs / HOUR}, consumed ${Number(consumed.toFixed(4))}`
}

describe('what is left, as elapsed and as working time, and the share that is used up', () => {
  const P1: Written = ['Mon 15:00', 'created P1']
  test.each([
    ['at the start', 'resolution', 'Mon 15:00', [P1], 'elapsed 24, working 8, consumed 0'],
    [
      'overnight only the elapsed time runs',
      'resolution',
      'Mon 23:00',
      [P1],
      'elapsed 16, working 6, consumed 0.25',
    ],
    ['at the deadline', 'resolution', 'Tue 15:00', [P1], 'elapsed 0, working 0, consumed 1'],
    ['after it', 'resolution', 'Tue 19:00', [P1], 'elapsed -4, working -2, consumed 1.25'],
    [
      'a clock target is used up by the clock',
      'firstResponse',
      'Mon 16:00',
      [P1],
      'elapsed 1, working 1, consumed 0.5',
    ],
    [
      'a pause that is over uses nothing up',
      'resolution',
      'Tue 11:00',
      [P1, ['Mon 16:00', 'wait'], ['Tue 10:00', 'open']],
      'elapsed 6, working 6, consumed 0.25',
    ],
    [
      'in a pause: what would be left if it ended now',
      'resolution',
      'Tue 12:00',
      [P1, ['Mon 16:00', 'wait']],
      'elapsed 23, working 7, consumed 0.125',
    ],
    [
      'a proposed date is measured from its proposal',
      'resolution',
      'Tue 09:00',
      [
        ['Mon 09:00', 'created P3'],
        ['Mon 15:00', 'propose Tue 15:00'],
      ],
      'elapsed 6, working 6, consumed 0.75',
    ],
    ['nothing proposed', 'resolution', 'Tue 09:00', [['Mon 09:00', 'created P3']], 'none'],
    ['solved', 'resolution', 'Mon 16:00', [P1, ['Mon 15:30', 'solve']], 'none'],
    ['cancelled', 'resolution', 'Mon 16:00', [P1, ['Mon 15:30', 'cancel']], 'none'],
  ] as const)('%s', (_, name, now, events, expected) => {
    expect(left(name, now, ...(events as readonly Written[]))).toBe(expected)
  })

  it('goes on as far as a date nobody has a calendar for', () => {
    const faraway = { at: on('Mon 10:00'), type: 'proposed', dueAt: Date.UTC(9999, 0, 1) } as const
    const events = [...history(['Mon 09:00', 'created P3']), faraway]
    const span = clockSpans({ events, policy, calendar, plan: 'premium', now: on('Mon 11:00') }).resolution
    if (span === undefined) throw new Error('no span')
    const told = timeLeft(span, calendar, on('Mon 11:00'))
    expect(told.elapsedMs).toBe(Date.UTC(9999, 0, 1) - on('Mon 11:00'))
    expect(told.workingMs).toBeGreaterThan(0)
  })
})

describe('for any history', () => {
  const later = fc.integer({ min: 0, max: 12 * 86_400_000 })
  const given = (events: Parameters<typeof report>[0]['events'], terms: typeof policy, now: number) =>
    ({ events, policy: terms, calendar, plan: 'premium', now }) as const

  it('spans are there for what is running, paused or breached, with the due of the report', () => {
    fc.assert(
      fc.property(anyHistory, anyTerms, later, (events, terms, after) => {
        const input = given(events, terms, (events.at(-1)?.at ?? 0) + after)
        const sla = report(input)
        const spans = clockSpans(input)
        for (const name of ['firstResponse', 'resolution'] as const) {
          const target = sla[name]
          const isOpen =
            target.state === 'running' || target.state === 'paused' || target.state === 'breached'
          expect(spans[name] !== undefined).toBe(isOpen)
          expect(spans[name]?.pausedSince !== undefined).toBe(target.state === 'paused')
          if ('due' in target && isOpen) expect(spans[name]?.due).toBe(target.due)
        }
      }),
    )
  })

  it('a threshold’s share is used up at its instant, and not before', () => {
    let seen = 0
    fc.assert(
      fc.property(anyHistory, anyTerms, later, (events, terms, after) => {
        const now = (events.at(-1)?.at ?? 0) + after
        const input = given(events, terms, now)
        const { thresholdsAt } = report(input)
        const spans = clockSpans(input)
        for (const name of ['firstResponse', 'resolution'] as const) {
          const span = spans[name]
          for (const { share, at } of span === undefined ? [] : thresholdsAt[name]) {
            // What was used up while the ticket was paused, or before its date was proposed, is not of this span.
            if (span === undefined || at < now) continue
            seen += 1
            expect(timeLeft(span, calendar, at).consumed).toBeGreaterThanOrEqual(share - 1e-9)
            expect(timeLeft(span, calendar, at - 1).consumed).toBeLessThan(share)
          }
        }
      }),
      { numRuns: 400 },
    )
    expect(seen).toBeGreaterThan(50)
  })

  it('in a pause says what is left the moment it ends', () => {
    let seen = 0
    fc.assert(
      fc.property(anyHistory, anyTerms, later, (events, terms, after) => {
        const now = (events.at(-1)?.at ?? 0) + after
        const input = given(events, terms, now)
        const span = clockSpans(input).resolution
        if (span?.pausedSince === undefined) return
        seen += 1
        const ended = given([...events, { at: now, type: 'status', to: 'open' }], terms, now)
        const resumed = clockSpans(ended).resolution
        expect(resumed === undefined ? undefined : timeLeft(resumed, calendar, now)).toEqual(
          timeLeft(span, calendar, now),
        )
      }),
      { numRuns: 1500 },
    )
    expect(seen).toBeGreaterThan(20)
  })
})

it('the working time at one now is remembered only for the calendar it is true of', () => {
  const other = { ...calendar, week: { mon: calendar.week.mon } }
  const span = (hours: number): ClockSpan => ({
    measure: 'working',
    totalMs: hours * HOUR,
    due: dueAfter(on('Mon 09:00'), { kind: 'businessHours', hours }, [], calendar),
    pausedSince: undefined,
    pausesMeasuredAs: 'working',
  })
  const working = (hours: number, now: string, of = calendar) =>
    timeLeft(span(hours), of, on(now)).workingMs / HOUR
  expect([
    working(12, 'Mon 12:00'),
    working(20, 'Mon 12:00'),
    working(12, 'Mon 12:00', other),
    working(12, 'Mon 13:00'),
    working(12, 'Mon 12:00'),
    // A deadline years away makes the table grow under the remembered now.
    Math.round(working(8 * 2000, 'Mon 12:00')),
    working(12, 'Mon 12:00'),
  ]).toEqual([9, 17, 5, 8, 9, 15_997, 9])
})
