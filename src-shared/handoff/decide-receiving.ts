import type { Refusal } from '../tickets/decide'
import { isOpen } from '../tickets/ticket'
import type { HandoffCommand } from './command'
import type { Objections } from './decide'
import { type KnownInput, logFull, no, notInIt } from './decide-sending'
import { itemOf } from './handoff'
import type { HandoffItem } from './item'
import { isCritical } from './reasons'
import { sideNow, speaksFor } from './sides'

type Of<T extends HandoffCommand['type']> = Extract<HandoffCommand, { type: T }>

/** Why nobody can take anything over from it. */
function notOffered({ handoff, context }: KnownInput): Refusal | undefined {
  const { state, to } = handoff
  if (state === 'draft') return no('not-offered', 'it is still a draft: wait until it is offered', 'state')
  if (state === 'withdrawn') {
    return no('withdrawn', 'it was withdrawn: who had the tickets still has them', 'state')
  }
  // Whoever comes late would make somebody responsible who has gone home.
  if (context.now >= to.endsAt) {
    return no('shift-over', `the ${to.region} shift is over: the next hand-off has what is left`, 'state')
  }
  return state === 'offered' ? undefined : no('closed', 'it is closed', 'state')
}

function notReceiving({ handoff, actor, context }: KnownInput, item?: HandoffItem): Refusal | undefined {
  if (speaksFor(actor, handoff.to, context.rota)) return undefined
  // Whoever was proposed when it was returned may take it, wherever they are.
  if (item?.state.kind === 'returned' && item.state.proposedOwnerId === actor.id) return undefined
  const { region } = handoff.to
  return no(
    'not-on-shift',
    `only the ${region} shift that takes over, or a supervisor, can do this; cover the shift first`,
  )
}

/** Taken already, by this person or by another. */
function taken({ actor, context }: KnownInput, { state, facts }: HandoffItem): Objections {
  if (state.kind !== 'accepted') return {}
  if (state.byId === actor.id) {
    return { final: no('no-change', `you have accepted ${facts.number} already`, 'ticketId') }
  }
  const who = context.agent(state.byId)?.name ?? state.byId
  return { seen: no('already-accepted', `${who} has accepted ${facts.number}`, 'ticketId') }
}

export function againstAccepting(command: Of<'accept-handoff-item'>, input: KnownInput): Objections {
  const { handoff, actor, context } = input
  const item = itemOf(handoff, command.ticketId)
  if (item === undefined) return notInIt(command.ticketId)
  const already = taken(input, item)
  if (already.final) return already
  const late = notOffered(input)
  // What was returned stays open to whoever changes their mind, so that its sender isn't left alone with it.
  const final =
    (late?.code === 'closed' && item.state.kind === 'returned' ? undefined : late) ??
    notReceiving(input, item)
  if (already.seen) return final?.code === 'closed' ? already : { ...already, final }
  if (final) return { final }
  const ticket = context.ticket(command.ticketId)
  if (ticket === undefined || !isOpen(ticket)) return {}
  const { assigneeId, number } = ticket
  const isTheirs =
    assigneeId === undefined ||
    assigneeId === actor.id ||
    assigneeId === item.senderId ||
    sideNow(handoff.from, context.rota).memberIds.includes(assigneeId)
  if (!isTheirs) {
    const who = context.agent(assigneeId)?.name ?? assigneeId
    const message = `${number} has gone to ${who} since: let them accept it, or assign it to you`
    return { seen: no('owned-elsewhere', message, 'ticketId') }
  }
  return isCritical(ticket) && command.restated === undefined
    ? {
        seen: no(
          'restate',
          `${number} is ${ticket.priority}: say in your own words what you will do next`,
          'restated',
        ),
      }
    : {}
}

export function againstAsking(command: Of<'ask-handoff-item'>, input: KnownInput): Objections {
  const item = itemOf(input.handoff, command.ticketId)
  if (item === undefined) return notInIt(command.ticketId)
  const final = notOffered(input) ?? notReceiving(input) ?? logFull(input.handoff)
  if (final !== undefined) return { final }
  const { state, facts } = item
  if (state.kind === 'asked' && state.answer === undefined) {
    return { seen: no('question-open', `a question about ${facts.number} waits for its answer`, 'ticketId') }
  }
  const already = taken(input, item)
  return { seen: already.final ?? already.seen }
}

export function againstAnswering(command: Of<'answer-handoff-item'>, input: KnownInput): Objections {
  const { handoff, actor, context } = input
  const item = itemOf(handoff, command.ticketId)
  if (item === undefined) return notInIt(command.ticketId)
  if (handoff.state !== 'offered') {
    return { final: no('not-offered', 'nothing is asked: it is not offered', 'state') }
  }
  if (actor.id !== item.senderId && !speaksFor(actor, handoff.from, context.rota)) {
    return { final: no('not-on-shift', `only the ${handoff.from.region} shift that hands over can answer`) }
  }
  const isAsked = item.state.kind === 'asked' && item.state.answer === undefined
  return isAsked ? {} : { seen: no('no-question', `nothing is asked about ${item.facts.number}`, 'ticketId') }
}

export function againstReturning(command: Of<'return-handoff-item'>, input: KnownInput): Objections {
  const item = itemOf(input.handoff, command.ticketId)
  if (item === undefined) return notInIt(command.ticketId)
  const already = taken(input, item)
  const final = notOffered(input) ?? notReceiving(input)
  // Closed by the very acceptance that this person hasn't seen: that is what they are told of.
  if (final?.code === 'closed' && already.seen) return already
  if (final !== undefined) return { final }
  if (input.context.agent(command.proposedOwnerId) === undefined) {
    return { final: no('not-found', `there is no agent ${command.proposedOwnerId}`, 'proposedOwnerId') }
  }
  if (item.state.kind === 'returned') {
    return { seen: no('already-returned', `${item.facts.number} was returned already`, 'ticketId') }
  }
  return { seen: already.final ?? already.seen }
}
