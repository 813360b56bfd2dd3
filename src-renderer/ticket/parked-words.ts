import { assertNever } from '#shared/assert-never'
import type { Command } from '#shared/commands/command'
import { isTicketCommand } from '#shared/commands/command'
import { statusLabel, targetLabel } from '#shared/queue/labels'
import type { DecidedField } from '#shared/tickets/ticket'
import type { DeskStore, ParkedCommand } from '../store/desk-store'

const FIELD = {
  status: 'the status',
  priority: 'the priority',
  assigneeId: 'the assignee',
  escalation: 'the escalation',
  workaround: 'the workaround',
  courseOfAction: 'the course of action',
  promisedAt: 'the promised update',
  productIssues: 'the product issue',
} as const satisfies Record<DecidedField, string>

/** Whether somebody else decided about the same, so that both versions are to be looked at. */
export function isClash({ code }: Pick<ParkedCommand, 'code'>): boolean {
  return code === 'conflict' || code === 'claimed-by-other'
}

/** Why it waits for the person, as a sentence. */
export function problemWords({ code, problem, fields }: ParkedCommand): string {
  if (code !== 'conflict') return problem
  const named = fields.map((field) => (field in FIELD ? FIELD[field as DecidedField] : field))
  return `Somebody else decided about ${named.join(' and ') || 'it'} meanwhile`
}

/** What was to be done, in a few words. */
export function commandWords(command: Command, desk: Pick<DeskStore, 'agent' | 'rows'>): string {
  if (!isTicketCommand(command)) return 'A change'
  switch (command.type) {
    case 'reply':
      return 'Public reply'
    case 'note':
      return 'Internal note'
    case 'log-call':
      return 'Log of a call'
    case 'claim':
      return 'Claim'
    case 'assign':
      return `Assign to ${command.to === undefined ? 'nobody' : (desk.agent(command.to)?.name ?? command.to)}`
    case 'set-status':
      return `Set status ${statusLabel(command.status)}`
    case 'set-priority':
      return `Set priority ${command.priority}`
    case 'escalate':
      return `Escalate to ${command.to}`
    case 'accept-escalation':
      return 'Accept the escalation'
    case 'return-escalation':
      return 'Return the escalation'
    case 'link-product-issue':
      return `Link product issue ${command.key}`
    case 'unlink-product-issue':
      return `Unlink product issue ${command.key}`
    case 'record-workaround':
      return 'Workaround'
    case 'propose-course-of-action':
      return 'Course of action'
    case 'promise-update':
      return 'Promised update'
    case 'tag':
      return 'Tags'
    case 'merge':
      return `Merge into ${desk.rows.get(command.into)?.number ?? 'another ticket'}`
    case 'cancel':
      return 'Cancel the ticket'
    case 'excuse-breach':
      return `Excuse the breach of ${targetLabel(command.of).toLowerCase()}`
    default:
      return assertNever(command, 'command')
  }
}
