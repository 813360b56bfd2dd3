import { and, eq, isNotNull } from 'drizzle-orm'
import { type Agent, agentSchema } from '#shared/tickets/people'
import type { Database } from '../db/database'
import { records } from '../db/schema'

/** Everybody who can have a token, by id. */
export async function listAgents(db: Database): Promise<readonly Agent[]> {
  const rows = await db
    .select({ value: records.value })
    .from(records)
    .where(and(eq(records.kind, 'agent'), isNotNull(records.value)))
    .orderBy(records.id)
  return rows.map((row) => agentSchema.parse(row.value))
}

export async function findAgent(db: Database, id: string): Promise<Agent | undefined> {
  return (await listAgents(db)).find((agent) => agent.id === id)
}
