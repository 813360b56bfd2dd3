import { IDBKeyRange } from 'fake-indexeddb'
import type { EngineWorld } from '../../../src-renderer/engine/engine-world'
import type { Channel } from '../../../src-renderer/store/world'
import type { Computer } from './computer'
import type { DatabasesOfProcess } from './disk'
import type { Lane } from './scheduler'

type Way = 'ipc' | 'channel' | 'timer' | 'toMain'

/** One process of the app: the engine's, or a window's. Its surroundings end with it. */
export class AppProcess {
  readonly #computer: Computer
  readonly #lanes: Readonly<Record<Way, Lane>>
  readonly #databases: DatabasesOfProcess
  readonly #deaths: (() => void)[] = []
  isAlive = true

  constructor(computer: Computer, name: string) {
    this.#computer = computer
    const { scheduler } = computer.parts
    const lane = (way: string): Lane => scheduler.lane(`${computer.name} ${name} ${way}`, computer)
    this.#lanes = {
      ipc: lane('ipc'),
      channel: lane('channel'),
      timer: lane('timer'),
      toMain: lane('to main'),
    }
    this.#databases = computer.disk.forProcess()
  }

  get lanes(): readonly Lane[] {
    return Object.values(this.#lanes)
  }

  /** Runs `task` in this process, as an event of its own. */
  deliver(way: Way, task: () => void): void {
    this.#computer.parts.scheduler.push(this.#lanes[way], () => {
      if (this.isAlive) task()
    })
  }

  /** Does something in this process and gives its outcome; never, when it dies before. */
  do<T>(work: () => Promise<T> | T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.deliver('ipc', () => {
        Promise.resolve().then(work).then(resolve, reject)
      })
    })
  }

  /** A call of main: there, and back. */
  askMain<T>(answer: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (!this.isAlive) return
      this.#computer.parts.scheduler.push(this.#lanes.toMain, () => {
        answer().then(
          (value) => this.deliver('ipc', () => resolve(value)),
          (error: unknown) => this.deliver('ipc', () => reject(error)),
        )
      })
    })
  }

  onDeath(then: () => void): void {
    this.#deaths.push(then)
  }

  /** Like kill -9: it goes no further. What it has sent to main may still arrive. */
  kill(): void {
    if (!this.isAlive) return
    this.isAlive = false
    const { scheduler, random } = this.#computer.parts
    for (const die of this.#deaths) die()
    const { toMain } = this.#lanes
    toMain.tasks.length = random.below(toMain.tasks.length + 1)
    scheduler.drop(new Set(this.lanes.filter((lane) => lane !== toMain)))
    this.#databases.kill(random)
  }

  world(): EngineWorld {
    const { parts, locks, hub, typed } = this.#computer
    const { scheduler, random } = parts
    return {
      now: () => this.#computer.clock(),
      random: () => random.next(),
      uuid: () => parts.uuid(),
      after: (ms, callback) =>
        this.isAlive
          ? scheduler.after(ms, this.#lanes.timer, () => {
              if (this.isAlive) callback()
            })
          : () => {},
      channel: <M>(name: string): Channel<M> => hub.join<M>(name, this),
      databases: { factory: this.#databases.factory, keyRange: IDBKeyRange },
      typed,
      fetch: (url, init = {}) =>
        this.isAlive ? this.#computer.network.fetch(url, init, this) : new Promise<never>(() => {}),
      lock: (name, signal) => locks.request(name, this, signal),
      uptime: () => this.#computer.uptime(),
      zone: () => 'Europe/London',
      onOnline: (listener) => this.#computer.onOnline(() => this.deliver('ipc', listener), this),
    }
  }
}
