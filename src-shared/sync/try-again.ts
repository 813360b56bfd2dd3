import { type Command, commandSchema, isTicketCommand } from '../commands/command'
import { decide } from '../tickets/decide'
import type { Agent } from '../tickets/people'
import { seenBy } from '../tickets/seen'
import type { Ticket } from '../tickets/ticket'
import type { Instant } from '../time/instant'
import type { OutboxEntry } from './outbox-entry'

export type TryAgainInput = {
  readonly entry: OutboxEntry
  /** The version of the target that is on screen. */
  readonly version: number
  /** The ticket that is on screen, if the command is about one. */
  readonly ticket: Ticket | undefined
  readonly actor: Agent
  /** Corrected time. */
  readonly now: Instant
  readonly newId: string
  /** What the person wrote or chose differently this time, by the command's own field names. */
  readonly edits?: Readonly<Record<string, unknown>>
}

/**
 * The person asks for a parked command again, as it was or mended: a new attempt against what is on screen.
 * @throws Error with a message for the person when it can't be asked for
 */
export function triedAgain({ entry, version, ticket, actor, now, newId, edits }: TryAgainInput): OutboxEntry {
  if (entry.state.kind !== 'parked') throw new Error('this is already on its way')
  // The portal gives a judged id the same answer for good; one it never judged it must recognise.
  const id = entry.state.unjudged && !edits ? entry.command.id : newId
  // What is too old for the portal is done now, by somebody who has looked.
  const at = entry.state.code === 'too-old' ? now : entry.command.at
  const command = mended({ ...entry.command, id, at, baseVersion: version }, edits)
  if (!isTicketCommand(command) || !ticket)
    return { ...entry, command, state: { kind: 'queued', conflicts: 0 } }
  const decision = decide(command, ticket, actor, now)
  if (decision.kind === 'reject') throw new Error(decision.message)
  return { ...entry, command, seen: seenBy(command, ticket), state: { kind: 'queued', conflicts: 0 } }
}

function mended(command: Command, edits: Readonly<Record<string, unknown>> | undefined): Command {
  if (!edits) return command
  const { id, at, target, baseVersion, type } = commandSchema.encode(command)
  const read = commandSchema.safeDecode({
    ...commandSchema.encode(command),
    ...edits,
    // What identifies it is not for editing.
    ...{ id, at, target, baseVersion, type },
  } as never)
  if (read.success) return read.data
  const issue = read.error.issues[0]
  throw new Error(issue ? `${issue.path.join('.')}: ${issue.message}` : 'this command is not complete')
}
