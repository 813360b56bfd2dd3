import { judge } from '#shared/commands/judge'
import type { Lookup } from '#shared/commands/subjects'
import type { SlaEvent } from '#shared/sla/events'
import type { TicketCommand } from '#shared/tickets/command'
import type { Author, Message } from '#shared/tickets/message'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import type { Instant } from '#shared/time/instant'
import type { Random } from './random'
import { agents } from './scenery'

/** A ticket with its timeline. */
export type Conversation = { readonly ticket: Ticket; readonly messages: readonly Message[] }

/** A conversation, and what it has left in the timeline of the ticket that it was merged into. */
export type Played = Conversation & { readonly elsewhere: readonly Message[] }

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never
/** A command, but for what is the same for all. */
export type Wanted = DistributiveOmit<TicketCommand, 'id' | 'at' | 'target' | 'baseVersion'>

/** What can happen on a ticket, apart from its beginning. */
export type Beat = { readonly at: Instant } & (
  | { readonly kind: 'customer'; readonly text: string }
  | { readonly kind: 'auto-reply'; readonly text: string }
  | { readonly kind: 'command'; readonly by: Agent | 'automation'; readonly wanted: Wanted }
)

const AUTOMATION: Author = { kind: 'automation', name: 'Automation' }
const NOBODY: Agent = { id: 'automation', name: 'Automation', email: '', role: 'l1', region: 'EMEA' }
/** Everybody in a story sees the newest version, so one is enough. */
const VERSION = 100

type PlayInput = {
  /** As created: with its `created` event and nothing else. */
  readonly ticket: Ticket
  readonly first: readonly Message[]
  readonly customer: Author
  /** In order of time. */
  readonly beats: readonly Beat[]
  readonly random: Random
  /** The ticket that this one is merged into. */
  readonly into?: Ticket | undefined
}

/**
 * Plays what happened on a ticket. Everything agents do is a command that the shared rules judge and apply, so that
 * the demo can't contain a history that the portal would have refused.
 * @throws when a beat would have been refused: the scenario has a mistake
 */
export function play({ ticket: created, first, customer, beats, random, into }: PlayInput): Played {
  let ticket = created
  const messages = [...first]
  const lookup = lookupIn((id) => (id === ticket.id ? ticket : id === into?.id ? into : undefined))
  for (const beat of beats) {
    if (beat.kind !== 'command') {
      const next = happened(ticket, beat, customer, random.uuid())
      ticket = next.ticket
      messages.push(...next.messages)
      continue
    }
    const { by, at, wanted } = beat
    const base = { id: random.uuid(), at, target: ticket.id, baseVersion: VERSION }
    const command = { ...wanted, ...base } as TicketCommand
    const actor = by === 'automation' ? NOBODY : by
    const judged = judge({ command, lookup, actor, at, version: VERSION })
    if (judged.kind !== 'apply') {
      throw new Error(`${ticket.number}: ${command.type} refused, ${JSON.stringify(judged)}`)
    }
    for (const { kind, value } of judged.changes) {
      if (kind === 'ticket' && value) ticket = value
      if (kind === 'message' && value) {
        messages.push(by === 'automation' ? { ...value, author: AUTOMATION } : value)
      }
    }
  }
  return {
    ticket: { ...ticket, changedIn: {} },
    messages: messages.filter(({ ticketId }) => ticketId === ticket.id),
    elsewhere: messages.filter(({ ticketId }) => ticketId !== ticket.id),
  }
}

/** What a ticket's command may look at: agents, and the tickets of the story. */
function lookupIn(tickets: (id: string) => Ticket | undefined): Lookup {
  const get = (kind: string, id: string) => {
    const value = kind === 'ticket' ? tickets(id) : agents.find((agent) => agent.id === id)
    return { version: VERSION, value }
  }
  return { get: get as Lookup['get'], all: () => [] }
}

function withEvent(ticket: Ticket, event: SlaEvent): Ticket {
  return { ...ticket, slaEvents: [...ticket.slaEvents, event] }
}

/** What doesn't come from an agent's command: the customer's words and those of automation. */
function happened(
  ticket: Ticket,
  { kind, at, text }: Exclude<Beat, { kind: 'command' }>,
  customer: Author,
  id: string,
): Conversation {
  const entry = { id, ticketId: ticket.id, at }
  const reply = { ...entry, type: 'reply', channel: ticket.channel, body: text } as const
  const touched: Ticket = { ...ticket, updatedAt: at }
  if (kind === 'auto-reply') {
    return {
      ticket: withEvent(touched, { at, type: 'replied', by: 'automation', public: true }),
      messages: [{ ...reply, author: AUTOMATION }],
    }
  }
  const replied = withEvent(
    { ...touched, customerAt: at },
    { at, type: 'replied', by: 'customer', public: true },
  )
  const messages: Message[] = [{ ...reply, author: customer }]
  const { status } = ticket
  if (status !== 'waiting-on-customer' && status !== 'solved') return { ticket: replied, messages }
  // sla.md §4: the customer's word reopens the ticket at the same instant.
  const change = { type: 'change', field: 'status', from: status, to: 'open' } as const
  messages.push({ ...entry, id: `${id}.status`, author: customer, ...change })
  return {
    ticket: { ...withEvent(replied, { at, type: 'status', to: 'open' }), status: 'open' },
    messages,
  }
}
