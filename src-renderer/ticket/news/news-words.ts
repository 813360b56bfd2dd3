import { assertNever } from '#shared/assert-never'
import { statusLabel } from '#shared/queue/labels'
import { statusSchema } from '#shared/sla/policy'
import type { Message } from '#shared/tickets/message'

export type NewsWords = {
  /** What they did, after their name: `replied`, `set the status to Solved`. */
  readonly did: string
  /** What they wrote, in one line. */
  readonly text?: string
}

/** What somebody did, as the rest of a sentence that begins with their name. */
export function newsWords(message: Message, nameOf: (agentId: string) => string): NewsWords {
  switch (message.type) {
    case 'reply':
      return { did: message.author.kind === 'customer' ? 'wrote' : 'replied', text: line(message.body) }
    case 'note':
      return { did: 'added a note', text: line(message.body) }
    case 'call':
      return { did: 'logged a call', text: line(message.body) }
    case 'change':
      return { did: changeWords(message, nameOf), ...(message.reason ? { text: line(message.reason) } : {}) }
    case 'escalation':
      return {
        did:
          message.state === 'offered' ? `escalated it to ${message.to}` : `${message.state} the escalation`,
      }
    case 'workaround':
      return { did: 'recorded a workaround', text: line(message.text) }
    case 'course-of-action':
      return { did: 'proposed a course of action', text: line(message.text) }
    case 'merge':
      return {
        did:
          message.direction === 'into'
            ? `merged it into ${message.otherNumber}`
            : `merged ${message.otherNumber} into it`,
      }
    case 'cancelled':
      return { did: 'cancelled the ticket', text: line(message.reason) }
    case 'product-issue':
      return { did: `${message.change} ${message.issue.key}` }
    case 'promise':
      return { did: 'promised an update' }
    case 'tags':
      return { did: 'changed the tags' }
    case 'excused':
      return { did: 'excused a breach' }
    default:
      return assertNever(message, 'message')
  }
}

function changeWords(
  { field, to, author }: Extract<Message, { type: 'change' }>,
  nameOf: (agentId: string) => string,
): string {
  switch (field) {
    case 'status': {
      const status = statusSchema.safeParse(to)
      return `set the status to ${status.success ? statusLabel(status.data) : to}`
    }
    case 'priority':
      return `set the priority to ${to}`
    case 'assigneeId':
      if (to === undefined) return 'gave it back to the unassigned'
      return to === author.id ? 'claimed it' : `assigned it to ${nameOf(to)}`
    default:
      return assertNever(field, 'field')
  }
}

function line(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
