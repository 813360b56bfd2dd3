import { assertNever } from '../assert-never'
import type { Instant } from '../time/instant'
import type { TicketCommand } from './command'
import { objection } from './objections'
import type { Agent } from './people'
import type { DecidedField, Ticket } from './ticket'

export type Refusal = { readonly code: string; readonly message: string; readonly field?: string }

export type Decision =
  | { readonly kind: 'apply' }
  | { readonly kind: 'conflict'; readonly fields: readonly DecidedField[] }
  | ({ readonly kind: 'reject' } & Refusal)

/** The fields a command decides about: two commands clash only when these overlap (portal.md §1). */
export function decidedFields({ type }: Pick<TicketCommand, 'type'>): readonly DecidedField[] {
  switch (type) {
    case 'reply':
    case 'note':
    case 'log-call':
    // Adding and removing tags commutes, and so does excusing.
    case 'tag':
    case 'excuse-breach':
      return []
    case 'claim':
    case 'assign':
      return ['assigneeId']
    case 'set-status':
    case 'merge':
    case 'cancel':
      return ['status']
    case 'set-priority':
      return ['priority']
    case 'escalate':
    case 'return-escalation':
      return ['escalation']
    case 'accept-escalation':
      return ['escalation', 'assigneeId']
    case 'link-product-issue':
    case 'unlink-product-issue':
      return ['productIssues']
    case 'record-workaround':
      return ['workaround']
    case 'propose-course-of-action':
      return ['courseOfAction']
    case 'promise-update':
      return ['promisedAt']
    default:
      return assertNever(type, 'command')
  }
}

/**
 * Decides a command against a ticket, on the desk for the view and on the portal for the truth.
 * A conflict means that a field the command decides about changed after the version its author saw (portal.md §1);
 * when it changed to what the command wants anyway (claimed twice by the same agent) there is nothing to decide
 * and the command is refused as `no-change`.
 * @param now the portal's clock, or the desk's corrected clock
 */
export function decide(command: TicketCommand, ticket: Ticket, actor: Agent, now: Instant): Decision {
  const objected = objection(command, ticket, actor, now)
  if (objected) return { kind: 'reject', ...objected }
  const fields = decidedFields(command).filter(
    (field) => (ticket.changedIn[field] ?? 0) > command.baseVersion,
  )
  return fields.length > 0 ? { kind: 'conflict', fields } : { kind: 'apply' }
}
