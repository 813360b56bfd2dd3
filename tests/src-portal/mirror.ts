import { sql } from 'drizzle-orm'
import type { Database } from '../../src-portal/db/database'
import type { WireRecord } from '../../src-shared/portal/records'

/** What a desk keeps of the feed: each record at the newest version it was given. */
export class Mirror {
  readonly records = new Map<string, WireRecord>()

  take(records: readonly WireRecord[]): void {
    for (const record of records) {
      const key = `${record.kind} ${record.id}`
      const known = this.records.get(key)
      if (!known || known.version < record.version) this.records.set(key, record)
    }
  }

  /** `kind id version` of everything that isn't deleted. */
  get state(): string[] {
    return [...this.records.values()]
      .filter((record) => record.value !== undefined)
      .map(({ kind, id, version }) => `${kind} ${id} ${version}`)
      .sort()
  }
}

/** The same of the portal's database. */
export async function portalState(db: Database): Promise<string[]> {
  const { rows } = await db.execute<{ line: string }>(
    sql`select kind || ' ' || id || ' ' || version as line from records where value is not null`,
  )
  return rows.map((row) => row.line).sort()
}
