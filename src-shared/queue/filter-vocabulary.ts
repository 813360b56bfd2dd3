import type { Vocabulary } from './filter-words'
import type { QueueRow } from './row'

type Named = { readonly id: string; readonly name: string }

/**
 * The names that can be asked for, in alphabetical order: those on the rows.
 * @param agents of the workspace, since not all of them have tickets
 */
export function vocabularyOf(rows: Iterable<QueueRow>, agents: Iterable<Named> = []): Vocabulary {
  const regions = new Set<string>()
  const customers = new Map<string, string>()
  const people = new Map<string, string>()
  const tags = new Set<string>()
  const issues = new Set<string>()
  for (const { id, name } of agents) people.set(id, name)
  for (const row of rows) {
    regions.add(row.region)
    customers.set(row.organizationId, row.customer)
    if (row.assigneeId !== undefined) people.set(row.assigneeId, row.assignee ?? row.assigneeId)
    if (row.escalation) regions.add(row.escalation.to)
    for (const tag of row.tags) tags.add(tag)
    for (const key of row.productIssueKeys) issues.add(key)
  }
  return {
    regions: [...regions].sort(),
    agents: byName(people),
    customers: byName(customers),
    tags: [...tags].sort(),
    issues: [...issues].sort(),
  }
}

function byName(names: ReadonlyMap<string, string>): readonly Named[] {
  return [...names]
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1))
}
