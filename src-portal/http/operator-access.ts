import { createHash, timingSafeEqual } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context } from 'hono'
import { ProblemError } from './problem'
import { bearerToken } from './signed'

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/** Compared by their hashes, so that neither length nor first letters show in the time it takes. */
function isSame(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(one), hash(other))
}

/** Whether the call comes from this machine itself, not through a proxy that runs on it. */
function isFromHere(c: Context): boolean {
  if (['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => c.req.header(name))) return false
  // Without a server around the application there is no connection to ask.
  if (!c.env || typeof c.env !== 'object' || !('incoming' in c.env)) return false
  return LOOPBACK.test(getConnInfo(c).remote.address ?? '')
}

/**
 * Lets through who runs the portal: with the operator's token if there is one, else from this machine only.
 * @throws ProblemError 401 or 403
 */
export function requireOperator(c: Context, operatorToken: string | undefined): void {
  if (operatorToken !== undefined) {
    if (isSame(bearerToken(c.req.header('authorization')), operatorToken)) return
    throw new ProblemError('unauthorized', 'send the token of PORTAL_METRICS_TOKEN', {
      field: 'authorization',
    })
  }
  if (isFromHere(c)) return
  throw new ProblemError(
    'forbidden',
    'only from the machine it runs on; for others start the portal with PORTAL_METRICS_TOKEN',
  )
}
