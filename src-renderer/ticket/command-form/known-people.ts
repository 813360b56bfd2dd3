import type { Agent } from '#shared/tickets/people'
import type { DeskStore } from '../../store/desk-store'

/** Everybody this desk has met: whoever has or had a ticket, and me; by name. */
export function knownAgents(desk: DeskStore): readonly Agent[] {
  const found = new Map<string, Agent>([[desk.me.id, desk.me]])
  for (const { assigneeId } of desk.rows.values()) {
    if (assigneeId === undefined || found.has(assigneeId)) continue
    const agent = desk.agent(assigneeId)
    if (agent) found.set(assigneeId, agent)
  }
  return [...found.values()].sort((a, b) => a.name.localeCompare(b.name))
}

/** The regions of tickets and people, those with a backline first. */
export function knownRegions(desk: DeskStore): readonly string[] {
  const agents = knownAgents(desk)
  const backed = agents.filter(({ role }) => role === 'backline').map(({ region }) => region)
  const regions = new Set([...backed, ...agents.map(({ region }) => region)])
  for (const { region } of desk.rows.values()) regions.add(region)
  return [...regions]
}
