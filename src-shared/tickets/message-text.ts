import { assertNever } from '../assert-never'
import type { Message } from './message'

/** All words of an entry of a timeline that people wrote, for searching: one part a line. */
export function messageText(message: Message): string {
  const parts = [...wordsOf(message)]
  if (message.author.kind === 'customer') parts.push(message.author.name)
  return parts.filter((part) => part !== undefined && part !== '').join('\n')
}

function wordsOf(message: Message): readonly (string | undefined)[] {
  switch (message.type) {
    case 'reply':
    case 'note':
      return [message.body, ...(message.attachments ?? []).map(({ name }) => name)]
    case 'call':
      return [message.body]
    case 'escalation':
      return [message.summary, message.tried, message.assessment, message.ask, message.reason]
    case 'workaround':
    case 'course-of-action':
      return [message.text]
    case 'product-issue':
      return [message.issue.key]
    case 'merge':
      return [message.otherNumber]
    case 'change':
    case 'cancelled':
    case 'excused':
      return [message.reason]
    case 'promise':
    case 'tags':
      return []
    default:
      return assertNever(message, 'message')
  }
}
