import { isOpen } from '#shared/tickets/ticket'
import type { SyncStatus, TicketView } from '../store/desk-store'

/**
 * Whether a target is on its way to its end: I did what satisfies it, and the portal, which can be reached, is about to
 * confirm it. Offline nothing is: the clock goes on until the customer has it (sla.md §4).
 */
export function settling(
  name: 'firstResponse' | 'resolution',
  { ticket, confirmed, row, timeline }: Pick<TicketView, 'ticket' | 'confirmed' | 'row' | 'timeline'>,
  connection: SyncStatus['connection']['kind'],
): 'solving' | 'replying' | undefined {
  const { state } = row.report[name]
  const isRunning = state === 'running' || state === 'breached' || state === 'paused'
  if (!isRunning || connection === 'offline' || connection === 'connecting') return undefined
  if (isOpen(confirmed) && !isOpen(ticket) && ticket.mergedInto === undefined) return 'solving'
  if (name === 'resolution') return undefined
  const isOnItsWay = timeline.some(({ message, pending }) => {
    return message.type === 'reply' && pending?.state === 'unsent'
  })
  return isOnItsWay ? 'replying' : undefined
}
