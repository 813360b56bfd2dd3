import type { PresenceEvent } from '#shared/portal/calls'
import type { Pokes } from '../feed/pokes'
import type { Presence } from '../presence/presence'

type StreamOptions = {
  readonly pokes: Pokes
  readonly presence: Presence
  readonly heartbeatMs: number
  /** Asked at each heartbeat: a revoked token ends its stream. */
  readonly isStillAllowed: () => Promise<boolean>
  /** Counts the stream in, with what ends it; gives what counts it out. */
  readonly onOpen: (end: () => void) => () => void
}

/** A desk so slow that more than this waits for it starts over, and is told all that is then so. */
const MOST_WAITING = 1_000

const encoder = new TextEncoder()

function event(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}

/**
 * Server-Sent Events: `poke {cursor}` at once and whenever something changed, `presence` for each ticket that somebody
 * is at and whenever that changes, `heartbeat` in between. A desk that reads slowly gets only the newest of each: what
 * it missed is in the feed anyway, or over.
 */
export function eventStream({
  pokes,
  presence,
  heartbeatMs,
  isStillAllowed,
  onOpen,
}: StreamOptions): Response {
  /** What the desk was too slow to be told, by what a newer one replaces. */
  const waiting = new Map<string, string>()
  let ended = false
  let stop = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const hasRoom = () => (controller.desiredSize ?? 0) > 0
      const send = (key: string, text: string) => {
        if (hasRoom()) controller.enqueue(encoder.encode(text))
        else waiting.set(key, text)
        if (waiting.size > MOST_WAITING) end()
      }
      const poke = (cursor: string) => send('poke', event('poke', { cursor }))
      const tell = (seen: PresenceEvent) => send(`presence ${seen.ticketId}`, event('presence', seen))
      const end = () => {
        if (ended) return
        stop()
        controller.close()
      }
      const beat = setInterval(async () => {
        // A database that can't be asked is no reason to send a desk away.
        if (!(await isStillAllowed().catch(() => true))) end()
        else if (!ended && hasRoom()) controller.enqueue(encoder.encode(event('heartbeat', {})))
      }, heartbeatMs)
      const unsubscribe = [pokes.subscribe(poke, end), presence.subscribe(tell), onOpen(() => end())]
      stop = () => {
        ended = true
        clearInterval(beat)
        for (const each of unsubscribe) each()
      }
      poke(pokes.current())
      for (const seen of presence.current()) tell(seen)
    },
    pull(controller) {
      if (waiting.size === 0) return
      controller.enqueue(encoder.encode([...waiting.values()].join('')))
      waiting.clear()
    },
    cancel: () => stop(),
  })
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
  })
}
