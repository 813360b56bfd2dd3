import { type World, windowWorld } from '../store/world'

/** What the engine needs beyond a window's surroundings. */
export type EngineWorld = World & {
  fetch(url: string, init?: RequestInit): Promise<Response>
  /** Waits for the lock of this name, held until released; gives up when `signal` aborts. */
  lock(name: string, signal: AbortSignal): Promise<() => void>
  /** Milliseconds since some moment of this process, whatever is done to the clock; stands still in sleep on some systems. */
  uptime(): number
  /** The person's own time zone, such as `Europe/Berlin`. */
  zone(): string
  /** Calls back whenever the network comes back; returns its unsubscribe. */
  onOnline(listener: () => void): () => void
}

/** The real surroundings of the hidden window. */
export function hiddenWindowWorld(): EngineWorld {
  return {
    ...windowWorld(),
    fetch: (url, init) => fetch(url, init),
    lock: (name, signal) =>
      new Promise((resolve, reject) => {
        navigator.locks
          .request(name, { signal }, () => new Promise<void>((release) => resolve(release)))
          .catch(reject)
      }),
    uptime: () => performance.now(),
    zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    onOnline: (listener) => {
      addEventListener('online', listener)
      return () => removeEventListener('online', listener)
    },
  }
}
