import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { apply } from '#shared/tickets/apply'
import type { TicketCommand } from '#shared/tickets/command'
import type { Agent } from '#shared/tickets/people'
import { seenBy } from '#shared/tickets/seen'
import type { Ticket } from '#shared/tickets/ticket'

export const T0 = Date.parse('2026-07-06T09:00:00.000Z')
export const MINUTE = 60_000

export const ana: Agent = {
  id: 'ana',
  name: 'Ana Souza',
  email: 'ana@example.com',
  role: 'l1',
  region: 'EMEA',
}
export const ben: Agent = {
  id: 'ben',
  name: 'Ben Okafor',
  email: 'ben@example.com',
  role: 'l1',
  region: 'EMEA',
}

export function aTicket(changes: Partial<Ticket> = {}): Ticket {
  const priority = changes.priority ?? 'P2'
  return {
    id: 't1',
    number: 'MER-1',
    subject: 'Alerts arrive late',
    organizationId: 'o1',
    plan: 'premium',
    policyId: 'p1',
    calendarId: 'c1',
    region: 'EMEA',
    priority,
    status: 'open',
    channel: 'portal',
    tags: [],
    createdAt: T0,
    updatedAt: T0,
    slaEvents: [{ at: T0, type: 'created', priority, channel: 'portal', by: 'customer' }],
    changedIn: {},
    ...changes,
  }
}

/** A command id that reads well in failures: `id(3)` is 00000000-0000-4000-8000-000000000003. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

type Body<C> = C extends TicketCommand ? Omit<C, 'id' | 'at' | 'target' | 'baseVersion'> : never
export type What = Body<TicketCommand>

export const reply = (body = 'We are looking into it'): What => ({ type: 'reply', body, public: true })
export const note = (body = 'See runbook 7'): What => ({ type: 'note', body })
export const claim = (): What => ({ type: 'claim' })
export const status = (to: Ticket['status']): What => ({ type: 'set-status', status: to })
export const priority = (to: Ticket['priority'], reason?: string): What =>
  reason ? { type: 'set-priority', priority: to, reason } : { type: 'set-priority', priority: to }

export type CommandOptions = { n?: number; at?: number; target?: string; baseVersion?: number }

export function aCommand(
  what: What,
  { n = 1, at = T0, target = 't1', baseVersion = 10 }: CommandOptions = {},
): TicketCommand {
  return { ...what, id: id(n), at, target, baseVersion }
}

export function anEntry(
  what: What,
  options: CommandOptions & { state?: OutboxEntry['state']; on?: Ticket } = {},
): OutboxEntry {
  const { n = 1, state = { kind: 'queued', conflicts: 0 }, on = aTicket() } = options
  const command = aCommand(what, options)
  return { id: id(n), seq: n, command, seen: seenBy(command, on), state }
}

/** The ticket after `what`, without asking `decide`. */
export function ticketAfter(ticket: Ticket, what: What, actor: Agent, version: number, at = T0): Ticket {
  return apply({ command: aCommand(what, { n: 900 + version, at }), ticket, actor, at, version }).ticket
}
