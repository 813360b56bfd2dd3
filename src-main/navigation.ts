import { readDeepLink } from '#shared/deep-link'
import type { ConsoleWindow } from './console-window'
import { encodePush } from './push'
import type { TicketWindows } from './ticket-windows'
import type { Windows } from './windows'

/** Ways to a ticket from outside a page: a notification, the tray, a link of the system. */
export type Navigation = {
  /** Goes to a ticket in the window it has, else in the console; without one to the console. */
  toTicket(ticketId: string | undefined): void
  /** Goes to a ticket in the console, even if it has a window of its own. */
  inConsole(ticketId: string | undefined): void
  /** Follows a `meridian:` link that came from anywhere: it only ever goes to a ticket, or says why it doesn't. */
  follow(link: string): void
}

export function navigation(parts: {
  readonly console: ConsoleWindow
  readonly tickets: Pick<TicketWindows, 'focus'>
  readonly windows: Windows
  readonly bug: (error: unknown, where: string) => void
}): Navigation {
  /** What is pushed while nobody is signed in is kept by the page until somebody is (make-desk.ts). */
  async function tellConsole(push: ReturnType<typeof encodePush>): Promise<void> {
    await parts.console.show()
    await parts.windows.whenLoaded('console')
    parts.windows.push('console', push)
  }
  const tell = (push: ReturnType<typeof encodePush>) => {
    tellConsole(push).catch((error: unknown) => parts.bug(error, 'going to a ticket'))
  }
  const inConsole = (ticketId: string | undefined) =>
    tell(encodePush('navigation', 'openTicket', ticketId === undefined ? {} : { ticketId }))
  const toTicket = (ticketId: string | undefined) => {
    if (ticketId === undefined || !parts.tickets.focus(ticketId)) inConsole(ticketId)
  }
  return {
    toTicket,
    inConsole,
    follow(link) {
      const read = readDeepLink(link)
      if (read.ok) toTicket(read.link.ticketId)
      else tell(encodePush('navigation', 'refused', { problem: read.problem }))
    },
  }
}
