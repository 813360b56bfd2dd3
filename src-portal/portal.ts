import { KEPT_DAYS, keptMs } from './commands/retention'
import type { OpenDatabase } from './db/database'
import { startPruning } from './db/prune-commands'
import { createPokes } from './feed/pokes'
import { createApp } from './http/app'
import { defaultLimits, type Limits } from './http/limits'
import { listen } from './http/listen'
import type { Logger } from './log'
import { createPresence } from './presence/presence'

export type RunningPortal = {
  readonly url: string
  /** Ends streams, lets calls finish, closes the database. */
  readonly stop: () => Promise<void>
}

type PortalOptions = {
  readonly database: OpenDatabase
  readonly log: Logger
  readonly host: string
  readonly port: number
  /** Those that differ from the default. */
  readonly limits?: Partial<Limits>
  readonly operatorToken?: string | undefined
  /** How long answers to commands are kept, in ms. */
  readonly keptForMs?: number
}

/** Starts serving an open database; owns it from here on. */
export async function startPortal({
  database,
  log,
  host,
  port,
  limits = {},
  operatorToken,
  keptForMs = keptMs(KEPT_DAYS),
}: PortalOptions): Promise<RunningPortal> {
  const pokes = await createPokes(database, log)
  const presence = createPresence(database)
  let stopped: Promise<void> | undefined
  const app = createApp({
    database,
    pokes,
    presence,
    log,
    limits,
    operatorToken,
    keptForMs,
    isStopping: () => stopped !== undefined,
  })
  const { connections } = { ...defaultLimits, ...limits }
  const fetch = (request: Request, env: object) => app.fetch(request, env)
  const server = await listen({ fetch, host, port, connections }).catch(async (error: unknown) => {
    pokes.stop()
    presence.stop()
    await database.close()
    throw error
  })
  const pruning = startPruning(database.db, { keptForMs, now: Date.now, log })
  log.info({ url: server.url }, 'listening')
  const stop = async () => {
    // Streams first: they are the calls that would never finish.
    pokes.stop()
    presence.stop()
    await Promise.all([server.close(), pruning.stop()])
    await database.close()
    log.info('stopped')
  }
  return { url: server.url, stop: () => (stopped ??= stop()) }
}
