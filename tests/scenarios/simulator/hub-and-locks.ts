import type { Channel } from '../../../src-renderer/store/world'
import type { AppProcess } from './app-process'

type Member = { readonly process: AppProcess; listener: ((message: unknown) => void) | undefined }

/** BroadcastChannel between the processes of one computer. */
export class Hub {
  readonly #channels = new Map<string, Set<Member>>()

  join<M>(name: string, process: AppProcess): Channel<M> {
    const member: Member = { process, listener: undefined }
    const members = this.#channels.get(name) ?? new Set()
    this.#channels.set(name, members)
    members.add(member)
    const leave = (): void => void members.delete(member)
    process.onDeath(leave)
    return {
      post: (message) => {
        if (!process.isAlive || !members.has(member)) return
        const copy = structuredClone(message)
        for (const other of members) {
          if (other === member) continue
          other.process.deliver('channel', () => members.has(other) && other.listener?.(copy))
        }
      },
      listen: (listener) => {
        member.listener = listener as (message: unknown) => void
      },
      close: leave,
    }
  }
}

/** Web Locks of one computer: exclusive, first come, first served; a dead holder's lock is free. */
export class Locks {
  readonly #queues = new Map<string, (() => void)[]>()
  readonly #held = new Set<string>()

  request(name: string, process: AppProcess, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(name) ?? []
      this.#queues.set(name, queue)
      let released = false
      const release = (): void => {
        if (released) return
        released = true
        this.#held.delete(name)
        this.#next(name)
      }
      const grant = (): void => {
        this.#held.add(name)
        process.onDeath(release)
        process.deliver('ipc', () => resolve(release))
      }
      const giveUp = (): void => {
        const place = queue.indexOf(grant)
        if (place !== -1) queue.splice(place, 1)
      }
      signal.addEventListener('abort', () => {
        giveUp()
        reject(new DOMException('aborted', 'AbortError'))
      })
      process.onDeath(giveUp)
      queue.push(grant)
      if (!this.#held.has(name)) this.#next(name)
    })
  }

  #next(name: string): void {
    this.#queues.get(name)?.shift()?.()
  }
}
