import type { SlaReport, TargetReport } from '../sla/report'
import { isOpen, type Ticket } from '../tickets/ticket'
import type { Instant } from '../time/instant'
import type { ItemReason } from './item'

/**
 * Why a ticket belongs in a hand-off (follow-the-sun.md §2): every open P1 and P2; what is due, promised or planned
 * before the receiving shift ends, overdue or not; what is nobody's. Empty: it doesn't.
 * @param endsAt the end of the receiving shift; what falls on it is the next one's
 */
export function reasonsFor(ticket: Ticket, report: SlaReport, endsAt: Instant): readonly ItemReason[] {
  if (!isOpen(ticket)) return []
  const reasons: ItemReason[] = []
  if (ticket.priority === 'P1' || ticket.priority === 'P2') reasons.push(ticket.priority)
  if (isDueBefore(report.firstResponse, endsAt) || isDueBefore(report.resolution, endsAt)) reasons.push('due')
  if ((ticket.promisedAt ?? Number.POSITIVE_INFINITY) < endsAt) reasons.push('promised')
  if ((plannedAt(ticket) ?? Number.POSITIVE_INFINITY) < endsAt) reasons.push('planned')
  if (ticket.assigneeId === undefined) reasons.push('unassigned')
  return reasons
}

/** Of a target that still asks for something. */
function isDueBefore(target: TargetReport, endsAt: Instant): boolean {
  return (target.state === 'running' || target.state === 'breached') && target.due < endsAt
}

/** The earliest thing planned: the course of action, or the next look at a product issue. */
export function plannedAt({ courseOfAction, productIssues = [] }: Ticket): Instant | undefined {
  const planned = [courseOfAction?.dueAt, ...productIssues.map(({ checkAt }) => checkAt)].filter(
    (at) => at !== undefined,
  )
  return planned.length === 0 ? undefined : Math.min(...planned)
}

/** An open P1 or P2: what a hand-off is most careful about. */
export function isCritical(ticket: Pick<Ticket, 'priority' | 'status'> | undefined): boolean {
  return ticket !== undefined && isOpen(ticket) && (ticket.priority === 'P1' || ticket.priority === 'P2')
}
