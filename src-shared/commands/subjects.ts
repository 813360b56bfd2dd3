import { neededBy } from '../handoff/context'
import type { RecordKind, RecordValue } from '../portal/records'
import { referencesOf } from '../tickets/references'
import { type Command, isHandoffCommand, isTicketCommand, targetKind } from './command'

export type RecordName = { readonly kind: RecordKind; readonly id: string }

/** The records a command is decided against, to be loaded before. */
export type Subjects = {
  /** By name; the target is the first. */
  readonly names: readonly RecordName[]
  /** Kinds of which every record is looked at; there are few of each. */
  readonly kinds: readonly RecordKind[]
  /** Every ticket with work left. */
  readonly openTickets: boolean
  /** The last hand-offs: what was said in the one before is where the next begins. */
  readonly lastHandoffs: boolean
}

export function subjectsOf(command: Command): Subjects {
  const target = { kind: targetKind(command), id: command.target }
  if (isTicketCommand(command)) return byName([target, ...referencesOf(command)])
  if (!isHandoffCommand(command)) return byName([target])
  const { everything, ticketIds } = neededBy(command)
  return {
    names: [target, ...ticketIds.map((id): RecordName => ({ kind: 'ticket', id }))],
    kinds: everything
      ? ['rota', 'agent', 'organization', 'policy', 'calendar', 'notice']
      : ['rota', 'agent', 'policy', 'calendar'],
    openTickets: everything,
    lastHandoffs: everything,
  }
}

function byName(names: readonly RecordName[]): Subjects {
  return { names, kinds: [], openTickets: false, lastHandoffs: false }
}

/** Reads the loaded records as they are now. */
export type Lookup = {
  readonly get: <K extends RecordKind>(
    kind: K,
    id: string,
  ) => { readonly version: number; readonly value: RecordValue<K> | undefined } | undefined
  /** Every loaded record of a kind that was not deleted. */
  readonly all: <K extends RecordKind>(kind: K) => Iterable<RecordValue<K>>
}
