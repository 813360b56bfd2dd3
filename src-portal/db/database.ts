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

/** Channel on which nodes tell each other what is not stored. */
export const NEWS_CHANNEL = 'portal_news'

/** An open database. */
export type OpenDatabase = {
  readonly db: Database
  /**
   * What differs where this database was restored from a backup or copied (generation.ts); undefined where that can't
   * be known.
   */
  readonly origin?: string | undefined
  /** Calls `listener` after each commit of any node, perhaps also without a change. Gives its unsubscribe. */
  readonly onChanged: (listener: () => void) => () => void
  /** Tells every node of this database, this one too, what is not worth storing; at most some 7,000 bytes. */
  readonly announce: (news: string) => Promise<void>
  /** Calls `listener` with what any node announces. What was announced while not listening is lost. Gives its unsubscribe. */
  readonly onNews: (listener: (news: string) => void) => () => void
  /** Whether commits of other nodes are heard of just now. */
  readonly isListening: () => boolean
  /** The connections of the pool; `waiting` calls want one. Undefined where there is no pool. */
  readonly pool?: () => { readonly total: number; readonly idle: number; readonly waiting: number }
  /** Runs work that no other node may do at the same time: preparing the schema. */
  readonly alone: (work: (db: Database) => Promise<void>) => Promise<void>
  readonly close: () => Promise<void>
}
