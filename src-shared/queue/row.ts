import type { Channel, SlaEvent } from '../sla/events'
import type { Policy, Priority, Status, TargetName } from '../sla/policy'
import { report, type SlaReport, type TargetReport } from '../sla/report'
import type { Escalation, Ticket } from '../tickets/ticket'
import { isOpen } from '../tickets/ticket'
import type { Calendar } from '../time/calendar'
import type { Instant } from '../time/instant'
import type { Urgency } from './countdown'

/** What can be due: one of the contract's targets, or an update that was promised to the customer. */
export type DueName = TargetName | 'promise'

/** Who was asked for help with a ticket, and what they said. */
export type RowEscalation = Pick<Escalation, 'state' | 'to' | 'byId' | 'at' | 'answeredById' | 'answeredAt'>

/**
 * What a report says of both targets, for whoever asks about many rows. A row that has them makes its report only when it is
 * asked for; row-clocks.ts asks either.
 */
export type RowClocks = {
  state(name: TargetName): TargetReport['state']
  /** Of a target that is running or breached. */
  due(name: TargetName): Instant | undefined
  /** @see targetUrgency */
  urgency(name: TargetName, now: Instant): Urgency | undefined
  /** The next instant after `now` at which a target's urgency changes by itself. */
  nextFaceChangeAt(now: Instant): Instant | undefined
}

/** A line of the queue: all a list, a filter or a countdown needs, computed from the ticket and never stored. */
export type QueueRow = {
  readonly id: string
  readonly number: string
  readonly subject: string
  readonly priority: Priority
  readonly status: Status
  readonly plan: Ticket['plan']
  readonly region: string
  readonly channel: Channel
  readonly organizationId: string
  readonly customer: string
  readonly assigneeId: string | undefined
  readonly assignee: string | undefined
  readonly tags: readonly string[]
  readonly isOpen: boolean
  readonly report: SlaReport
  readonly clocks?: RowClocks | undefined
  /** The earliest due among targets still open (running or breached) and what was promised, and which one it is. */
  readonly nextDueAt: Instant | undefined
  readonly nextTarget: DueName | undefined
  /** The last one; the person's own, not yet sent, included. */
  readonly escalation: RowEscalation | undefined
  /** Of an open ticket. A reply that the portal has not taken keeps no promise. */
  readonly promisedAt: Instant | undefined
  /** The date of the course of action proposed last. */
  readonly courseOfActionAt: Instant | undefined
  /** How often a date was proposed: all but the first moved it. */
  readonly proposals: number
  /** Its resolution has no date until a course of action is proposed (sla.md §4), and none is on its way either. */
  readonly awaitingProposal: boolean
  readonly hasWorkaround: boolean
  readonly productIssueKeys: readonly string[]
  /** The id of the ticket that goes on. */
  readonly mergedInto: string | undefined
  /** The targets whose breach a supervisor excused. */
  readonly excused: readonly TargetName[]
  readonly customerAt: Instant | undefined
  /** The last word is the customer's: no agent has answered it in public. */
  readonly awaitsReply: boolean
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
  const open = isOpen(ticket)
  const promisedAt = open ? (ticket.promisedAt ?? confirmed.promisedAt) : undefined
  const next = nextDue(sla, promisedAt)
  return {
    id: ticket.id,
    number: ticket.number,
    subject: ticket.subject,
    priority: ticket.priority,
    status: ticket.status,
    plan: ticket.plan,
    region: ticket.region,
    channel: ticket.channel,
    organizationId: ticket.organizationId,
    customer: input.customer,
    assigneeId: ticket.assigneeId,
    assignee: input.assignee,
    tags: ticket.tags,
    isOpen: open,
    report: sla,
    nextDueAt: next?.due,
    nextTarget: next?.name,
    escalation: ticket.escalation && shortOf(ticket.escalation),
    promisedAt,
    courseOfActionAt: ticket.courseOfAction?.dueAt,
    proposals: proposalsIn(confirmed.slaEvents),
    awaitingProposal: sla.resolution.state === 'awaiting-proposal' && open && !ticket.courseOfAction,
    hasWorkaround: ticket.workaround !== undefined,
    productIssueKeys: ticket.productIssues?.map(({ key }) => key) ?? NONE,
    mergedInto: ticket.mergedInto,
    excused: ticket.excused ? TARGETS.filter((name) => ticket.excused?.[name]) : NONE,
    customerAt: ticket.customerAt,
    awaitsReply: open && isLastWordTheCustomers(confirmed.slaEvents),
    createdAt: ticket.createdAt,
    updatedAt: ticket.updatedAt,
    version: input.version,
    unsent: input.unsent,
    parked: input.parked,
  }
}

const TARGETS = ['firstResponse', 'resolution'] as const
const NONE: readonly never[] = Object.freeze([])

/** The earliest due among targets that are running or breached and what was promised. */
export function nextDue(
  sla: SlaReport,
  promisedAt: Instant | undefined,
): { due: Instant; name: DueName } | undefined {
  let next: { due: Instant; name: DueName } | undefined
  for (const name of TARGETS) {
    const state = sla[name]
    if (state.state !== 'running' && state.state !== 'breached') continue
    if (!next || state.due < next.due) next = { due: state.due, name }
  }
  return promisedAt !== undefined && (!next || promisedAt < next.due)
    ? { due: promisedAt, name: 'promise' }
    : next
}

function shortOf({ state, to, byId, at, answeredById, answeredAt }: Escalation): RowEscalation {
  return { state, to, byId, at, answeredById, answeredAt }
}

/** How often a date was proposed. */
export function proposalsIn(events: readonly SlaEvent[]): number {
  let count = 0
  for (const { type } of events) if (type === 'proposed') count += 1
  return count
}

/** Whether no agent has answered the customer's last word in public. */
export function isLastWordTheCustomers(events: readonly SlaEvent[]): boolean {
  for (let index = events.length - 1; index >= 0; index -= 1) {
    const event = events[index]
    if (event?.type === 'created') return event.by === 'customer'
    if (event?.type !== 'replied' || !event.public) continue
    // What a machine sends answers nobody.
    if (event.by !== 'automation') return event.by === 'customer'
  }
  return false
}
