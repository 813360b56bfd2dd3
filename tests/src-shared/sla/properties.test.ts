import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CountedTarget, deadline, type Pause } from '#shared/sla/deadline'
import type { SlaEvent } from '#shared/sla/events'
import type { Convention } from '#shared/sla/policy'
import { report } from '#shared/sla/report'
import type { Calendar } from '#shared/time/calendar'
import { workingTimeBetween } from '#shared/time/working-time'
import { calendarOf, EVERY_DAY, MON_FRI } from '../time/calendars'
import { anyHistory, anyTerms } from './any-history'
import { calendar as utcCalendar } from './tickets'

/* The equality with an oracle that steps through the minutes is in deadline.test.ts. */

const zones = ['Europe/London', 'America/New_York', 'Africa/Cairo', 'Australia/Lord_Howe', 'America/Havana']
const patterns: [string, string][][] = [
  [['09:00', '17:00']],
  [['00:00', '24:00']],
  [
    ['00:00', '06:00'],
    ['22:00', '24:00'],
  ],
  [
    ['08:30', '12:00'],
    ['13:00', '17:30'],
  ],
  [['01:15', '02:45']],
]
const anyDate = fc
  .integer({ min: 0, max: 59 })
  .map((day) => new Date(Date.UTC(2026, 2, 1 + day)).toISOString().slice(0, 10))
/** March and April 2026: the clocks change in every one of the zones. */
const anyInstant = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 2, 3), max: Date.UTC(2026, 3, 25) }),
  fc.integer({ min: 0, max: 53 * 96 }).map((quarter) => Date.UTC(2026, 2, 3) + quarter * 900_000),
)
const anyZone = fc.constantFrom(...zones)
const anyCalendar = fc
  .record({
    zone: anyZone,
    hours: fc.constantFrom(...patterns),
    days: fc.constantFrom(MON_FRI, EVERY_DAY),
    holidays: fc.uniqueArray(anyDate, { maxLength: 6 }),
  })
  .map(calendarOf)

const anyHours = fc.constantFrom(0.25, 1, 4, 8, 37)
const clock = anyHours.map((hours): CountedTarget => ({ kind: 'clock', hours }))
const businessHours = anyHours.map((hours): CountedTarget => ({ kind: 'businessHours', hours }))
const businessDays = (...conventions: Convention[]) =>
  fc
    .tuple(fc.integer({ min: 1, max: 7 }), fc.constantFrom(...conventions))
    .map(([days, convention]): CountedTarget => ({ kind: 'businessDays', days, convention }))
const anyTarget = fc.oneof(clock, businessHours, businessDays('working-time', 'end-of-day', 'same-time'))
const anyPauses = fc.array(anyInstant, { maxLength: 8 })

function pausesAfter(start: number, edges: readonly number[]): readonly Pause[] {
  const sorted = [...new Set(edges)].filter((edge) => edge >= start).sort((a, b) => a - b)
  return sorted.flatMap((from, i): Pause[] => {
    const to = sorted[i + 1]
    return i % 2 === 0 && to !== undefined ? [[from, to]] : []
  })
}

function due(
  start: number,
  target: CountedTarget,
  calendar: Calendar,
  pauses: readonly Pause[] = [],
): number {
  return deadline({ start, target, pauses, calendar }).due ?? Number.NaN
}

function withHoliday(calendar: Calendar, date: string): Calendar {
  return { ...calendar, holidays: [...calendar.holidays, { date, name: 'One more' }] }
}

describe('a deadline, for any calendar, start and target', () => {
  it('has exactly the target’s working time between start and itself, and not a millisecond earlier', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        fc.oneof(businessHours, businessDays('working-time')),
        (calendar, start, target) => {
          const wanted =
            target.kind === 'businessDays'
              ? target.days * calendar.hoursPerDay
              : 'hours' in target && target.hours
          const at = due(start, target, calendar)
          expect(workingTimeBetween(calendar, start, at)).toBe(Number(wanted) * 3_600_000)
          expect(workingTimeBetween(calendar, start, at - 1)).toBe(Number(wanted) * 3_600_000 - 1)
        },
      ),
    )
  })

  it('has also the working time of its pauses that count', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, businessHours, anyPauses, (calendar, start, target, edges) => {
        const pauses = pausesAfter(start, edges)
        const at = due(start, target, calendar, pauses)
        const paused = pauses
          .filter(([from]) => from <= at)
          .reduce((sum, [from, to]) => sum + workingTimeBetween(calendar, from, to), 0)
        const hours = 'hours' in target ? target.hours : Number.NaN
        const worked = workingTimeBetween(calendar, start, at) - hours * 3_600_000
        // A pause that begins after the deadline so far does not count, though a later one may have moved it further.
        expect(worked).toBeLessThanOrEqual(paused)
        if (pauses.every(([, to]) => to <= due(start, target, calendar))) expect(worked).toBe(paused)
      }),
    )
  })

  it('never comes earlier for a later start', () => {
    // At the same time it may: of a Friday's evening it is Monday's evening, of the Saturday's morning Monday's morning.
    const target = fc.oneof(clock, businessHours, businessDays('working-time', 'end-of-day'))
    fc.assert(
      fc.property(anyCalendar, anyInstant, anyInstant, target, (calendar, a, b, target) => {
        const [first, second] = [Math.min(a, b), Math.max(a, b)]
        expect(due(first, target, calendar)).toBeLessThanOrEqual(due(second, target, calendar))
      }),
    )
  })

  it('at the same time never comes earlier for a later start where every date has working hours', () => {
    // The same wall time of a repeated hour is the first one: it may step back by that hour, and only then.
    const slack = 3_600_000
    fc.assert(
      fc.property(anyZone, anyInstant, anyInstant, businessDays('same-time'), (zone, a, b, target) => {
        const calendar = calendarOf({ zone, hours: [['09:00', '17:00']], days: EVERY_DAY, holidays: [] })
        const [first, second] = [Math.min(a, b), Math.max(a, b)]
        expect(due(first, target, calendar)).toBeLessThanOrEqual(due(second, target, calendar) + slack)
      }),
    )
  })

  it('never comes earlier for a longer target', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anyTarget, anyHours, (calendar, start, target, more) => {
        const longer: CountedTarget =
          target.kind === 'businessDays'
            ? { ...target, days: target.days + Math.ceil(more) }
            : { ...target, hours: target.hours + more }
        expect(due(start, longer, calendar)).toBeGreaterThan(due(start, target, calendar))
      }),
    )
  })

  it('is the same when a pause is split, anywhere and as often as one likes', () => {
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        anyTarget,
        anyPauses,
        fc.array(anyInstant, { maxLength: 20 }),
        (calendar, start, target, edges, cuts) => {
          const pauses = pausesAfter(start, edges)
          const split = pauses.flatMap(([from, to]): Pause[] => {
            const inside = cuts.filter((cut) => cut >= from && cut <= to).sort((a, b) => a - b)
            const points = [from, ...inside, to]
            return points.slice(1).map((point, i): Pause => [points[i] ?? from, point])
          })
          expect(due(start, target, calendar, split)).toBe(due(start, target, calendar, pauses))
        },
      ),
    )
  })

  it('never comes earlier for one more holiday', () => {
    fc.assert(
      fc.property(anyCalendar, anyInstant, anyTarget, anyDate, (calendar, start, target, date) => {
        expect(due(start, target, withHoliday(calendar, date))).toBeGreaterThanOrEqual(
          due(start, target, calendar),
        )
      }),
    )
  })

  it('of working time never comes earlier for one more holiday during its pauses either', () => {
    // Of the other conventions it may: working time paused on the new holiday is no longer added to a closing.
    fc.assert(
      fc.property(
        anyCalendar,
        anyInstant,
        fc.oneof(businessHours, businessDays('working-time')),
        anyDate,
        anyPauses,
        (calendar, start, target, date, edges) => {
          const pauses = pausesAfter(start, edges)
          expect(due(start, target, withHoliday(calendar, date), pauses)).toBeGreaterThanOrEqual(
            due(start, target, calendar, pauses),
          )
        },
      ),
      { numRuns: 500 },
    )
  })

  it('around the clock does not depend on the calendar', () => {
    fc.assert(
      fc.property(anyCalendar, anyCalendar, anyInstant, clock, anyPauses, (a, b, start, target, edges) => {
        const pauses = pausesAfter(start, edges)
        expect(due(start, target, a, pauses)).toBe(due(start, target, b, pauses))
      }),
    )
  })
})

describe('a report, for any history', () => {
  const later = fc.integer({ min: 0, max: 12 * 86_400_000 })
  const read = (events: readonly SlaEvent[], policy: Parameters<typeof report>[0]['policy'], now: number) =>
    report({ events, policy, calendar: utcCalendar, plan: 'premium', now })

  it('is the same in whatever chunks the events arrive, and whenever it was read in between', () => {
    fc.assert(
      fc.property(anyHistory, anyTerms, later, fc.array(fc.nat(9)), (events, policy, after, cuts) => {
        const now = (events.at(-1)?.at ?? 0) + after
        const whole = read(events, policy, now)
        let arrived: SlaEvent[] = []
        let told = read(events.slice(0, 1), policy, now)
        for (const cut of [...cuts.sort((a, b) => a - b), events.length]) {
          // A wire brings new objects each time.
          arrived = structuredClone([...arrived, ...events.slice(arrived.length, Math.max(1, cut))])
          told = read(arrived, policy, now)
          read(arrived, policy, arrived.at(-1)?.at ?? now)
        }
        expect(told).toEqual(whole)
      }),
    )
  })

  it('a breach is undone by nothing but a cancellation, whatever follows', () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, anyTerms, (events, [, ...rest], policy) => {
        const now = events.at(-1)?.at ?? 0
        const before = read(events, policy, now)
        const begin = rest[0]?.at ?? 0
        const more = [...events, ...rest.map((event) => ({ ...event, at: now + event.at - begin }))]
        const after = read(more, policy, now + 30 * 86_400_000)
        const isCancelled = more.some((event) => event.type === 'cancelled')
        for (const name of ['firstResponse', 'resolution'] as const) {
          const was = before[name]
          const is = after[name]
          if (was.state !== 'breached' && was.state !== 'missed') continue
          if (isCancelled && is.state === 'cancelled') continue
          expect(is).toMatchObject({ due: was.due, breachedAt: was.breachedAt })
          expect(['breached', 'missed']).toContain(is.state)
        }
      }),
    )
  })
})
