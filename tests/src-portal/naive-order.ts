import { type SQL, type SQLWrapper, sql } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Database } from '../../src-portal/db/database'

/** How a transaction gets its versions: from the row that every writer locks, or from a sequence as a bigserial does. */
export type Ordering = 'commit order' | 'naive'

/** Versions set aside for one transaction of a naive writer: more than any of these tests writes at once. */
const STEP = 100
const dialect = new PgDialect()

/** What naive writers take their versions from. */
export async function prepareNaive(db: Database): Promise<void> {
  await db.execute(sql.raw(`create sequence naive increment by ${STEP} start with ${100 * STEP}`))
}

/**
 * The database as the portal's own code sees it, with commits that take up to a few milliseconds, as they do on a
 * server with work to do. `naive` swaps the two statements that keep versions in commit order for a sequence; all the
 * rest is the portal's code as it is.
 */
export function withOrdering(db: Database, ordering: Ordering): Database {
  const execute = async (target: Database, query: SQLWrapper | string) => {
    const text = typeof query === 'string' ? query : dialect.sqlToQuery(query as SQL).sql
    const isNaive = ordering === 'naive'
    if (isNaive && text.endsWith('from workspace for update'))
      return target.execute(sql`select nextval('naive')::text as seq`)
    if (!text.startsWith('update workspace set seq')) return target.execute(query)
    await target.execute(sql`select pg_sleep(random() * 0.004)`)
    if (!isNaive) return target.execute(query)
    const [version] = dialect.sqlToQuery(query as SQL).params
    return target.execute(sql`
      update workspace set seq = greatest(seq, ${version}::bigint) returning pg_notify('portal_changed', '')`)
  }
  return new Proxy(db, {
    get: (target, key) => {
      if (key === 'execute') return (query: SQLWrapper | string) => execute(target, query)
      if (key === 'transaction') {
        return (work: (tx: Database) => Promise<unknown>) =>
          target.transaction((tx) => work(withOrdering(tx as unknown as Database, ordering)))
      }
      const value = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
