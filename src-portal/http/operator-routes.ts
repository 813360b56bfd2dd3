import { sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { PROTOCOL_VERSION } from '#shared/portal/protocol'
import type { OpenDatabase } from '../db/database'
import { type Logger, loggable } from '../log'
import { EXPOSITION_TYPE, exposition, type Metric } from '../metrics/exposition'
import { requireOperator } from './operator-access'
import { ProblemError } from './problem'

/** How long the database may take to say that it is there, in ms: whoever asks has a limit of their own. */
const ANSWER_MS = 2_000

type OperatorOptions = {
  readonly database: OpenDatabase
  readonly log: Logger
  readonly metrics: readonly Metric[]
  readonly operatorToken: string | undefined
  readonly isStopping: () => boolean
}

async function ask({ db }: OpenDatabase): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS)
  })
  await Promise.race([db.execute(sql`select 1`), late]).finally(() => clearTimeout(timer))
}

/**
 * For whoever runs the portal. `/healthz`: this process answers; restart it when not. `/readyz`: send it calls; not
 * while its database is away, which a restart would not mend, or while it stops. Neither tells about the workspace.
 */
export function operatorRoutes({ database, log, metrics, operatorToken, isStopping }: OperatorOptions): Hono {
  const app = new Hono()

  app.get('/healthz', (c) => c.json({ status: 'ok', product: 'meridian-portal', protocol: PROTOCOL_VERSION }))

  app.get('/readyz', async (c) => {
    if (isStopping()) throw new ProblemError('unavailable', 'the portal is stopping')
    try {
      await ask(database)
    } catch (error) {
      log.error(loggable(error), 'the database does not answer')
      throw new ProblemError('unavailable', 'the database does not answer')
    }
    // Desks of this node would hear of others' changes by polling only.
    if (!database.isListening()) throw new ProblemError('unavailable', 'does not hear of commits')
    return c.json({ status: 'ready' })
  })

  app.get('/metrics', (c) => {
    requireOperator(c, operatorToken)
    return c.body(exposition(metrics), 200, { 'content-type': EXPOSITION_TYPE })
  })

  return app
}
