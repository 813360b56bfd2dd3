import type { Instant } from '#shared/time/instant'
import type { TextStorage } from './typed-text'

/** A channel between the windows of one profile; a message reaches every other holder of the name, not its sender. */
export type Channel<M> = {
  post(message: M): void
  listen(listener: (message: M) => void): void
  close(): void
}

/** Everything the store takes from its surroundings, handed in so that tests can hold the clock. */
export type World = {
  /** The desk's own clock, epoch ms. */
  now(): Instant
  /** In [0, 1). */
  random(): number
  uuid(): string
  /** Calls back after `ms`; returns its cancel. */
  after(ms: number, callback: () => void): () => void
  /** Comes when what was told to the views has had the chance to be painted; absent where nothing is. */
  nextPaint?(): Promise<void>
  channel<M>(name: string): Channel<M>
  readonly databases: { readonly factory: IDBFactory; readonly keyRange: typeof IDBKeyRange }
  /** Writes at once, even while the window closes. */
  readonly typed: TextStorage
}

/** A window that can't be seen paints nothing. */
const LONGEST_FRAME_MS = 250

/** The real surroundings of a window. */
export function windowWorld(): World {
  return {
    now: () => Date.now(),
    random: () => Math.random(),
    uuid: () => crypto.randomUUID(),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms)
      return () => clearTimeout(timer)
    },
    nextPaint: () =>
      new Promise((resolve) => {
        setTimeout(resolve, LONGEST_FRAME_MS)
        requestAnimationFrame(() => setTimeout(resolve))
      }),
    channel: <M>(name: string) => {
      const channel = new BroadcastChannel(name)
      return {
        post: (message: M) => channel.postMessage(message),
        listen: (listener: (message: M) => void) => {
          channel.onmessage = (event: MessageEvent<M>) => listener(event.data)
        },
        close: () => channel.close(),
      }
    },
    databases: { factory: indexedDB, keyRange: IDBKeyRange },
    typed: localStorage,
  }
}
