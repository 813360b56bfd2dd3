import type { Command } from '#shared/commands/command'
import type { Agent, Contact, Organization } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'

/** Fri 2026-07-10 15:30 UTC: the instant at which test tickets start unless told otherwise. */
export const START = Date.UTC(2026, 6, 10, 15, 30)

export function agent(change: Partial<Agent> = {}): Agent {
  return {
    id: 'agent-ines',
    name: 'Inês Duarte',
    email: 'ines@desk.example',
    role: 'l1',
    region: 'emea',
    ...change,
  }
}

export function organization(change: Partial<Organization> = {}): Organization {
  return {
    id: 'org-harbor',
    name: 'Harbor Freight Lines',
    plan: 'premium',
    region: 'emea',
    calendarId: 'emea-london',
    policyId: 'bigpanda',
    zone: 'Europe/London',
    ...change,
  }
}

export function contact(change: Partial<Contact> = {}): Contact {
  return { id: 'contact-olu', organizationId: 'org-harbor', name: 'Olu Adeyemi', ...change }
}

/** An open P2 of a Premium customer, written through the portal at START. */
export function ticket(change: Partial<Ticket> = {}): Ticket {
  const createdAt = change.createdAt ?? START
  const priority = change.priority ?? 'P2'
  return {
    id: 'ticket-1',
    number: 'MER-1001',
    subject: 'Alerts arrive twelve minutes late',
    organizationId: 'org-harbor',
    requesterId: 'contact-olu',
    plan: 'premium',
    policyId: 'bigpanda',
    calendarId: 'emea-london',
    region: 'emea',
    priority,
    status: 'open',
    channel: 'portal',
    tags: [],
    createdAt,
    updatedAt: createdAt,
    customerAt: createdAt,
    slaEvents: [{ at: createdAt, type: 'created', priority, channel: 'portal', by: 'customer' }],
    changedIn: {},
    ...change,
  }
}

type Draft<C> = C extends Command ? Omit<C, 'id' | 'at' | 'target' | 'baseVersion'> : never

let made = 0
/** A command on ticket-1, one minute after START, based on version 10; ids count up. */
export function command(draft: Draft<Command>, change: Partial<Command> = {}): Command {
  made += 1
  return {
    id: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    at: START + 60_000,
    target: 'ticket-1',
    baseVersion: 10,
    ...draft,
    ...change,
  } as Command
}
