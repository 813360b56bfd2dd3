import type { TargetReport } from '../sla/report'
import type { Ticket } from '../tickets/ticket'
import type { HandoffContext } from './context'
import type { Facts, TargetFact } from './item'
import { plannedAt } from './reasons'

/** What a ticket says at `now`: filled in from the ticket and its report, never typed (follow-the-sun.md §2). */
export function factsOf(ticket: Ticket, { now, reportOf, customerOf }: HandoffContext): Facts {
  const report = reportOf(ticket)
  return {
    asOf: now,
    number: ticket.number,
    subject: ticket.subject,
    customer: customerOf(ticket).slice(0, 200),
    plan: ticket.plan,
    priority: ticket.priority,
    status: ticket.status,
    assigneeId: ticket.assigneeId,
    lastWordAt: ticket.customerAt,
    promisedAt: ticket.promisedAt,
    plannedAt: plannedAt(ticket),
    firstResponse: targetFact(report.firstResponse),
    resolution: targetFact(report.resolution),
  }
}

function targetFact(target: TargetReport): TargetFact {
  return 'due' in target ? { state: target.state, due: target.due } : { state: target.state }
}

/** The first instant at which somebody has to do something; infinity when nothing is due. */
export function firstDueAt({ firstResponse, resolution, promisedAt, plannedAt }: Facts): number {
  const asks = [firstResponse, resolution].filter(({ state }) => state === 'running' || state === 'breached')
  const instants = [...asks.map(({ due }) => due), promisedAt, plannedAt]
  return Math.min(...instants.map((at) => at ?? Number.POSITIVE_INFINITY))
}
