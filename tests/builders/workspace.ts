import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { policySchema } from '#shared/sla/policy'
import type { Message } from '#shared/tickets/message'
import type { Ticket } from '#shared/tickets/ticket'
import { calendarSchema } from '#shared/time/calendar'
import type { RecordInput } from '../../src-portal/db/write-records'
import { agent, contact, organization, ticket } from './tickets'

const RESOURCES = resolve(import.meta.dirname, '../../resources')
const json = (file: string): unknown => JSON.parse(readFileSync(join(RESOURCES, file), 'utf8'))

/** The three people of a test workspace, all in EMEA. */
export const people = {
  l1: agent({ id: 'agent-ines', name: 'Inês Duarte', role: 'l1' }),
  backline: agent({ id: 'agent-ravi', name: 'Ravi Menon', email: 'ravi@desk.example', role: 'backline' }),
  supervisor: agent({
    id: 'agent-sofie',
    name: 'Sofie Lund',
    email: 'sofie@desk.example',
    role: 'supervisor',
  }),
}

/** Policy, calendar, people and two customers (Premium and Premium+), without tickets. */
export function referenceRecords(): RecordInput[] {
  const policy = policySchema.parse(json('policies/bigpanda.json'))
  const calendar = calendarSchema.parse(json('calendars/emea-london.json'))
  const customers = [
    organization(),
    organization({ id: 'org-northwind', name: 'Northwind Aerospace', plan: 'premium-plus' }),
  ]
  return [
    { kind: 'policy', id: policy.id, value: policy },
    { kind: 'calendar', id: calendar.id, value: calendar },
    ...Object.values(people).map((value) => ({ kind: 'agent', id: value.id, value }) as const),
    ...customers.map((value) => ({ kind: 'organization', id: value.id, value }) as const),
    { kind: 'contact', id: 'contact-olu', value: contact() },
  ]
}

/** A ticket with the customer's first message. */
export function ticketRecords(
  change: Partial<Ticket> & { readonly id: string },
  body: string,
): RecordInput[] {
  const value = ticket(change)
  const first: Message = {
    id: `${value.id}-first`,
    ticketId: value.id,
    at: value.createdAt,
    author: { kind: 'customer', id: 'contact-olu', name: 'Olu Adeyemi' },
    type: 'reply',
    channel: value.channel,
    body,
  }
  return [
    { kind: 'ticket', id: value.id, value },
    { kind: 'message', id: first.id, value: first },
  ]
}
