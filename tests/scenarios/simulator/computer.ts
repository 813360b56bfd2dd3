import type { SignInState } from '#shared/ipc'
import type { Agent } from '#shared/tickets/people'
import { followSession } from '../../../src-renderer/engine/follow-session'
import type { DeskStore } from '../../../src-renderer/store/desk-store'
import { openDesk } from '../../../src-renderer/store/open-desk'
import type { TextStorage } from '../../../src-renderer/store/typed-text'
import { FakeMain } from '../../src-renderer/engine/fake-desk'
import { AppProcess } from './app-process'
import { Disk } from './disk'
import { Hub, Locks } from './hub-and-locks'
import { MainProcess, signedInAs } from './main-process'
import { Network } from './network'
import type { SimulatedPortal } from './portal'
import type { PortalDoor } from './portal-door'
import type { Random } from './random'
import type { Lane, Owner, Scheduler } from './scheduler'

export type ComputerParts = {
  readonly scheduler: Scheduler
  readonly random: Random
  readonly uuid: () => string
  readonly portal: SimulatedPortal
  readonly door: PortalDoor
  readonly portalClock: () => number
}

/** A window of the console. `store` is there once its databases are open. */
export type DeskWindow = { readonly process: AppProcess; store: DeskStore | undefined; problem?: unknown }

/** A page takes about this long to load. */
const PAGE_LOAD_MS = 150
/** About what main waits before it starts a dead engine again (src-main/restart-delay.ts). */
const RESTART_MS = 500
/** Main waits for an engine that stops no longer than this. */
const QUIT_MS = 3000

/** One person's computer: its disk, its clock, its network, and the app on it. */
export class Computer implements Owner {
  readonly parts: ComputerParts
  readonly agent: Agent
  readonly name: string
  readonly databaseLane: Lane
  readonly held = new Set<Lane>()
  isAsleep = false
  #sleptMs = 0
  /** Its clock minus true time, ms. */
  clockMs = 0
  disk = new Disk()
  /** What main keeps on the disk, and what it has shown. */
  readonly lasting = new FakeMain()
  readonly hub = new Hub()
  readonly locks = new Locks()
  readonly typed: TextStorage
  readonly network: Network
  readonly mainLane: Lane
  readonly #online = new Set<() => void>()
  main: MainProcess | undefined
  engine: AppProcess | undefined
  #stopEngine: (() => Promise<void>) | undefined
  windows: DeskWindow[] = []
  #wantedWindows = 0

  constructor(parts: ComputerParts, agent: Agent) {
    this.parts = parts
    this.agent = agent
    this.lasting.state = signedInAs(agent)
    this.name = agent.id
    const { scheduler, random, portal, door, portalClock } = parts
    this.databaseLane = scheduler.lane(`${this.name} databases`, this)
    this.mainLane = scheduler.lane(`${this.name} main`, this)
    this.network = new Network({ scheduler, random, portal, door, portalClock, agent, owner: this })
    this.typed = textStorage()
  }

  get profile(): string {
    return signedInAs(this.agent).profile
  }
  get isRunning(): boolean {
    return this.main !== undefined
  }

  clock(): number {
    return this.parts.scheduler.now + this.clockMs
  }

  /** Time it was awake, ms. */
  uptime(): number {
    return this.parts.scheduler.now - this.#sleptMs
  }

  onOnline(listener: () => void, process: AppProcess): () => void {
    this.#online.add(listener)
    const off = (): void => void this.#online.delete(listener)
    process.onDeath(off)
    return off
  }

  /** The network came back, and the operating system says so. */
  online(): void {
    for (const listener of [...this.#online]) listener()
  }

  /** Does something to this computer, as an event in its course. */
  event(what: () => void): void {
    this.parts.scheduler.push(this.mainLane, what)
  }

  startApp(windows: number): void {
    const { scheduler } = this.parts
    this.#wantedWindows = windows
    this.main = new MainProcess({
      scheduler,
      lane: this.mainLane,
      lasting: this.lasting,
      agent: this.agent,
      now: () => this.clock(),
      isEngineThere: () => this.engine?.isAlive === true,
      askPortal: () => this.#askPortal(),
      reloadEngine: () => this.#restartEngine(PAGE_LOAD_MS),
      onSession: (state) => this.#onSession(state),
    })
    this.#startEngine()
    if (this.lasting.state.kind === 'signed-in') for (let n = 0; n < windows; n += 1) this.openWindow()
  }

  #startEngine(): void {
    const { main } = this
    if (!main) return
    const engine = new AppProcess(this, 'engine')
    this.engine = engine
    engine.deliver('ipc', () => {
      const { stop } = followSession(main.deskOf(engine), engine.world())
      this.#stopEngine = stop
    })
  }

  openWindow(): void {
    const { main } = this
    if (!main) return
    const process = new AppProcess(this, `window ${this.windows.length}`)
    const window: DeskWindow = { process, store: undefined }
    this.windows.push(window)
    process
      .do(() => openDesk(this.profile, this.agent, main.deskOf(process), process.world()))
      .then(
        (store) => {
          window.store = store
        },
        (problem: unknown) => {
          window.problem = problem
        },
      )
  }

  /** Windows that could not open are opened again. */
  openAgain(): void {
    const failed = this.windows.filter(({ problem }) => problem !== undefined)
    for (const { process } of failed) process.kill()
    this.windows = this.windows.filter((window) => !failed.includes(window))
    for (const _ of failed) this.openWindow()
  }

  #onSession(state: SignInState): void {
    if (state.kind === 'signed-out') {
      for (const window of this.windows) this.#close(window)
      this.windows = []
    } else for (let n = this.windows.length; n < this.#wantedWindows; n += 1) this.openWindow()
  }

  /** Does something once no process holds the databases any more. */
  whenReleased(then: () => void): void {
    this.event(() => {
      if (this.disk.isInUse) this.whenReleased(then)
      else then()
    })
  }

  /** The person closes a window; the app goes on. */
  #close(window: DeskWindow): void {
    window.process.deliver('ipc', () => {
      window.store?.close()
      window.process.kill()
    })
  }

  killEngine(): void {
    this.#restartEngine(RESTART_MS)
  }

  #restartEngine(afterMs: number): void {
    const { main } = this
    this.engine?.kill()
    this.parts.scheduler.after(afterMs, this.mainLane, () => {
      if (this.main === main && this.engine?.isAlive === false) this.#startEngine()
    })
  }

  killWindow(which: number): void {
    const window = this.windows[which % Math.max(1, this.windows.length)]
    if (!window) return
    window.process.kill()
    this.windows = this.windows.filter((other) => other !== window)
  }

  /** kill -9 of everything. */
  killApp(): void {
    this.main?.kill()
    this.main = undefined
    this.engine?.kill()
    for (const { process } of this.windows) process.kill()
    this.windows = []
  }

  /** The person quits the app; an engine that does not stop holds it up only so long. @param then once it has gone */
  quit(then: () => void): void {
    const { main, engine } = this
    const gone = (): void => {
      if (!main || this.main !== main) return
      this.killApp()
      then()
    }
    for (const window of this.windows) this.#close(window)
    this.windows = []
    if (engine?.isAlive && this.#stopEngine) void engine.do(this.#stopEngine).then(gone)
    this.parts.scheduler.after(QUIT_MS, this.mainLane, gone)
  }

  /** The person signs in again, if need be. */
  signIn(): void {
    if (this.lasting.state.kind === 'signed-in') return
    if (this.main) this.main.signIn(true)
    else this.lasting.state = signedInAs(this.agent)
  }

  sleep(): void {
    this.network.fallAsleep()
    this.parts.scheduler.sleep(this)
  }

  wake(sleptMs: number): void {
    this.#sleptMs += sleptMs
    this.parts.scheduler.wake(this, sleptMs)
    this.event(() => this.main?.woke())
  }

  /** As main does with a token that was refused: the portal's own word counts. */
  async #askPortal(): Promise<boolean | undefined> {
    const caller = { isAlive: true, onDeath: () => {} }
    try {
      const { status } = await this.network.fetch('portal://api/v1/session', {}, caller)
      if (status === 401 || status === 403) return false
      return status === 200 ? true : undefined
    } catch {
      return undefined
    }
  }
}

/** What a window's `localStorage` does. */
function textStorage(): TextStorage {
  const texts = new Map<string, string>()
  return {
    get length() {
      return texts.size
    },
    key: (n) => [...texts.keys()][n] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, value) => void texts.set(key, value),
    removeItem: (key) => void texts.delete(key),
  }
}
