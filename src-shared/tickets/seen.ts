import { assertNever } from '../assert-never'
import type { TicketCommand } from './command'
import { decidedFields } from './decide'
import type { Ticket } from './ticket'

/** Values of a ticket as a person saw them, by field; `null` where there was none. */
export type Seen = Readonly<Record<string, unknown>>

/**
 * What of a ticket a command decides about. Kept with the command: when it conflicts, it tells whether anything that
 * mattered to its author really is different, and what each of the two wanted.
 */
export function seenBy(command: TicketCommand, ticket: Ticket): Seen {
  switch (command.type) {
    case 'link-product-issue':
    case 'unlink-product-issue':
      // Two agents who link different issues don't disagree.
      return { productIssues: ticket.productIssues?.find(({ key }) => key === command.key) ?? null }
    case 'accept-escalation':
      // Whoever has the ticket now gives it away by the escalation.
      return { escalation: ticket.escalation ?? null }
    default:
      return Object.fromEntries(decidedFields(command).map((field) => [field, ticket[field] ?? null]))
  }
}

/** Whether two looks at a ticket saw the same. */
export function sawTheSame(a: Seen, b: Seen): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** What somebody typed for this command and would miss; undefined when it was only a choice. */
export function typedText(command: TicketCommand): string | undefined {
  switch (command.type) {
    case 'reply':
    case 'note':
    case 'log-call':
      return command.body
    case 'set-priority':
    case 'return-escalation':
    case 'cancel':
    case 'excuse-breach':
      return command.reason
    case 'record-workaround':
    case 'propose-course-of-action':
      return command.text
    case 'escalate':
      return [command.summary, command.tried, command.assessment, command.ask].join('\n\n')
    case 'claim':
    case 'assign':
    case 'set-status':
    case 'accept-escalation':
    case 'link-product-issue':
    case 'unlink-product-issue':
    case 'promise-update':
    case 'tag':
    case 'merge':
      return undefined
    default:
      return assertNever(command, 'command')
  }
}
