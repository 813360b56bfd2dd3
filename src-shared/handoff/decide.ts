import { assertNever } from '../assert-never'
import type { Refusal } from '../tickets/decide'
import type { Agent } from '../tickets/people'
import type { HandoffCommand } from './command'
import type { HandoffContext } from './context'
import { againstAccepting, againstAnswering, againstAsking, againstReturning } from './decide-receiving'
import { againstEditing, againstOffering, againstOpening, againstWithdrawing } from './decide-sending'
import { type Handoff, itemOf } from './handoff'

export type HandoffDecision =
  | { readonly kind: 'apply' }
  | { readonly kind: 'conflict'; readonly fields: readonly string[] }
  | ({ readonly kind: 'reject' } & Refusal)

export type HandoffInput = {
  readonly command: HandoffCommand
  /** As it is now; undefined: there never was one. */
  readonly handoff: Handoff | undefined
  readonly actor: Agent
  readonly context: HandoffContext
}

/** What a rule says of a command: `final` holds whoever saw which version, `seen` only once what changed was seen. */
export type Objections = { readonly final?: Refusal | undefined; readonly seen?: Refusal | undefined }

/** The fields a command decides about: two commands clash only when these overlap (portal.md §1). */
export function decidedHandoffFields(command: HandoffCommand): readonly string[] {
  switch (command.type) {
    case 'open-handoff':
    case 'offer-handoff':
    case 'withdraw-handoff':
      return ['state']
    case 'edit-handoff-section':
      return [`section.${command.part}`]
    case 'add-handoff-item':
    case 'edit-handoff-item':
    case 'remove-handoff-item':
    case 'accept-handoff-item':
    case 'ask-handoff-item':
    case 'answer-handoff-item':
    case 'return-handoff-item':
      return [`items.${command.ticketId}`]
    default:
      return assertNever(command, 'command')
  }
}

/**
 * Decides a command against a hand-off, on the desk for the view and on the portal for the truth (follow-the-sun.md §2).
 * A conflict means that the item, part or state it decides about changed after the version its author saw: of two who
 * accept the same item the first wins and the second is told.
 */
export function decideHandoff(input: HandoffInput): HandoffDecision {
  const { command, handoff } = input
  const { final, seen } = objections(input)
  if (final) return { kind: 'reject', ...final }
  const fields = decidedHandoffFields(command).filter(
    (field) => handoff !== undefined && changedIn(handoff, command, field) > command.baseVersion,
  )
  if (fields.length > 0) return { kind: 'conflict', fields }
  return seen ? { kind: 'reject', ...seen } : { kind: 'apply' }
}

function objections(input: HandoffInput): Objections {
  const { command, handoff } = input
  if (command.type === 'open-handoff') return againstOpening(command, input)
  if (handoff === undefined) {
    return {
      final: { code: 'not-found', message: `there is no hand-off ${command.target}`, field: 'target' },
    }
  }
  const known = { ...input, handoff }
  switch (command.type) {
    case 'add-handoff-item':
    case 'edit-handoff-item':
    case 'remove-handoff-item':
    case 'edit-handoff-section':
      return againstEditing(command, known)
    case 'offer-handoff':
      return againstOffering(known)
    case 'withdraw-handoff':
      return againstWithdrawing(known)
    case 'accept-handoff-item':
      return againstAccepting(command, known)
    case 'ask-handoff-item':
      return againstAsking(command, known)
    case 'answer-handoff-item':
      return againstAnswering(command, known)
    case 'return-handoff-item':
      return againstReturning(command, known)
    default:
      return assertNever(command, 'command')
  }
}

function changedIn(handoff: Handoff, command: HandoffCommand, field: string): number {
  if (command.type === 'edit-handoff-section') return handoff.section[command.part].changedIn
  if (field === 'state') return handoff.changedIn
  return ('ticketId' in command ? itemOf(handoff, command.ticketId)?.changedIn : undefined) ?? 0
}
