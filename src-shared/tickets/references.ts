import type { TicketCommand } from './command'
import type { Refusal } from './decide'
import type { Agent } from './people'
import type { Ticket } from './ticket'

/** What a command names beside its ticket. */
export type Reference = { readonly kind: 'agent' | 'ticket'; readonly id: string; readonly field: string }

export function referencesOf(command: TicketCommand): readonly Reference[] {
  if (command.type === 'assign' && command.to !== undefined)
    return [{ kind: 'agent', id: command.to, field: 'to' }]
  if (command.type === 'merge') return [{ kind: 'ticket', id: command.into, field: 'into' }]
  return []
}

export type Known = {
  readonly agent: (id: string) => Agent | undefined
  readonly ticket: (id: string) => Ticket | undefined
}

/** What is wrong with what a command names beside its ticket; undefined when all of it is there and fits. */
export function referenceObjection(
  command: TicketCommand,
  ticket: Ticket,
  known: Known,
): Refusal | undefined {
  if (command.type === 'assign' && command.to !== undefined) {
    return known.agent(command.to)
      ? undefined
      : { code: 'not-found', message: `there is no agent ${command.to}`, field: 'to' }
  }
  return command.type === 'merge' ? againstMerging(command.into, ticket, known) : undefined
}

function againstMerging(into: string, ticket: Ticket, known: Known): Refusal | undefined {
  const other = known.ticket(into)
  if (!other) return { code: 'not-found', message: `there is no ticket ${into}`, field: 'into' }
  if (other.organizationId !== ticket.organizationId) {
    // A merge would show one customer what another wrote.
    const message = `${other.number} belongs to another customer: only tickets of one customer can be merged`
    return { code: 'other-customer', message, field: 'into' }
  }
  const isOver =
    other.status === 'closed' ||
    other.mergedInto !== undefined ||
    other.slaEvents.some(({ type }) => type === 'cancelled')
  return isOver
    ? {
        code: 'ticket-closed',
        message: `${other.number} is closed: merge into an open ticket`,
        field: 'into',
      }
    : undefined
}
