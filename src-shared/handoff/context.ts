import type { Rota } from '../shifts/rota'
import type { SlaReport } from '../sla/report'
import type { Agent } from '../tickets/people'
import type { Ticket } from '../tickets/ticket'
import type { Instant } from '../time/instant'
import type { Notice } from '../uptime/notice'
import type { HandoffCommand } from './command'
import type { Handoff } from './handoff'

/** The world around a hand-off, as it is at `now`. What a command asks of it is in `neededBy`. */
export type HandoffContext = {
  /** The portal's clock, or the desk's corrected clock for the view. */
  readonly now: Instant
  readonly rota: Rota
  readonly agent: (id: string) => Agent | undefined
  readonly ticket: (id: string) => Ticket | undefined
  /** All open tickets of the workspace. */
  readonly openTickets: () => Iterable<Ticket>
  /** The report of a ticket at `now`; asked for several times when a draft is filled, so worth remembering. */
  readonly reportOf: (ticket: Ticket) => SlaReport
  /** The name of a ticket's customer. */
  readonly customerOf: (ticket: Ticket) => string
  readonly notices: () => Iterable<Notice>
  /** Another hand-off, for what was said in the one before. */
  readonly handoff: (id: string) => Handoff | undefined
}

/** What must be at hand to decide and apply a command, beside the hand-off itself, the rota and the agents. */
export type Needed = {
  /** Every open ticket, the customers, policies and calendars of these, the notices, and the hand-off before. */
  readonly everything: boolean
  readonly ticketIds: readonly string[]
}

/** For whoever loads records before deciding: opening and offering look at the whole queue, the others at one ticket. */
export function neededBy(command: HandoffCommand): Needed {
  if (command.type === 'open-handoff' || command.type === 'offer-handoff') {
    return { everything: true, ticketIds: [] }
  }
  return { everything: false, ticketIds: 'ticketId' in command ? [command.ticketId] : [] }
}
