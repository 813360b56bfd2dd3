import type { Calendar } from '../time/calendar'
import type { Instant } from '../time/instant'
import { addWorkingTime, workingTimeBetween } from '../time/working-time'
import { type CountedTarget, dueWithoutPauses, moveByPauses, wholeMs } from './deadline'
import type { TargetClock } from './target-clock'

export type Threshold = { readonly share: number; readonly at: Instant }

/**
 * When a running target has used up each share of itself, in its own measure and with its pauses, ascending
 * (sla.md §4, `nextChangeAt`). A proposed target is measured from the moment its date was proposed.
 */
export function thresholdsOf(
  clock: TargetClock,
  due: Instant,
  shares: readonly number[],
  calendar: Calendar,
): readonly Threshold[] {
  return shares
    .map((share) => ({ share, at: instantOfShare(clock, due, share, calendar) }))
    .sort((a, b) => a.at - b.at)
}

function instantOfShare(clock: TargetClock, due: Instant, share: number, calendar: Calendar): Instant {
  const { target } = clock
  if (target.kind === 'proposed') return clock.proposedAt + wholeMs((due - clock.proposedAt) * share)
  return moveByPauses(
    shareWithoutPauses(clock.start, target, share, calendar),
    clock.pauses,
    target,
    calendar,
  )
}

function shareWithoutPauses(
  start: Instant,
  target: CountedTarget,
  share: number,
  calendar: Calendar,
): Instant {
  const due = dueWithoutPauses(start, target, calendar)
  if (target.kind === 'clock') return start + wholeMs((due - start) * share)
  const working = workingTimeBetween(calendar, start, due)
  // A same-time deadline can lie exactly at the first opening: then there is only waiting time to divide.
  return working > 0
    ? addWorkingTime(calendar, start, wholeMs(working * share))
    : start + wholeMs((due - start) * share)
}
