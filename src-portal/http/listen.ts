import { once } from 'node:events'
import { Server } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { PortalError } from '../portal-error'

type ListenOptions = {
  /** `env` is the adapter's: the connection a request came on. */
  readonly fetch: (request: Request, env: object) => Response | Promise<Response>
  readonly host: string
  /** 0 for any free one. */
  readonly port: number
  /** Connections taken at once; more are closed as they come. */
  readonly connections: number
}

export type Listening = {
  readonly url: string
  /** Takes no more calls, lets those that run finish, and resolves when the last connection is closed. */
  readonly close: () => Promise<void>
}

/** How long calls may finish after a stop, in ms. */
const GRACE_MS = 3_000
/** A connection on which nothing moves for this long during a call is cut: its reader is gone or stuck. */
const STALLED_MS = 120_000

function explain(error: unknown, host: string, port: number): PortalError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const reasons: Record<string, string> = {
    EADDRINUSE: 'another program listens there: stop it or choose another port (--port)',
    EACCES: 'it is not allowed: choose a port of 1024 or more (--port)',
    EADDRNOTAVAIL: 'this machine has no such address: choose another (--host)',
    ENOTFOUND: 'there is no such host: choose another (--host)',
  }
  const reason = reasons[String(code)] ?? (error instanceof Error ? error.message : String(error))
  return new PortalError(`Can't listen on ${host}:${port}: ${reason}.`, { cause: error })
}

/** Serves an application over plain HTTP. @throws PortalError when the address can't be had */
export async function listen({ fetch, host, port, connections }: ListenOptions): Promise<Listening> {
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: false })
  if (!(server instanceof Server)) throw new Error('not an HTTP/1.1 server')
  server.maxConnections = connections
  server.headersTimeout = 10_000
  server.requestTimeout = 60_000
  server.timeout = STALLED_MS
  // Longer than any client keeps an idle connection, so that none is closed under a request that is on its way.
  server.keepAliveTimeout = 75_000
  server.listen(port, host)
  await once(server, 'listening').catch((error: unknown) => {
    throw explain(error, host, port)
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  const shown = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return {
    url: `http://${shown}:${address.port}`,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      // A connection whose last call has just ended is idle, not closed; Node 18 leaves it open.
      const sweep = setInterval(() => server.closeIdleConnections(), 20)
      const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS)
      await closed
      clearInterval(sweep)
      clearTimeout(cut)
    },
  }
}
