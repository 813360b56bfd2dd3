import type { Pokes } from '../feed/pokes'

type StreamOptions = {
  readonly pokes: Pokes
  readonly heartbeatMs: number
  /** Asked at each heartbeat: a revoked token ends its stream. */
  readonly isStillAllowed: () => Promise<boolean>
  /** Counts the stream in, with what ends it; gives what counts it out. */
  readonly onOpen: (end: () => void) => () => void
}

const encoder = new TextEncoder()

function event(name: string, data: unknown): Uint8Array {
  return encoder.encode(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
}

/**
 * Server-Sent Events: `poke {cursor}` at once and whenever something changed, `heartbeat` in between. A desk that
 * reads slowly gets only the newest cursor: what it missed is in the feed anyway.
 */
export function eventStream({ pokes, heartbeatMs, isStillAllowed, onOpen }: StreamOptions): Response {
  /** A cursor that the desk was too slow to be told. */
  let waiting: string | undefined
  let ended = false
  let stop = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const hasRoom = () => (controller.desiredSize ?? 0) > 0
      const poke = (cursor: string) => {
        if (hasRoom()) controller.enqueue(event('poke', { cursor }))
        else waiting = cursor
      }
      const end = () => {
        if (ended) return
        stop()
        controller.close()
      }
      const beat = setInterval(async () => {
        // A database that can't be asked is no reason to send a desk away.
        if (!(await isStillAllowed().catch(() => true))) end()
        else if (!ended && hasRoom()) controller.enqueue(event('heartbeat', {}))
      }, heartbeatMs)
      const unsubscribe = pokes.subscribe(poke, end)
      const countOut = onOpen(end)
      stop = () => {
        ended = true
        clearInterval(beat)
        unsubscribe()
        countOut()
      }
      poke(pokes.current())
    },
    pull(controller) {
      if (waiting === undefined) return
      controller.enqueue(event('poke', { cursor: waiting }))
      waiting = undefined
    },
    cancel: () => stop(),
  })
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
  })
}
