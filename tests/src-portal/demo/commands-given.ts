import { assertNever } from '#shared/assert-never'
import type { TicketCommand } from '#shared/tickets/command'
import type { Message } from '#shared/tickets/message'

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
type Given = DistributiveOmit<TicketCommand, 'id' | 'at' | 'target' | 'baseVersion'>

/** The command that has left an entry in a timeline; undefined for what others did and for the other end of a merge. */
export function commandBehind(message: Message): TicketCommand | undefined {
  if (message.author.kind !== 'agent') return undefined
  const given = givenBy(message)
  const { id, at, ticketId } = message
  return given && { ...given, id, at, target: ticketId, baseVersion: 0 }
}

function givenBy(message: Message): Given | undefined {
  switch (message.type) {
    case 'reply':
      return { type: 'reply', body: message.body, public: true }
    case 'note':
      return { type: 'note', body: message.body }
    case 'call':
      return { type: 'log-call', direction: message.direction, body: message.body }
    case 'change': {
      const { field, to, reason } = message
      if (field === 'status') return { type: 'set-status', status: to as 'open' }
      if (field === 'priority') return { type: 'set-priority', priority: to as 'P1', reason }
      return to === message.author.id ? { type: 'claim' } : { type: 'assign', to }
    }
    case 'escalation': {
      const { to, state, summary = '', tried = '', assessment = '', ask = '', reason = '' } = message
      if (state === 'offered') return { type: 'escalate', to, summary, tried, assessment, ask }
      return state === 'accepted' ? { type: 'accept-escalation' } : { type: 'return-escalation', reason }
    }
    case 'product-issue': {
      const { change, issue } = message
      if (change === 'unlinked') return { type: 'unlink-product-issue', key: issue.key }
      return { type: 'link-product-issue', ...issue }
    }
    case 'workaround':
      return { type: 'record-workaround', text: message.text }
    case 'course-of-action':
      return { type: 'propose-course-of-action', text: message.text, dueAt: message.dueAt }
    case 'promise':
      return { type: 'promise-update', promisedAt: message.promisedAt }
    case 'tags':
      return { type: 'tag', add: [...message.added], remove: [...message.removed] }
    case 'merge':
      return message.direction === 'into' ? { type: 'merge', into: message.otherId } : undefined
    case 'cancelled':
      return { type: 'cancel', reason: message.reason }
    case 'excused':
      return { type: 'excuse-breach', of: message.of, reason: message.reason }
    default:
      return assertNever(message, 'entry of a timeline')
  }
}
