import type { QueueRow } from '#shared/queue/row'
import type { Agent } from '#shared/tickets/people'
import type { Instant } from '#shared/time/instant'
import { buildRow } from './build-row'
import type { LiveRows } from './desk-store'
import type { MirrorDb, MirrorRow } from './mirror-db'
import { NextChanges } from './next-changes'
import type { OutboxBook } from './outbox-book'
import type { UnpackedTickets } from './pack-tickets'
import { PackedRows } from './packed-row'
import { readEveryTicket, readTickets } from './read-tickets'
import type { Reference } from './reference'
import { markStart } from './start-marks'
import type { World } from './world'

/** Rows read again at once: few enough that the window stays responsive in between. */
const PAGE = 1000
/** While the window starts, views are told of so many closed tickets at once. */
const TOLD_AT_ONCE = 5000
/** Time that seems to go back by less than this is the offset's smoothing. */
const SLACK_MS = 1000
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

/** What a row is computed with besides its ticket; absent where there is none. */
export type RowTerms = {
  readonly organizationId: string | undefined
  readonly assigneeId: string | undefined
  readonly policyId: string | undefined
  readonly calendarId: string | undefined
}

/** What is known of one ticket. */
type Held = RowTerms & {
  /** Absent when the ticket is gone or can't be shown. */
  readonly row: QueueRow | undefined
  /** Number of the read that it came from: what an older read brings late is dropped. */
  readonly read: number
}

/** All rows of the queue in memory: loaded once, then only the ids that changed are read again. */
export class MirrorRows implements LiveRows {
  readonly #input: RowsInput
  readonly #held = new Map<string, Held>()
  readonly #problems = new Map<string, string>()
  readonly #listeners = new Set<(changedIds: readonly string[] | undefined) => void>()
  readonly #next = new NextChanges()
  #size = 0
  #reads = 0
  readonly #wanted = new Set<string>()
  /** The read that takes what is wanted; absent when none waits for its turn. */
  #nextRead: Promise<void> | undefined
  #lastRead: Promise<void> = Promise.resolve()
  #ready = false
  #closed = false
  #cancelTimer: (() => void) | undefined
  /** The latest time that rows were computed for. */
  #computedFor = Number.NEGATIVE_INFINITY

  constructor(input: RowsInput) {
    this.#input = input
  }

  get size(): number {
    return this.#size
  }
  isReady(): boolean {
    return this.#ready
  }
  get(id: string): QueueRow | undefined {
    return this.#held.get(id)?.row
  }
  *values(): IterableIterator<QueueRow> {
    for (const { row } of this.#held.values()) if (row) yield row
  }
  subscribe(listener: (changedIds: readonly string[] | undefined) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Why some tickets have no row. */
  problems(): IterableIterator<string> {
    return this.#problems.values()
  }

  /**
   * Reads everything; rows that are no longer there go. At the first time views get the open tickets as soon as they
   * are here, and the others in some lots after them.
   * @param ready what rows are computed with is read at the same time; comes when it is here
   */
  async loadAll(ready?: Promise<unknown>): Promise<void> {
    const begun = this.#reads
    const { mirror } = this.#input
    let untold: string[] | undefined
    const tellSome = (): void => {
      if (untold && untold.length >= TOLD_AT_ONCE) this.#tell(untold.splice(0))
    }
    await readEveryTicket({
      mirror,
      wanted: 'all',
      ready,
      taker: () => {
        this.#reads += 1
        const read = this.#reads
        return (rows) => {
          if (this.#closed) return
          for (const mirrored of rows) {
            this.#put(mirrored.id, mirrored, read)
            untold?.push(mirrored.id)
          }
          tellSome()
        }
      },
      packedTaker: () => {
        const read = this.#reads
        return (tickets, isIn) => {
          if (this.#closed) return
          this.#putPacked(tickets, isIn, read)
          untold?.push(...tickets.ids.filter((_, index) => isIn(index)))
          tellSome()
        }
      },
      onOpenDone: () => {
        if (this.#ready || this.#closed || untold) return
        untold = []
        markStart('open rows')
        this.#tell(undefined)
        return this.#input.world.nextPaint?.()
      },
    })
    if (this.#closed) return
    for (const [id, { read }] of this.#held) {
      if (read > begun) continue
      this.#put(id, undefined, this.#reads)
      untold?.push(id)
    }
    if (this.#ready || !untold) {
      if (!this.#ready) markStart('open rows')
      this.#ready = true
      this.#tell(undefined)
      markStart('all rows')
      return
    }
    // Told before it is ready: what a start brings is no news of anything.
    this.#tell(untold)
    this.#ready = true
    this.#tell([])
    markStart('all rows')
  }

  /** Reads again the rows that were computed with something that has changed. */
  async refreshThose(concerned: (of: RowTerms) => boolean): Promise<void> {
    const ids: string[] = []
    for (const [id, held] of this.#held) if (concerned(held)) ids.push(id)
    if (ids.length > 0) await this.refresh(ids)
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

  /**
   * The clock's offset changed by so much: what is next may come sooner. A clock that was set makes every row doubtful:
   * what it was computed for may not have come yet, or what has happened since may have looked like the future.
   */
  offsetChanged(byMs: number): void {
    if (Math.abs(byMs) > SLACK_MS) void this.refresh([...this.#held.keys()])
    else this.#rearm()
  }

  #rearm(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = undefined
    const next = this.#next.next()
    if (this.#closed) return
    const now = this.#input.now()
    if (now < this.#computedFor - SLACK_MS) {
      this.#computedFor = now
      void this.refresh([...this.#held.keys()])
      return
    }
    if (next === undefined) return
    const wait = Math.min(Math.max(0, next - now), LONGEST_NAP_MS)
    this.#cancelTimer = this.#input.world.after(wait, () => {
      const due = this.#next.takeDue(this.#input.now())
      if (due.length > 0) void this.refresh(due)
      else this.#rearm()
    })
  }

  #put(id: string, mirrored: MirrorRow<'ticket'> | undefined, read: number): void {
    const before = this.#held.get(id)
    if (before && before.read > read) return
    if (this.#problems.size > 0) this.#problems.delete(id)
    const { outbox, reference, me } = this.#input
    const now = this.#input.now()
    if (now > this.#computedFor) this.#computedFor = now
    const built = mirrored && buildRow({ mirrored, entries: outbox.of(id), reference: reference(), me, now })
    const row = built && 'row' in built ? built.row : undefined
    if (built && 'problem' in built) this.#problems.set(id, built.problem)
    this.#size += (row ? 1 : 0) - (before?.row ? 1 : 0)
    const ticket = mirrored?.value
    this.#held.set(id, {
      row,
      read,
      organizationId: ticket?.organizationId,
      assigneeId: row?.assigneeId,
      policyId: ticket?.policyId,
      calendarId: ticket?.calendarId,
    })
    this.#next.set(id, row?.report.nextChangeAt)
  }

  #putPacked(tickets: UnpackedTickets, isIn: (index: number) => boolean, read: number): void {
    const { outbox, me } = this.#input
    const now = this.#input.now()
    const packed = new PackedRows(tickets, { reference: this.#input.reference(), me, now })
    for (let index = 0; index < tickets.size; index += 1) {
      if (!isIn(index)) continue
      const id = tickets.ids[index] ?? ''
      const before = this.#held.get(id)
      if (before && before.read > read) continue
      const made = outbox.of(id).length === 0 ? packed.row(index) : undefined
      if (!made) {
        this.#put(id, tickets.row(index), read)
        continue
      }
      if (this.#problems.size > 0) this.#problems.delete(id)
      if (!before?.row) this.#size += 1
      this.#held.set(id, {
        row: made.row,
        read,
        organizationId: tickets.organizationId(index),
        assigneeId: tickets.assigneeId(index),
        policyId: tickets.policyId(index),
        calendarId: tickets.calendarId(index),
      })
      this.#next.set(id, made.nextChangeAt)
    }
    if (now > this.#computedFor) this.#computedFor = now
  }

  #tell(changed: readonly string[] | undefined): void {
    this.#rearm()
    for (const listener of [...this.#listeners]) listener(changed)
  }
}
