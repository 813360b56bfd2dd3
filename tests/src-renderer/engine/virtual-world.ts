import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import type { EngineWorld } from '../../../src-renderer/engine/engine-world'
import type { Channel } from '../../../src-renderer/store/world'
import { T0 } from '../../src-shared/tickets/samples'

type Timer = { at: number; callback: () => void }

/** Turns of the real event loop that let in-memory databases and promises come to rest. */
const TURNS = 150

export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A machine that does other things besides is slow; what never comes is told before the test is ended. */
const GIVE_UP_MS = 45_000

/** Waits for a state, never for a time; fails with `what` if it doesn't come. */
export async function until(what: string, condition: () => unknown): Promise<void> {
  const giveUp = performance.now() + GIVE_UP_MS
  for (;;) {
    if (await condition()) return
    if (performance.now() > giveUp) throw new Error(`never happened: ${what}`)
    await turn()
  }
}

/** A machine whose clock, network and disk the test holds; it outlives the processes that run on it. */
export class VirtualMachine {
  clock = T0
  /** What the network does; replaced by the portal of the test. */
  network: (url: string, init: RequestInit) => Promise<Response> = () =>
    Promise.reject(new TypeError('no network'))
  readonly factory = new IDBFactory()
  #timers = new Set<Timer>()
  #hub = new Map<string, Set<{ listeners: ((message: unknown) => void)[] }>>()
  #locks = new Map<string, Promise<void>>()
  #online = new Set<() => void>()
  #ids = 0
  #typed = new Map<string, string>()
  random = 0.5
  /** Goes on as the processes do: not in sleep, and not when somebody sets the clock. */
  #uptime = 0
  zone = 'UTC'

  /** The surroundings of one process. `kill` takes its timers, channels and requests away, like kill -9. */
  process(): EngineWorld & { kill(): void } {
    let alive = true
    const mine = new Set<Timer>()
    const channels = new Set<Channel<never>>()
    return {
      now: () => this.clock,
      random: () => this.random,
      uuid: () => {
        this.#ids += 1
        return `10000000-0000-4000-8000-${String(this.#ids).padStart(12, '0')}`
      },
      after: (ms, callback) => {
        const timer = { at: this.clock + ms, callback }
        if (alive) {
          this.#timers.add(timer)
          mine.add(timer)
        }
        return () => this.#timers.delete(timer)
      },
      channel: <M>(name: string): Channel<M> => {
        const member = { listeners: [] as ((message: unknown) => void)[] }
        const members = this.#hub.get(name) ?? new Set()
        members.add(member)
        this.#hub.set(name, members)
        const channel: Channel<M> = {
          post: (message) => {
            if (!alive || !members.has(member)) return
            const copy = structuredClone(message)
            for (const other of members) {
              if (other !== member) setImmediate(() => members.has(other) && other.listeners.at(-1)?.(copy))
            }
          },
          listen: (listener) => {
            member.listeners = [listener as (message: unknown) => void]
          },
          close: () => {
            members.delete(member)
          },
        }
        channels.add(channel as Channel<never>)
        return channel
      },
      databases: { factory: this.factory, keyRange: IDBKeyRange },
      typed: storageOf(this.#typed),
      fetch: async (url, init = {}) => {
        const { signal } = init
        const gone = new Promise<never>((_, reject) => {
          signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
        })
        gone.catch(() => {})
        const never = new Promise<never>(() => {})
        if (!alive) return never
        const response = await Promise.race([this.network(url, init), gone])
        return alive ? response : never
      },
      lock: async (name) => {
        await this.#locks.get(name)
        let release = (): void => {}
        this.#locks.set(
          name,
          new Promise((resolve) => {
            release = resolve
          }),
        )
        return release
      },
      uptime: () => this.#uptime,
      zone: () => this.zone,
      onOnline: (listener) => {
        this.#online.add(listener)
        return () => this.#online.delete(listener)
      },
      kill: () => {
        alive = false
        for (const timer of mine) this.#timers.delete(timer)
        for (const channel of channels) channel.close()
        this.#locks.clear()
      },
    }
  }

  online(): void {
    for (const listener of [...this.#online]) listener()
  }

  /** Lets everything that can happen now happen. */
  async settle(): Promise<void> {
    for (let count = 0; count < TURNS; count += 1) await turn()
  }

  /** Moves the clock, stopping at every timer on the way. */
  async advance(ms: number): Promise<void> {
    const end = this.clock + ms
    await this.settle()
    for (;;) {
      const [next] = [...this.#timers].sort((a, b) => a.at - b.at)
      if (!next || next.at > end) break
      this.#timers.delete(next)
      this.#goOnTo(Math.max(this.clock, next.at))
      next.callback()
      await this.settle()
    }
    this.#goOnTo(end)
    await this.settle()
  }

  #goOnTo(at: number): void {
    this.#uptime += at - this.clock
    this.clock = at
  }

  /** The machine sleeps: time passes and no timer fires before it is over. */
  sleep(ms: number): void {
    this.clock += ms
  }
}

function storageOf(texts: Map<string, string>): EngineWorld['typed'] {
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, value) => void texts.set(key, value),
    removeItem: (key) => void texts.delete(key),
    key: (index) => [...texts.keys()][index] ?? null,
    get length() {
      return texts.size
    },
  }
}
