import type { Calendar } from '../time/calendar'
import type { Instant } from '../time/instant'
import { addWorkingTime, workingTimeBetween } from '../time/working-time'
import { dueWithoutPauses, moveByPauses, wholeMs } from './deadline'
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
  const { start, target, pauses } = clock
  if (target.kind === 'proposed') {
    const { proposedAt } = clock
    return inOrder(shares, (share) => proposedAt + wholeMs((due - proposedAt) * share))
  }
  const unpaused = pauses.length === 0 ? due : dueWithoutPauses(start, target, calendar)
  const working = target.kind === 'clock' ? 0 : workingTimeBetween(calendar, start, unpaused)
  return inOrder(shares, (share) => {
    // A same-time deadline can lie exactly at the first opening: then there is only waiting time to divide.
    const at =
      working > 0
        ? addWorkingTime(calendar, start, wholeMs(working * share))
        : start + wholeMs((unpaused - start) * share)
    return pauses.length === 0 ? at : moveByPauses(at, pauses, target, calendar)
  })
}

function inOrder(shares: readonly number[], instantOf: (share: number) => Instant): readonly Threshold[] {
  const thresholds: Threshold[] = []
  for (const share of shares) thresholds.push({ share, at: instantOf(share) })
  return thresholds.sort((a, b) => a.at - b.at)
}
