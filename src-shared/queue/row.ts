import type { Policy, Priority, Status, TargetName } from '../sla/policy'
import { report, type SlaReport } from '../sla/report'
import type { Ticket } from '../tickets/ticket'
import { isOpen } from '../tickets/ticket'
import type { Calendar } from '../time/calendar'
import type { Instant } from '../time/instant'

/** A line of the queue: all a list, a filter or a countdown needs, computed from the ticket and never stored. */
export type QueueRow = {
  readonly id: string
  readonly number: string
  readonly subject: string
  readonly priority: Priority
  readonly status: Status
  readonly plan: Ticket['plan']
  readonly region: string
  readonly customer: string
  readonly assigneeId: string | undefined
  readonly assignee: string | undefined
  readonly tags: readonly string[]
  readonly isOpen: boolean
  readonly report: SlaReport
  /** The earliest due among targets still open (running or breached), and which one it is. */
  readonly nextDueAt: Instant | undefined
  readonly nextTarget: TargetName | undefined
  readonly customerAt: Instant | undefined
  readonly createdAt: Instant
  readonly updatedAt: Instant
  /** Version of the ticket as confirmed by the portal. */
  readonly version: number
  /** Commands of mine not yet confirmed, and those parked for me to decide. */
  readonly unsent: number
  readonly parked: number
}

export type RowInput = {
  /** As the person sees it: the portal's truth with pending commands on top. */
  readonly ticket: Ticket
  /** As the portal confirmed it. The SLA is judged by this one: an unsent reply has not reached the customer. */
  readonly confirmed: Ticket
  readonly version: number
  readonly customer: string
  readonly assignee: string | undefined
  readonly policy: Policy
  readonly calendar: Calendar
  readonly unsent: number
  readonly parked: number
  readonly now: Instant
}

/** Builds the queue's line of a ticket at `now`. */
export function queueRow(input: RowInput): QueueRow {
  const { ticket, confirmed, policy, calendar, now } = input
  const sla = report({ events: confirmed.slaEvents, policy, calendar, plan: confirmed.plan, now })
  const next = nextDue(sla)
  return {
    id: ticket.id,
    number: ticket.number,
    subject: ticket.subject,
    priority: ticket.priority,
    status: ticket.status,
    plan: ticket.plan,
    region: ticket.region,
    customer: input.customer,
    assigneeId: ticket.assigneeId,
    assignee: input.assignee,
    tags: ticket.tags,
    isOpen: isOpen(ticket),
    report: sla,
    nextDueAt: next?.due,
    nextTarget: next?.target,
    customerAt: ticket.customerAt,
    createdAt: ticket.createdAt,
    updatedAt: ticket.updatedAt,
    version: input.version,
    unsent: input.unsent,
    parked: input.parked,
  }
}

function nextDue(sla: SlaReport): { due: Instant; target: TargetName } | undefined {
  let next: { due: Instant; target: TargetName } | undefined
  for (const target of ['firstResponse', 'resolution'] as const) {
    const state = sla[target]
    if (state.state !== 'running' && state.state !== 'breached') continue
    if (!next || state.due < next.due) next = { due: state.due, target }
  }
  return next
}
