import type { QueueRow } from '#shared/queue/row'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import { buildRow } from './build-row'
import type { LiveRows } from './desk-store'
import type { MirrorDb, MirrorRow } from './mirror-db'
import { NextChanges } from './next-changes'
import type { OutboxBook } from './outbox-book'
import { readTickets, readTicketsAfter } from './read-tickets'
import type { Reference } from './reference'
import type { World } from './world'

/** Rows read at once: few enough that the window stays responsive in between. */
const PAGE = 1000
/** A page's timers stand still in sleep, so the heap's head is compared with the clock at least this often. */
const LONGEST_NAP_MS = 30_000

export type RowsInput = {
  readonly mirror: MirrorDb
  readonly outbox: OutboxBook
  readonly reference: () => Reference
  readonly me: Agent
  readonly world: World
  /** Corrected time. */
  readonly now: () => Instant
}

/** All rows of the queue in memory: loaded once, then only the ids that changed are read again. */
export class MirrorRows implements LiveRows {
  readonly #input: RowsInput
  readonly #rows = new Map<string, QueueRow>()
  readonly #problems = new Map<string, string>()
  readonly #listeners = new Set<(changedIds: readonly string[] | undefined) => void>()
  readonly #next = new NextChanges()
  /** Number of the read each row came from: what an older read brings late is dropped. */
  readonly #readOf = new Map<string, number>()
  #reads = 0
  readonly #wanted = new Set<string>()
  /** The read that takes what is wanted; absent when none waits for its turn. */
  #nextRead: Promise<void> | undefined
  #lastRead: Promise<void> = Promise.resolve()
  #ready = false
  #closed = false
  #cancelTimer: (() => void) | undefined

  constructor(input: RowsInput) {
    this.#input = input
  }

  get size(): number {
    return this.#rows.size
  }
  isReady(): boolean {
    return this.#ready
  }
  get(id: string): QueueRow | undefined {
    return this.#rows.get(id)
  }
  values(): IterableIterator<QueueRow> {
    return this.#rows.values()
  }
  subscribe(listener: (changedIds: readonly string[] | undefined) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Why some tickets have no row. */
  problems(): IterableIterator<string> {
    return this.#problems.values()
  }

  /** Reads everything; rows that are no longer there go. */
  async loadAll(): Promise<void> {
    const begun = this.#reads
    const { mirror, world } = this.#input
    const { keyRange } = world.databases
    let last = ''
    for (;;) {
      this.#reads += 1
      const read = this.#reads
      const page = await readTicketsAfter(mirror, last, keyRange, PAGE)
      if (this.#closed) return
      for (const mirrored of page) this.#put(mirrored.id, mirrored, read)
      const end = page.at(-1)
      if (!end || page.length < PAGE) break
      last = end.id
    }
    for (const id of this.#rows.keys()) {
      if ((this.#readOf.get(id) ?? 0) <= begun) this.#put(id, undefined, this.#reads)
    }
    this.#ready = true
    this.#tell(undefined)
  }

  /**
   * Reads these again: the mirror or the outbox changed, or their time came. What is asked for while a read goes on is
   * read together after it, so that a window that can't keep up with a first sync falls no further behind.
   */
  refresh(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.#wanted.add(id)
    if (this.#nextRead) return this.#nextRead
    const read = this.#lastRead.then(() => {
      const wanted = [...this.#wanted]
      this.#wanted.clear()
      this.#nextRead = undefined
      return this.#read(wanted)
    })
    this.#nextRead = read
    this.#lastRead = read.catch(() => {})
    return read
  }

  async #read(ids: readonly string[]): Promise<void> {
    const { mirror } = this.#input
    for (let start = 0; start < ids.length; start += PAGE) {
      const some = ids.slice(start, start + PAGE)
      this.#reads += 1
      const read = this.#reads
      const rows = await readTickets(mirror, some)
      if (this.#closed) return
      some.forEach((id, index) => {
        this.#put(id, rows[index], read)
      })
      this.#tell(some)
    }
  }

  close(): void {
    this.#closed = true
    this.#cancelTimer?.()
    this.#listeners.clear()
  }

  /** The clock's offset changed: what is next may come sooner. */
  rearm(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    const next = this.#next.next()
    if (next === undefined || this.#closed) return
    const wait = Math.min(Math.max(0, next - this.#input.now()), LONGEST_NAP_MS)
    this.#cancelTimer = this.#input.world.after(wait, () => {
      const due = this.#next.takeDue(this.#input.now())
      if (due.length > 0) void this.refresh(due)
      else this.rearm()
    })
  }

  #put(id: string, mirrored: MirrorRow<'ticket'> | undefined, read: number): void {
    if ((this.#readOf.get(id) ?? 0) > read) return
    this.#readOf.set(id, read)
    this.#problems.delete(id)
    const { outbox, reference, me, now } = this.#input
    const built =
      mirrored && buildRow({ mirrored, entries: outbox.of(id), reference: reference(), me, now: now() })
    if (built && 'row' in built) {
      this.#rows.set(id, built.row)
      this.#next.set(id, built.row.report.nextChangeAt)
      return
    }
    if (built) this.#problems.set(id, built.problem)
    this.#rows.delete(id)
    this.#next.set(id, undefined)
  }

  #tell(changed: readonly string[] | undefined): void {
    this.rearm()
    for (const listener of [...this.#listeners]) listener(changed)
  }
}
