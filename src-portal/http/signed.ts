import { createMiddleware } from 'hono/factory'
import type { Agent } from '#shared/tickets/people'
import { agentOfToken } from '../access/tokens'
import type { Database } from '../db/database'
import { ProblemError } from './problem'

/** What a call knows once its token was found good. */
export type Signed = { Variables: { agent: Agent; token: string } }

/** The bearer token of an `Authorization` header; empty when there is none. */
export function bearerToken(header: string | undefined): string {
  return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? ''
}

/** Lets calls through whose token is good. @throws ProblemError 401 for others */
export function signed(db: Database) {
  return createMiddleware<Signed>(async (c, next) => {
    const token = bearerToken(c.req.header('authorization'))
    const agent = token === '' ? undefined : await agentOfToken(db, token)
    if (!agent) {
      const what =
        token === '' ? 'send "Authorization: Bearer TOKEN"' : 'this token is unknown or was revoked'
      throw new ProblemError('unauthorized', what, { field: 'authorization' })
    }
    c.set('agent', agent)
    c.set('token', token)
    await next()
  })
}
