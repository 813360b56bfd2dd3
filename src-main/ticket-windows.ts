import type { BrowserWindow } from 'electron'
import { ticketUrl } from './app-origin'
import { DeskFailure } from './desk-failure'
import { bringForward, type DeskWindowParts, openDeskWindow } from './desk-window'
import type { WindowMemory } from './window-memory'
import { besideOthers } from './window-place'

/** Each holds every row of the queue in memory. */
const MOST_WINDOWS = 12

export type TicketWindows = {
  /**
   * Shows a ticket in a window of its own; one that has it already comes to the front.
   * @throws DeskFailure when there are too many
   */
  open(ticketId: string): Promise<void>
  /** Brings the ticket's own window to the front. @returns whether it has one */
  focus(ticketId: string): boolean
  closeAll(): void
  readonly count: number
}

/** Tickets in windows of their own: one for each. */
export function ticketWindows(
  parts: DeskWindowParts & { readonly memory: WindowMemory; readonly closed: () => void },
): TicketWindows {
  const byTicket = new Map<string, BrowserWindow>()
  /** One after the other: each has to see where the one before it stands. */
  let turn: Promise<unknown> = Promise.resolve()

  function focus(ticketId: string): boolean {
    const there = byTicket.get(ticketId)
    if (there) bringForward(there)
    return there !== undefined
  }

  async function openOne(ticketId: string): Promise<void> {
    if (focus(ticketId)) return
    if (byTicket.size >= MOST_WINDOWS) {
      throw new DeskFailure(
        'too-many-windows',
        `${MOST_WINDOWS} tickets have a window of their own: close one of them first`,
      )
    }
    const place = await parts.memory.place()
    const others = [...byTicket.values()].map((window) => window.getNormalBounds())
    const window = openDeskWindow(parts, {
      kind: 'ticket',
      address: ticketUrl(ticketId),
      place: place && besideOthers(place, others),
    })
    byTicket.set(ticketId, window)
    parts.memory.follow(window)
    window.on('closed', () => {
      byTicket.delete(ticketId)
      parts.closed()
    })
  }

  return {
    open(ticketId) {
      const opened = turn.then(() => openOne(ticketId))
      turn = opened.catch(() => {})
      return opened
    },
    focus,
    closeAll() {
      for (const window of byTicket.values()) window.close()
    },
    get count() {
      return byTicket.size
    },
  }
}
