import { apply } from '#shared/tickets/apply'
import { type TicketCommand, ticketCommandSchema } from '#shared/tickets/command'
import type { Message } from '#shared/tickets/message'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import { formatInstant } from '#shared/time/instant'
import { agents } from './made-up-desk'

const MINUTE = 60_000

/** A ticket command as one writes it down here: instants as text, identity left out. */
type Step = { readonly by: Agent; readonly minutesAgo: number } & {
  readonly type: TicketCommand['type']
} & Record<string, unknown>

export function command(draft: Record<string, unknown>, target: string, at: number): TicketCommand {
  return ticketCommandSchema.decode({
    ...draft,
    target,
    id: crypto.randomUUID(),
    at: formatInstant(at),
    baseVersion: 1,
  } as never)
}

/** A ticket on which everything was done that can be done. */
export function fullCase(
  ticket: Ticket,
  messages: readonly Message[],
  other: Ticket,
  now: number,
): { ticket: Ticket; messages: Message[] } {
  const [ines, tomas, priya, jonas] = agents as readonly [Agent, Agent, Agent, Agent]
  const inFuture = (minutes: number) => formatInstant(now + minutes * MINUTE)
  const steps: readonly Step[] = [
    {
      ...{ by: jonas, minutesAgo: 96, type: 'log-call', direction: 'from-customer' },
      body: 'Marta called: the wall in the NOC is dark since 09:12. She is on the bridge until 11:00.',
    },
    { by: jonas, minutesAgo: 94, type: 'promise-update', promisedAt: inFuture(-60) },
    { by: jonas, minutesAgo: 93, type: 'tag', add: ['ingest', 'failover'], remove: [] },
    {
      ...{ by: jonas, minutesAgo: 80, type: 'escalate', to: 'AMER' },
      summary: 'No incidents are created for any source since the failover at 09:10.',
      tried:
        'Restarted the ingest agent (queue drained, grew again).\nChecked the connector: credentials fine.',
      assessment:
        'The consumer of partition 7 hangs on the old leader: https://docs.meridian.example/ingest.',
      ask: 'Move partition 7 to another node and tell us whether alerts since 09:10 can be replayed.',
    },
    { by: tomas, minutesAgo: 71, type: 'return-escalation', reason: 'Logs of the connector are missing' },
    {
      ...{ by: jonas, minutesAgo: 64, type: 'escalate', to: 'AMER' },
      summary: 'No incidents are created for any source since the failover at 09:10.',
      tried: 'As before; the logs of the connector are attached.',
      assessment: 'The consumer of partition 7 hangs on the old leader.',
      ask: 'Move partition 7 to another node.',
    },
    {
      ...{ by: tomas, minutesAgo: 50, type: 'link-product-issue', key: 'ING-2231', state: 'Triaged' },
      ...{ url: 'https://tracker.meridian.example/ING-2231', checkAt: inFuture(120) },
    },
    {
      ...{ by: tomas, minutesAgo: 40, type: 'record-workaround' },
      text: 'Point the connectors at the second ingest address (ingest-b). Alerts arrive, up to 2 minutes late.',
    },
    {
      ...{ by: tomas, minutesAgo: 38, type: 'propose-course-of-action', dueAt: inFuture(2 * 24 * 60) },
      text: 'Patch 4.18.2 moves the leader election out of the request path.',
    },
    {
      ...{ by: tomas, minutesAgo: 20, type: 'propose-course-of-action', dueAt: inFuture(4 * 24 * 60) },
      text: 'Patch 4.18.2 moves the leader election out of the request path. R&D needs two more days to test it.',
    },
    { by: jonas, minutesAgo: 18, type: 'promise-update', promisedAt: inFuture(24) },
    {
      by: priya,
      minutesAgo: 12,
      type: 'excuse-breach',
      of: 'firstResponse',
      reason: 'Portal was in maintenance',
    },
    { by: ines, minutesAgo: 8, type: 'tag', add: ['bridge'], remove: ['failover'] },
  ]
  let present = ticket
  const written: Message[] = [...messages]
  for (const { by, minutesAgo, ...draft } of steps) {
    const at = now - minutesAgo * MINUTE
    const applied = apply({
      command: command(draft, ticket.id, at),
      ticket: present,
      actor: by,
      at,
      version: 1,
    })
    present = applied.ticket
    written.push(...applied.messages)
  }
  written.push({
    ...{ id: 'merged-from', ticketId: ticket.id, at: now - 5 * MINUTE, type: 'merge', direction: 'from' },
    ...{
      otherId: other.id,
      otherNumber: other.number,
      author: { kind: 'agent', id: ines.id, name: ines.name },
    },
  } as Message)
  return { ticket: present, messages: written }
}
