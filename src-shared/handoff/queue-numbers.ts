import type { SlaReport } from '../sla/report'
import type { Instant } from '../time/instant'
import type { HandoffContext } from './context'
import type { QueueNumbers } from './section'

const HOUR_MS = 3_600_000

/** The queue in numbers at `now` (follow-the-sun.md §2). */
export function queueNumbers(
  { now, openTickets, reportOf }: Pick<HandoffContext, 'now' | 'openTickets' | 'reportOf'>,
  endsAt: Instant,
): QueueNumbers {
  const numbers = {
    asOf: now,
    open: 0,
    p1: 0,
    p2: 0,
    unassigned: 0,
    dueWithin1h: 0,
    dueWithin4h: 0,
    dueBeforeEnd: 0,
    breached: 0,
    paused: 0,
  }
  for (const ticket of openTickets()) {
    const report = reportOf(ticket)
    const due = firstDue(report)
    numbers.open += 1
    if (ticket.priority === 'P1') numbers.p1 += 1
    if (ticket.priority === 'P2') numbers.p2 += 1
    if (ticket.assigneeId === undefined) numbers.unassigned += 1
    if (due <= now + HOUR_MS) numbers.dueWithin1h += 1
    if (due <= now + 4 * HOUR_MS) numbers.dueWithin4h += 1
    if (due < endsAt) numbers.dueBeforeEnd += 1
    if (report.firstResponse.state === 'breached' || report.resolution.state === 'breached')
      numbers.breached += 1
    if (report.resolution.state === 'paused') numbers.paused += 1
  }
  return numbers
}

function firstDue({ firstResponse, resolution }: SlaReport): number {
  let first = Number.POSITIVE_INFINITY
  for (const target of [firstResponse, resolution]) {
    if (target.state === 'running' || target.state === 'breached') first = Math.min(first, target.due)
  }
  return first
}
