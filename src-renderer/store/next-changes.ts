import type { Instant } from '#shared/time/instant'

/** Which ids change by themselves next. To look through 50,000 now and then takes less than to keep them in order. */
export class NextChanges {
  readonly #times = new Map<string, Instant>()
  /** The least of them, infinite when there are none; undefined when it has to be looked for. */
  #first: number | undefined = Number.POSITIVE_INFINITY

  /** `undefined`: this id changes by itself no more. */
  set(id: string, at: Instant | undefined): void {
    const before = this.#times.get(id)
    if (before === at) return
    if (at === undefined) this.#times.delete(id)
    else this.#times.set(id, at)
    if (this.#first === undefined) return
    if (at !== undefined && at <= this.#first) this.#first = at
    else if (before === this.#first) this.#first = undefined
  }

  clear(): void {
    this.#times.clear()
    this.#first = Number.POSITIVE_INFINITY
  }

  /** The earliest instant at which something changes. */
  next(): Instant | undefined {
    this.#first ??= this.#least()
    return this.#first === Number.POSITIVE_INFINITY ? undefined : this.#first
  }

  /** Takes out the ids that change at or before `now`, earliest first, at most `limit` of them. */
  takeDue(now: Instant, limit = Number.POSITIVE_INFINITY): string[] {
    if ((this.next() ?? Number.POSITIVE_INFINITY) > now) return []
    const due = [...this.#times].filter(([, at]) => at <= now).sort(([, a], [, b]) => a - b)
    const taken = due.slice(0, limit).map(([id]) => id)
    for (const id of taken) this.#times.delete(id)
    this.#first = undefined
    return taken
  }

  #least(): number {
    let least = Number.POSITIVE_INFINITY
    for (const at of this.#times.values()) if (at < least) least = at
    return least
  }
}
