import { sql } from 'drizzle-orm'
import type { Database } from '../../../src-portal/db/database'

const TABLES = ['workspace', 'records', 'commands', 'tokens']

/**
 * Keeps what a database holds now and gives what puts it back, in place: as loading a dump into the same database does,
 * which leaves no trace of where it lies.
 */
export async function backup(db: Database): Promise<() => Promise<void>> {
  for (const table of TABLES) {
    await db.execute(sql.raw(`drop table if exists kept_${table}`))
    await db.execute(sql.raw(`create table kept_${table} as table ${table}`))
  }
  return () =>
    db.transaction(async (tx) => {
      for (const table of TABLES) {
        await tx.execute(sql.raw(`delete from ${table}`))
        await tx.execute(sql.raw(`insert into ${table} table kept_${table}`))
      }
    })
}
