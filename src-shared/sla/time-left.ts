import type { Calendar } from '../time/calendar'
import { LATEST } from '../time/horizon'
import type { Instant } from '../time/instant'
import { addWorkingTime, workingTimeBetween } from '../time/working-time'
import { dueAfter } from './deadline'
import type { TargetName } from './policy'
import type { ReportInput } from './report'
import type { TargetClock } from './target-clock'
import { type Extent, extentOf } from './thresholds'
import { readHistory } from './ticket-history'

/**
 * What the time left of one target is read from. It changes only when the report does, so it is made once and read at
 * every tick. `due` is the deadline in force; while `pausedSince` is set it is the one that was, and moves with the pause.
 */
export type ClockSpan = Extent & {
  readonly due: Instant
  readonly pausedSince: Instant | undefined
  readonly pausesMeasuredAs: Extent['measure']
}

/** Both clocks of a target at an instant; negative once the deadline has passed, and never rounded. */
export type TimeLeft = {
  readonly elapsedMs: number
  readonly workingMs: number
  /** Share of the target used up, in its own measure and without its pauses: 0 at the start, 1 at the deadline, then more. */
  readonly consumed: number
}

/**
 * The spans of the targets that are still open: running, breached, or paused. Neither an outcome nor a target that
 * waits for a proposal has time left.
 * @throws FieldError as `report` does
 */
export function clockSpans(input: ReportInput): { readonly [name in TargetName]: ClockSpan | undefined } {
  const clocks = readHistory(input)
  return {
    firstResponse: spanOf(clocks.firstResponse, input.calendar),
    resolution: spanOf(clocks.resolution, input.calendar),
  }
}

function spanOf(clock: TargetClock, calendar: Calendar): ClockSpan | undefined {
  if (clock.isCancelled || clock.satisfiedAt !== undefined) return undefined
  const isPaused = clock.isOpen && clock.isPaused
  const due =
    isPaused && clock.target.kind !== 'proposed'
      ? dueAfter(clock.start, clock.target, clock.pauses, calendar)
      : clock.currentDue()
  if (due === undefined) return undefined
  return {
    ...extentOf(clock, due, calendar),
    due,
    pausedSince: isPaused ? clock.pausedSince : undefined,
    pausesMeasuredAs: clock.target.kind === 'clock' ? 'elapsed' : 'working',
  }
}

/**
 * What is left of a target at `now` (sla.md §2, §4), as elapsed and as working time. While the target is paused this is
 * what would be left if the pause ended at `now`. Working time is counted to the year 2199 at most.
 * @throws FieldError when `now` lies outside the years 1900 to 2199
 */
export function timeLeft(span: ClockSpan, calendar: Calendar, now: Instant): TimeLeft {
  const due = span.pausedSince === undefined ? span.due : dueIfResumed(span, span.pausedSince, calendar, now)
  const elapsedMs = due - now
  // A date somebody proposed may lie where no zone is known any more.
  const workingMs = workingTimeBetween(calendar, now, Math.min(due, LATEST - 1))
  const left = span.measure === 'working' ? workingMs : elapsedMs
  return { elapsedMs, workingMs, consumed: span.totalMs > 0 ? Math.max(0, 1 - left / span.totalMs) : 1 }
}

function dueIfResumed(span: ClockSpan, since: Instant, calendar: Calendar, now: Instant): Instant {
  // A re-target may have put the deadline before the pause: then the pause does not move it (sla.md §3).
  if (since > span.due || now <= since) return span.due
  return span.pausesMeasuredAs === 'working'
    ? addWorkingTime(calendar, span.due, workingTimeBetween(calendar, since, now))
    : span.due + (now - since)
}
