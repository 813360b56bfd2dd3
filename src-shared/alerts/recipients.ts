import type { Agent } from '../tickets/people'
import type { Ticket } from '../tickets/ticket'

/** How far a target has gone when an alert fires: a share of it, or its breach. */
export type Level = number | 'breach'

/**
 * Whom an alert of a ticket is for (experience.md "Alerts"): the assignee; of an unassigned one the agents of its
 * region; of a breach also the region's supervisors.
 */
export function isFor(me: Agent, ticket: Pick<Ticket, 'assigneeId' | 'region'>, level: Level): boolean {
  if (ticket.assigneeId === me.id) return true
  if (ticket.region !== me.region) return false
  if (me.role === 'supervisor') return level === 'breach'
  return ticket.assigneeId === undefined
}

/** Whether any alert of this ticket could be for me, now or later. */
export function concerns(me: Agent, ticket: Pick<Ticket, 'assigneeId' | 'region'>): boolean {
  return isFor(me, ticket, 'breach')
}
