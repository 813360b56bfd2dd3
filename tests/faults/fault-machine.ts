import { randomFrom } from '../../src-portal/demo/random'
import type { EngineWorld } from '../../src-renderer/engine/engine-world'
import { turn, VirtualMachine } from '../src-renderer/engine/virtual-world'

/** A moment in which this many requests are made has no end: something asks again and again without waiting. */
const STORM = 400
const PATIENCE_MS = 20_000
/** So many turns of the event loop in which nothing is left for the next one: all is done that can be. */
const QUIET_TURNS = 8

/** A machine with a virtual clock and a real network: time goes on only when nothing is on its way. */
export class FaultMachine extends VirtualMachine {
  #open = 0
  #becoming: Promise<void> | undefined
  readonly #random: () => number
  /** By how much the desk's clock was set; timers run on regardless, as they do. */
  skewMs = 0
  /** How many requests wait for time to pass, and how many there have been. */
  traffic: () => { readonly held: number; readonly asked: number } = () => ({ held: 0, asked: 0 })

  /** @param seed of the waits of everything that runs here */
  constructor(seed: string) {
    super()
    this.#random = randomFrom(seed).next
  }

  override process(): EngineWorld & { kill(): void } {
    return {
      ...super.process(),
      now: () => this.now(),
      random: () => this.#random(),
      uuid: () => crypto.randomUUID(),
    }
  }

  /** What the desk's clock shows. */
  now(): number {
    return this.clock + this.skewMs
  }

  /** Node's fetch, counted until its answer is read; a stream only until it is open. */
  readonly fetchOut = async (url: string, init: RequestInit): Promise<Response> => {
    this.#open += 1
    let isOver = false
    const over = (): void => {
      if (!isOver) this.#open -= 1
      isOver = true
    }
    init.signal?.addEventListener('abort', over)
    try {
      const response = await fetch(url, init)
      if (!response.body || response.headers.get('content-type')?.includes('text/event-stream')) {
        over()
        return response
      }
      const { status, headers } = response
      return new Response(counted(response.body, over), { status, headers })
    } catch (error) {
      over()
      // Node wraps what the network says; Electron doesn't, and main reads the words.
      throw error instanceof Error && error.cause instanceof Error ? error.cause : error
    }
  }

  /** In-memory databases and messages between windows go on in the next turn of the event loop, and can be seen there. */
  #quiet(): Promise<void> {
    // Two that watch at once would each take the other for something that goes on.
    this.#becoming ??= this.#becomeQuiet().finally(() => {
      this.#becoming = undefined
    })
    return this.#becoming
  }

  async #becomeQuiet(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; ) {
      await turn()
      quiet = process.getActiveResourcesInfo().includes('Immediate') ? 0 : quiet + 1
    }
  }

  /** Lets everything that can happen without time passing happen. @throws Error when that never ends */
  override async settle(): Promise<void> {
    const begun = this.traffic().asked
    const giveUp = performance.now() + PATIENCE_MS
    for (;;) {
      const { held, asked } = this.traffic()
      if (asked - begun > STORM) throw new Error(`a storm: ${asked - begun} requests without any wait`)
      if (performance.now() > giveUp)
        throw new Error(`never quiet: ${this.#open} requests are open, ${held} held`)
      if (this.#open === held) {
        await this.#quiet()
        if (this.#open === this.traffic().held && asked === this.traffic().asked) return
      }
      await turn()
    }
  }
}

function counted(body: ReadableStream<Uint8Array>, over: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (done) {
          over()
          controller.close()
        } else controller.enqueue(value)
      } catch (error) {
        over()
        controller.error(error)
      }
    },
    cancel: (reason) => {
      over()
      return reader.cancel(reason)
    },
  })
}
