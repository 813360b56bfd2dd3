import type { Live, SyncStatus } from './desk-store'
import { LiveValue } from './live-value'

const CONNECTING: SyncStatus = {
  connection: { kind: 'connecting' },
  unsent: 0,
  parked: 0,
  clockOffsetMs: 0,
  notices: [],
}

/** How many tickets without a row are named before the rest is only counted. */
const NAMED = 3

/**
 * What the status strip of a window shows: the engine's status, with what this window knows first-hand. Unsent work
 * is counted here, so that it is right even while the engine is being restarted.
 */
export class WindowStatus implements Live<SyncStatus> {
  readonly #value = new LiveValue<SyncStatus>(CONNECTING)
  #engine: SyncStatus = CONNECTING
  #counts = { unsent: 0, parked: 0 }
  #unshown: readonly string[] = []
  /** What this window found out itself, such as due times that moved. */
  #told: readonly string[] = []
  readonly #dismissed = new Set<string>()
  readonly get = this.#value.get
  readonly subscribe = this.#value.subscribe

  fromEngine(status: SyncStatus): void {
    this.#engine = status
    // The engine has heard of it: should it say the same again later, that is news.
    for (const text of this.#dismissed) {
      if (!status.notices.includes(text) && !this.#unshown.includes(text)) this.#dismissed.delete(text)
    }
    this.#publish()
  }

  known(lastSyncAt: number | undefined, clockOffsetMs: number): void {
    this.#engine = { ...this.#engine, clockOffsetMs, ...(lastSyncAt === undefined ? {} : { lastSyncAt }) }
    this.#publish()
  }

  counted(counts: { unsent: number; parked: number }): void {
    if (counts.unsent === this.#counts.unsent && counts.parked === this.#counts.parked) return
    this.#counts = counts
    this.#publish()
  }

  /** Tickets that can't be shown, in words. */
  withoutRow(problems: Iterable<string>): void {
    const all = [...problems].sort()
    const rest = all.length - NAMED
    const named = all.slice(0, NAMED).join('; ')
    const text = rest > 0 ? `${named}; and ${rest} more` : named
    const next = all.length > 0 ? [`Tickets that can't be shown: ${text}`] : []
    if (next[0] === this.#unshown[0]) return
    this.#unshown = next
    this.#publish()
  }

  /** Shown until it is dismissed. */
  tell(notice: string): void {
    this.#told = [...this.#told.filter((text) => text !== notice), notice]
    this.#dismissed.delete(notice)
    this.#publish()
  }

  dismiss(notice: string): void {
    this.#told = this.#told.filter((text) => text !== notice)
    this.#dismissed.add(notice)
    this.#publish()
  }

  #publish(): void {
    const notices = [...this.#engine.notices, ...this.#unshown, ...this.#told].filter(
      (text) => !this.#dismissed.has(text),
    )
    this.#value.set({ ...this.#engine, ...this.#counts, notices })
  }
}
