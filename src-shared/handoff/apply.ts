import { assertNever } from '../assert-never'
import type { TicketCommand } from '../tickets/command'
import type { Agent } from '../tickets/people'
import { isOpen } from '../tickets/ticket'
import type { Instant } from '../time/instant'
import { addItem, offer, openDraft } from './apply-sending'
import type { HandoffCommand } from './command'
import type { HandoffContext } from './context'
import type { Handoff, LogEntry } from './handoff'
import type { HandoffItem, ItemState } from './item'

export type ApplyHandoffInput = {
  readonly command: HandoffCommand
  readonly handoff: Handoff | undefined
  readonly actor: Agent
  /** `context.now` is when it takes effect. */
  readonly context: HandoffContext
  /** The workspace version this change will carry. */
  readonly version: number
}

export type AppliedHandoff = {
  readonly handoff: Handoff
  /**
   * What it does to tickets: to be applied with `tickets/apply` and not decided again. An acceptance makes the receiver
   * the assignee, nothing else does anything. Never an SLA event, never another calendar (follow-the-sun.md §2).
   */
  readonly effects: readonly Extract<TicketCommand, { type: 'assign' }>[]
}

/** A text counts as written earlier when the portal took it at least this much later; like that of a ticket. */
const WRITTEN_EARLIER_MS = 60_000

/**
 * Applies a command that `decideHandoff` let pass: the only place where a hand-off changes. Who said what when is
 * always added to its log, in which time never runs backwards.
 */
export function applyHandoff(input: ApplyHandoffInput): AppliedHandoff {
  const { command, handoff, context } = input
  const at = Math.max(context.now, handoff?.log.at(-1)?.at ?? context.now)
  const changed = command.type === 'open-handoff' ? openDraft(command, input, at) : change(input, at)
  const closed = closeIfSettled(changed, input, at)
  return {
    handoff: { ...closed, log: [...closed.log, entryOf(input, at)] },
    effects: command.type === 'accept-handoff-item' ? takeOver(command, input, at) : [],
  }
}

function change({ command, handoff, actor, context, version }: ApplyHandoffInput, at: Instant): Handoff {
  if (handoff === undefined || command.type === 'open-handoff') {
    throw new Error(`${command.type} was not decided: there is no hand-off ${command.target}`)
  }
  const by = { byId: actor.id, at }
  const setItem = (set: Partial<HandoffItem>): Handoff => {
    const { ticketId } = command as { ticketId: string }
    return {
      ...handoff,
      items: handoff.items.map((item) =>
        item.ticketId === ticketId ? { ...item, ...set, changedIn: version } : item,
      ),
    }
  }
  const setState = (state: ItemState) => setItem({ state })

  switch (command.type) {
    case 'add-handoff-item':
      return addItem(command, handoff, context, version)
    case 'edit-handoff-item':
      return setItem(command.content)
    case 'remove-handoff-item':
      return { ...handoff, items: handoff.items.filter(({ ticketId }) => ticketId !== command.ticketId) }
    case 'edit-handoff-section': {
      const part = { said: command.said, isFilled: false, changedIn: version }
      return { ...handoff, section: { ...handoff.section, [command.part]: part } }
    }
    case 'offer-handoff':
      return offer(handoff, context, version, at)
    case 'withdraw-handoff':
      return { ...handoff, state: 'withdrawn', closedAt: at, changedIn: version }
    case 'accept-handoff-item': {
      const { restated } = command
      return setState({ kind: 'accepted', ...by, ...(restated === undefined ? {} : { restated }) })
    }
    case 'ask-handoff-item':
      return setState({ kind: 'asked', ...by, question: command.question })
    case 'answer-handoff-item': {
      const { state } = handoff.items.find(({ ticketId }) => ticketId === command.ticketId) ?? {}
      return state?.kind === 'asked'
        ? setState({ ...state, answer: { ...by, text: command.answer } })
        : handoff
    }
    case 'return-handoff-item': {
      const { reason, proposedOwnerId } = command
      return setState({ kind: 'returned', ...by, reason, proposedOwnerId })
    }
    default:
      return assertNever(command, 'command')
  }
}

/** An offered hand-off is over when every item is accepted or returned; one without items when it is offered. */
function closeIfSettled(handoff: Handoff, { version }: ApplyHandoffInput, at: Instant): Handoff {
  if (handoff.state !== 'offered') return handoff
  const kinds = new Set(handoff.items.map(({ state }) => state.kind))
  if (kinds.has('waiting') || kinds.has('asked')) return handoff
  const state = kinds.has('returned') ? 'closed-with-returns' : 'accepted'
  return { ...handoff, state, closedAt: at, changedIn: version }
}

/** Ownership moves here and nowhere else, and only of a ticket that is open and not theirs already. */
function takeOver(
  { id, ticketId }: Extract<HandoffCommand, { type: 'accept-handoff-item' }>,
  { actor, context, version }: ApplyHandoffInput,
  at: Instant,
): AppliedHandoff['effects'] {
  const ticket = context.ticket(ticketId)
  if (ticket === undefined || !isOpen(ticket) || ticket.assigneeId === actor.id) return []
  return [{ id, at, type: 'assign', target: ticketId, to: actor.id, baseVersion: version }]
}

function entryOf({ command, actor, context }: ApplyHandoffInput, at: Instant): LogEntry {
  const entry: LogEntry = {
    id: command.id,
    at,
    byId: actor.id,
    what: command.type,
    ...(at - command.at >= WRITTEN_EARLIER_MS ? { writtenAt: command.at } : {}),
    ...('ticketId' in command ? { ticketId: command.ticketId } : {}),
  }
  switch (command.type) {
    case 'open-handoff':
    case 'remove-handoff-item':
    case 'offer-handoff':
      return entry
    case 'add-handoff-item':
    case 'edit-handoff-item':
      return { ...entry, fields: Object.keys(command.content) }
    case 'edit-handoff-section':
      return { ...entry, part: command.part }
    case 'withdraw-handoff':
      return { ...entry, text: command.reason }
    case 'accept-handoff-item': {
      const fromId = context.ticket(command.ticketId)?.assigneeId
      return {
        ...entry,
        ...(command.restated === undefined ? {} : { text: command.restated }),
        ...(fromId === undefined ? {} : { fromId }),
      }
    }
    case 'ask-handoff-item':
      return { ...entry, text: command.question }
    case 'answer-handoff-item':
      return { ...entry, text: command.answer }
    case 'return-handoff-item':
      return { ...entry, text: command.reason, proposedOwnerId: command.proposedOwnerId }
    default:
      return assertNever(command, 'command')
  }
}
