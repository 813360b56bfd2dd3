import { vi } from 'vitest'
import { recordKinds } from '#shared/portal/records'
import { portalScheme } from '../../src-main/portal-scheme'
import { type SignIn, signIn } from '../../src-main/sign-in'
import { followSession } from '../../src-renderer/engine/follow-session'
import type { CommandDraft, DeskStore } from '../../src-renderer/store/desk-store'
import { MirrorDb } from '../../src-renderer/store/mirror-db'
import { openDesk } from '../../src-renderer/store/open-desk'
import { lena, T0 } from '../src-portal/fixture'
import { FakeMain } from '../src-renderer/engine/fake-desk'
import type { What } from '../src-shared/tickets/samples'
import { FaultMachine } from './fault-machine'
import { FaultProxy } from './fault-proxy'
import { fillDisk } from './full-disk'
import type { SharedPortal } from './shared-portal'

/** A stream is told that its portal lives this often. */
const HEARTBEAT_MS = 10_000
const STEP_MS = 500
/** Timers of a page that is hidden for long come this rarely. */
const HIDDEN_TIMER_MS = 60_000

type Running = { kill(): void; stop(): Promise<void> }

/**
 * A desk as it is: the real engine and store, main's real door and sign-in, and Node's network to the fault proxy.
 * Only the clock, the databases' disk and the operating system are stand-ins.
 */
export class FaultRig {
  readonly machine: FaultMachine
  readonly proxy: FaultProxy
  readonly portal: SharedPortal
  readonly main = new FakeMain()
  readonly #door: ReturnType<typeof portalScheme>
  readonly #heart: { kill(): void }
  #sign: SignIn | undefined
  #engine: Running | undefined
  #store: DeskStore | undefined
  #closeWindow = (): void => {}
  #emptyDisk = (): void => {}

  private constructor(portal: SharedPortal, seed: string) {
    this.portal = portal
    this.machine = new FaultMachine(seed)
    this.machine.clock = T0
    portal.now = () => this.machine.clock + this.portalAheadMs
    const heart = this.machine.process()
    this.#heart = heart
    this.proxy = new FaultProxy({
      portal: portal.fetch,
      after: heart.after,
      now: () => portal.now(),
      clock: () => this.machine.clock,
      onStream: () => {
        if (!isBeating) heart.after(HEARTBEAT_MS, beat)
        isBeating = true
      },
    })
    this.machine.traffic = () => ({ held: this.proxy.held, asked: this.proxy.asked.length })
    let isBeating = false
    const beat = (): void => {
      this.proxy.heartbeat()
      // Nobody listens while the portal is gone for a day: time goes on in larger steps.
      isBeating = this.proxy.openStreams > 0
      if (isBeating) heart.after(HEARTBEAT_MS, beat)
    }
    this.#door = portalScheme({
      target: async () => (await this.#sign?.target()) ?? { kind: 'signed-out' },
      fetch: this.machine.fetchOut,
    })
    this.machine.network = (url, init) => this.#door.handle(new Request(url, init))
  }

  /** Requests there had been when the network was last said to be like something. */
  askedBefore = 0
  /** Portal time − desk time, ms. */
  portalAheadMs = 0

  static async make(portal: SharedPortal, seed: string): Promise<FaultRig> {
    await portal.fresh()
    const rig = new FaultRig(portal, seed)
    await rig.proxy.up()
    rig.#sign = rig.#signedIn()
    rig.main.state = await rig.#sign.current()
    return rig
  }

  get store(): DeskStore {
    if (!this.#store) throw new Error('the desk is not running')
    return this.#store
  }

  get status() {
    return this.store.status.get()
  }

  /** What the strip said was wrong, however briefly. */
  readonly troubles: string[] = []

  /** Starts the app: engine and window. The timers of a hidden window are held back, its messages are not. */
  async start(isHidden = false): Promise<void> {
    this.#startEngine()
    const seen = this.machine.process()
    const world = isHidden
      ? { ...seen, after: (ms: number, run: () => void) => seen.after(Math.max(ms, HIDDEN_TIMER_MS), run) }
      : seen
    const desk = this.main.desk()
    const store = await openDesk(this.#profile, lena, desk, world)
    this.#store = store
    store.status.subscribe(() => {
      const { connection } = store.status.get()
      if (connection.kind === 'offline' && this.troubles.at(-1) !== connection.problem) {
        this.troubles.push(connection.problem)
      }
    })
    this.#closeWindow = () => {
      world.kill()
      desk.kill()
      store.close()
    }
  }

  /** A second window of the running app. */
  async window(): Promise<DeskStore> {
    const world = this.machine.process()
    const desk = this.main.desk()
    const store = await openDesk(this.#profile, lena, desk, world)
    const closeFirst = this.#closeWindow
    this.#closeWindow = () => {
      closeFirst()
      world.kill()
      desk.kill()
      store.close()
    }
    await this.until('its rows', () => store.rows.isReady() && store.rows.size > 0, STEP_MS)
    return store
  }

  /** `kill -9` of the engine's process; main starts it again. */
  async killEngine(): Promise<void> {
    this.#engine?.kill()
    this.#door.closeAll()
    await this.machine.settle()
    this.#startEngine()
  }

  /** `kill -9` of the app. */
  async kill(): Promise<void> {
    this.#engine?.kill()
    this.#closeWindow()
    this.#store = undefined
    this.#door.closeAll()
    await this.machine.settle()
  }

  async signInAgain(): Promise<void> {
    await this.#sign?.connect({ url: this.proxy.url, token: this.portal.token, keep: false })
  }

  /** An agent's act in the window. */
  run(what: What, target: string, window = this.store): Promise<void> {
    return window.run({ ...what, target } as CommandDraft)
  }

  /** Lets time go on until `state` holds; `mostMs` is how much of it may pass. */
  async until(what: string, state: () => unknown, mostMs: number): Promise<void> {
    const end = this.machine.clock + mostMs
    for (;;) {
      await this.machine.settle()
      if (await state()) return
      if (this.machine.clock >= end)
        throw new Error(`not within ${mostMs / 1000} s: ${what}; ${this.describe()}`)
      await this.machine.advance(STEP_MS)
    }
  }

  /** For the message of a failure. */
  describe(): string {
    return `status ${JSON.stringify(this.#store?.status.get())}, said ${JSON.stringify(this.troubles)}, last asked ${this.proxy.asked
      .slice(-5)
      .map(({ url }) => url)
      .join(' ')}`
  }

  /** What the desk has on its disk, by `kind/id`. */
  async mirror(): Promise<ReadonlyMap<string, { readonly version: number; readonly value: unknown }>> {
    const db = new MirrorDb(this.#profile, this.machine.process())
    await db.open()
    const found = new Map<string, { version: number; value: unknown }>()
    for (const kind of recordKinds) {
      for (const { id, version, value } of await db.table(kind).toArray()) {
        found.set(`${kind}/${id}`, { version, value })
      }
    }
    db.close()
    return found
  }

  /** Ids of what is in the outbox, by its second copy. */
  outbox(): readonly string[] {
    return this.#lines().map(({ key }) => key)
  }

  /** Those of them that the person has to decide about. */
  parked(): readonly string[] {
    return this.#lines()
      .filter(({ value }) => JSON.parse(value).state.kind === 'parked')
      .map(({ key }) => key)
  }

  disk(is: 'full' | 'free'): void {
    this.main.appendFails = is === 'full'
    this.#emptyDisk()
    this.#emptyDisk = is === 'full' ? fillDisk() : () => {}
    // The log of the hidden window is for whoever looks for causes; here the cause is known.
    vi.spyOn(console, 'error').mockImplementation(() => {})
    if (is === 'free') vi.restoreAllMocks()
  }

  async stop(): Promise<void> {
    this.disk('free')
    this.proxy.follow([])
    this.#heart.kill()
    await this.kill()
    await this.proxy.down()
  }

  #lines(): readonly { readonly key: string; readonly value: string }[] {
    const prefix = 'outbox/'
    return [...this.main.files.values()]
      .flatMap((lines) => [...lines])
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => ({ key: key.slice(prefix.length), value }))
  }

  get #profile(): string {
    const { state } = this.main
    if (state.kind !== 'signed-in') throw new Error(`nobody is signed in: ${JSON.stringify(state)}`)
    return state.profile
  }

  #startEngine(): void {
    const world = this.machine.process()
    const desk = this.main.desk()
    const { session } = desk
    const asMain = {
      ...desk,
      session: {
        ...session,
        expired: async () => {
          await this.#sign?.expired()
          return undefined
        },
      },
    }
    const following = followSession(asMain, world)
    this.#engine = {
      kill: () => {
        world.kill()
        desk.kill()
      },
      stop: () => following.stop(),
    }
  }

  #signedIn(): SignIn {
    return signIn(
      {
        fetch: this.machine.fetchOut,
        store: { read: async () => undefined, write: async () => {}, clear: async () => {} },
        keychain: { seal: () => undefined, open: () => undefined },
        demo: { ready: () => Promise.reject(new Error('there is no demo here')) },
        wipes: { order: async () => {}, pending: async () => [], gone: async () => {} },
        changed: (state) => {
          this.#door.closeAll()
          this.main.signIn(state)
        },
        stillValid: () => void this.killEngine(),
        later: (ms, run) => {
          this.machine.process().after(ms, run)
        },
        report: () => {},
      },
      { portal: { url: this.proxy.url, token: this.portal.token } },
    )
  }
}
