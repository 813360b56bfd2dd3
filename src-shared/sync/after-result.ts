import { assertNever } from '../assert-never'
import type { CommandResult } from '../portal/calls'
import type { Command } from '../tickets/command'
import { decide, decidedFields } from '../tickets/decide'
import type { Agent } from '../tickets/people'
import type { Ticket } from '../tickets/ticket'
import type { OutboxEntry, OutboxState } from './outbox-entry'

export type AnsweredInput = {
  /** The entry as it is stored now. */
  readonly entry: OutboxEntry
  /** All entries of the same ticket. */
  readonly siblings: readonly OutboxEntry[]
  readonly result: CommandResult
  /** The ticket as the portal has it, from a conflict's `current`; absent when it couldn't be read. */
  readonly current: { readonly ticket: Ticket; readonly version: number } | undefined
  readonly actor: Agent
  /** For a new attempt: the portal keeps the answer to an id for good, so the old id would conflict for ever. */
  readonly newId: string
}

/**
 * What an answer does to the outbox: the entries that change, to be stored before anything else is sent.
 * An answer to an attempt that was replaced meanwhile changes nothing.
 */
export function afterResult(input: AnsweredInput): readonly OutboxEntry[] {
  const { entry, result } = input
  if (entry.state.kind !== 'queued' || entry.command.id !== result.id) return []
  switch (result.outcome) {
    case 'applied':
      return afterApplied(entry, input.siblings, result.version)
    case 'rejected':
      return [{ ...entry, state: parked(result.code, result.message, result.field ? [result.field] : []) }]
    case 'conflict':
      return [afterConflict(input, result.fields, entry.state.conflicts)]
    default:
      return assertNever(result, 'outcome')
  }
}

/**
 * The portal applied `entry` as `version`. My later commands about a field that it decided were made on top of it:
 * nobody else changed that field between its base and `version` (it would have conflicted), so `version` is what
 * their author saw of it.
 */
function afterApplied(
  entry: OutboxEntry,
  siblings: readonly OutboxEntry[],
  version: number,
): readonly OutboxEntry[] {
  const lifted = siblings
    .filter(
      (later) =>
        later.seq > entry.seq &&
        later.state.kind === 'queued' &&
        later.command.target === entry.command.target &&
        later.command.baseVersion < version &&
        overlap(later.command, entry.command),
    )
    .map((later) => ({ ...later, command: { ...later.command, baseVersion: version } }))
  return [{ ...entry, state: { kind: 'applied', version } }, ...lifted]
}

function overlap(a: Command, b: Command): boolean {
  const fields = decidedFields(a)
  return fields.length > 0 && fields.every((field) => decidedFields(b).includes(field))
}

/** The first conflict is tried once more against the ticket as it is now, if that still makes sense. */
function afterConflict(input: AnsweredInput, fields: readonly string[], conflicts: number): OutboxEntry {
  const { entry, current, actor, newId } = input
  const what = fields.join(', ') || 'the ticket'
  const changed = `${what} changed meanwhile: look at the ticket, then Retry or Discard`
  if (conflicts > 0 || !current) return { ...entry, state: parked('conflict', changed, fields) }

  const command: Command = { ...entry.command, id: newId, baseVersion: current.version }
  if (command.type === 'claim' && current.ticket.assigneeId && current.ticket.assigneeId !== actor.id) {
    // Claiming says "nobody has it": quietly taking it from whoever was first would undo their claim.
    const message = `${current.ticket.number} was claimed by someone else first: Retry takes it over`
    return { ...entry, state: parked('claimed-by-other', message, fields) }
  }
  const decision = decide(command, current.ticket, actor)
  switch (decision.kind) {
    case 'apply':
      return { ...entry, command, state: { kind: 'queued', conflicts: conflicts + 1 } }
    case 'conflict':
      return { ...entry, state: parked('conflict', changed, fields) }
    case 'reject':
      return { ...entry, state: parked(decision.code, decision.message, fields) }
    default:
      return assertNever(decision, 'decision')
  }
}

function parked(
  code: string,
  message: string,
  fields: readonly string[],
): Extract<OutboxState, { kind: 'parked' }> {
  const bounded = { code: code.slice(0, 200), message: message.slice(0, 2000) }
  return fields.length > 0
    ? { kind: 'parked', ...bounded, fields: fields.map((field) => field.slice(0, 100)) }
    : { kind: 'parked', ...bounded }
}

/** A command that the portal refused as a whole request (400, 403, 413, 422) is parked with the reason it gave. */
export function afterRefusal(entry: OutboxEntry, code: string, message: string): OutboxEntry {
  return { ...entry, state: { ...parked(code, message, []), unjudged: true } }
}

/**
 * The person asks for a parked command again: a new attempt against the ticket as it is on screen.
 * @throws Error with a message for the person when the ticket doesn't let it
 */
export function retried(
  entry: OutboxEntry,
  seen: { readonly ticket: Ticket; readonly version: number },
  actor: Agent,
  newId: string,
): OutboxEntry {
  if (entry.state.kind !== 'parked') throw new Error('this is already on its way')
  // The portal gives a judged id the same answer for good; one it never judged it must recognise.
  const id = entry.state.unjudged ? entry.command.id : newId
  const command: Command = { ...entry.command, id, baseVersion: seen.version }
  const decision = decide(command, seen.ticket, actor)
  if (decision.kind === 'reject') throw new Error(decision.message)
  return { ...entry, command, state: { kind: 'queued', conflicts: 0 } }
}
