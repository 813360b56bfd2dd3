import { deadline } from '#shared/sla/deadline'
import type { Plan, Priority, Target, TargetName } from '#shared/sla/policy'
import type { Instant } from '#shared/time/instant'
import { addWorkingTime, workingTimeBetween } from '#shared/time/working-time'
import type { Customer } from './scenery'
import { shippedCalendar, shippedPolicy } from './terms'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

function targetOf(name: TargetName, priority: Priority, plan: Plan): Target {
  return shippedPolicy.targets[name][priority][plan]
}

type Which = { readonly customer: Customer; readonly priority: Priority; readonly target: TargetName }

function lengthOf(target: Target, hoursPerDay: number): number {
  switch (target.kind) {
    case 'clock':
    case 'businessHours':
      return target.hours * HOUR_MS
    case 'businessDays':
      return target.days * hoursPerDay * HOUR_MS
    default:
      throw new Error('a proposed target has no length')
  }
}

/** The start of a ticket of which `share` of this target is used up at `at` (which may be more than all of it). */
export function startWithUsed(which: Which, share: number, at: Instant): Instant {
  const { customer, priority } = which
  const calendar = shippedCalendar(customer.calendarId)
  const target = targetOf(which.target, priority, customer.plan)
  const wanted = Math.round(lengthOf(target, calendar.hoursPerDay) * share)
  if (target.kind === 'clock') return at - wanted
  // Working time up to `at` shrinks as the start gets later: the latest start with at least the wanted time.
  let early = at - 90 * DAY_MS
  let late = at
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (workingTimeBetween(calendar, middle, at) >= wanted) early = middle
    else late = middle
  }
  return early
}

/** The instant at which `share` of this target is used up on a ticket that began at `start`. */
export function whenUsed(which: Which, share: number, start: Instant): Instant {
  const { customer, priority } = which
  const calendar = shippedCalendar(customer.calendarId)
  const target = targetOf(which.target, priority, customer.plan)
  const length = Math.round(lengthOf(target, calendar.hoursPerDay) * share)
  return target.kind === 'clock' ? start + length : addWorkingTime(calendar, start, length)
}

/** The deadline of a target for a ticket that began at `start` and never paused; undefined for a proposed one. */
export function dueFrom(which: Which, start: Instant): Instant | undefined {
  const { customer, priority, target } = which
  const calendar = shippedCalendar(customer.calendarId)
  return deadline({ start, target: targetOf(target, priority, customer.plan), pauses: [], calendar }).due
}
