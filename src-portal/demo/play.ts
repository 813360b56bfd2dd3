import type { SlaEvent } from '#shared/sla/events'
import type { Priority, Status } from '#shared/sla/policy'
import { apply } from '#shared/tickets/apply'
import type { TicketCommand } from '#shared/tickets/command'
import { decide } from '#shared/tickets/decide'
import type { Author, Message } from '#shared/tickets/message'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import type { Random } from './random'

/** A ticket with its timeline. */
export type Conversation = { readonly ticket: Ticket; readonly messages: readonly Message[] }

/** What can happen on a ticket, apart from its beginning. */
export type Beat = { readonly at: Instant } & (
  | { readonly kind: 'customer'; readonly text: string }
  | { readonly kind: 'auto-reply'; readonly text: string }
  | { readonly kind: 'reply'; readonly by: Agent; readonly text: string; readonly also?: Extra }
  | { readonly kind: 'note'; readonly by: Agent; readonly text: string }
  | { readonly kind: 'claim'; readonly by: Agent }
  | { readonly kind: 'status'; readonly by: Agent | 'automation'; readonly to: Status }
  | { readonly kind: 'priority'; readonly by: Agent; readonly to: Priority; readonly reason: string }
  | { readonly kind: 'cancel'; readonly by: Agent; readonly reason: string }
)

/** What a reply may be besides: SLA events for which there is no command yet. */
export type Extra = { readonly type: 'workaround' } | { readonly type: 'proposed'; readonly dueAt: Instant }

const AUTOMATION: Author = { kind: 'automation', name: 'Automation' }

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
type Wanted = DistributiveOmit<TicketCommand, 'id' | 'at' | 'target' | 'baseVersion'>

function commandOf(beat: Beat): { wanted: Wanted; by: Agent | 'automation' } | undefined {
  switch (beat.kind) {
    case 'reply':
      return { wanted: { type: 'reply', body: beat.text, public: true }, by: beat.by }
    case 'note':
      return { wanted: { type: 'note', body: beat.text }, by: beat.by }
    case 'claim':
      return { wanted: { type: 'claim' }, by: beat.by }
    case 'status':
      return { wanted: { type: 'set-status', status: beat.to }, by: beat.by }
    case 'priority':
      return { wanted: { type: 'set-priority', priority: beat.to, reason: beat.reason }, by: beat.by }
    default:
      return undefined
  }
}

const NOBODY: Agent = { id: 'automation', name: 'Automation', email: '', role: 'l1', region: 'EMEA' }

type PlayInput = {
  /** As created: with its `created` event and nothing else. */
  readonly ticket: Ticket
  readonly first: readonly Message[]
  readonly customer: Author
  /** In order of time. */
  readonly beats: readonly Beat[]
  readonly random: Random
}

/**
 * Plays what happened on a ticket. Everything agents do goes through the shared decide and apply, so that the demo
 * can't contain a history that the portal would have refused.
 * @throws when a beat would have been refused: the scenario has a mistake
 */
export function play({ ticket: created, first, customer, beats, random }: PlayInput): Conversation {
  let ticket = created
  const messages = [...first]
  for (const beat of beats) {
    const acted = commandOf(beat)
    if (acted) {
      const actor = acted.by === 'automation' ? NOBODY : acted.by
      const command = {
        ...acted.wanted,
        id: random.uuid(),
        at: beat.at,
        target: ticket.id,
        baseVersion: 0,
      } as TicketCommand
      const decision = decide(command, ticket, actor, beat.at)
      if (decision.kind !== 'apply') {
        throw new Error(`${ticket.number}: ${beat.kind} refused, ${JSON.stringify(decision)}`)
      }
      const applied = apply({ command, ticket, actor, at: beat.at, version: 0 })
      ticket = applied.ticket
      for (const message of applied.messages) {
        messages.push(acted.by === 'automation' ? { ...message, author: AUTOMATION } : message)
      }
      if (beat.kind === 'reply' && beat.also) ticket = withEvent(ticket, { at: beat.at, ...beat.also })
    } else {
      const next = happened(ticket, beat, customer, random.uuid())
      ticket = next.ticket
      messages.push(...next.messages)
    }
  }
  return { ticket: { ...ticket, changedIn: {} }, messages }
}

function withEvent(ticket: Ticket, event: SlaEvent): Ticket {
  return { ...ticket, slaEvents: [...ticket.slaEvents, event] }
}

/** What doesn't come from an agent's command: the customer, automation, a cancellation. */
function happened(ticket: Ticket, beat: Beat, customer: Author, id: string): Conversation {
  const { at } = beat
  const entry = { id, ticketId: ticket.id, at }
  const touched: Ticket = { ...ticket, updatedAt: at }
  if (beat.kind === 'auto-reply') {
    return {
      ticket: withEvent(touched, { at, type: 'replied', by: 'automation', public: true }),
      messages: [{ ...entry, author: AUTOMATION, type: 'reply', channel: ticket.channel, body: beat.text }],
    }
  }
  if (beat.kind === 'cancel') {
    const cancelled = withEvent(touched, { at, type: 'cancelled', reason: beat.reason })
    const author: Author = { kind: 'agent', id: beat.by.id, name: beat.by.name }
    const change = { type: 'change', field: 'status', from: ticket.status, to: 'closed' } as const
    return {
      ticket: { ...withEvent(cancelled, { at, type: 'status', to: 'closed' }), status: 'closed' },
      messages: [{ ...entry, author, ...change, reason: beat.reason }],
    }
  }
  if (beat.kind !== 'customer') throw new Error(`${ticket.number}: ${beat.kind} is nobody's doing`)
  const replied = withEvent(
    { ...touched, customerAt: at },
    { at, type: 'replied', by: 'customer', public: true },
  )
  const reply: Message = {
    ...entry,
    author: customer,
    type: 'reply',
    channel: ticket.channel,
    body: beat.text,
  }
  const { status } = ticket
  if (status !== 'waiting-on-customer' && status !== 'solved') return { ticket: replied, messages: [reply] }
  // sla.md §4: the customer's word reopens the ticket at the same instant.
  return {
    ticket: { ...withEvent(replied, { at, type: 'status', to: 'open' }), status: 'open' },
    messages: [
      reply,
      {
        ...entry,
        id: `${id}.status`,
        author: customer,
        type: 'change',
        field: 'status',
        from: status,
        to: 'open',
      },
    ],
  }
}
