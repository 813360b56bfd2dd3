import type { Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'

/**
 * The instant at which a ticket is judged: now, or its last event when this desk's idea of the time lags behind it. What
 * the portal has recorded has happened, and a report leaves out what comes after its `now` (sla.md §4): a row computed
 * in between would go on without it.
 */
export function judgedAt(ticket: Pick<Ticket, 'slaEvents'>, now: Instant): Instant {
  return Math.max(now, ticket.slaEvents.at(-1)?.at ?? now)
}
