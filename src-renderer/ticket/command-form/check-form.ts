import { authorise } from '#shared/commands/roles'
import { type TicketCommand, type TicketCommandType, ticketCommandSchema } from '#shared/tickets/command'
import { decide } from '#shared/tickets/decide'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import { formatInstant, type Instant } from '#shared/time/instant'
import { type Field, forms } from './fields'
import { type Values, wireOf } from './form-values'
import type { Zones } from './read-when'

export type FormInput = {
  readonly type: TicketCommandType
  readonly values: Values
  /** As it is on screen. */
  readonly ticket: Ticket
  readonly actor: Agent
  readonly zones: Zones
  readonly now: Instant
}

export type CheckedForm =
  | {
      readonly kind: 'complete'
      readonly command: TicketCommand
      readonly wire: Readonly<Record<string, unknown>>
    }
  /** What to mend: by field, and what belongs to none of them. */
  | {
      readonly kind: 'incomplete'
      readonly byField: Readonly<Record<string, string>>
      readonly other?: string
    }

/** A command that is only looked at, and never clashes: it is made on what is on screen. */
const PROBE = { id: '00000000-0000-4000-8000-000000000000', baseVersion: Number.MAX_SAFE_INTEGER }

/** Reads a form by the commands' own schema and rules; every problem says what to do about it. */
export function checkForm({ type, values, ticket, actor, zones, now }: FormInput): CheckedForm {
  const { fields } = forms[type]
  const wire = wireOf(type, values, ticket, zones, now)
  const missing = Object.fromEntries(
    fields.flatMap((field) => {
      const problem = problemOf(field, values[field.name] ?? '', wire[field.name])
      return problem === undefined ? [] : [[field.name, problem]]
    }),
  )
  const read = ticketCommandSchema.safeDecode({
    ...{ ...wire, ...PROBE },
    ...{ type, target: ticket.id, at: formatInstant(now) },
  } as never)
  if (!read.success || Object.keys(missing).length > 0) {
    const told = read.success
      ? []
      : read.error.issues.map(({ path, message }) => [fieldAt(type, path), message] as const)
    const byField = Object.fromEntries(told.map(([name, message]) => [name, sentence(message)]).reverse())
    return { kind: 'incomplete', byField: { ...byField, ...missing } }
  }
  const command = read.data
  const refusal = authorise(command, actor) ?? refused(command, ticket, actor, now)
  if (!refusal) return { kind: 'complete', command, wire }
  const message = sentence(refusal.message)
  const name = refusal.field === undefined ? undefined : fieldAt(type, [refusal.field])
  return fields.some((field) => field.name === name) && name !== undefined
    ? { kind: 'incomplete', byField: { [name]: message } }
    : { kind: 'incomplete', byField: {}, other: message }
}

function refused(command: TicketCommand, ticket: Ticket, actor: Agent, now: Instant) {
  const decision = decide(command, ticket, actor, now)
  return decision.kind === 'reject' ? decision : undefined
}

/** The two lists of a tag command are one field. */
function fieldAt(type: TicketCommandType, path: readonly PropertyKey[]): string {
  return type === 'tag' ? 'tags' : String(path[0] ?? '')
}

/** What the schema can't say well: that nothing was chosen, and that a text is no time. */
function problemOf({ kind, isOptional }: Field, text: string, wire: unknown): string | undefined {
  const isEmpty = text.trim() === ''
  switch (kind) {
    case 'instant':
      if (isEmpty && isOptional) return undefined
      return wire === undefined
        ? 'Give a date and a time like 2026-07-10 16:30, or a span like +2h.'
        : undefined
    case 'ticket':
      return isEmpty ? 'Choose the ticket that goes on.' : undefined
    case 'agent':
      return isEmpty ? 'Choose a person, or nobody.' : undefined
    case 'region':
      return isEmpty ? 'Choose a region.' : undefined
    case 'target':
    case 'choice':
      return isEmpty ? 'Choose one.' : undefined
    default:
      return undefined
  }
}

/** The rules speak in clauses; people read sentences. */
function sentence(clause: string): string {
  const text = clause.charAt(0).toUpperCase() + clause.slice(1)
  return /[.!?]$/.test(text) ? text : `${text}.`
}
