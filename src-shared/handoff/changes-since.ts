import { isOpen } from '../tickets/ticket'
import type { HandoffContext } from './context'
import { factsOf } from './facts'
import { type Handoff, itemOf } from './handoff'
import type { Facts, HandoffItem, ItemReason } from './item'
import { reasonsFor } from './reasons'

const FIELDS = [
  'priority',
  'status',
  'assigneeId',
  'lastWordAt',
  'promisedAt',
  'plannedAt',
  'firstResponse',
  'resolution',
] as const
type Field = (typeof FIELDS)[number]

export type FactChange = {
  [F in Field]: { readonly field: F; readonly from: Facts[F]; readonly to: Facts[F] }
}[Field]

/** What has happened since the snapshot. */
export type SinceSnapshot = { readonly ticketId: string; readonly number: string } & (
  | { readonly kind: 'new'; readonly reasons: readonly ItemReason[] }
  | { readonly kind: 'changed'; readonly changes: readonly FactChange[] }
  | { readonly kind: 'over'; readonly status: Facts['status'] }
)

/**
 * The tickets that belong and are not in the hand-off, and those in it of which something else is true by now
 * (follow-the-sun.md §2). That an accepted ticket has the receiver as its assignee is no news.
 */
export function changesSince(handoff: Handoff, context: HandoffContext): readonly SinceSnapshot[] {
  const added = [...context.openTickets()].flatMap((ticket): SinceSnapshot[] => {
    if (itemOf(handoff, ticket.id) !== undefined) return []
    const reasons = reasonsFor(ticket, context.reportOf(ticket), handoff.to.endsAt)
    return reasons.length === 0 ? [] : [{ ticketId: ticket.id, number: ticket.number, kind: 'new', reasons }]
  })
  return [...added, ...handoff.items.flatMap((item) => changesOf(item, context))]
}

function changesOf(item: HandoffItem, context: HandoffContext): readonly SinceSnapshot[] {
  const ticket = context.ticket(item.ticketId)
  if (ticket === undefined) return []
  const about = { ticketId: ticket.id, number: ticket.number }
  if (!isOpen(ticket)) {
    return isOpen(item.facts) ? [{ ...about, kind: 'over', status: ticket.status }] : []
  }
  const facts = factsOf(ticket, context)
  const changes = FIELDS.filter((field) => !isSame(item.facts[field], facts[field]))
    .map((field) => ({ field, from: item.facts[field], to: facts[field] }) as FactChange)
    .filter(
      ({ field, to }) =>
        !(field === 'assigneeId' && item.state.kind === 'accepted' && to === item.state.byId),
    )
  return changes.length === 0 ? [] : [{ ...about, kind: 'changed', changes }]
}

function isSame(a: Facts[Field], b: Facts[Field]): boolean {
  if (typeof a === 'object' && typeof b === 'object') return a.state === b.state && a.due === b.due
  return a === b
}
