import { assertNever } from '../assert-never'
import type { Command } from './command'
import type { Agent } from './people'
import { type DecidedField, isOpen, type Ticket } from './ticket'

export type Refusal = { readonly code: string; readonly message: string; readonly field?: string }

export type Decision =
  | { readonly kind: 'apply' }
  | { readonly kind: 'conflict'; readonly fields: readonly DecidedField[] }
  | ({ readonly kind: 'reject' } & Refusal)

/** The fields a command decides about: two commands clash only when these overlap (portal.md §1). */
export function decidedFields(command: Command): readonly DecidedField[] {
  switch (command.type) {
    case 'reply':
    case 'note':
      return []
    case 'claim':
      return ['assigneeId']
    case 'set-status':
      return ['status']
    case 'set-priority':
      return ['priority']
    default:
      return assertNever(command, 'command')
  }
}

function reject(code: string, message: string, field?: string): Decision {
  return field === undefined ? { kind: 'reject', code, message } : { kind: 'reject', code, message, field }
}

/** What the ticket says against this command, whoever saw which version; undefined when nothing does. */
function objection(command: Command, ticket: Ticket): Decision | undefined {
  if (ticket.slaEvents.some((event) => event.type === 'cancelled')) {
    return reject('ticket-cancelled', `${ticket.number} was cancelled and takes no more changes`)
  }
  if (ticket.status === 'closed' && command.type !== 'note') {
    return reject('ticket-closed', `${ticket.number} is closed: only notes can be added`, 'status')
  }
  switch (command.type) {
    case 'reply':
    case 'note':
      return undefined
    case 'claim':
      return isOpen(ticket)
        ? undefined
        : reject('ticket-solved', `${ticket.number} is solved: reopen it to claim it`, 'status')
    case 'set-status':
      return ticket.status === command.status
        ? reject('no-change', `${ticket.number} is already ${command.status}`, 'status')
        : undefined
    case 'set-priority':
      if (ticket.priority === command.priority) {
        return reject('no-change', `${ticket.number} already has ${command.priority}`, 'priority')
      }
      return ticket.priority === 'P1' && !command.reason
        ? reject('reason-required', 'lowering a P1 needs a reason', 'reason')
        : undefined
    default:
      return assertNever(command, 'command')
  }
}

/**
 * Decides a command against a ticket, on the desk for the view and on the portal for the truth.
 * A conflict means that a field the command decides about changed after the version its author saw (portal.md §1);
 * when it changed to what the command wants anyway (claimed twice by the same agent) there is nothing to decide
 * and the command is refused as `no-change`.
 */
export function decide(command: Command, ticket: Ticket, actor: Agent): Decision {
  const objected = objection(command, ticket)
  if (objected) return objected
  if (command.type === 'claim' && ticket.assigneeId === actor.id) {
    return reject('no-change', `${ticket.number} is already yours`, 'assigneeId')
  }
  const fields = decidedFields(command).filter(
    (field) => (ticket.changedIn[field] ?? 0) > command.baseVersion,
  )
  return fields.length > 0 ? { kind: 'conflict', fields } : { kind: 'apply' }
}
