import type { Calendar } from '../time/calendar'
import { formatDay, parseDay, weekdayOf } from '../time/civil-date'
import type { Instant } from '../time/instant'
import { workingTimeBetween } from '../time/working-time'
import { dayAt } from '../time/zone'
import type { Plan, Priority, Status, Target, TargetName } from './policy'
import type { ReportInput, SatisfiedBy } from './report'
import type { ClockStep, TargetClock } from './target-clock'
import { readHistory } from './ticket-history'

/** One reason why a target stands as it does (sla.md §4, `why`). All instants are epoch ms. */
export type WhyStep =
  | { readonly kind: 'policy'; readonly id?: string; readonly version?: string; readonly plan: Plan }
  | { readonly kind: 'calendar'; readonly id: string; readonly version?: string; readonly zone: string }
  | {
      readonly kind: 'started' | 'retargeted'
      readonly at: Instant
      readonly priority: Priority
      readonly target: Target
      /** How much working time the calendar says a business day has. */
      readonly hoursPerDay: number
    }
  | { readonly kind: 'paused'; readonly at: Instant; readonly status: Status }
  /** `countedMs` is the pause in the target's own measure: elapsed for a clock target, else working time. */
  | {
      readonly kind: 'resumed'
      readonly at: Instant
      readonly pausedSince: Instant
      readonly countedMs: number
    }
  | { readonly kind: 'proposed' | 'breached'; readonly at: Instant; readonly due: Instant }
  | { readonly kind: 'satisfied'; readonly at: Instant; readonly by: SatisfiedBy }
  | { readonly kind: 'reopened' | 'final' | 'cancelled'; readonly at: Instant }
  /** A date between start and deadline that has no or other hours than its weekday. */
  | { readonly kind: 'holiday'; readonly date: string; readonly name: string }
  | {
      readonly kind: 'exception'
      readonly date: string
      readonly name?: string
      readonly hours: readonly (readonly [string, string])[]
    }
  | { readonly kind: 'due'; readonly due: Instant }

export type ExplainInput = ReportInput & {
  readonly policy: { readonly id?: string; readonly version?: string }
}

/**
 * Why each target of a ticket stands as `report` says: the same reading of the history, with its steps kept.
 * @throws FieldError as `report` does
 */
export function explain(input: ExplainInput): { readonly [name in TargetName]: readonly WhyStep[] } {
  const { policy, calendar, plan } = input
  const intro: readonly WhyStep[] = [
    { kind: 'policy', id: policy.id, version: policy.version, plan },
    { kind: 'calendar', id: calendar.id, version: calendar.version, zone: calendar.zone },
  ]
  const steps: Record<TargetName, WhyStep[]> = { firstResponse: [...intro], resolution: [...intro] }
  const clocks = readHistory(input, (clock, step) => {
    const told = why(clock, step, calendar)
    if (told !== undefined) steps[clock.name].push(told)
  })
  for (const clock of [clocks.firstResponse, clocks.resolution]) {
    const isStill = clock.isCancelled || (clock.isOpen && clock.isPaused)
    const due = isStill ? undefined : clock.currentDue()
    if (due === undefined) continue
    if (clock.target.kind === 'businessHours' || clock.target.kind === 'businessDays') {
      steps[clock.name].push(...specialDates(calendar, clock.start, due))
    }
    steps[clock.name].push({ kind: 'due', due })
  }
  return steps
}

function why(clock: TargetClock, step: ClockStep, calendar: Calendar): WhyStep | undefined {
  switch (step.kind) {
    case 'started':
    case 'retargeted': {
      const { priority, target } = clock
      return { kind: step.kind, at: step.at, priority, target, hoursPerDay: calendar.hoursPerDay }
    }
    case 'paused':
      // Neither an outcome nor a proposed date stands still; what the status does then moves nothing.
      return clock.isOpen && clock.isPaused ? step : undefined
    case 'resumed': {
      const isSettled = clock.isFinal || clock.breachedAt !== undefined || clock.target.kind === 'proposed'
      if (isSettled) return undefined
      const countedMs =
        clock.target.kind === 'clock'
          ? step.at - step.pausedSince
          : workingTimeBetween(calendar, step.pausedSince, step.at)
      return { ...step, countedMs }
    }
    case 'proposed':
      return clock.target.kind === 'proposed' ? step : undefined
    case 'reopened':
    case 'final':
    case 'cancelled':
      return { kind: step.kind, at: step.at }
    default:
      return step
  }
}

function specialDates(calendar: Calendar, start: Instant, due: Instant): WhyStep[] {
  const from = formatDay(dayAt(calendar.zone, start))
  const to = formatDay(dayAt(calendar.zone, due))
  const exceptions = calendar.exceptions.filter(({ date }) => date >= from && date <= to)
  const excepted = new Set(exceptions.map(({ date }) => date))
  const holidays = calendar.holidays.filter(
    ({ date }) => date >= from && date <= to && !excepted.has(date) && hasHours(calendar, date),
  )
  return [
    ...holidays.map(({ date, name }): WhyStep => ({ kind: 'holiday', date, name })),
    ...exceptions.map(({ date, name, hours }): WhyStep => ({ kind: 'exception', date, name, hours })),
  ]
}

/** A holiday on a free day skips nothing. */
function hasHours(calendar: Calendar, date: string): boolean {
  const day = parseDay(date)
  return day !== undefined && (calendar.week[weekdayOf(day)] ?? []).length > 0
}
