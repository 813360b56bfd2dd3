import { assertNever } from '../assert-never'
import type { Instant } from '../time/instant'
import type { TicketCommand } from './command'
import type { Refusal } from './decide'
import type { Agent } from './people'
import { isOpen, MAX_PRODUCT_ISSUES, MAX_TAGS, type Ticket } from './ticket'

function no(code: string, message: string, field?: string): Refusal {
  return field === undefined ? { code, message } : { code, message, field }
}

/** What a closed ticket still takes. */
const EVEN_CLOSED: ReadonlySet<TicketCommand['type']> = new Set(['note', 'excuse-breach', 'tag'])

/** What the ticket says against this command, whoever saw which version; undefined when nothing does. */
export function objection(
  command: TicketCommand,
  ticket: Ticket,
  actor: Agent,
  now: Instant,
): Refusal | undefined {
  const { number } = ticket
  if (ticket.mergedInto !== undefined)
    return no('ticket-merged', `${number} was merged: work on the other one`)
  if (ticket.slaEvents.some((event) => event.type === 'cancelled')) {
    return no('ticket-cancelled', `${number} was cancelled and takes no more changes`)
  }
  if (ticket.status === 'closed' && !EVEN_CLOSED.has(command.type)) {
    return no('ticket-closed', `${number} is closed: only notes can be added`, 'status')
  }
  switch (command.type) {
    case 'reply':
    case 'note':
    case 'record-workaround':
    case 'excuse-breach':
      return undefined
    case 'log-call':
      return ticket.priority === 'P1'
        ? undefined
        : no('phone-is-for-p1', `${number} is ${ticket.priority}: calls are for P1 only`, 'priority')
    case 'claim':
      if (!isOpen(ticket)) return no('ticket-solved', `${number} is solved: reopen it to claim it`, 'status')
      return ticket.assigneeId === actor.id
        ? no('no-change', `${number} is already yours`, 'assigneeId')
        : undefined
    case 'assign':
      return againstAssigning(command.to, ticket, actor)
    case 'set-status':
      return ticket.status === command.status
        ? no('no-change', `${number} is already ${command.status}`, 'status')
        : undefined
    case 'set-priority':
      if (ticket.priority === command.priority) {
        return no('no-change', `${number} already has ${command.priority}`, 'priority')
      }
      return ticket.priority === 'P1' && !command.reason
        ? no('reason-required', 'lowering a P1 needs a reason', 'reason')
        : undefined
    case 'escalate':
      if (!isOpen(ticket))
        return no('ticket-solved', `${number} is solved: reopen it to escalate it`, 'status')
      return ticket.escalation?.state === 'offered' && ticket.escalation.to === command.to
        ? no('no-change', `${number} already waits for the backline of ${command.to}`, 'escalation')
        : undefined
    case 'accept-escalation':
    case 'return-escalation':
      return againstAnswering(ticket, actor)
    case 'link-product-issue':
      return againstLinking(command, ticket)
    case 'unlink-product-issue':
      return ticket.productIssues?.some(({ key }) => key === command.key)
        ? undefined
        : no('no-change', `${number} has no product issue ${command.key}`, 'key')
    case 'propose-course-of-action':
      // It would breach at once and for good (sla.md §4).
      return command.dueAt > now
        ? undefined
        : no('date-past', 'this date has passed: give a later one', 'dueAt')
    case 'promise-update':
      if (!isOpen(ticket))
        return no('ticket-solved', `${number} is solved: nothing more is promised`, 'status')
      if (command.promisedAt <= now) {
        return no('date-past', 'this time has passed: promise a later one', 'promisedAt')
      }
      return ticket.promisedAt === command.promisedAt
        ? no('no-change', `${number} has that promise already`, 'promisedAt')
        : undefined
    case 'tag':
      return againstTagging(command, ticket)
    case 'merge':
      return command.into === ticket.id
        ? no('into-itself', `${number} can't be merged into itself`, 'into')
        : undefined
    case 'cancel':
      return undefined
    default:
      return assertNever(command, 'command')
  }
}

/** Everybody gives away what is theirs or nobody's; a supervisor reassigns anything (portal.md §1). */
function againstAssigning(to: string | undefined, ticket: Ticket, actor: Agent): Refusal | undefined {
  const { number, assigneeId } = ticket
  if (assigneeId === to) {
    const message = to === undefined ? `${number} is already nobody's` : `${number} is already theirs`
    return no('no-change', message, 'to')
  }
  if (!isOpen(ticket)) return no('ticket-solved', `${number} is solved: reopen it to assign it`, 'status')
  const isMine = assigneeId === undefined || assigneeId === actor.id || to === actor.id
  return isMine || actor.role === 'supervisor'
    ? undefined
    : no('not-yours', `${number} belongs to somebody else: a supervisor can reassign it`, 'assigneeId')
}

function againstAnswering(ticket: Ticket, actor: Agent): Refusal | undefined {
  const { number, escalation } = ticket
  if (!escalation) return no('not-escalated', `${number} was not escalated`, 'escalation')
  if (escalation.state === 'offered') return undefined
  const mine = escalation.answeredById === actor.id
  const code = mine ? 'no-change' : 'already-answered'
  const who = mine ? 'you' : 'somebody else'
  return no(code, `the escalation of ${number} was ${escalation.state} by ${who} already`, 'escalation')
}

function againstLinking(
  { key, url, state, checkAt }: Extract<TicketCommand, { type: 'link-product-issue' }>,
  { number, productIssues = [] }: Ticket,
): Refusal | undefined {
  const known = productIssues.find((issue) => issue.key === key)
  if (known && known.url === url && known.state === state && known.checkAt === checkAt) {
    return no('no-change', `${number} already links ${key} like this`, 'key')
  }
  return !known && productIssues.length >= MAX_PRODUCT_ISSUES
    ? no('too-many', `${number} links ${MAX_PRODUCT_ISSUES} product issues already: unlink one first`, 'key')
    : undefined
}

function againstTagging(
  { add, remove }: Extract<TicketCommand, { type: 'tag' }>,
  { number, tags }: Ticket,
): Refusal | undefined {
  const added = new Set(add.filter((tag) => !tags.includes(tag)))
  const removed = new Set(remove.filter((tag) => tags.includes(tag) && !add.includes(tag)))
  if (added.size + removed.size === 0) return no('no-change', `${number} has just these tags already`, 'add')
  return tags.length + added.size - removed.size > MAX_TAGS
    ? no('too-many', `${number} would have more than ${MAX_TAGS} tags: remove some first`, 'add')
    : undefined
}
