import type { Instant } from '#shared/time/instant'
import type { DeskMessage } from '../store/desk-channel'
import type { SyncStatus } from '../store/desk-store'
import type { Channel } from '../store/world'

type Trouble = { readonly since: Instant; readonly problem: string; readonly retryAt?: Instant }

/** Steps of the offset smaller than this are not worth telling: countdowns show seconds. */
const OFFSET_STEP_MS = 50

/** What the status strip says, kept and told to every window; a window that comes later asks for it. */
export class StatusBoard {
  readonly #channel: Channel<DeskMessage>
  readonly #engine: string
  #contacted = false
  #streaming = false
  #trouble: Trouble | undefined
  #rest: Omit<SyncStatus, 'connection'> = { unsent: 0, parked: 0, clockOffsetMs: 0, notices: [] }
  readonly #noticeAbout = new Map<string, string>()
  #journalReady = false
  #told = ''

  /** @param engine names this start of the engine */
  constructor(channel: Channel<DeskMessage>, engine: string) {
    this.#channel = channel
    this.#engine = engine
  }

  get(): SyncStatus {
    return { connection: this.#connection(), ...this.#rest }
  }

  /** Something was heard from the portal that made sense. */
  contacted(): void {
    this.#contacted = true
    this.#trouble = undefined
    this.#tell()
  }

  streaming(on: boolean): void {
    this.#streaming = on
    this.#tell()
  }

  offline(now: Instant, problem: string, retryAt?: Instant): void {
    const since = this.#trouble?.since ?? now
    this.#trouble = {
      since,
      problem: problem.charAt(0).toUpperCase() + problem.slice(1),
      ...(retryAt === undefined ? {} : { retryAt }),
    }
    this.#tell()
  }

  set(changes: Partial<Omit<SyncStatus, 'connection' | 'notices'>>): void {
    const { clockOffsetMs } = changes
    if (clockOffsetMs !== undefined && Math.abs(clockOffsetMs - this.#rest.clockOffsetMs) < OFFSET_STEP_MS) {
      changes = { ...changes, clockOffsetMs: this.#rest.clockOffsetMs }
    }
    this.#rest = { ...this.#rest, ...changes }
    this.#tell()
  }

  /** Why what is unsent could not be sent the last time; nothing once something was. */
  sending(problem: string | undefined): void {
    const { unsentProblem: _, ...rest } = this.#rest
    this.#rest = problem === undefined ? rest : { ...rest, unsentProblem: problem }
    this.#tell()
  }

  endFirstSync(): void {
    const { firstSync: _, ...rest } = this.#rest
    this.#rest = rest
    this.#tell()
  }

  /** @param about of notices about the same thing only the last stays */
  notice(text: string, about = text): void {
    if (this.#rest.notices.includes(text)) return
    const before = this.#noticeAbout.get(about)
    this.#noticeAbout.set(about, text)
    const notices = [...this.#rest.notices.filter((notice) => notice !== before), text]
    this.#rest = { ...this.#rest, notices }
    this.#tell()
  }

  dismiss(text: string): void {
    this.#rest = { ...this.#rest, notices: this.#rest.notices.filter((notice) => notice !== text) }
    this.#tell()
  }

  /** From now on windows may write to the journal. */
  journalReady(): void {
    this.#journalReady = true
    this.#tell()
  }

  /** Tells it even if nothing changed: a window asked. */
  tellAgain(): void {
    this.#told = ''
    this.#tell()
  }

  #connection(): SyncStatus['connection'] {
    if (this.#trouble) return { kind: 'offline', ...this.#trouble }
    if (!this.#contacted) return { kind: 'connecting' }
    return { kind: this.#streaming ? 'live' : 'polling' }
  }

  #tell(): void {
    const status = this.get()
    const text = JSON.stringify([status, this.#journalReady])
    if (text === this.#told) return
    this.#told = text
    this.#channel.post({ type: 'status', status, journalReady: this.#journalReady, engine: this.#engine })
  }
}
