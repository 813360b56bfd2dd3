import { targetNameSchema } from '#shared/sla/policy'
import type { TicketCommand, TicketCommandType } from '#shared/tickets/command'
import type { Ticket } from '#shared/tickets/ticket'
import { formatInstant, type Instant } from '#shared/time/instant'
import type { TicketView } from '../../store/desk-store'
import { type Field, forms } from './fields'
import { readWhen, whenText, type Zones } from './read-when'
import { isBreach } from './why-not'

/** What stands in the fields, as text; tags one a line. */
export type Values = Readonly<Record<string, string>>

/** Chosen where a ticket is to be nobody's; an empty field means that nothing was chosen. No agent is called so. */
export const NOBODY = '\u0000nobody'

/** What the form of a command begins with on a ticket: what it would replace, where that is worth changing. */
export function startValues(
  type: TicketCommandType,
  { ticket, row }: Pick<TicketView, 'ticket' | 'row'>,
  zones: Zones,
): Values {
  switch (type) {
    case 'set-status':
      return { status: ticket.status }
    case 'set-priority':
      return { priority: ticket.priority, reason: '' }
    case 'escalate':
      return { to: ticket.region }
    case 'assign':
      return { to: '' }
    case 'log-call':
      return { direction: 'from-customer' }
    case 'record-workaround':
      return { text: ticket.workaround?.text ?? '' }
    case 'propose-course-of-action': {
      const plan = ticket.courseOfAction
      return { text: plan?.text ?? '', dueAt: plan ? whenText(plan.dueAt, zones.mine) : '' }
    }
    case 'excuse-breach': {
      const breached = targetNameSchema.options.filter((name) => isBreach(row.report[name]))
      return breached.length === 1 ? { of: breached[0] ?? '' } : {}
    }
    case 'tag':
      return { tags: ticket.tags.join('\n') }
    default:
      return {}
  }
}

/** A command as its form shows it. */
export function valuesOf(command: TicketCommand, ticket: Ticket, zones: Zones): Values {
  if (command.type === 'tag') {
    const kept = ticket.tags.filter((tag) => !command.remove.includes(tag))
    return { tags: [...new Set([...kept, ...command.add])].join('\n') }
  }
  const given = command as unknown as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    forms[command.type].fields.map(({ name, kind }) => {
      const value = given[name] ?? (kind === 'agent' ? NOBODY : undefined)
      return [
        name,
        kind === 'instant' && typeof value === 'number' ? whenText(value, zones.mine) : String(value ?? ''),
      ]
    }),
  )
}

/** The command's own fields in wire form; one that can't be read, and an optional one left empty, is `undefined`. */
export function wireOf(
  type: TicketCommandType,
  values: Values,
  ticket: Pick<Ticket, 'tags'>,
  zones: Zones,
  now: Instant,
): Readonly<Record<string, unknown>> {
  if (type === 'tag') {
    const wanted = [...(values.tags ?? '').split('\n'), values[typedOf('tags')] ?? ''].map((tag) =>
      tag.trim().toLowerCase(),
    )
    const tags = new Set(wanted.filter((tag) => tag !== ''))
    return {
      add: [...tags].filter((tag) => !ticket.tags.includes(tag)),
      remove: ticket.tags.filter((tag) => !tags.has(tag)),
    }
  }
  return Object.fromEntries(
    forms[type].fields.map((field) => [field.name, wireValue(field, values, zones, now)]),
  )
}

function wireValue(field: Field, values: Values, zones: Zones, now: Instant): string | undefined {
  const text = values[field.name] ?? ''
  if (field.kind === 'instant') {
    const at = readWhen(text, zoneOf(field.name, values, zones), now)
    return at === undefined ? undefined : formatInstant(at)
  }
  const isAbsent = text === NOBODY || (text.trim() === '' && field.isOptional)
  return isAbsent ? undefined : text
}

/** On whose wall the time of a field is written: mine, unless the person chose the customer's. */
export function zoneOf(name: string, values: Values, zones: Zones): string {
  return values[clockOf(name)] === 'theirs' ? (zones.theirs ?? zones.mine) : zones.mine
}

/** The value beside an instant's that says on whose clock it is. */
export function clockOf(name: string): string {
  return `${name}.clock`
}

/** The value beside a list's for what is being typed and no entry of it yet: it is saved as one. */
export function typedOf(name: string): string {
  return `${name}.typed`
}
