import type { Background } from './background'
import { LiveTicket, type TicketSource } from './live-ticket'

/** Tickets kept as they were last seen, so that going back to one shows it at once. */
const RECENT_TICKETS = 50

/** The tickets that somebody looks at in this window, or looked at lately. */
export class OpenTickets {
  readonly #watched = new Set<LiveTicket>()
  readonly #recent = new Map<string, LiveTicket>()
  readonly #sourceOf: (id: string) => TicketSource
  readonly #background: Background

  constructor(sourceOf: (id: string) => TicketSource, background: Background) {
    this.#sourceOf = sourceOf
    this.#background = background
  }

  of(id: string): LiveTicket {
    const known = this.#recent.get(id)
    if (known) return known
    const live = new LiveTicket(id, this.#watched, this.#sourceOf(id))
    this.#recent.set(id, live)
    const [oldest] = this.#recent.keys()
    if (this.#recent.size > RECENT_TICKETS && oldest !== undefined) this.#recent.delete(oldest)
    return live
  }

  /** Reads again those that are being looked at. */
  refresh(concerned: (id: string) => boolean = () => true): void {
    for (const live of this.#watched) if (concerned(live.id)) this.#background.run(live.refresh())
  }

  /** What waits for this one in the outbox changed. */
  outboxChanged(id: string): void {
    for (const live of this.#watched) if (live.id === id) live.outboxChanged()
  }
}
