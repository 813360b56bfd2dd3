import type { Instant } from '#shared/time/instant'

type Entry = { readonly at: Instant; readonly id: string }

/**
 * Which id changes by itself next: a binary heap with one timed entry per id that counts. Setting an id again leaves
 * the old entry in the heap; it is recognised and dropped when it comes up.
 */
export class NextChanges {
  readonly #heap: Entry[] = []
  readonly #current = new Map<string, Instant>()

  /** `undefined`: this id changes by itself no more. */
  set(id: string, at: Instant | undefined): void {
    if (this.#current.get(id) === at) return
    if (at === undefined) {
      this.#current.delete(id)
      return
    }
    this.#current.set(id, at)
    this.#push({ at, id })
  }

  clear(): void {
    this.#heap.length = 0
    this.#current.clear()
  }

  /** The earliest instant at which something changes. */
  next(): Instant | undefined {
    this.#dropStale()
    return this.#heap[0]?.at
  }

  /** Takes out the ids that change at or before `now`, earliest first, at most `limit` of them. */
  takeDue(now: Instant, limit = Number.POSITIVE_INFINITY): string[] {
    const due: string[] = []
    while (due.length < limit) {
      this.#dropStale()
      const first = this.#heap[0]
      if (!first || first.at > now) break
      this.#current.delete(first.id)
      due.push(first.id)
    }
    return due
  }

  #dropStale(): void {
    for (
      let first = this.#heap[0];
      first && this.#current.get(first.id) !== first.at;
      first = this.#heap[0]
    ) {
      this.#pop()
    }
  }

  #push(entry: Entry): void {
    let index = this.#heap.push(entry) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (this.#at(parent) <= entry.at) break
      this.#move(parent, index)
      index = parent
    }
    this.#heap[index] = entry
  }

  #pop(): void {
    const last = this.#heap.pop()
    const { length } = this.#heap
    if (!last || length === 0) return
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= length) break
      if (child + 1 < length && this.#at(child + 1) < this.#at(child)) child += 1
      if (this.#at(child) >= last.at) break
      this.#move(child, index)
      index = child
    }
    this.#heap[index] = last
  }

  #at(index: number): Instant {
    return this.#heap[index]?.at ?? Number.POSITIVE_INFINITY
  }

  #move(from: number, to: number): void {
    const entry = this.#heap[from]
    if (entry) this.#heap[to] = entry
  }
}
