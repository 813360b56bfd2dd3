import { assertNever } from '../assert-never'
import { type Command, isHandoffCommand, isTicketCommand, targetKey } from '../commands/command'
import { decidedHandoffFields } from '../handoff/decide'
import type { CommandResult } from '../portal/calls'
import type { TicketCommand } from '../tickets/command'
import { decide, decidedFields } from '../tickets/decide'
import type { Agent } from '../tickets/people'
import { sawTheSame, seenBy, typedText } from '../tickets/seen'
import type { Ticket } from '../tickets/ticket'
import type { Instant } from '../time/instant'
import type { OutboxEntry, OutboxState } from './outbox-entry'

export type AnsweredInput = {
  /** The entry as it is stored now. */
  readonly entry: OutboxEntry
  /** All entries of the same target. */
  readonly siblings: readonly OutboxEntry[]
  readonly result: CommandResult
  /** The ticket as the portal has it, from a conflict's `current`; absent when it couldn't be read or is no ticket. */
  readonly current: { readonly ticket: Ticket; readonly version: number } | undefined
  readonly actor: Agent
  /** Corrected time. */
  readonly now: Instant
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
      return afterApplied(entry, input.siblings, result)
    case 'rejected':
      if (result.code === 'no-change' && saysNothingMore(entry.command)) return [settled(entry)]
      return [{ ...entry, state: parked(result.code, result.message, result.field ? [result.field] : []) }]
    case 'conflict':
      return [afterConflict(input, result.fields, entry.state.conflicts)]
    default:
      return assertNever(result, 'outcome')
  }
}

/**
 * The portal applied `entry` as `version`, now or before. My later commands about a field that it decided were made on top of it:
 * nobody else changed that field between its base and `version` (it would have conflicted), so `version` is what
 * their author saw of it.
 */
function afterApplied(
  entry: OutboxEntry,
  siblings: readonly OutboxEntry[],
  { version, duplicate }: CommandResult & { outcome: 'applied' },
): readonly OutboxEntry[] {
  const lifted = siblings
    .filter(
      (later) =>
        later.seq > entry.seq &&
        later.state.kind === 'queued' &&
        targetKey(later.command) === targetKey(entry.command) &&
        later.command.baseVersion < version &&
        builtOn(later.command, entry.command),
    )
    .map((later) => ({ ...later, command: { ...later.command, baseVersion: version } }))
  const state: OutboxState = { kind: 'applied', version, ...(duplicate ? { wasKnown: true } : {}) }
  return [{ ...entry, state }, ...lifted]
}

/** Whether all that `later` decides about was decided by `earlier`: then nobody else can have come in between. */
function builtOn(later: Command, earlier: Command): boolean {
  const fields = fieldsOf(later)
  return fields.length > 0 && fields.every((field) => fieldsOf(earlier).includes(field))
}

function fieldsOf(command: Command): readonly string[] {
  if (isTicketCommand(command)) return decidedFields(command)
  return isHandoffCommand(command) ? decidedHandoffFields(command) : ['all of it']
}

/** What was asked for is so already, and nothing that was typed would be lost with it. */
function saysNothingMore(command: Command): boolean {
  // Somebody else opened the same draft first.
  if (command.type === 'open-handoff') return true
  return isTicketCommand(command) && !typedText(command)
}

/** Nothing is left to do: it leaves the outbox as soon as the mirror has what its author saw. */
function settled(entry: OutboxEntry): OutboxEntry {
  return { ...entry, state: { kind: 'applied', version: entry.command.baseVersion, wasKnown: true } }
}

/**
 * A conflict is settled without asking where nothing that its author saw is different after all (somebody changed it
 * and changed it back, or linked another issue), and tried once more. All else is for the person: both versions are
 * shown, and neither is dropped.
 */
function afterConflict(input: AnsweredInput, fields: readonly string[], conflicts: number): OutboxEntry {
  const { entry, current, actor, now, newId } = input
  const { command } = entry
  const what = fields.join(', ') || 'it'
  const changed = `${what} changed meanwhile: compare both and decide`
  const forThePerson = { ...entry, state: parked('conflict', changed, fields) }
  if (!current || !isTicketCommand(command)) return forThePerson

  if (
    command.type === 'claim' &&
    current.ticket.assigneeId !== undefined &&
    current.ticket.assigneeId !== actor.id
  ) {
    // Claiming says "nobody has it": quietly taking it from whoever was first would undo their claim.
    const message = `${current.ticket.number} was claimed by someone else first: Retry takes it over`
    return { ...entry, state: parked('claimed-by-other', message, fields) }
  }
  const seen = seenBy(command, current.ticket)
  const again: TicketCommand = { ...command, id: newId, baseVersion: current.version }
  const decision = decide(again, current.ticket, actor, now)
  switch (decision.kind) {
    case 'reject':
      if (decision.code === 'no-change' && saysNothingMore(command)) return settled(entry)
      return { ...entry, state: parked(decision.code, decision.message, fields) }
    case 'conflict':
      return forThePerson
    case 'apply':
      return conflicts === 0 && entry.seen !== undefined && sawTheSame(entry.seen, seen)
        ? { ...entry, command: again, state: { kind: 'queued', conflicts: conflicts + 1 } }
        : forThePerson
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
