import type { OutboxEntry } from '#shared/sync/outbox-entry'
import { apply } from '#shared/tickets/apply'
import type { Message } from '#shared/tickets/message'
import type { Agent } from '#shared/tickets/people'
import { seenBy } from '#shared/tickets/seen'
import type { Ticket } from '#shared/tickets/ticket'
import { formatInstant } from '#shared/time/instant'
import { command } from './made-up-case'
import { agents } from './made-up-desk'

const MINUTE = 60_000

/** What I did offline, and what others decided about the same meanwhile. */
export function clashes(
  ticket: Ticket,
  me: Agent,
  now: number,
): { ticket: Ticket; messages: Message[]; entries: OutboxEntry[] } {
  const [, tomas] = agents
  const other = tomas ?? me
  const mine = [
    { type: 'set-priority', priority: 'P3', reason: 'Only the weekly export is affected, the wall is back.' },
    {
      type: 'propose-course-of-action',
      text: 'Move the customer to the second cluster on Thursday night; the patch follows later.',
      dueAt: formatInstant(now + 3 * 24 * 60 * MINUTE),
    },
    { type: 'note', body: 'Marta agrees to Thursday.' },
  ].map((draft) => command(draft, ticket.id, now - 11 * MINUTE))
  const theirs = [
    { type: 'set-priority', priority: 'P2', reason: 'Wall is back, replay still running.' },
    {
      type: 'propose-course-of-action',
      text: 'Patch 4.18.2 is tested and goes out on Friday morning.',
      dueAt: formatInstant(now + 4.5 * 24 * 60 * MINUTE),
    },
  ].map((draft) => command(draft, ticket.id, now - 6 * MINUTE))
  let present = ticket
  const messages: Message[] = []
  for (const one of theirs) {
    const applied = apply({ command: one, ticket: present, actor: other, at: one.at, version: 1 })
    present = applied.ticket
    messages.push(...applied.messages)
  }
  const entries = mine.map((one, at): OutboxEntry => {
    const common = { id: `mine-${at}`, seq: at + 1, command: one, seen: seenBy(one, ticket) }
    if (one.type === 'note') {
      const message = `${ticket.number} was closed while you were offline: only notes can be added`
      return { ...common, state: { kind: 'parked', code: 'ticket-closed', message } }
    }
    const what = one.type === 'set-priority' ? 'priority' : 'courseOfAction'
    const message = `${what} changed meanwhile: compare both and decide`
    return { ...common, state: { kind: 'parked', code: 'conflict', message, fields: [what] } }
  })
  return { ticket: present, messages, entries }
}
