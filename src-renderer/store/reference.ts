import type { Table } from 'dexie'
import type { Policy } from '#shared/sla/policy'
import type { Agent, Organization } from '#shared/tickets/people'
import type { Calendar } from '#shared/time/calendar'
import type { RowTerms } from './live-rows'
import type { MirrorDb } from './mirror-db'
import type { OtherKind, OtherRecords } from './mirror-write'

/** The small records that every row needs, in memory. */
export type Reference = {
  readonly organizations: ReadonlyMap<string, Organization>
  readonly agents: ReadonlyMap<string, Agent>
  readonly policies: ReadonlyMap<string, Policy>
  readonly calendars: ReadonlyMap<string, Calendar>
}

/** The kinds of records that are in it. */
export const REFERENCE = [
  'organization',
  'agent',
  'policy',
  'calendar',
] as const satisfies readonly OtherKind[]

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

/** Reads again what `changed` names; all else stays the same object. */
export async function rereadReference(
  db: MirrorDb,
  before: Reference,
  changed: OtherRecords,
): Promise<Reference> {
  const [organizations, agents, policies, calendars] = await Promise.all([
    reread(db.organization, before.organizations, changed.organization),
    reread(db.agent, before.agents, changed.agent),
    reread(db.policy, before.policies, changed.policy),
    reread(db.calendar, before.calendars, changed.calendar),
  ])
  return { organizations, agents, policies, calendars }
}

async function reread<T>(
  table: Table<{ readonly id: string; readonly value: T }, string>,
  before: ReadonlyMap<string, T>,
  changed: ReadonlySet<string> | undefined,
): Promise<ReadonlyMap<string, T>> {
  if (!changed) return before
  const ids = [...changed]
  const rows = await table.bulkGet(ids)
  const after = new Map(before)
  ids.forEach((id, index) => {
    const row = rows[index]
    if (row) after.set(id, row.value)
    else after.delete(id)
  })
  return after
}

/** Which rows look different with `after`, of whose records none but `changed` differ from those of `before`. */
export function concernedBy(
  before: Reference,
  after: Reference,
  changed: OtherRecords,
): ((of: RowTerms) => boolean) | undefined {
  const organizations = differing(before.organizations, after.organizations, changed.organization, nameOf)
  const agents = differing(before.agents, after.agents, changed.agent, nameOf)
  const policies = differing(before.policies, after.policies, changed.policy, JSON.stringify)
  const calendars = differing(before.calendars, after.calendars, changed.calendar, JSON.stringify)
  if (organizations.size + agents.size + policies.size + calendars.size === 0) return undefined
  const has = (ids: ReadonlySet<string>, id: string | undefined) => id !== undefined && ids.has(id)
  return ({ organizationId, assigneeId, policyId, calendarId }) =>
    has(organizations, organizationId) ||
    has(agents, assigneeId) ||
    has(policies, policyId) ||
    has(calendars, calendarId)
}

const nameOf = ({ name }: { readonly name: string }): string => name

/** `look` gives all that a row takes from such a record. */
function differing<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  changed: ReadonlySet<string> = new Set(),
  look: (value: T) => string,
): ReadonlySet<string> {
  const lookOf = (value: T | undefined) => (value === undefined ? undefined : look(value))
  return new Set([...changed].filter((id) => lookOf(before.get(id)) !== lookOf(after.get(id))))
}
