import type { SlaEvent } from '#shared/sla/events'
import type { Priority } from '#shared/sla/policy'
import type { Message } from '#shared/tickets/message'
import type { Ticket } from '#shared/tickets/ticket'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const SUBJECTS = [
  'Correlation pattern groups unrelated alerts',
  'Alerts arrive twelve minutes late since the upgrade',
  'Enrichment map lookups time out for one data centre',
  'Incidents are not shared with the ticketing system',
  'Dashboard shows yesterday after the clocks changed',
  'Webhook is refused with 403 since the token was renewed',
]
const BODY =
  'Since the last release two of our patterns swallow alerts of other teams. We compared the incident with the raw ' +
  'events: the tags are there, the grouping key is not. Could you look at the enrichment of this tenant?'

/** Numbers in [0, 1) that are the same in every run. */
export function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

export function oneOf<T>(list: readonly T[], random: () => number): T {
  const found = list[Math.floor(random() * list.length)]
  if (found === undefined) throw new Error('nothing to choose from')
  return found
}

export type TicketsWanted = {
  readonly count: number
  readonly isOpen: boolean
  readonly now: number
  /** Tickets began at most this long ago. */
  readonly withinMs: number
  /** Distinguishes the ids and numbers of several lots. */
  readonly lot: string
  readonly organizations: readonly string[]
  readonly agents: readonly string[]
}

/** Tickets as a desk has them: mixed priorities, some answered, some waiting, some breached, three to six SLA events. */
export function benchTickets(wanted: TicketsWanted): Ticket[] {
  const random = sequence(wanted.count)
  return Array.from({ length: wanted.count }, (_, index) => benchTicket(wanted, index, random))
}

function benchTicket(wanted: TicketsWanted, index: number, random: () => number): Ticket {
  const { isOpen, now, withinMs, lot, organizations, agents } = wanted
  const createdAt = now - Math.floor((0.01 + 0.98 * random()) * withinMs)
  const priority: Priority = oneOf(['P1', 'P2', 'P2', 'P3', 'P3', 'P3', 'P4'], random)
  const after = (hours: number) => Math.min(now - MINUTE, createdAt + Math.floor(random() * hours * HOUR))
  const slaEvents: SlaEvent[] = [
    { at: createdAt, type: 'created', priority, channel: 'portal', by: 'customer' },
  ]
  slaEvents.push({ at: createdAt, type: 'replied', by: 'automation', public: true })
  const answeredAt = after(3)
  const isAnswered = !isOpen || random() < 0.5
  if (isAnswered) slaEvents.push({ at: answeredAt, type: 'replied', by: 'agent', public: true })
  const isWaiting = isOpen && isAnswered && random() < 0.2
  if (isWaiting) slaEvents.push({ at: answeredAt, type: 'status', to: 'waiting-on-customer' })
  if (!isOpen) slaEvents.push({ at: Math.max(answeredAt, after(40)), type: 'status', to: 'solved' })
  const updatedAt = slaEvents.at(-1)?.at ?? createdAt
  const isAssigned = random() < 0.7
  return {
    id: `ticket-${lot}-${index}`,
    number: `MER-${lot === 'open' ? 1 : 9}${String(index).padStart(5, '0')}`,
    subject: `${oneOf(SUBJECTS, random)} (${index})`,
    organizationId: oneOf(organizations, random),
    requesterId: 'contact-olu',
    plan: oneOf(['standard', 'premium', 'premium', 'premium-plus'], random),
    policyId: 'bigpanda',
    calendarId: 'emea-london',
    region: 'emea',
    priority,
    status: !isOpen ? 'solved' : isWaiting ? 'waiting-on-customer' : 'open',
    channel: 'portal',
    ...(isAssigned ? { assigneeId: oneOf(agents, random) } : {}),
    tags: index % 3 === 0 ? ['enrichment', 'eu-west'] : [],
    createdAt,
    updatedAt,
    customerAt: createdAt,
    slaEvents,
    changedIn: { status: 1, priority: 1 },
  }
}

/** The conversation of a ticket: the customer's first word, then replies and notes in turn. */
export function benchMessages(ticket: Ticket, count: number): Message[] {
  return Array.from({ length: count }, (_, index): Message => {
    const common = {
      id: `${ticket.id}-m${index}`,
      ticketId: ticket.id,
      at: ticket.createdAt + index * MINUTE,
      body: BODY,
    }
    if (index === 0) {
      const author = { kind: 'customer', id: 'contact-olu', name: 'Olu Adeyemi' } as const
      return { ...common, author, type: 'reply', channel: ticket.channel }
    }
    const author = { kind: 'agent', id: 'agent-ines', name: 'Inês Duarte' } as const
    return index % 2 === 1
      ? { ...common, author, type: 'reply', channel: ticket.channel }
      : { ...common, author, type: 'note' }
  })
}
