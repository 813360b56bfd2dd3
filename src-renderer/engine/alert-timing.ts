import type { Instant } from '#shared/time/instant'
import type { EngineWorld } from './engine-world'

/** Alerts are judged on a mirror this fresh; an older one is brought up to date first, for so long at most. */
const FRESH_MS = 90_000
const FRESHEN_MS = 5000
/** A window that starts together with the engine reads its tickets first: a first look reads them all as well. */
const WINDOW_FIRST_MS = 1000
/** The desk's clock and its uptime drift apart by less than this between two pulls, unless somebody sets the clock. */
const JUMP_MS = 1000

export type AlertTimingInput = {
  readonly world: Pick<EngineWorld, 'after' | 'now' | 'uptime'>
  /** Corrected time. */
  readonly now: () => Instant
  readonly lastSyncAt: () => Instant | undefined
  readonly check: () => Promise<void>
  readonly pull: () => void
  readonly onError: (error: unknown) => void
  /** Whether the open tickets were already here at the start. */
  readonly hasOpenTickets: boolean
}

/** When alerts are checked. Nobody is to be alerted of what was answered while this desk slept or was cut off. */
export class AlertTiming {
  readonly #input: AlertTimingInput
  #hasOpenTickets: boolean
  /** Uptime before which there is no first look. */
  readonly #notBefore: number
  #isWaking = false
  /** Clock − uptime when the portal's time was heard last. */
  #clockAhead: number | undefined
  #cancel = (): void => {}

  constructor(input: AlertTimingInput) {
    this.#input = input
    this.#hasOpenTickets = input.hasOpenTickets
    this.#notBefore = input.world.uptime() + (input.hasOpenTickets ? WINDOW_FIRST_MS : 0)
  }

  /** Before the open tickets are here there is nothing to alert of, and what comes then is one first look. */
  openTicketsAreHere(): void {
    this.#hasOpenTickets = true
  }

  /** The portal has just said what is new, and what time it is. */
  pulled(): void {
    this.#clockAhead = this.#ahead()
    this.now()
  }

  now(): void {
    this.#isWaking = false
    if (!this.#hasOpenTickets) return
    const wait = this.#notBefore - this.#input.world.uptime()
    if (wait > 0) {
      this.#cancel()
      this.#cancel = this.#input.world.after(wait, () => this.now())
      return
    }
    this.#input.check().catch(this.#input.onError)
  }

  /** A pull is going on and will check them; they don't wait for it for ever. */
  afterPull(): void {
    this.#cancel()
    this.#cancel = this.#input.world.after(FRESHEN_MS, () => this.now())
  }

  /** The machine woke, or the desk started. The network is often back a little later: what fails until then is no reason to check. */
  afterWaking(): void {
    this.#isWaking = true
    this.afterPull()
  }

  pullFailed(): void {
    if (!this.#isWaking) this.now()
  }

  /**
   * Main rang. A clock that was set meanwhile makes thresholds look crossed, or not: the portal says what time it is, if
   * it can be asked.
   */
  onAlarm(): void {
    const age = this.#input.now() - (this.#input.lastSyncAt() ?? Number.NEGATIVE_INFINITY)
    if (age >= 0 && age <= FRESH_MS && !this.#hasClockJumped()) {
      this.now()
      return
    }
    this.afterPull()
    this.#input.pull()
  }

  #ahead(): number {
    const { now, uptime } = this.#input.world
    return now() - uptime()
  }

  #hasClockJumped(): boolean {
    return this.#clockAhead === undefined || Math.abs(this.#ahead() - this.#clockAhead) > JUMP_MS
  }

  stop(): void {
    this.#cancel()
  }
}
