import { HEARTBEAT_MS } from '#shared/portal/protocol'
import type { Lane, Scheduler } from './scheduler'

/** The portal's process, as the network sees it: whether it is there, and all its streams. */
export class PortalDoor {
  readonly lane: Lane
  readonly #open = new Set<SimulatedStream>()
  /** It is not there: connections are refused. */
  isDown = false
  /** Which run of it this is: what an earlier one was about to answer never arrives. */
  run = 0
  /** Nothing is said any more, and nothing is ended either. */
  isSilent = false
  /** Whether streams are offered at all. */
  isOffered = true

  constructor(lane: Lane) {
    this.lane = lane
  }

  add(stream: SimulatedStream): void {
    this.#open.add(stream)
  }
  remove(stream: SimulatedStream): void {
    this.#open.delete(stream)
  }
  say(text: string): void {
    if (!this.isSilent) for (const stream of this.#open) stream.say(text)
  }
  cut(): void {
    for (const stream of [...this.#open]) stream.cut()
  }

  /** Like kill -9: its connections are reset. What it had taken is in its database. */
  kill(): void {
    this.run += 1
    this.isDown = true
    this.cut()
  }
}

export type StreamParts = {
  readonly scheduler: Scheduler
  readonly lane: Lane
  readonly door: PortalDoor
  readonly signal: AbortSignal | undefined
}

/** One open event stream, as its reader sees it; pieces break in the middle of lines. */
export class SimulatedStream {
  readonly #parts: StreamParts
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #cancelHeartbeat = (): void => {}
  /** Nothing more is said on it. */
  #isOver = false
  /** Nobody reads it any more. */
  #isLeft = false

  constructor(parts: StreamParts) {
    this.#parts = parts
    parts.door.add(this)
    parts.signal?.addEventListener('abort', () => this.leave())
    this.#beat()
  }

  #beat(): void {
    const { scheduler, door } = this.#parts
    this.#cancelHeartbeat = scheduler.after(HEARTBEAT_MS, door.lane, () => {
      if (!door.isSilent) this.say(': heartbeat\n\n')
      if (!this.#isOver) this.#beat()
    })
  }

  say(text: string): void {
    if (this.#isOver) return
    const half = text.length >> 1
    for (const piece of [text.slice(0, half), text.slice(half)]) {
      this.#arrive((controller) => controller.enqueue(encoder.encode(piece)))
    }
  }

  cut(): void {
    this.#arrive((controller) => controller.error(new TypeError('network error')))
    this.#end()
  }

  /** Its reader is gone. */
  leave(): void {
    this.#isLeft = true
    this.#end()
  }

  #arrive(task: (controller: ReadableStreamDefaultController<Uint8Array>) => void): void {
    const { scheduler, lane } = this.#parts
    scheduler.push(lane, () => {
      if (!this.#isLeft && this.#controller) task(this.#controller)
    })
  }

  #end(): void {
    this.#isOver = true
    this.#cancelHeartbeat()
    this.#parts.door.remove(this)
  }

  get body(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller
      },
      cancel: () => this.leave(),
    })
  }
}

const encoder = new TextEncoder()
