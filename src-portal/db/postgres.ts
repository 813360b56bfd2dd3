import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Logger } from '../log'
import { PortalError } from '../portal-error'
import { CHANGED_CHANNEL, type Database, NEWS_CHANNEL, type OpenDatabase } from './database'
import { originOrNothing } from './generation'

/** How long to wait before listening again after the connection was lost, in ms. */
const RELISTEN_MS = 2_000
/**
 * How long a statement may take, waiting for its locks included, in ms: under a call's own limit, so that what a call
 * gave up on does not go on for long.
 */
const STATEMENT_MS = 20_000
/** Key of the advisory lock under which one node at a time prepares the schema. */
const MIGRATION_LOCK = 7_305_118

/**
 * A dump that is loaded makes another database, a recovered server begins another timeline, and so does one that took
 * over from another, which may not have had the last commits.
 */
const ORIGIN = `
  select concat_ws('.', s.system_identifier, c.timeline_id, d.oid) as origin
  from pg_control_system() s, pg_control_checkpoint() c, pg_database d where d.datname = current_database()`

/** The address without its password, for messages. */
export function withoutPassword(url: string): string {
  try {
    const { host, pathname } = new URL(url)
    return `${host}${pathname}`
  } catch {
    return 'DATABASE_URL'
  }
}

/**
 * Opens a PostgreSQL server. One connection of its own listens for commits of every node; when it breaks it is made
 * again, and listeners are called once, since something may have been missed.
 * @throws PortalError when the server can't be reached or refuses the sign-in
 */
export async function openPostgres(
  url: string,
  log: Logger,
  statementMs = STATEMENT_MS,
): Promise<OpenDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    statement_timeout: statementMs,
    // A node that froze inside a transaction must not keep the lock that every writer needs.
    idle_in_transaction_session_timeout: statementMs,
  })
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => log.warn({ error: error.message }, 'a database connection was lost'))
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const newsListeners = new Set<(news: string) => void>()
  const hear = ({ channel, payload = '' }: pg.Notification) => {
    if (channel === CHANGED_CHANNEL) tell()
    else for (const listener of newsListeners) listener(payload)
  }
  let closed = false
  let ear: pg.Client | undefined
  let again: NodeJS.Timeout | undefined

  const listen = async () => {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
    client.on('notification', hear)
    client.on('error', (error) => log.warn({ error: error.message }, 'stopped hearing of commits'))
    await client.connect()
    client.on('end', () => {
      ear = undefined
      if (!closed) again = setTimeout(relisten, RELISTEN_MS)
    })
    await client.query(`listen ${CHANGED_CHANNEL}; listen ${NEWS_CHANNEL}`)
    ear = client
  }
  const relisten = () => {
    listen().then(tell, (error: Error) => {
      log.warn({ error: error.message }, 'can not hear of commits')
      if (!closed) again = setTimeout(relisten, RELISTEN_MS)
    })
  }

  try {
    await listen()
  } catch (error) {
    closed = true
    await pool.end()
    throw new PortalError(
      `The database ${withoutPassword(url)} can't be used: ${error instanceof Error ? error.message : String(error)}. ` +
        'Check DATABASE_URL (postgres://USER:PASSWORD@HOST:PORT/NAME) and that the server runs.',
      { cause: error },
    )
  }
  const origin = await originOrNothing(async () => {
    const { rows } = await pool.query<{ origin: string }>(ORIGIN)
    return `server ${rows[0]?.origin}`
  }, log)
  return {
    db: drizzle(pool) as Database,
    origin,
    announce: async (news) => {
      await pool.query('select pg_notify($1, $2)', [NEWS_CHANNEL, news])
    },
    onNews: (listener) => {
      newsListeners.add(listener)
      return () => newsListeners.delete(listener)
    },
    isListening: () => ear !== undefined,
    pool: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
    alone: async (work) => {
      const client = await pool.connect()
      try {
        // Building an index takes as long as it takes, and the other nodes wait.
        await client.query('set statement_timeout = 0; set idle_in_transaction_session_timeout = 0')
        await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
        await work(drizzle(client) as unknown as Database)
      } finally {
        await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined)
        // Not for reuse: it has no time limits.
        client.release(true)
      }
    },
    onChanged: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      closed = true
      clearTimeout(again)
      await ear?.end()
      await pool.end()
    },
  }
}
