import { sql } from 'drizzle-orm'
import type { ChangesPage } from '#shared/portal/calls'
import type { Database } from '../db/database'
import { readWorkspace } from '../db/workspace'
import { formatCursor, isReachable, parseCursor } from './cursor'
import { type RecordRow, wireRecord } from './wire-rows'

/**
 * Records changed since a cursor, each once at its newest version, in order, deletions as tombstones (portal.md §1).
 * @param limit most records in the answer
 * @returns undefined when the cursor isn't of this generation: the desk has to start over
 */
export async function readChanges(
  db: Database,
  after: string,
  limit: number,
): Promise<ChangesPage | undefined> {
  const cursor = parseCursor(after)
  const workspace = await readWorkspace(db)
  if (!cursor || !isReachable(cursor, workspace)) return undefined
  // `records.version`, not `version`: that is the text of the answer, in which 1000 comes before 999.
  const { rows } = await db.execute<RecordRow>(sql`
    select kind, id, version::text as version, value from records
    where version > ${cursor.version} order by records.version limit ${limit + 1}`)
  const records = rows.slice(0, limit).map(wireRecord)
  const last = records.at(-1)?.version ?? cursor.version
  return {
    records,
    cursor: formatCursor(last, workspace),
    more: rows.length > limit,
  }
}
