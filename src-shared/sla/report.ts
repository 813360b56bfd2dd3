import type { Calendar } from '../time/calendar'
import type { Instant } from '../time/instant'
import { isBeyond } from './deadline'
import type { SlaEvent } from './events'
import type { Plan, SlaTerms, TargetName } from './policy'
import type { TargetClock } from './target-clock'
import { type Threshold, thresholdsOf } from './thresholds'
import { readHistory } from './ticket-history'

export type SatisfiedBy = 'reply' | 'call' | 'solve' | 'workaround'

/** The state of one target (sla.md §4). All instants are epoch ms. */
export type TargetReport =
  | { readonly state: 'running'; readonly due: Instant }
  | { readonly state: 'paused' }
  | { readonly state: 'awaiting-proposal' }
  | { readonly state: 'met'; readonly satisfiedAt: Instant; readonly due?: Instant; readonly by: SatisfiedBy }
  | {
      readonly state: 'missed'
      readonly satisfiedAt: Instant
      readonly due: Instant
      readonly breachedAt: Instant
      readonly by: SatisfiedBy
    }
  | { readonly state: 'breached'; readonly due: Instant; readonly breachedAt: Instant }
  | { readonly state: 'cancelled' }

/** What the SLA says of a ticket at `now`; computed on reading, never stored. */
export type SlaReport = {
  readonly [name in TargetName]: TargetReport
} & {
  /** The next instant strictly after `now` at which this report changes by itself; nothing needs to poll. */
  readonly nextChangeAt?: Instant | undefined
  /** For running targets: the instants at which `thresholds` shares of the target are consumed, ascending. */
  readonly thresholdsAt: { readonly [name in TargetName]: readonly Threshold[] }
  /** How often each target was re-opened (0 at first): part of an alert's identity. */
  readonly cycle: { readonly [name in TargetName]: number }
  /** `beyond-calendar`: a due date lies after the calendar's `validThrough`. */
  readonly warnings: readonly 'beyond-calendar'[]
}

export type ReportInput = {
  readonly events: readonly SlaEvent[]
  readonly policy: SlaTerms & { readonly thresholds?: { readonly [name in TargetName]: readonly number[] } }
  readonly calendar: Calendar
  readonly plan: Plan
  readonly now: Instant
}

/**
 * The report of a ticket (sla.md §4): a pure function of its history, the terms and the time.
 * @throws FieldError when the history is none: empty, out of order, or not one `created` followed by other events
 */
export function report(input: ReportInput): SlaReport {
  const { calendar, policy } = input
  const clocks = readHistory(input)
  const { now } = clocks
  const firstResponse = stateOf(clocks.firstResponse)
  const resolution = stateOf(clocks.resolution)
  const firstResponseAt = thresholdsIn(
    firstResponse,
    clocks.firstResponse,
    policy.thresholds?.firstResponse,
    calendar,
  )
  const resolutionAt = thresholdsIn(resolution, clocks.resolution, policy.thresholds?.resolution, calendar)
  const next = Math.min(
    nextChange(firstResponse, firstResponseAt, now),
    nextChange(resolution, resolutionAt, now),
  )
  // One literal: spreads cost as much as reading the whole history, and a queue asks for 50,000 of these.
  return {
    firstResponse,
    resolution,
    nextChangeAt: next < Number.POSITIVE_INFINITY ? next : undefined,
    thresholdsAt: { firstResponse: firstResponseAt, resolution: resolutionAt },
    cycle: { firstResponse: clocks.firstResponse.cycle, resolution: clocks.resolution.cycle },
    warnings: isDueBeyond(firstResponse, calendar) || isDueBeyond(resolution, calendar) ? BEYOND : NONE,
  }
}

const BEYOND: SlaReport['warnings'] = Object.freeze(['beyond-calendar'])
const NONE: readonly never[] = Object.freeze([])

function stateOf(clock: TargetClock): TargetReport {
  if (clock.isCancelled) return { state: 'cancelled' }
  const { satisfiedAt, breachedAt, by } = clock
  const isOver = satisfiedAt !== undefined || breachedAt !== undefined
  if (!isOver && clock.isPaused) return { state: 'paused' }
  const due = clock.currentDue()
  if (satisfiedAt !== undefined && by !== undefined) {
    if (due === undefined) return { state: 'met', satisfiedAt, by }
    return breachedAt === undefined
      ? { state: 'met', satisfiedAt, due, by }
      : { state: 'missed', satisfiedAt, due, breachedAt, by }
  }
  if (due === undefined) return { state: 'awaiting-proposal' }
  return breachedAt === undefined ? { state: 'running', due } : { state: 'breached', due, breachedAt }
}

function thresholdsIn(
  target: TargetReport,
  clock: TargetClock,
  shares: readonly number[] | undefined,
  calendar: Calendar,
): readonly Threshold[] {
  if (target.state !== 'running' || shares === undefined) return NONE
  return thresholdsOf(clock, target.due, shares, calendar)
}

function nextChange(target: TargetReport, thresholds: readonly Threshold[], now: Instant): number {
  if (target.state !== 'running') return Number.POSITIVE_INFINITY
  for (const { at } of thresholds) if (at > now) return Math.min(at, target.due + 1)
  // At its deadline a target still runs; the millisecond after it has breached.
  return target.due + 1
}

function isDueBeyond(target: TargetReport, calendar: Calendar): boolean {
  if (calendar.validThrough === undefined) return false
  return 'due' in target && target.due !== undefined && isBeyond(calendar, target.due)
}
