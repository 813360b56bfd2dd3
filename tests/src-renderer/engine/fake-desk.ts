import type { AlertRequest, JournalLine, SignInState, Wipe } from '#shared/ipc'
import type { EngineDesk } from '../../../src-renderer/engine/desk-engine'
import { ana } from '../../src-shared/tickets/samples'

export const PROFILE = 'acme.ana'
export const signedIn: Extract<SignInState, { kind: 'signed-in' }> = {
  kind: 'signed-in',
  profile: PROFILE,
  workspace: { id: 'acme', name: 'Acme' },
  agent: ana,
  demo: false,
  kept: 'kept',
}

/** Stands in for main: its journal file and what it showed outlive the engine. */
export class FakeMain {
  readonly files = new Map<string, Map<string, string>>()
  readonly #generations = new Map<string, number>()
  readonly shown: AlertRequest[] = []
  alarmAt: number | undefined
  atRisk = 0
  expired = 0
  appendFails = false
  showFails = false
  /** Why the system takes no notification, if it doesn't. */
  refuses: string | undefined
  /** Every notification that main was asked for. */
  readonly asked: AlertRequest[] = []
  state: SignInState = signedIn
  #changed = new Set<(state: SignInState) => void>()
  #ring = new Set<() => void>()
  #woke = new Set<() => void>()

  /** Whose data the engine is to remove. */
  wipes: { profile: string; what: Wipe }[] = []

  get copy(): Map<string, string> {
    return this.file(PROFILE)
  }
  /** The second copy of somebody's journal. */
  file(profile: string): Map<string, string> {
    const file = this.files.get(profile) ?? new Map<string, string>()
    this.files.set(profile, file)
    return file
  }

  /** Takes over a copy of another one's files: the same disk, in another story. */
  adopt(other: FakeMain): void {
    for (const [profile, file] of other.files) this.files.set(profile, new Map(file))
    for (const [profile, generation] of other.#generations) this.#generations.set(profile, generation)
    this.shown.push(...other.shown)
  }

  signIn(state: SignInState): void {
    this.state = state
    for (const listener of [...this.#changed]) listener(state)
  }
  ring(): void {
    for (const listener of [...this.#ring]) listener()
  }
  wake(): void {
    for (const listener of [...this.#woke]) listener()
  }

  /** What one process sees of main. After `kill` nothing of that process reaches main any more. */
  desk(): EngineDesk & { kill(): void } {
    let alive = true
    const never = new Promise<never>(() => {})
    const only = <T>(answer: () => T): Promise<T> => (alive ? Promise.resolve().then(answer) : never)
    const on = <F>(set: Set<F>, listener: F): (() => void) => {
      set.add(listener)
      offs.push(() => set.delete(listener))
      return () => set.delete(listener)
    }
    const offs: (() => void)[] = []
    return {
      kill: () => {
        alive = false
        for (const off of offs) off()
      },
      session: {
        current: () => only(() => this.state),
        demoPeople: () => only(() => []),
        signInDemo: () => only(() => this.state),
        connect: () => only(() => this.state),
        signOut: () => only(() => undefined),
        expired: () =>
          only(() => {
            this.expired += 1
            return undefined
          }),
        changed: (listener) => on(this.#changed, listener),
      },
      alarm: {
        set: ({ at }) =>
          only(() => {
            this.alarmAt = at
            return undefined
          }),
        ring: (listener) => on(this.#ring, listener as () => void),
      },
      notification: {
        show: ({ alert }) =>
          only(() => {
            this.asked.push(alert)
            if (this.refuses !== undefined) return { shown: false, why: this.refuses }
            if (this.showFails) throw new Error('notifications are broken')
            if (!this.shown.some(({ key }) => key === alert.key)) this.shown.push(alert)
            return { shown: true }
          }),
        badge: ({ atRisk }) =>
          only(() => {
            this.atRisk = atRisk
            return undefined
          }),
      },
      journal: {
        append: ({ profile, lines }) =>
          only(() => {
            const file = this.file(profile)
            if (this.appendFails) throw new Error('the disk is full')
            this.#generations.set(profile, (this.#generations.get(profile) ?? 0) + 1)
            for (const { key, value } of lines) {
              if (value === undefined) file.delete(key)
              else file.set(key, value)
            }
            return undefined
          }),
        read: ({ profile }) =>
          only(() => {
            const lines: JournalLine[] = [...this.file(profile)].map(([key, value]) => ({ key, value }))
            return { generation: this.#generations.get(profile) ?? 0, lines }
          }),
      },
      local: {
        wipes: () => only(() => [...this.wipes]),
        wiped: ({ profile, what }) =>
          only(() => {
            if (what === 'everything') {
              this.files.delete(profile)
              this.#generations.delete(profile)
            }
            this.wipes = this.wipes.filter((wipe) => wipe.profile !== profile)
            return undefined
          }),
      },
      power: { woke: (listener) => on(this.#woke, listener as () => void) },
    }
  }
}
