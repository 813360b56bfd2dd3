import { readFileSync } from 'node:fs'
import { policySchema } from '#shared/sla/policy'
import type { Agent } from '#shared/tickets/people'
import type { Ticket } from '#shared/tickets/ticket'
import { calendarSchema } from '#shared/time/calendar'
import { ana, aTicket, ben, MINUTE, T0 } from '../../src-shared/tickets/samples'
import type { Backup, SimulatedPortal } from './portal'

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'))
const policy = policySchema.decode(read('resources/policies/bigpanda.json') as never)
/** Like London's, without what takes long to compute and no story touches. */
const calendar = calendarSchema.decode({
  ...(read('resources/calendars/emea-london.json') as object),
  zone: 'UTC',
  holidays: [],
} as never)

const cleo: Agent = {
  id: 'cleo',
  name: 'Cleo Marchetti',
  email: 'cleo@example.com',
  role: 'supervisor',
  region: 'EMEA',
}

/** Who works at a desk in a story. */
export const agents = { ana, ben, cleo } as const
export type AgentName = keyof typeof agents

/** When every story begins. */
export const BEGIN = T0 + 10 * MINUTE

/** The tickets that are there from the beginning: P1s, whose alerts come within the hour, and calmer ones. */
export const firstTickets = ['t1', 't2', 't3', 't4'] as const

export function ticketOf(id: string, changes: Partial<Ticket> = {}): Ticket {
  return aTicket({ id, number: `MER-${id}`, policyId: policy.id, calendarId: calendar.id, ...changes })
}

let atFirst: Backup | undefined

/** Puts in what is there at the beginning: made once, since records are replaced and never changed. */
export function fillWorkspace(portal: SimulatedPortal): void {
  if (atFirst) {
    portal.begin(atFirst)
    return
  }
  fill(portal)
  atFirst = portal.backup()
}

function fill(portal: SimulatedPortal): void {
  portal.put('policy', policy.id, policy)
  portal.put('calendar', calendar.id, calendar)
  for (const agent of Object.values(agents)) portal.put('agent', agent.id, agent)
  portal.put('organization', 'o1', {
    id: 'o1',
    name: 'Northwind',
    plan: 'premium',
    region: 'EMEA',
    calendarId: calendar.id,
    policyId: policy.id,
    zone: 'Europe/London',
  })
  portal.put('ticket', 't1', ticketOf('t1', { priority: 'P1', assigneeId: 'ana' }))
  portal.put('ticket', 't2', ticketOf('t2'))
  portal.put('ticket', 't3', ticketOf('t3', { priority: 'P3', assigneeId: 'ben' }))
  portal.put('ticket', 't4', ticketOf('t4', { priority: 'P1' }))
}

export { calendar, policy }
