import { assertNever } from '../assert-never'
import type { Calendar } from '../time/calendar'
import { compile } from '../time/compiled-calendar'
import { FieldError } from '../time/field-error'
import { EARLIEST, LATEST, withinHorizon } from '../time/horizon'
import type { Instant } from '../time/instant'
import {
  addWorkingTime,
  nextWorkingInstant,
  nextWorkingInstantOrClosing,
  workingDateAfter,
  workingTimeBetween,
} from '../time/working-time'
import { dayAt, instantOf, wallTimeAt } from '../time/zone'
import type { Target } from './policy'

/** `[from, to)`, epoch ms. */
export type Pause = readonly [from: Instant, to: Instant]

/** A target that counts from a start; a proposed one has no deadline of its own. */
export type CountedTarget = Exclude<Target, { kind: 'proposed' }>

const NO_PAUSE: Pause = [0, 0]

export type Deadline = {
  /** `undefined` for a `proposed` target: its deadline is the date somebody proposes. */
  readonly due: Instant | undefined
  readonly warnings: readonly 'beyond-calendar'[]
}

/**
 * When a target is due (sla.md §3).
 * @param input `pauses` in order, none before `start`, none overlapping
 * @throws FieldError naming `start`, `target` or the pause that is refused
 */
export function deadline(input: {
  readonly start: Instant
  readonly target: Target
  readonly pauses: readonly Pause[]
  readonly calendar: Calendar
}): Deadline {
  const { start, target, pauses, calendar } = input
  withinHorizon(start, 'start')
  refuseBadPauses(start, pauses)
  if (target.kind === 'proposed') return { due: undefined, warnings: [] }
  const due = withinHorizon(dueAfter(start, target, pauses, calendar), 'target')
  return { due, warnings: isBeyond(calendar, due) ? ['beyond-calendar'] : [] }
}

/** The deadline of a counted target for pauses that are known to be in order; the core of `deadline`. */
export function dueAfter(
  start: Instant,
  target: CountedTarget,
  pauses: readonly Pause[],
  calendar: Calendar,
): Instant {
  const due = dueWithoutPauses(start, target, calendar)
  return pauses.length === 0 ? due : moveByPauses(due, pauses, target, calendar)
}

/** Whether the local date of a deadline lies after the calendar's `validThrough` (sla.md §2). */
export function isBeyond(calendar: Calendar, due: Instant): boolean {
  if (calendar.validThrough === undefined) return false
  const { validThroughDay, zone } = compile(calendar)
  // A date somebody proposed may lie where no zone is known any more.
  return (
    validThroughDay !== undefined && due >= EARLIEST && (due >= LATEST || dayAt(zone, due) > validThroughDay)
  )
}

export function dueWithoutPauses(start: Instant, target: CountedTarget, calendar: Calendar): Instant {
  switch (target.kind) {
    case 'clock':
      return start + hoursMs(target.hours)
    case 'businessHours':
      return addWorkingTime(calendar, start, hoursMs(target.hours))
    case 'businessDays':
      switch (target.convention) {
        case 'working-time':
          return addWorkingTime(calendar, start, hoursMs(target.days * calendar.hoursPerDay))
        case 'end-of-day': {
          const first = nextWorkingInstant(calendar, start)
          return workingDateAfter(calendar, first, dayAt(calendar.zone, first), target.days).closesAt
        }
        case 'same-time': {
          const { day, timeMs } = wallTimeAt(calendar.zone, start)
          const date = workingDateAfter(calendar, start, day, target.days).day
          return nextWorkingInstantOrClosing(calendar, instantOf(calendar.zone, date, timeMs))
        }
        default:
          return assertNever(target.convention, 'convention')
      }
    default:
      return assertNever(target, 'target')
  }
}

/** Later by each pause that begins at or before the deadline so far, in the target's own measure (sla.md §3). */
export function moveByPauses(
  base: Instant,
  pauses: readonly Pause[],
  target: CountedTarget,
  calendar: Calendar,
): Instant {
  let due = base
  for (let i = 0; i < pauses.length; ) {
    const [from, firstEnd] = pauses[i] ?? NO_PAUSE
    i += 1
    if (from === firstEnd) continue
    let to = firstEnd
    // Touching pauses are one: alone, the second would not count where the deadline has moved less than to its beginning.
    for (; pauses[i]?.[0] === to; i += 1) [, to] = pauses[i] ?? NO_PAUSE
    if (from > due) break
    due =
      target.kind === 'clock'
        ? due + (to - from)
        : addWorkingTime(calendar, due, workingTimeBetween(calendar, from, to))
  }
  return due
}

/** Hours may be fractional; the instant of a fraction of a millisecond is the millisecond by which it has passed. */
export function hoursMs(hours: number): number {
  return wholeMs(hours * 3_600_000)
}

/** Rounds up, but takes 29 159 999.999 999 996 for the 29 160 000 that it is meant to be. */
export function wholeMs(ms: number): number {
  const nearest = Math.round(ms)
  return Math.abs(ms - nearest) < 1e-3 ? nearest : Math.ceil(ms)
}

function refuseBadPauses(start: Instant, pauses: readonly Pause[]): void {
  let earliest = start
  for (const [index, [from, to]] of pauses.entries()) {
    withinHorizon(from, `pauses[${index}][0]`)
    withinHorizon(to, `pauses[${index}][1]`)
    if (to < from) throw new FieldError(`pauses[${index}]`, 'ends before it begins')
    if (from < start) throw new FieldError(`pauses[${index}]`, 'begins before the start')
    if (from < earliest) {
      throw new FieldError(`pauses[${index}]`, 'begins before the one before it ends; give pauses in order')
    }
    earliest = to
  }
}
