import { type Context, Hono } from 'hono'
import { routePath } from 'hono/route'
import { commandBatchSchema, presenceSchema, type Session } from '#shared/portal/calls'
import { HEARTBEAT_MS, PROTOCOL_VERSION, SERVER_TIME_HEADER } from '#shared/portal/protocol'
import { formatInstant, type Instant } from '#shared/time/instant'
import { agentOfToken, deskOf } from '../access/tokens'
import { attachmentRoutes } from '../attachments/routes'
import { createCommandQueue } from '../commands/command-queue'
import type { OpenDatabase } from '../db/database'
import { isUnavailable } from '../db/unavailable'
import { readWorkspace } from '../db/workspace'
import { readBootstrap } from '../feed/bootstrap'
import { readChanges } from '../feed/changes'
import { parseCursor } from '../feed/cursor'
import { noticeCursorAhead } from '../feed/cursor-ahead'
import type { Pokes } from '../feed/pokes'
import { type Logger, loggable } from '../log'
import { createPortalMetrics } from '../metrics/portal-metrics'
import type { Presence } from '../presence/presence'
import { bounded } from './bounded'
import { createCallBudget } from './call-budget'
import { bootstrapQuery, changesQuery, decodeInput, readJson } from './decode'
import { defaultLimits, type Limits } from './limits'
import { createOpenStreams } from './open-streams'
import { openapi } from './openapi'
import { operatorRoutes } from './operator-routes'
import { ProblemError, problemResponse } from './problem'
import { type Signed, signed } from './signed'
import { eventStream } from './stream'

export type AppOptions = {
  readonly database: OpenDatabase
  readonly pokes: Pokes
  readonly presence: Presence
  readonly log: Logger
  /** The portal's clock. */
  readonly now?: () => Instant
  readonly heartbeatMs?: number
  /** Those that differ from the default. */
  readonly limits?: Partial<Limits>
  /** Who sends it may read `/metrics` from anywhere; without one it is for this machine only. */
  readonly operatorToken?: string | undefined
  /** How long answers to commands are kept, in ms (retention.ts). */
  readonly keptForMs?: number | undefined
  readonly isStopping?: () => boolean
}

/** Wire form of the answer to `GET /v1/session`. */
type WireSession = Omit<Session, 'serverTime'> & { readonly serverTime: string }

/** The route a call is counted under; paths that don't exist are one, however many are tried. */
function routeOf(c: Context): string {
  const route = routePath(c, -1)
  return route.includes('*') ? 'unmatched' : route
}

/** The calls of the portal (portal.md §1) as a web application, without a server around it. */
export function createApp({
  database,
  pokes,
  presence,
  log,
  now = Date.now,
  heartbeatMs = HEARTBEAT_MS,
  limits: wanted,
  operatorToken,
  keptForMs,
  isStopping = () => false,
}: AppOptions): Hono<Signed> {
  const { db } = database
  const limits = { ...defaultLimits, ...wanted }
  const budget = createCallBudget(limits)
  const queue = createCommandQueue(db, now, keptForMs)
  const streams = createOpenStreams({ total: limits.streams, perAgent: limits.streamsPerAgent })
  const metrics = createPortalMetrics({
    database,
    openStreams: streams.count,
    feedVersion: () => parseCursor(pokes.current())?.version ?? 0,
  })
  const app = new Hono<Signed>()

  app.use(async (c, next) => {
    const began = performance.now()
    await next()
    c.header(SERVER_TIME_HEADER, formatInstant(now()))
    c.header('cache-control', 'no-store')
    c.header('x-content-type-options', 'nosniff')
    const ms = performance.now() - began
    const route = routeOf(c)
    metrics.requests.add({ method: c.req.method, route, status: String(c.res.status) })
    metrics.durations.observe({ route }, ms / 1000)
    const level = c.res.status >= 500 ? 'error' : c.res.status >= 400 ? 'info' : 'debug'
    log[level]({
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      ms: Math.round(ms),
      agent: c.get('agent')?.id,
    })
  })

  app.onError((error, c) => {
    if (error instanceof ProblemError) return problemResponse(error)
    log.error({ method: c.req.method, path: c.req.path, ...loggable(error) }, 'call failed')
    if (isUnavailable(error)) {
      return problemResponse(new ProblemError('unavailable', 'the database is busy or away: try again'))
    }
    return problemResponse(new ProblemError('internal', 'see the log of the portal'))
  })
  app.notFound((c) => problemResponse(new ProblemError('not-found', `${c.req.method} ${c.req.path}`)))

  app.route('/', operatorRoutes({ database, log, metrics: metrics.all, operatorToken, isStopping }))
  app.get('/v1/openapi.json', (c) => c.json(openapi()))

  app.use('/v1/*', signed(db), bounded(budget, limits.callMs))

  app.get('/v1/session', async (c) => {
    const { id, name } = await readWorkspace(db)
    const session: WireSession = {
      product: 'meridian-portal',
      protocol: PROTOCOL_VERSION,
      workspace: { id, name },
      agent: c.get('agent'),
      serverTime: formatInstant(now()),
      features: ['stream', 'presence', 'attachments'],
    }
    return c.json(session)
  })

  app.get('/v1/bootstrap', async (c) => {
    const { after, limit } = decodeInput(bootstrapQuery, c.req.query())
    const page = await readBootstrap(db, after, limit)
    if (!page)
      throw new ProblemError(
        'cursor-too-old',
        'this page is of another database, or of before it was restored',
        { field: 'after' },
      )
    return c.json({ ...page, after })
  })

  app.get('/v1/changes', async (c) => {
    const { after, limit } = decodeInput(changesQuery, c.req.query())
    const page = await readChanges(db, after, limit)
    if (!page) {
      await noticeCursorAhead(db, after, log)
      throw new ProblemError(
        'cursor-too-old',
        'this cursor is of another database, or of before it was restored',
        { field: 'after' },
      )
    }
    return c.json({ ...page, after })
  })

  app.post('/v1/commands', async (c) => {
    const { commands } = decodeInput(commandBatchSchema, await readJson(c.req.raw))
    budget.charge(c.get('token'), commands.length - 1)
    const results = await queue.take(commands, c.get('agent'))
    for (const { outcome, duplicate } of results) {
      metrics.commands.add({ outcome: duplicate ? 'duplicate' : outcome })
    }
    return c.json({ results })
  })

  app.get('/v1/stream', (c) => {
    const { agent, token } = c.var
    if (!streams.hasRoom(agent.id)) throw new ProblemError('unavailable', 'too many streams: poll instead')
    const isStillAllowed = async () => (await agentOfToken(db, token))?.id === agent.id
    const onOpen = (end: () => void) => streams.add(agent.id, end)
    return eventStream({ pokes, presence, heartbeatMs, isStillAllowed, onOpen })
  })

  app.put('/v1/presence', async (c) => {
    const { ticketId, doing } = decodeInput(presenceSchema, await readJson(c.req.raw))
    const { agent, token } = c.var
    await presence.say({ desk: deskOf(token), agentId: agent.id, ticketId, doing })
    return c.body(null, 204)
  })

  app.route('/', attachmentRoutes(db, now))

  return app
}
