import { explain } from '#shared/sla/explain'
import type { Plan, Policy, Priority, TargetName } from '#shared/sla/policy'
import { report, type TargetReport } from '#shared/sla/report'
import type { WhyStep } from '#shared/sla/why-step'
import type { Calendar } from '#shared/time/calendar'
import { parseDay } from '#shared/time/civil-date'
import type { Instant } from '#shared/time/instant'
import { parseWallTime } from '#shared/time/wall-time'
import { instantOf } from '#shared/time/zone'

export type Question = {
  readonly policy: Policy
  readonly plan: Plan
  readonly priority: Priority
  readonly calendar: Calendar
  /** Wall time as people write it: `2026-07-10 16:30`, or with a `T` in between. */
  readonly startText: string
  /** Where that is on the wall. */
  readonly startZone: string
}

export type Answer = {
  readonly start: Instant
  readonly targets: {
    readonly [name in TargetName]: { readonly target: TargetReport; readonly why: readonly WhyStep[] }
  }
}

/** Reads a wall time of a zone (sla.md §2); `undefined` for a text that is none. */
export function startOf(text: string, zone: string): Instant | undefined {
  const [date = '', time = ''] = text.trim().split(/[T ]+/)
  const day = parseDay(date)
  const timeMs = parseWallTime(time)
  return day === undefined || timeMs === undefined ? undefined : instantOf(zone, day, timeMs)
}

/**
 * When both targets of a ticket that starts then would be due, and why: what the engine says of a ticket just created.
 * @returns `undefined` while the start is no time
 * @throws FieldError when the start or a deadline lies outside the years 1900 to 2199
 */
export function calculate({
  policy,
  plan,
  priority,
  calendar,
  startText,
  startZone,
}: Question): Answer | undefined {
  const start = startOf(startText, startZone)
  if (start === undefined) return undefined
  const input = {
    policy,
    plan,
    calendar,
    events: [{ at: start, type: 'created', priority, channel: 'portal', by: 'customer' }],
    now: start,
  } as const
  const sla = report(input)
  const why = explain(input)
  return {
    start,
    targets: {
      firstResponse: { target: sla.firstResponse, why: why.firstResponse },
      resolution: { target: sla.resolution, why: why.resolution },
    },
  }
}
