import { statusLabel } from '#shared/queue/labels'
import type { TicketCommand } from '#shared/tickets/command'
import { decidedFields } from '#shared/tickets/decide'
import type { Message } from '#shared/tickets/message'
import type { Seen } from '#shared/tickets/seen'
import { type DecidedField, type Ticket, ticketSchema } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import type { TimelineEntry } from '../../store/desk-store'
import { type Field, forms } from '../command-form/fields'
import { NOBODY, type Values, valuesOf } from '../command-form/form-values'
import { whenText, type Zones } from '../command-form/read-when'

/** Something both decided about that is no field of a form: said in words, and taken or left as a whole. */
export type ComparedFact = {
  readonly label: string
  readonly saw: string | undefined
  readonly theirs: string
  readonly mine: string
}
/** A field of the form in its three versions, as the form writes them; `undefined` where that isn't known. */
export type ComparedField = {
  readonly field: Field
  readonly saw: string | undefined
  readonly theirs: string | undefined
  readonly mine: string
}
export type Comparison = {
  readonly facts: readonly ComparedFact[]
  readonly fields: readonly ComparedField[]
  /** Who decided otherwise meanwhile, and when. */
  readonly changed: { readonly by: string; readonly at: Instant } | undefined
}

/** What of a ticket commands decide about. */
export type Decided = Pick<Ticket, DecidedField>

export type ComparisonInput = {
  readonly command: TicketCommand
  readonly seen: Seen | undefined
  /** As the portal has it now. */
  readonly ticket: Ticket
  readonly timeline: readonly TimelineEntry[]
  readonly zones: Zones
  readonly agentName: (id: string) => string
  readonly ticketNumber: (id: string) => string
}

/** What its author saw, what it is now and what they want, side by side. */
export function comparison(input: ComparisonInput): Comparison {
  const { command, seen, ticket, timeline, zones } = input
  const change = timeline
    .filter(({ pending }) => !pending)
    .map(({ message }) => message)
    .findLast((message) => decidedFields(command).some((field) => isAbout(message, field, command)))
  const saw = seen && asSeen(seen)
  const theirs = fieldValues(command, ticket, zones, change)
  const sawValues = saw && fieldValues(command, saw, zones, undefined)
  const mine = valuesOf(command, ticket, zones)
  return {
    facts: factsOf(input, saw),
    fields: forms[command.type].fields.map((field) => ({
      field,
      saw: sawValues?.[field.name],
      theirs: theirs[field.name],
      mine: mine[field.name] ?? '',
    })),
    changed: change && { by: change.author.name, at: change.at },
  }
}

/** The fields of a command's form as the ticket has them. */
function fieldValues(
  command: TicketCommand,
  ticket: Partial<Decided>,
  zones: Zones,
  change: Message | undefined,
): Values {
  switch (command.type) {
    case 'set-status':
      return optional({ status: ticket.status })
    case 'set-priority':
      return optional({
        priority: ticket.priority,
        reason: change?.type === 'change' ? change.reason : undefined,
      })
    case 'assign':
      return { to: ticket.assigneeId ?? NOBODY }
    case 'escalate': {
      const { to, summary, tried, assessment, ask } = ticket.escalation ?? {}
      return optional({ to, summary, tried, assessment, ask })
    }
    case 'record-workaround':
      return optional({ text: ticket.workaround?.text })
    case 'propose-course-of-action': {
      const plan = ticket.courseOfAction
      return optional({ text: plan?.text, dueAt: plan && whenText(plan.dueAt, zones.mine) })
    }
    case 'promise-update': {
      const at = ticket.promisedAt
      return optional({ promisedAt: at === undefined ? undefined : whenText(at, zones.mine) })
    }
    case 'link-product-issue': {
      const issue = ticket.productIssues?.find(({ key }) => key === command.key)
      const checkAt = issue?.checkAt === undefined ? undefined : whenText(issue.checkAt, zones.mine)
      return optional({ key: issue?.key, url: issue?.url, state: issue?.state, checkAt })
    }
    default:
      return {}
  }
}

function optional(values: Readonly<Record<string, string | undefined>>): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** What the command decides by being given. */
function factsOf(
  { command, ticket, agentName, ticketNumber }: ComparisonInput,
  saw: Partial<Decided> | undefined,
): readonly ComparedFact[] {
  const fact = (label: string, words: (one: Partial<Decided>) => string, mine: string): ComparedFact => ({
    label,
    saw: saw && words(saw),
    theirs: words(ticket),
    mine,
  })
  const owner = ({ assigneeId }: Partial<Decided>) =>
    assigneeId === undefined ? 'Nobody' : agentName(assigneeId)
  const status = (one: Partial<Decided>) => (one.status === undefined ? 'Unknown' : statusLabel(one.status))
  const escalation = ({ escalation: one }: Partial<Decided>) => {
    if (!one) return 'Not escalated'
    const by = one.answeredById === undefined ? '' : ` by ${agentName(one.answeredById)}`
    return one.state === 'offered' ? `Offered to ${one.to}` : `${capital(one.state)}${by}`
  }
  switch (command.type) {
    case 'claim':
      return [fact('Assignee', owner, 'Me')]
    case 'accept-escalation':
      return [fact('Escalation', escalation, 'Accepted by me')]
    case 'return-escalation':
      return [fact('Escalation', escalation, 'Returned by me')]
    case 'unlink-product-issue': {
      const issue = (one: Partial<Decided>) => {
        const known = one.productIssues?.find(({ key }) => key === command.key)
        return known ? `${known.key}: ${known.state}` : 'Not linked'
      }
      return [fact('Product issue', issue, `${command.key} unlinked`)]
    }
    case 'merge':
      return [fact('Status', status, `Merged into ${ticketNumber(command.into)}`)]
    case 'cancel':
      return [fact('Status', status, 'Cancelled')]
    default:
      return []
  }
}

/** Whether this entry of the timeline tells of a decision about the field. */
function isAbout(message: Message, field: DecidedField, command: TicketCommand): boolean {
  switch (field) {
    case 'status':
      return (
        (message.type === 'change' && message.field === 'status') ||
        (message.type === 'merge' && message.direction === 'into') ||
        message.type === 'cancelled'
      )
    case 'priority':
      return message.type === 'change' && message.field === 'priority'
    case 'assigneeId':
      return message.type === 'change' && message.field === 'assigneeId'
    case 'escalation':
      return message.type === 'escalation'
    case 'workaround':
      return message.type === 'workaround'
    case 'courseOfAction':
      return message.type === 'course-of-action'
    case 'promisedAt':
      return message.type === 'promise'
    case 'productIssues':
      return message.type === 'product-issue' && 'key' in command && message.issue.key === command.key
  }
}

const decided = ticketSchema.pick({
  ...{ status: true, priority: true, assigneeId: true, escalation: true },
  ...{ workaround: true, courseOfAction: true, promisedAt: true, productIssues: true },
})

/** What was kept of what its author saw, read like a ticket: `null` is nothing, one issue is the list of it. */
function asSeen(seen: Seen): Partial<Decided> | undefined {
  const present = Object.fromEntries(
    Object.entries(seen).flatMap(([field, value]) => {
      if (value === null) return []
      return [[field, field === 'productIssues' && !Array.isArray(value) ? [value] : value]]
    }),
  )
  // It is stored as it is inside the program: what can be brought into wire form is of the right shape.
  return decided.partial().safeEncode(present as never).success ? (present as Partial<Decided>) : undefined
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
