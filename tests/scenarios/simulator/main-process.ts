import type { SignInState } from '#shared/ipc'
import type { Agent } from '#shared/tickets/people'
import { type Alarm, alarm } from '../../../src-main/alarm'
import type { EngineDesk } from '../../../src-renderer/engine/desk-engine'
import { type FakeMain, signedIn } from '../../src-renderer/engine/fake-desk'
import type { AppProcess } from './app-process'
import { overIpc } from './over-ipc'
import type { Lane, Scheduler } from './scheduler'

export type MainParts = {
  readonly scheduler: Scheduler
  readonly lane: Lane
  /** Its files and what it has shown: they outlive it. */
  readonly lasting: FakeMain
  readonly agent: Agent
  /** The computer's clock. */
  readonly now: () => number
  readonly isEngineThere: () => boolean
  /** Asks the portal whether the token is good: `undefined` when that can't be known now. */
  readonly askPortal: () => Promise<boolean | undefined>
  /** The token is good after all: the engine's page is loaded anew. */
  readonly reloadEngine: () => void
  /** Windows open and close with it. */
  readonly onSession: (state: SignInState) => void
}

/** As in src-main/sign-in.ts. */
const UNSURE_MS = 10_000

export function signedInAs(agent: Agent): typeof signedIn {
  return { ...signedIn, profile: `acme.${agent.id}`, agent }
}

/** One run of main: the real alarm clock, and stand-ins for what takes an operating system. */
export class MainProcess {
  readonly #parts: MainParts
  readonly #alarm: Alarm
  #isAlive = true

  constructor(parts: MainParts) {
    this.#parts = parts
    const { scheduler, lane, lasting, now, isEngineThere } = parts
    lasting.alarmAt = undefined
    this.#alarm = alarm({
      clock: { now, later: (ms, run) => scheduler.after(ms, lane, () => this.#isAlive && run()) },
      ring: () => {
        lasting.ring()
        return isEngineThere()
      },
      woke: () => lasting.wake(),
    })
  }

  signIn(yes: boolean): void {
    const { lasting, agent, onSession } = this.#parts
    const state: SignInState = yes ? signedInAs(agent) : { kind: 'signed-out', notice: 'sign in again' }
    onSession(state)
    lasting.signIn(state)
  }

  /** The machine woke up. */
  woke(): void {
    this.#parts.lasting.wake()
    this.#alarm.check()
  }

  kill(): void {
    this.#isAlive = false
    this.#alarm.stop()
  }

  /** What one process sees of it. */
  deskOf(process: AppProcess): EngineDesk {
    const desk = this.#parts.lasting.desk()
    const own: EngineDesk = {
      ...desk,
      session: {
        ...desk.session,
        expired: async () => {
          void this.#expired()
          return undefined
        },
      },
      alarm: {
        ...desk.alarm,
        set: (input) => {
          this.#alarm.set(input.at)
          return desk.alarm.set(input)
        },
      },
    }
    return overIpc(own, process)
  }

  async #expired(): Promise<void> {
    const { scheduler, lane, lasting, askPortal, reloadEngine } = this.#parts
    const isStill = (): boolean => this.#isAlive && lasting.state.kind === 'signed-in'
    const good = await askPortal()
    if (!isStill()) return
    if (good === false) this.signIn(false)
    else if (good) reloadEngine()
    else scheduler.after(UNSURE_MS, lane, () => isStill() && reloadEngine())
  }
}
