import type { Rota } from '../shifts/rota'
import { type Shift, supervisorOf } from '../shifts/shift'
import type { Ticket } from '../tickets/ticket'
import type { HandoffContext } from './context'
import { factsOf, firstDueAt } from './facts'
import { MAX_ITEMS, type Side } from './handoff'
import type { HandoffItem, ItemContent } from './item'
import { isCritical, reasonsFor } from './reasons'

/** A shift as a hand-off keeps it. */
export function sideOf(shift: Shift, rota: Rota): Side {
  const { id: shiftId, region, startsAt, endsAt, leadId, members } = shift
  return {
    shiftId,
    region,
    startsAt,
    endsAt,
    ...(leadId === undefined ? {} : { leadId }),
    memberIds: members.map(({ agentId }) => agentId),
    supervisorId: supervisorOf(shift) ?? rota.supervisorId,
  }
}

/** Who hands a ticket over: its assignee; of one that is nobody's the outgoing lead. There is always somebody. */
export function senderOf(ticket: Pick<Ticket, 'assigneeId'>, from: Side): string {
  return ticket.assigneeId ?? from.leadId ?? from.memberIds[0] ?? from.supervisorId
}

export type Filled = { readonly items: readonly HandoffItem[]; readonly leftOut: number }

export type FillInput = {
  readonly from: Side
  readonly to: Side
  readonly context: HandoffContext
  readonly version: number
  /** Items there were already: what was written stays, and so does what was accepted by whoever still has the ticket. */
  readonly known: readonly HandoffItem[]
  /** Of the hand-off before: what was written about a ticket there is where to begin. */
  readonly before: readonly HandoffItem[]
}

/**
 * The items of a hand-off (follow-the-sun.md §2): every ticket that belongs, and what was added by hand; the most
 * urgent first. What has no room is counted, and is never a P1 or P2 as long as there are fewer than a thousand.
 */
export function fillItems({ from, to, context, version, known, before }: FillInput): Filled {
  const byTicket = new Map(known.map((item) => [item.ticketId, item]))
  const earlier = new Map(before.map((item) => [item.ticketId, item]))
  const items: HandoffItem[] = []
  const filled = new Set<string>()
  for (const ticket of context.openTickets()) {
    const item = byTicket.get(ticket.id)
    const reasons = reasonsFor(ticket, context.reportOf(ticket), to.endsAt)
    if (reasons.length === 0 && !item?.reasons.includes('added')) continue
    filled.add(ticket.id)
    const begun = item ?? begin(ticket, earlier.get(ticket.id), context)
    items.push({
      ...begun,
      reasons: item?.reasons.includes('added') ? [...reasons, 'added'] : [...reasons],
      senderId: senderOf(ticket, from),
      facts: factsOf(ticket, context),
      state: stillAccepted(begun, ticket) ? begun.state : { kind: 'waiting' },
      changedIn: version,
    })
  }
  // Somebody wanted this to be told, even if it is solved by now.
  for (const item of known) {
    if (!filled.has(item.ticketId) && item.reasons.includes('added'))
      items.push({ ...item, changedIn: version })
  }
  items.sort(byUrgency)
  return { items: items.slice(0, MAX_ITEMS), leftOut: Math.max(0, items.length - MAX_ITEMS) }
}

function stillAccepted({ state }: Pick<HandoffItem, 'state'>, ticket: Ticket): boolean {
  return state.kind === 'accepted' && state.byId === ticket.assigneeId
}

/** An item as nobody has written it yet. How bad it is must be said anew at every hand-off. */
export function begin(
  ticket: Ticket,
  earlier: ItemContent | undefined,
  { now }: Pick<HandoffContext, 'now'>,
): ItemContent & Pick<HandoffItem, 'ticketId' | 'state'> {
  return {
    ticketId: ticket.id,
    situation: earlier?.situation || ticket.subject.trim().slice(0, 500),
    done: earlier?.done ?? [],
    actions: earlier?.actions.filter(({ dueAt }) => dueAt > now) ?? [],
    ifThen: earlier?.ifThen ?? [],
    state: { kind: 'waiting' },
  }
}

function byUrgency(a: HandoffItem, b: HandoffItem): number {
  return (
    rank(a) - rank(b) ||
    compare(firstDueAt(a.facts), firstDueAt(b.facts)) ||
    a.facts.number.localeCompare(b.facts.number, 'en', { numeric: true })
  )
}

/** P1, P2, then all else. */
function rank({ facts }: HandoffItem): number {
  return isCritical(facts) ? Number(facts.priority.slice(1)) : 3
}

/** Unlike a difference, right for two infinities. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1
}
