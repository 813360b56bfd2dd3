import { onShiftAt } from '../shifts/coverage'
import type { Rota } from '../shifts/rota'
import type { Ticket } from '../tickets/ticket'
import type { Instant } from '../time/instant'
import type { HandoffContext } from './context'
import { type Handoff, takeOverAt } from './handoff'
import type { HandoffItem } from './item'
import { isCritical } from './reasons'
import { sideNow } from './sides'

export type HandoffAlertReason =
  /** To the receiving shift: it is there to be accepted. */
  | 'offered'
  /** To the sender: a question about an item, or an item that came back. */
  | 'asked'
  | 'returned'
  /** To whoever was proposed when an item was returned. */
  | 'proposed'
  /** To the supervisor, who owns the ticket meanwhile. */
  | 'nobody-on-shift'
  /** A P1 or P2 that nobody has accepted; first to the lead, then to the supervisor. */
  | 'unaccepted-lead'
  | 'unaccepted-supervisor'

export type HandoffAlert = {
  /** Stays the same however often the list is made: an alert whose key was seen is not given again. */
  readonly key: string
  /** Not before; a time that has passed means now. */
  readonly at: Instant
  readonly whomId: string
  readonly why: HandoffAlertReason
  /** Absent when it is about all of it. */
  readonly ticketId?: string
}

const MINUTE = 60_000
export const UNACCEPTED = { leadAfterMinutes: 10, supervisorAfterMinutes: 20 }

/**
 * Who must be told what when, if everything stays as it is (follow-the-sun.md §2). An acceptance takes its alerts out of
 * the list; an offer, a withdrawal or a return doesn't, since nobody new owns the ticket by them. It says nothing of the
 * alerts of the ticket itself: they stay with its owner, who is the sender until then. In order of time.
 */
export function handoffAlerts(
  handoff: Handoff,
  { now, rota, ticket, openTickets }: Pick<HandoffContext, 'now' | 'rota' | 'ticket' | 'openTickets'>,
): readonly HandoffAlert[] {
  // From then on it is the next hand-off's.
  if (now >= handoff.to.endsAt) return []
  const alerts = [
    ...offered(handoff, rota),
    ...handoff.items.flatMap((item) => answers(handoff, item)),
    ...handoff.items
      .filter((item) => item.state.kind !== 'accepted' && isCritical(ticket(item.ticketId)))
      .flatMap((item) => unaccepted(handoff, item.ticketId, rota)),
    ...[...openTickets()]
      .filter((open) => isForgotten(open, handoff, rota))
      .flatMap((open) => unaccepted(handoff, open.id, rota)),
  ]
  return alerts.sort((a, b) => a.at - b.at)
}

function alert(handoff: Handoff, at: Instant, whomId: string, why: HandoffAlertReason, about: string[] = []) {
  return { key: [handoff.id, why, ...about, whomId].join('/'), at, whomId, why }
}

function offered(handoff: Handoff, rota: Rota): readonly HandoffAlert[] {
  const { offeredAt, state, round } = handoff
  if (state !== 'offered' || offeredAt === undefined) return []
  return sideNow(handoff.to, rota).memberIds.map((id) =>
    alert(handoff, offeredAt, id, 'offered', [`${round}`]),
  )
}

function answers(handoff: Handoff, { ticketId, state, senderId }: HandoffItem): readonly HandoffAlert[] {
  const about = (at: Instant) => [ticketId, `${at}`]
  if (state.kind === 'asked' && state.answer === undefined) {
    return [{ ...alert(handoff, state.at, senderId, 'asked', about(state.at)), ticketId }]
  }
  if (state.kind !== 'returned') return []
  const { at, proposedOwnerId } = state
  return [
    { ...alert(handoff, at, senderId, 'returned', about(at)), ticketId },
    { ...alert(handoff, at, proposedOwnerId, 'proposed', about(at)), ticketId },
  ]
}

/** The ladder for one P1 or P2. Every step has somebody: where there is no lead, the supervisor is told at once. */
function unaccepted(handoff: Handoff, ticketId: string, rota: Rota): readonly HandoffAlert[] {
  const { leadAfterMinutes, supervisorAfterMinutes } = rota.unaccepted ?? UNACCEPTED
  const { leadId, supervisorId, memberIds } = sideNow(handoff.to, rota)
  const step = (at: Instant, whomId: string, why: HandoffAlertReason): HandoffAlert => ({
    ...alert(handoff, at, whomId, why, [ticketId]),
    ticketId,
  })
  const begins = takeOverAt(handoff)
  const { endsAt } = handoff.from
  const alone = memberIds.length === 0 ? begins : undefined
  const gap = begins > endsAt && onShiftAt(rota, endsAt).length === 0 ? endsAt : undefined
  const nobodyAt = gap ?? alone
  return [
    ...(nobodyAt === undefined ? [] : [step(nobodyAt, supervisorId, 'nobody-on-shift')]),
    step(begins + leadAfterMinutes * MINUTE, leadId ?? supervisorId, 'unaccepted-lead'),
    step(begins + supervisorAfterMinutes * MINUTE, supervisorId, 'unaccepted-supervisor'),
  ]
}

/** A P1 or P2 that was there when the shift took over, in no item, and with nobody of that shift. */
function isForgotten(ticket: Ticket, handoff: Handoff, rota: Rota): boolean {
  if (!isCritical(ticket) || ticket.createdAt >= takeOverAt(handoff)) return false
  if (handoff.items.some((item) => item.ticketId === ticket.id)) return false
  return ticket.assigneeId === undefined || !sideNow(handoff.to, rota).memberIds.includes(ticket.assigneeId)
}
