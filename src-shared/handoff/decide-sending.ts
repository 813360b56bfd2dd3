import { shiftById } from '../shifts/coverage'
import type { Refusal } from '../tickets/decide'
import { isOpen } from '../tickets/ticket'
import { newItem } from './apply-sending'
import type { HandoffCommand } from './command'
import { missing, missingOf } from './complete'
import type { HandoffInput, Objections } from './decide'
import { type Handoff, itemOf, MAX_ITEMS, MAX_LOG } from './handoff'
import { reasonsFor } from './reasons'
import { pairAfter, speaksFor } from './sides'

type Of<T extends HandoffCommand['type']> = Extract<HandoffCommand, { type: T }>
export type KnownInput = Omit<HandoffInput, 'handoff'> & { readonly handoff: Handoff }

/** What is left of the log for those who accept, return and withdraw, however much was edited and asked. */
const LOG_RESERVE = 1000

export function no(code: string, message: string, field?: string): Refusal {
  return field === undefined ? { code, message } : { code, message, field }
}

/** The log keeps everything, and never stands in the way of an acceptance. */
export function logFull({ log }: Handoff): Refusal | undefined {
  return log.length < MAX_LOG - LOG_RESERVE
    ? undefined
    : no('too-long', 'this hand-off has been changed too often: offer it, or withdraw it and open it again')
}

export function againstOpening(command: Of<'open-handoff'>, { handoff, context }: HandoffInput): Objections {
  const { rota, now } = context
  const from = shiftById(rota, command.fromShiftId)
  if (from === undefined) {
    return { final: no('no-shift', `the rota has no shift ${command.fromShiftId}`, 'fromShiftId') }
  }
  const pair = pairAfter(rota, from)
  if (pair === undefined || pair.to.id !== command.toShiftId) {
    const message = pair ? `after ${from.id} comes ${pair.to.id}` : `nobody takes over from ${from.id}`
    return { final: no('no-pair', message, 'toShiftId') }
  }
  if (pair.id !== command.target) {
    return { final: no('wrong-target', `the hand-off of these shifts is ${pair.id}`, 'target') }
  }
  if (now < from.startsAt) return { final: no('too-early', `${from.id} has not begun`, 'fromShiftId') }
  if (now >= pair.to.endsAt) return { final: no('shift-over', `${pair.to.id} is over`, 'toShiftId') }
  // Two who open the same one want the same.
  return handoff === undefined || handoff.state === 'withdrawn'
    ? {}
    : { final: no('no-change', 'this hand-off is open already') }
}

/** Why the sending side can't change it any more; undefined while it is a draft. */
function notDraft({ state }: Handoff): Refusal | undefined {
  switch (state) {
    case 'draft':
      return undefined
    case 'offered':
      return no('offered', 'it is offered, and what was offered stays: withdraw it to change it', 'state')
    case 'withdrawn':
      return no('withdrawn', 'it was withdrawn: open it again', 'state')
    default:
      return no('closed', 'it is closed', 'state')
  }
}

function notSending({ handoff, actor, context }: KnownInput): Refusal | undefined {
  return speaksFor(actor, handoff.from, context.rota)
    ? undefined
    : no(
        'not-on-shift',
        `only the ${handoff.from.region} shift that hands over, or a supervisor, can do this`,
      )
}

export function againstEditing(
  command: Of<'add-handoff-item' | 'edit-handoff-item' | 'remove-handoff-item' | 'edit-handoff-section'>,
  input: KnownInput,
): Objections {
  const { handoff } = input
  const isLate = command.type === 'add-handoff-item' && handoff.state === 'offered'
  const final = (isLate ? undefined : notDraft(handoff)) ?? notSending(input) ?? logFull(handoff)
  if (final !== undefined) return { final }
  switch (command.type) {
    case 'edit-handoff-section':
      return {}
    case 'add-handoff-item':
      return againstAdding(command, input)
    case 'edit-handoff-item': {
      if (itemOf(handoff, command.ticketId) === undefined) return notInIt(command.ticketId)
      if (Object.keys(command.content).length === 0) {
        return { final: no('no-change', 'nothing is changed', 'content') }
      }
      return { final: unknownOwner(command.content, input) }
    }
    case 'remove-handoff-item':
      return againstRemoving(command, input)
  }
}

function againstAdding(command: Of<'add-handoff-item'>, input: KnownInput): Objections {
  const { handoff, context } = input
  const ticket = context.ticket(command.ticketId)
  if (ticket === undefined) {
    return { final: no('not-found', `there is no ticket ${command.ticketId}`, 'ticketId') }
  }
  if (itemOf(handoff, ticket.id)) {
    return { final: no('no-change', `${ticket.number} is in the hand-off already`, 'ticketId') }
  }
  if (!isOpen(ticket)) {
    return {
      final: no('ticket-solved', `${ticket.number} is ${ticket.status}: nothing to hand over`, 'ticketId'),
    }
  }
  if (handoff.items.length >= MAX_ITEMS) {
    return { final: no('too-many', `a hand-off takes ${MAX_ITEMS} tickets: remove some first`, 'ticketId') }
  }
  const refused = unknownOwner(command.content, input)
  if (refused !== undefined || handoff.state !== 'offered') return { final: refused }
  // Nobody checks it again once it is offered.
  const [lack] = missingOf(newItem(command, ticket, input, 0), ticket)
  return { final: lack && no('incomplete', lack.message, lack.field) }
}

function againstRemoving(command: Of<'remove-handoff-item'>, { handoff, context }: KnownInput): Objections {
  if (itemOf(handoff, command.ticketId) === undefined) return notInIt(command.ticketId)
  const ticket = context.ticket(command.ticketId)
  const reasons = ticket ? reasonsFor(ticket, context.reportOf(ticket), handoff.to.endsAt) : []
  if (ticket === undefined || reasons.length === 0) return {}
  const why = reasons.join(', ')
  return { final: no('mandatory', `${ticket.number} may not be left out (${why})`, 'ticketId') }
}

export function notInIt(ticketId: string): Objections {
  return { final: no('not-in-handoff', `ticket ${ticketId} is not in this hand-off`, 'ticketId') }
}

function unknownOwner(
  { actions = [] }: Of<'edit-handoff-item'>['content'],
  { context }: KnownInput,
): Refusal | undefined {
  const index = actions.findIndex(({ ownerId }) => context.agent(ownerId) === undefined)
  const action = actions[index]
  return action && no('not-found', `there is no agent ${action.ownerId}`, `content.actions[${index}].ownerId`)
}

export function againstOffering(input: KnownInput): Objections {
  const { handoff, context } = input
  if (handoff.state === 'offered') return { final: no('no-change', 'it is offered already', 'state') }
  const final = notDraft(handoff) ?? notSending(input)
  if (final !== undefined) return { final }
  if (context.now >= handoff.to.endsAt) {
    return { final: no('shift-over', `the ${handoff.to.region} shift it is for is over`, 'state') }
  }
  const [first, ...others] = missing(handoff, context)
  if (first === undefined) return {}
  const more = others.length === 0 ? '' : `, and ${others.length} more`
  return { seen: no('incomplete', `${first.message}${more}`, first.field) }
}

export function againstWithdrawing(input: KnownInput): Objections {
  const { state } = input.handoff
  if (state === 'withdrawn') return { final: no('no-change', 'it is withdrawn already', 'state') }
  if (state !== 'draft' && state !== 'offered') return { final: no('closed', 'it is closed', 'state') }
  return { final: notSending(input) }
}
