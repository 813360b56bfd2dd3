import { HEARTBEAT_MS } from '#shared/portal/protocol'
import type { EngineWorld } from './engine-world'
import { PORTAL, type PortalClient, PROFILE_HEADER } from './portal-client'
import { type ServerEvent, SseReader } from './sse'

/** Silent for longer than this, a stream is dead whatever it says. */
export const SILENCE_MS = 2 * HEARTBEAT_MS

export type StreamInput = {
  readonly world: EngineWorld
  readonly client: PortalClient
  readonly signal: AbortSignal
  readonly onOpen: () => void
  /** Something changed (`poke`: pull now), or somebody came or went. The stream is only a hint. */
  readonly onEvent: (event: ServerEvent) => void
}

export type StreamEnd = {
  /** Whether it had been open: a stream that worked is tried again sooner. */
  readonly wasOpen: boolean
  readonly unauthorised: boolean
}

/** Listens to the portal's stream until it ends, breaks, or falls silent. */
export async function listen({ world, client, signal, onOpen, onEvent }: StreamInput): Promise<StreamEnd> {
  const abort = new AbortController()
  const onStop = (): void => abort.abort()
  signal.addEventListener('abort', onStop)
  let cancelWatch = (): void => {}
  const watch = (): void => {
    cancelWatch()
    cancelWatch = world.after(SILENCE_MS, () => abort.abort())
  }
  let wasOpen = false
  try {
    watch()
    const sentAt = world.now()
    const response = await world.fetch(`${PORTAL}/stream`, {
      headers: { accept: 'text/event-stream', [PROFILE_HEADER]: client.profile },
      signal: abort.signal,
    })
    client.heard(response, sentAt)
    const type = response.headers.get('content-type') ?? ''
    if (!response.ok || !response.body || !type.includes('text/event-stream')) {
      abort.abort()
      return { wasOpen, unauthorised: response.status === 401 }
    }
    wasOpen = true
    onOpen()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    // Not every runtime's body ends when its request is aborted.
    abort.signal.addEventListener('abort', () => void reader.cancel().catch(() => {}))
    const events = new SseReader()
    for (;;) {
      watch()
      const { done, value } = await reader.read()
      if (done) break
      for (const event of events.push(value)) onEvent(event)
    }
    return { wasOpen, unauthorised: false }
  } catch {
    // Broken in whatever way: polling goes on meanwhile and the stream is tried again.
    return { wasOpen, unauthorised: false }
  } finally {
    cancelWatch()
    signal.removeEventListener('abort', onStop)
    abort.abort()
  }
}
