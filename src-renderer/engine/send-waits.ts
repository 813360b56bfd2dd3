import { waitAfterFailure } from '#shared/sync/backoff'
import type { Instant } from '#shared/time/instant'

export type FailedSend = {
  readonly at: Instant
  /** In [0, 1). */
  readonly random: () => number
  readonly retryAfterMs?: number | undefined
}

/**
 * When commands that failed may be tried again. Each has a wait of its own, so that one that the portal chokes on
 * holds up no other. All of them share another one: a portal that answers nobody is asked now and then, not once for
 * each of a hundred commands. What has not failed yet is in nobody's queue. Kept in memory only.
 */
export class SendWaits {
  readonly #failures = new Map<string, number>()
  readonly #own = new Map<string, Instant>()
  /** By the order in which they were tried last. */
  readonly #tried = new Map<string, number>()
  #tries = 0
  /** Requests that failed in a row, those sent together counted once. */
  #streak = 0
  #shared: Instant = Number.NEGATIVE_INFINITY

  /** A request with these failed. */
  failed(ids: readonly string[], { at, random, retryAfterMs }: FailedSend): void {
    if (at >= this.#shared) {
      this.#streak += 1
      this.#shared = at + waitAfterFailure({ failures: this.#streak, random: random(), retryAfterMs })
    }
    this.#tries += 1
    for (const id of ids) {
      const failures = (this.#failures.get(id) ?? 0) + 1
      this.#failures.set(id, failures)
      this.#own.set(id, at + waitAfterFailure({ failures, random: random(), retryAfterMs }))
      this.#tried.set(id, this.#tries)
    }
  }

  /**
   * The portal answered for these.
   * @returns whether it had not answered anybody before: then nothing else has to wait any longer either
   */
  succeeded(ids: readonly string[]): boolean {
    const isRecovered = this.isOutage
    this.#streak = 0
    this.#shared = Number.NEGATIVE_INFINITY
    for (const id of ids) {
      this.#failures.delete(id)
      this.#own.delete(id)
      this.#tried.delete(id)
    }
    if (isRecovered) this.#own.clear()
    return isRecovered
  }

  /** Before when each of those that failed must not go. */
  notBefore(): ReadonlyMap<string, Instant> {
    return new Map([...this.#own].map(([id, at]) => [id, Math.max(at, this.#shared)]))
  }

  /** Several requests in a row have failed. */
  get isOutage(): boolean {
    return this.#streak > 1
  }

  /** Whether this one failed before. */
  hasFailed(id: string): boolean {
    return this.#tried.has(id)
  }

  /** Those first that were not tried for longest, so that each has its turn when few may go. */
  inTurn<E extends { readonly id: string }>(entries: readonly E[]): readonly E[] {
    const triedAt = ({ id }: E): number => this.#tried.get(id) ?? 0
    return [...entries].sort((a, b) => triedAt(a) - triedAt(b))
  }

  /** Nothing waits any more. */
  clear(): void {
    this.#own.clear()
    this.#failures.clear()
    this.#streak = 0
    this.#shared = Number.NEGATIVE_INFINITY
  }
}
