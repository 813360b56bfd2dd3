import { assertNever } from '../assert-never'
import type { SlaEvent } from '../sla/events'
import type { Instant } from '../time/instant'
import type { TicketCommand } from './command'
import type { Author, Message } from './message'
import type { Agent } from './people'
import type { DecidedField, Escalation, Ticket } from './ticket'

export type ApplyInput = {
  readonly command: TicketCommand
  readonly ticket: Ticket
  readonly actor: Agent
  /** When it takes effect: the portal's clock, or the desk's corrected clock for the view. */
  readonly at: Instant
  /** The workspace version this change will carry. */
  readonly version: number
  /** `merge`: the ticket that goes on. Without it, as on a desk that doesn't know it, its own line is left out. */
  readonly into?: Ticket | undefined
}
export type Applied = {
  readonly ticket: Ticket
  /** Of this ticket; after a merge the last one belongs to the ticket that goes on. */
  readonly messages: readonly Message[]
}

/** An agent's text counts as written earlier when the portal took it at least this much later. */
const WRITTEN_EARLIER_MS = 60_000

type Content<M> = M extends Message ? Omit<M, 'id' | 'ticketId' | 'at' | 'author'> : never
type Effect = {
  readonly set?: Partial<Ticket>
  /** Fields that the command decided about. */
  readonly decided?: readonly DecidedField[]
  readonly slaEvent?: SlaEvent
  readonly message: Content<Message>
}

/**
 * Applies a command that `decide` let pass: the only place where a ticket changes and SLA events come from.
 * Message ids follow from the command's id, so the desk's preview and the portal's truth are the same entry.
 * Time never runs backwards on a ticket: `at` is moved up to its last SLA event if need be.
 */
export function apply({ command, ticket, actor, at: now, version, into }: ApplyInput): Applied {
  const at = Math.max(now, ticket.slaEvents.at(-1)?.at ?? now)
  const author: Author = { kind: 'agent', id: actor.id, name: actor.name }
  const { set, decided = [], slaEvent, message } = effectOf(command, ticket, actor, at, into)
  const messages: Message[] = [{ ...message, id: command.id, ticketId: ticket.id, at, author } as Message]
  if (command.type === 'merge' && into) {
    const other = {
      type: 'merge',
      direction: 'from',
      otherId: ticket.id,
      otherNumber: ticket.number,
    } as const
    messages.push({ ...other, id: `${command.id}/into`, ticketId: into.id, at, author })
  }
  return {
    ticket: {
      ...ticket,
      ...set,
      updatedAt: at,
      changedIn:
        decided.length === 0
          ? ticket.changedIn
          : { ...ticket.changedIn, ...Object.fromEntries(decided.map((field) => [field, version])) },
      slaEvents: slaEvent ? [...ticket.slaEvents, slaEvent] : ticket.slaEvents,
    },
    messages,
  }
}

function effectOf(
  command: TicketCommand,
  ticket: Ticket,
  actor: Agent,
  at: Instant,
  into: Ticket | undefined,
): Effect {
  const by = { byId: actor.id, at }
  const earlier = at - command.at >= WRITTEN_EARLIER_MS ? { writtenAt: command.at } : {}
  const changed = (
    field: 'status' | 'priority' | 'assigneeId',
    to: string | undefined,
  ): Content<Message> => ({
    type: 'change',
    field,
    ...(ticket[field] === undefined ? {} : { from: ticket[field] }),
    ...(to === undefined ? {} : { to }),
  })

  switch (command.type) {
    case 'reply':
      return {
        // The customer was told something: what was promised is kept.
        set: { promisedAt: undefined },
        slaEvent: { at, type: 'replied', by: 'agent', public: true },
        message: {
          type: 'reply',
          channel: ticket.channel,
          body: command.body,
          ...earlier,
          ...filesOf(command),
        },
      }
    case 'note':
      return { message: { type: 'note', body: command.body, ...earlier, ...filesOf(command) } }
    case 'log-call':
      return {
        // Only a call that opened the ticket is a first response (sla.md §4), so there is no SLA event.
        set: command.direction === 'to-customer' ? { promisedAt: undefined } : { customerAt: at },
        message: { type: 'call', direction: command.direction, body: command.body, ...earlier },
      }
    case 'claim':
      return {
        set: { assigneeId: actor.id },
        decided: ['assigneeId'],
        message: changed('assigneeId', actor.id),
      }
    case 'assign':
      return {
        set: { assigneeId: command.to },
        decided: ['assigneeId'],
        message: changed('assigneeId', command.to),
      }
    case 'set-status':
      return {
        set: { status: command.status },
        decided: ['status'],
        slaEvent: { at, type: 'status', to: command.status },
        message: changed('status', command.status),
      }
    case 'set-priority':
      return {
        set: { priority: command.priority },
        decided: ['priority'],
        slaEvent: { at, type: 'prioritised', priority: command.priority },
        message: {
          ...changed('priority', command.priority),
          ...(command.reason ? { reason: command.reason } : {}),
        } as Content<Message>,
      }
    case 'escalate': {
      const { to, summary, tried, assessment, ask } = command
      const put = { to, summary, tried, assessment, ask }
      // Until it is accepted somebody must own it, and that is who escalates.
      const owner = ticket.assigneeId === undefined ? { assigneeId: actor.id } : {}
      return {
        set: { escalation: { ...put, ...by, state: 'offered' }, ...owner },
        decided: ticket.assigneeId === undefined ? ['escalation', 'assigneeId'] : ['escalation'],
        message: { type: 'escalation', state: 'offered', ...put },
      }
    }
    case 'accept-escalation':
      return {
        ...answered(ticket, { state: 'accepted', answeredById: actor.id, answeredAt: at }, actor.id),
        decided: ['escalation', 'assigneeId'],
      }
    case 'return-escalation': {
      const { reason } = command
      return answered(ticket, { state: 'returned', answeredById: actor.id, answeredAt: at, reason })
    }
    case 'link-product-issue': {
      const { key, url, state, checkAt } = command
      const issue = { key, url, state, ...(checkAt === undefined ? {} : { checkAt }) }
      const issues = ticket.productIssues ?? []
      const known = issues.some((other) => other.key === key)
      return {
        set: {
          productIssues: known
            ? issues.map((other) => (other.key === key ? issue : other))
            : [...issues, issue],
        },
        decided: ['productIssues'],
        message: { type: 'product-issue', change: known ? 'updated' : 'linked', issue },
      }
    }
    case 'unlink-product-issue': {
      const issues = ticket.productIssues ?? []
      const issue = issues.find(({ key }) => key === command.key)
      return {
        set: { productIssues: issues.filter(({ key }) => key !== command.key) },
        decided: ['productIssues'],
        message: {
          type: 'product-issue',
          change: 'unlinked',
          issue: issue ?? { key: command.key, url: '', state: 'unknown' },
        },
      }
    }
    case 'record-workaround':
      return {
        set: { workaround: { text: command.text, ...by } },
        decided: ['workaround'],
        slaEvent: { at, type: 'workaround' },
        message: { type: 'workaround', text: command.text },
      }
    case 'propose-course-of-action': {
      const { text, dueAt } = command
      const before = ticket.courseOfAction?.dueAt
      return {
        set: { courseOfAction: { text, dueAt, ...by } },
        decided: ['courseOfAction'],
        slaEvent: { at, type: 'proposed', dueAt },
        message: { type: 'course-of-action', text, dueAt, ...(before === undefined ? {} : { before }) },
      }
    }
    case 'promise-update': {
      const { promisedAt } = command
      const before = ticket.promisedAt
      return {
        set: { promisedAt },
        decided: ['promisedAt'],
        message: { type: 'promise', promisedAt, ...(before === undefined ? {} : { before }) },
      }
    }
    case 'tag': {
      const added = [...new Set(command.add)].filter((tag) => !ticket.tags.includes(tag))
      const removed = [...new Set(command.remove)].filter(
        (tag) => ticket.tags.includes(tag) && !command.add.includes(tag),
      )
      return {
        set: { tags: [...ticket.tags.filter((tag) => !removed.includes(tag)), ...added] },
        message: { type: 'tags', added, removed },
      }
    }
    case 'merge': {
      const otherNumber = into?.number ?? command.into
      return {
        ...over(at, `merged into ${otherNumber}`),
        set: { status: 'closed', mergedInto: command.into },
        message: { type: 'merge', direction: 'into', otherId: command.into, otherNumber },
      }
    }
    case 'cancel': {
      const { reason } = command
      return { ...over(at, reason), set: { status: 'closed' }, message: { type: 'cancelled', reason } }
    }
    case 'excuse-breach': {
      const { of, reason } = command
      return {
        set: { excused: { ...ticket.excused, [of]: { reason, ...by } } },
        message: { type: 'excused', of, reason },
      }
    }
    default:
      return assertNever(command, 'command')
  }
}

function filesOf({ attachments }: Extract<TicketCommand, { type: 'reply' | 'note' }>) {
  return attachments && attachments.length > 0 ? { attachments } : {}
}

/** Merged, duplicate, spam: what isn't satisfied is cancelled and leaves every statistic (sla.md §4). */
function over(at: Instant, reason: string): Pick<Effect, 'decided' | 'slaEvent'> {
  return { decided: ['status'], slaEvent: { at, type: 'cancelled', reason } }
}

/** @param assigneeId who owns the ticket from now on, if that changes */
function answered(ticket: Ticket, answer: Partial<Escalation>, assigneeId?: string): Effect {
  const { escalation } = ticket
  const { reason, state = 'returned' } = answer
  return {
    set: {
      ...(escalation ? { escalation: { ...escalation, ...answer } } : {}),
      ...(assigneeId === undefined ? {} : { assigneeId }),
    },
    decided: ['escalation'],
    message: {
      type: 'escalation',
      state,
      to: escalation?.to ?? ticket.region,
      ...(reason === undefined ? {} : { reason }),
    },
  }
}
