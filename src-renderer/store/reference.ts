import type { Policy } from '#shared/sla/policy'
import type { Agent, Organization } from '#shared/tickets/people'
import type { Calendar } from '#shared/time/calendar'
import type { MirrorDb } from './mirror-db'

/** The small records that every row needs, in memory. */
export type Reference = {
  readonly organizations: ReadonlyMap<string, Organization>
  readonly agents: ReadonlyMap<string, Agent>
  readonly policies: ReadonlyMap<string, Policy>
  readonly calendars: ReadonlyMap<string, Calendar>
}

export const NO_REFERENCE: Reference = {
  organizations: new Map(),
  agents: new Map(),
  policies: new Map(),
  calendars: new Map(),
}

export async function readReference(db: MirrorDb): Promise<Reference> {
  const [organizations, agents, policies, calendars] = await Promise.all([
    db.organization.toArray(),
    db.agent.toArray(),
    db.policy.toArray(),
    db.calendar.toArray(),
  ])
  return {
    organizations: byId(organizations),
    agents: byId(agents),
    policies: byId(policies),
    calendars: byId(calendars),
  }
}

function byId<T>(rows: readonly { readonly id: string; readonly value: T }[]): ReadonlyMap<string, T> {
  return new Map(rows.map(({ id, value }) => [id, value]))
}
