import type { Status } from '#shared/sla/policy'
import type { Macro } from '#shared/tickets/macro'
import type { Ticket } from '#shared/tickets/ticket'

/** What goes with a text when it is sent. */
export type Proposal = {
  readonly status?: Status | undefined
  readonly tags: readonly string[]
}

export const NOTHING_PROPOSED: Proposal = { tags: [] }

/** Of several macros the last status counts, and all their tags. */
export function proposed(before: Proposal, macro: Pick<Macro, 'status' | 'tags'>): Proposal {
  return {
    status: macro.status ?? before.status,
    tags: [...new Set([...before.tags, ...(macro.tags ?? [])])],
  }
}

/** What of it this ticket doesn't have already. */
export function stillToDo({ status, tags }: Proposal, ticket: Pick<Ticket, 'status' | 'tags'>): Proposal {
  return {
    status: status === ticket.status ? undefined : status,
    tags: tags.filter((tag) => !ticket.tags.includes(tag)),
  }
}

export function isNothing({ status, tags }: Proposal): boolean {
  return status === undefined && tags.length === 0
}
