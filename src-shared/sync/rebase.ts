import { apply } from '../tickets/apply'
import type { Command, CommandType } from '../tickets/command'
import { decide, decidedFields } from '../tickets/decide'
import type { Message } from '../tickets/message'
import type { Agent } from '../tickets/people'
import type { DecidedField, Ticket } from '../tickets/ticket'
import { inOrder, type OutboxEntry } from './outbox-entry'

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
  for (const { id, command, state } of inOrder(entries)) {
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
    const lets = state.kind === 'queued' && decide(command, seen, actor).kind === 'apply'
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
 * of mine that the mirror doesn't show yet, that is its version, for the fields it decided and no others.
 */
export function baseVersionFor(type: CommandType, version: number, entries: readonly OutboxEntry[]): number {
  const field = fieldOf[type]
  if (field === undefined) return version
  return entries.reduce(
    (base, { state, command }) =>
      state.kind === 'applied' && decides(command, field) ? Math.max(base, state.version) : base,
    version,
  )
}

const fieldOf: { readonly [type in CommandType]: DecidedField | undefined } = {
  reply: undefined,
  note: undefined,
  claim: 'assigneeId',
  'set-status': 'status',
  'set-priority': 'priority',
}

function decides(command: Command, field: DecidedField): boolean {
  return decidedFields(command).includes(field)
}
