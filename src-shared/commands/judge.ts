import { assertNever } from '../assert-never'
import type { RecordKind, RecordValue } from '../portal/records'
import { apply } from '../tickets/apply'
import type { TicketCommand } from '../tickets/command'
import { decide, type Refusal } from '../tickets/decide'
import type { Message } from '../tickets/message'
import type { Agent } from '../tickets/people'
import { referenceObjection, referencesOf } from '../tickets/references'
import type { Ticket } from '../tickets/ticket'
import type { Instant } from '../time/instant'
import { type Command, isTicketCommand, type TargetKind, targetKind } from './command'
import { type DocumentCommand, decideDocument, documentKind, documentValue } from './documents'
import { authorise } from './roles'

/** A record that a command changes; `value: undefined` deletes it. */
export type Change = {
  [K in RecordKind]: {
    readonly kind: K
    readonly id: string
    readonly version: number
    readonly value: RecordValue<K> | undefined
  }
}[RecordKind]

export type Judgement =
  /** In the order of their versions; the target is the last. */
  | { readonly kind: 'apply'; readonly changes: readonly Change[] }
  | { readonly kind: 'conflict'; readonly fields: readonly string[] }
  | ({ readonly kind: 'reject' } & Refusal)

/** Reads records as they are now. */
export type Lookup = <K extends RecordKind>(
  kind: K,
  id: string,
) => { readonly version: number; readonly value: RecordValue<K> | undefined } | undefined

export type JudgeInput = {
  readonly command: Command
  readonly lookup: Lookup
  readonly actor: Agent
  /** The portal's clock. */
  readonly at: Instant
  /** What the target will carry. Everything else that the command writes is below it and above `version − VERSIONS_PER_COMMAND`. */
  readonly version: number
}

/**
 * Versions set aside for one command: what it writes beside its target takes those below. So a desk that has seen the
 * target at the version of the result has seen all the command did. Unused ones are never given out.
 */
export const VERSIONS_PER_COMMAND = 16

/** The records a command is decided against, its target first. */
export function subjectsOf(command: Command): readonly { readonly kind: RecordKind; readonly id: string }[] {
  const target = { kind: targetKind(command), id: command.target }
  return isTicketCommand(command) ? [target, ...referencesOf(command)] : [target]
}

/** What the portal answers to a command, and what it writes. Pure: the records come from `lookup`, the time from `at`. */
export function judge(input: JudgeInput): Judgement {
  const forbidden = authorise(input.command, input.actor)
  if (forbidden) return { kind: 'reject', ...forbidden }
  const { command } = input
  return isTicketCommand(command) ? judgeTicket(input, command) : judgeDocument(input, command)
}

function judgeTicket({ lookup, actor, at, version }: JudgeInput, command: TicketCommand): Judgement {
  const ticket = lookup('ticket', command.target)?.value
  if (!ticket) return notFound('ticket', command.target)
  const decision = decide(command, ticket, actor, at)
  if (decision.kind !== 'apply') return decision
  const known = {
    agent: (id: string) => lookup('agent', id)?.value,
    ticket: (id: string) => lookup('ticket', id)?.value,
  }
  const objected = referenceObjection(command, ticket, known)
  if (objected) return { kind: 'reject', ...objected }
  const into = command.type === 'merge' ? known.ticket(command.into) : undefined
  const applied = apply({ command, ticket, actor, at, version, into })
  return { kind: 'apply', changes: inVersions(applied.messages, applied.ticket, version) }
}

/** The messages below the ticket that they belong to. */
function inVersions(messages: readonly Message[], ticket: Ticket, version: number): readonly Change[] {
  const first = version - messages.length
  return [
    ...messages.map((value, n) => ({
      kind: 'message' as const,
      id: value.id,
      version: first + n,
      value,
    })),
    { kind: 'ticket', id: ticket.id, version, value: ticket },
  ]
}

function judgeDocument({ lookup, actor, version }: JudgeInput, command: DocumentCommand): Judgement {
  const kind = documentKind(command.type)
  if (!kind) throw new Error(`${command.type} is about no record`)
  const decision = decideDocument(command, lookup(kind, command.target), actor)
  switch (decision.kind) {
    case 'reject':
    case 'conflict':
      return decision
    case 'apply':
      return {
        kind: 'apply',
        changes: [{ kind, id: command.target, version, value: documentValue(command) } as Change],
      }
    default:
      return assertNever(decision, 'decision')
  }
}

function notFound(kind: TargetKind, id: string): Judgement {
  return { kind: 'reject', code: 'not-found', message: `there is no ${kind} ${id}`, field: 'target' }
}
