import { apply } from '../tickets/apply'
import type { TicketCommand, TicketCommandType } from '../tickets/command'
import { decide, decidedFields } from '../tickets/decide'
import type { Message } from '../tickets/message'
import type { Agent } from '../tickets/people'
import type { Ticket } from '../tickets/ticket'
import { inOrder, isAboutTicket, type OutboxEntry } from './outbox-entry'

export type PendingMessage = {
  readonly message: Message
  readonly entryId: string
  /** `applied`: confirmed by the portal, only not yet in the mirror. */
  readonly state: 'unsent' | 'parked' | 'applied'
  readonly problem?: string
}
export type Rebased = { readonly ticket: Ticket; readonly pending: readonly PendingMessage[] }

export type RebaseInput = {
  /** The mirror's row: what the portal confirmed. */
  readonly ticket: Ticket
  readonly version: number
  /** Entries of this ticket, in any order. */
  readonly entries: readonly OutboxEntry[]
  readonly actor: Agent
}

/**
 * What I see: the portal's truth with my own commands on top (architecture.md §2). A command that the ticket no
 * longer lets through changes no field but stays visible as a pending message, and so does a parked one.
 */
export function rebase({ ticket, version, entries, actor }: RebaseInput): Rebased {
  let seen = ticket
  const pending: PendingMessage[] = []
  for (const { id, command, state } of inOrder(entries).filter(isAboutTicket)) {
    const at = command.at
    if (state.kind === 'applied') {
      const included = state.version <= version
      const next = apply({ command, ticket: seen, actor, at, version: state.version })
      if (!included) seen = next.ticket
      for (const message of next.messages) pending.push({ message, entryId: id, state: 'applied' })
      continue
    }
    // As version 0 a pending change of mine never stands in the way of what I did on top of it.
    const next = apply({ command, ticket: seen, actor, at, version: 0 })
    const lets = state.kind === 'queued' && decide(command, seen, actor, at).kind === 'apply'
    if (lets) seen = next.ticket
    for (const message of next.messages) {
      pending.push(
        state.kind === 'parked'
          ? { message, entryId: id, state: 'parked', problem: state.message }
          : { message, entryId: id, state: 'unsent' },
      )
    }
  }
  return { ticket: seen, pending }
}

/**
 * The version of the ticket that a new command of this type was made on: what is on screen. After an applied command
 * of mine that the mirror doesn't show yet, that is its version, if it decided all that the new one decides about.
 */
export function baseVersionFor(
  type: TicketCommandType,
  version: number,
  entries: readonly OutboxEntry[],
): number {
  const fields = decidedFields({ type })
  if (fields.length === 0) return version
  return entries
    .filter(isAboutTicket)
    .reduce(
      (base, { state, command }) =>
        state.kind === 'applied' && decidesAll(command, fields) ? Math.max(base, state.version) : base,
      version,
    )
}

function decidesAll(command: TicketCommand, fields: ReturnType<typeof decidedFields>): boolean {
  return fields.every((field) => decidedFields(command).includes(field))
}
