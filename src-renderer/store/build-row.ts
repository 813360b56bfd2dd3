import { type QueueRow, queueRow } from '#shared/queue/row'
import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { type Rebased, rebase } from '#shared/sync/rebase'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import { judgedAt } from './judged-at'
import type { MirrorRow } from './mirror-db'
import { countStates } from './outbox-book'
import type { Reference } from './reference'

export type BuildInput = {
  readonly mirrored: MirrorRow<'ticket'>
  readonly entries: readonly OutboxEntry[]
  readonly reference: Reference
  readonly me: Agent
  readonly now: Instant
}
export type Built =
  | { readonly row: QueueRow; readonly rebased: Rebased }
  /** Why this ticket has no row, in words that name it. */
  | { readonly problem: string }

/** What I see of a ticket: its line in the queue, and itself with my pending commands on top. */
export function buildRow({ mirrored, entries, reference, me, now }: BuildInput): Built {
  const { value: confirmed, version } = mirrored
  const policy = reference.policies.get(confirmed.policyId)
  const calendar = reference.calendars.get(confirmed.calendarId)
  if (!policy) return { problem: `${confirmed.number}: its policy "${confirmed.policyId}" is not here` }
  if (!calendar) return { problem: `${confirmed.number}: its calendar "${confirmed.calendarId}" is not here` }
  const rebased: Rebased =
    entries.length === 0
      ? { ticket: confirmed, pending: [] }
      : rebase({ ticket: confirmed, version, entries, actor: me })
  const { ticket } = rebased
  const assignee = ticket.assigneeId
  try {
    const row = queueRow({
      ticket,
      confirmed,
      version,
      customer: reference.organizations.get(ticket.organizationId)?.name ?? ticket.organizationId,
      assignee: assignee === undefined ? undefined : (reference.agents.get(assignee)?.name ?? assignee),
      policy,
      calendar,
      ...countStates(entries),
      now: judgedAt(confirmed, now),
    })
    return { row, rebased }
  } catch (error) {
    // The report refuses a history or a calendar that breaks its rules. One such ticket must not take the queue down.
    return { problem: `${confirmed.number}: ${error instanceof Error ? error.message : String(error)}` }
  }
}
