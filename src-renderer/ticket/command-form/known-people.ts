import type { Agent } from '#shared/tickets/people'
import type { SharedRecords } from '../../store/desk-store'

/** Everybody who works in the workspace, and me; by name. */
export function knownAgents(me: Agent, { agents }: Pick<SharedRecords, 'agents'>): readonly Agent[] {
  return agents.some(({ id }) => id === me.id) ? agents : [me, ...agents]
}

/** The regions that people work in, those with a backline first, and the ticket's own. */
export function knownRegions(
  agents: readonly Agent[],
  { region: own }: { readonly region: string },
): readonly string[] {
  const backed = agents.filter(({ role }) => role === 'backline').map(({ region }) => region)
  return [...new Set([...backed, ...agents.map(({ region }) => region), own])]
}
