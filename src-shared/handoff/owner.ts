import type { Rota } from '../shifts/rota'
import type { Ticket } from '../tickets/ticket'
import type { Instant } from '../time/instant'
import type { Handoff } from './handoff'
import type { HandoffItem } from './item'
import { isUncovered, sideNow } from './sides'

/**
 * Who owns a ticket of a hand-off at an instant: exactly one person, always (follow-the-sun.md §2). Once accepted its
 * assignee, which acceptance made the receiver. Until then the sender; but while nobody is on shift the supervisor.
 * @param ticket as it is now; undefined when it is not known
 */
export function ownerAt(input: {
  readonly handoff: Handoff
  readonly item: HandoffItem
  readonly ticket: Pick<Ticket, 'assigneeId'> | undefined
  readonly rota: Rota
  readonly at: Instant
}): string {
  const { handoff, item, ticket, rota, at } = input
  if (item.state.kind === 'accepted') return ticket?.assigneeId ?? item.state.byId
  if (isUncovered(handoff, rota, at)) return sideNow(handoff.to, rota).supervisorId
  return ticket?.assigneeId ?? item.senderId
}
