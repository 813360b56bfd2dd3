import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

type RowSet<Row> = { readonly rows: Row[] }

/** What both drivers answer to plain SQL. */
interface RowsResult extends PgQueryResultHKT {
  readonly type: RowSet<this['row']>
}

/** The portal's database, or a transaction in it: PGlite or PostgreSQL, the same calls. */
export type Database = PgDatabase<RowsResult>

/** Channel on which a writer tells every portal node the version it has just committed. */
export const CHANGED_CHANNEL = 'portal_changed'

/** An open database. */
export type OpenDatabase = {
  readonly db: Database
  /** Calls `listener` after each commit of any node, perhaps also without a change. Gives its unsubscribe. */
  readonly onChanged: (listener: () => void) => () => void
  /** Whether commits of other nodes are heard of just now. */
  readonly isListening: () => boolean
  /** The connections of the pool; `waiting` calls want one. Undefined where there is no pool. */
  readonly pool?: () => { readonly total: number; readonly idle: number; readonly waiting: number }
  /** Runs work that no other node may do at the same time: preparing the schema. */
  readonly alone: (work: (db: Database) => Promise<void>) => Promise<void>
  readonly close: () => Promise<void>
}
