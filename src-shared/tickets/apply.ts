import { assertNever } from '../assert-never'
import type { SlaEvent } from '../sla/events'
import type { Instant } from '../time/instant'
import type { Command } from './command'
import type { Author, Message } from './message'
import type { Agent } from './people'
import type { DecidedField, Ticket } from './ticket'

export type ApplyInput = {
  readonly command: Command
  readonly ticket: Ticket
  readonly actor: Agent
  /** When it takes effect: the portal's clock, or the desk's corrected clock for the view. */
  readonly at: Instant
  /** The workspace version this change will carry. */
  readonly version: number
}
export type Applied = { readonly ticket: Ticket; readonly messages: readonly Message[] }

/** An agent's text counts as written earlier when the portal took it at least this much later. */
const WRITTEN_EARLIER_MS = 60_000

/**
 * Applies a command that `decide` let pass: the only place where a ticket changes and SLA events come from.
 * Message ids follow from the command's id, so the desk's preview and the portal's truth are the same entry.
 * Time never runs backwards on a ticket: `at` is moved up to its last SLA event if need be.
 */
export function apply({ command, ticket, actor, at: now, version }: ApplyInput): Applied {
  const at = Math.max(now, ticket.slaEvents.at(-1)?.at ?? now)
  const author: Author = { kind: 'agent', id: actor.id, name: actor.name }
  const entry = { id: command.id, ticketId: ticket.id, at, author }
  const earlier = at - command.at >= WRITTEN_EARLIER_MS ? { writtenAt: command.at } : {}
  const touched: Ticket = { ...ticket, updatedAt: at }

  const changed = (field: DecidedField, to: string, event?: SlaEvent, reason?: string): Applied => {
    const from = ticket[field]
    return {
      ticket: {
        ...touched,
        [field]: to,
        changedIn: { ...ticket.changedIn, [field]: version },
        slaEvents: event ? [...ticket.slaEvents, event] : ticket.slaEvents,
      },
      messages: [
        { ...entry, type: 'change', field, to, ...(from ? { from } : {}), ...(reason ? { reason } : {}) },
      ],
    }
  }

  switch (command.type) {
    case 'reply':
      return {
        ticket: {
          ...touched,
          slaEvents: [...ticket.slaEvents, { at, type: 'replied', by: 'agent', public: true }],
        },
        messages: [{ ...entry, type: 'reply', channel: ticket.channel, body: command.body, ...earlier }],
      }
    case 'note':
      return { ticket: touched, messages: [{ ...entry, type: 'note', body: command.body, ...earlier }] }
    case 'claim':
      return changed('assigneeId', actor.id)
    case 'set-status':
      return changed('status', command.status, { at, type: 'status', to: command.status })
    case 'set-priority':
      return changed(
        'priority',
        command.priority,
        { at, type: 'prioritised', priority: command.priority },
        command.reason,
      )
    default:
      return assertNever(command, 'command')
  }
}
