import { HEARTBEAT_MS } from '#shared/portal/protocol'
import { waitAfterFailure } from '#shared/sync/backoff'
import type { EngineWorld } from './engine-world'
import { startLoop } from './loop'
import type { PortalClient } from './portal-client'
import type { ServerEvent } from './sse'
import { listen } from './stream'

/** A stream that ends sooner than this did not work, though it opened: it is tried again less and less often. */
const STEADY_MS = HEARTBEAT_MS

export type StreamLoopInput = {
  readonly world: EngineWorld
  readonly client: PortalClient
  readonly signal: AbortSignal
  /** Whether the portal is known to be there; while it isn't, the pull says when it is. */
  readonly isWanted: () => boolean
  readonly onOpen: () => void
  readonly onEvent: (event: ServerEvent) => void
  readonly onClosed: (wasOpen: boolean) => void
  readonly onUnauthorised: () => void
}

export type StreamLoop = {
  wake(): void
  /** Ends the stream that is open, if any: after a sleep it is dead and doesn't know it. */
  drop(): void
  stop(): Promise<void>
}

/** Keeps one stream open while it is wanted. */
export function startStreamLoop(input: StreamLoopInput): StreamLoop {
  const { world, client, signal, isWanted, onOpen, onEvent, onClosed, onUnauthorised } = input
  let failures = 0
  let abort = new AbortController()
  const drop = (): void => abort.abort()
  const loop = startLoop(world, async () => {
    if (signal.aborted || !isWanted()) return undefined
    abort = new AbortController()
    let openedAt: number | undefined
    signal.addEventListener('abort', drop)
    const end = await listen({
      world,
      client,
      signal: abort.signal,
      onOpen: () => {
        openedAt = world.now()
        onOpen()
      },
      onEvent,
    })
    signal.removeEventListener('abort', drop)
    onClosed(end.wasOpen)
    if (end.unauthorised) onUnauthorised()
    if (signal.aborted) return undefined
    const isSteady = openedAt !== undefined && world.now() - openedAt >= STEADY_MS
    failures = isSteady ? 1 : failures + 1
    return waitAfterFailure({ failures, random: world.random() })
  })
  return { ...loop, drop }
}
