import type { Calendar } from '../time/calendar'
import type { Instant } from '../time/instant'
import { addWorkingTime, workingTimeBetween } from '../time/working-time'
import { dueWithoutPauses, moveByPauses, wholeMs } from './deadline'
import type { TargetClock } from './target-clock'

export type Threshold = { readonly share: number; readonly at: Instant }

/** How much there is of a target without its pauses, and whether it is counted as elapsed or as working time. */
export type Extent = { readonly measure: 'elapsed' | 'working'; readonly totalMs: number }

/**
 * The whole of an open target that is due at `due`. A proposed target is measured from the moment its date was proposed.
 */
export function extentOf(clock: TargetClock, due: Instant, calendar: Calendar): Extent {
  const { start, target, pauses } = clock
  if (target.kind === 'proposed') return { measure: 'elapsed', totalMs: due - clock.proposedAt }
  const unpaused = pauses.length === 0 ? due : dueWithoutPauses(start, target, calendar)
  const workingMs = target.kind === 'clock' ? 0 : workingTimeBetween(calendar, start, unpaused)
  // A same-time deadline can lie exactly at the first opening: then there is only waiting time to divide.
  return workingMs > 0
    ? { measure: 'working', totalMs: workingMs }
    : { measure: 'elapsed', totalMs: unpaused - start }
}

/**
 * When a running target has used up each share of itself, in its own measure and with its pauses, ascending
 * (sla.md §4, `nextChangeAt`).
 */
export function thresholdsOf(
  clock: TargetClock,
  due: Instant,
  shares: readonly number[],
  calendar: Calendar,
): readonly Threshold[] {
  const { start, target, pauses } = clock
  const { measure, totalMs } = extentOf(clock, due, calendar)
  if (target.kind === 'proposed') {
    return inOrder(shares, (share) => clock.proposedAt + wholeMs(totalMs * share))
  }
  return inOrder(shares, (share) => {
    const consumedMs = wholeMs(totalMs * share)
    const at = measure === 'working' ? addWorkingTime(calendar, start, consumedMs) : start + consumedMs
    return pauses.length === 0 ? at : moveByPauses(at, pauses, target, calendar)
  })
}

function inOrder(shares: readonly number[], instantOf: (share: number) => Instant): readonly Threshold[] {
  const thresholds: Threshold[] = []
  for (const share of shares) thresholds.push({ share, at: instantOf(share) })
  return thresholds.sort((a, b) => a.at - b.at)
}
