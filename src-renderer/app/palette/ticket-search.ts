import { foldText } from '#shared/queue/fold-text'
import type { QueueRow } from '#shared/queue/row'
import { textOf } from '#shared/queue/row-text'
import { fitPlain, type Query } from './rank'

export type FoundTicket = { readonly row: QueueRow; readonly score: number }

/** A number is what one types to get to one ticket: it goes before everything else. */
const NUMBER = { whole: 3, ends: 2.5, inside: 1.5 } as const
/** Words of tickets are many: what can be done goes before them when it fits as well. */
const WORDS = 0.75
const OPEN = 0.05
const RECENT = 0.2
/** Rows between two looks at the clock. */
const AT_ONCE = 500

/**
 * Looks for tickets by number, subject, customer and whatever else stands on their row. It goes on in steps, so that no
 * key stroke waits for 50,000 tickets; a query that was only lengthened looks through what was found before.
 */
export class TicketSearch {
  readonly #rows: readonly QueueRow[]
  readonly #isRecent: (ticketId: string) => boolean
  readonly #most: number
  #query: Query = []
  #candidates: readonly QueueRow[]
  #matching: QueueRow[] = []
  #best: FoundTicket[] = []
  #next = 0

  /** @param most how many of the best are kept */
  constructor(rows: readonly QueueRow[], isRecent: (ticketId: string) => boolean, most: number) {
    this.#rows = rows
    this.#candidates = rows
    this.#isRecent = isRecent
    this.#most = most
  }

  /** Begins with a query; nothing is found until `step`. */
  begin(query: Query): void {
    const isNarrower =
      this.isDone &&
      this.#query.length > 0 &&
      this.#query.every((word, index) => query[index]?.includes(word))
    this.#candidates = isNarrower ? this.#matching : this.#rows
    this.#query = query
    this.#matching = []
    this.#best = []
    this.#next = query.length === 0 ? this.#candidates.length : 0
  }

  get isDone(): boolean {
    return this.#next >= this.#candidates.length
  }

  /** Goes on until it is done or `isLate` says so. @returns whether it is done */
  step(isLate: () => boolean): boolean {
    while (!this.isDone) {
      const end = Math.min(this.#candidates.length, this.#next + AT_ONCE)
      for (; this.#next < end; this.#next += 1) {
        const row = this.#candidates[this.#next]
        if (row) this.#look(row)
      }
      if (isLate()) break
    }
    return this.isDone
  }

  /** The best so far, best first. */
  found(): readonly FoundTicket[] {
    return this.#best
  }

  #look(row: QueueRow): void {
    const text = textOf(row)
    let sum = 0
    for (const word of this.#query) {
      const fit = fitPlain(word, text)
      if (fit === 0) return
      sum += fit
    }
    this.#matching.push(row)
    const score =
      (sum / this.#query.length) * WORDS +
      numberFit(row, this.#query) +
      (row.isOpen ? OPEN : 0) +
      (this.#isRecent(row.id) ? RECENT : 0)
    this.#keep({ row, score })
  }

  #keep(found: FoundTicket): void {
    const best = this.#best
    if (best.length === this.#most && !isBefore(found, best[best.length - 1])) return
    let at = best.length
    while (at > 0 && isBefore(found, best[at - 1])) at -= 1
    best.splice(at, 0, found)
    if (best.length > this.#most) best.pop()
  }
}

function isBefore(a: FoundTicket, b: FoundTicket | undefined): boolean {
  if (!b) return true
  return a.score !== b.score ? a.score > b.score : a.row.updatedAt > b.row.updatedAt
}

function numberFit(row: QueueRow, query: Query): number {
  const [word, ...rest] = query
  if (word === undefined || rest.length > 0 || !/\d/.test(word)) return 0
  const number = foldText(row.number)
  if (number === word) return NUMBER.whole
  if (number.endsWith(word)) return /\D/.test(number.at(-word.length - 1) ?? '') ? NUMBER.whole : NUMBER.ends
  return number.includes(word) ? NUMBER.inside : 0
}
