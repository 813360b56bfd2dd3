import type { Instant } from '../time/instant'
import { builtinViews } from './builtin-views'
import { type Filter, parseFilter } from './filter'
import { compileFilter, type FoundIn, isNarrower, type RowFilter } from './filter-match'
import type { Viewer } from './filter-words'
import { createGroupLines, type Group, type GroupLine } from './group-lines'
import { createGrouper, type Grouping, type RowGroup } from './grouping'
import type { QueueRow } from './row'
import { createRowSlots } from './row-slots'
import { createSlotOrder } from './slot-order'
import { isTextField, type Sort, sortKey, tieOf } from './view'
import { type CountedView, createViewCounts } from './view-counts'
import { createWakeTimes } from './wake-times'

/** Where rows come from; the view keeps none of its own. */
export type RowSource = {
  get(id: string): QueueRow | undefined
  values(): Iterable<QueueRow>
}

export type ViewSettings = {
  /** What the saved view asks for, in the language of the filter box. */
  readonly query: string
  /** What is typed in the box, on top of it. */
  readonly filter: string
  readonly sort: Sort
  readonly groupBy?: Grouping | undefined
  /** Keys of the groups that show their heads alone. */
  readonly folded?: ReadonlySet<string> | undefined
}

/** A filtered, sorted, grouped view over all rows with the count of every view; patched per change, never built again. */
export type QueueView = {
  readonly settings: ViewSettings
  /** Tickets in it, those in folded groups included. */
  readonly size: number
  /** Tickets of a counted view, by its id; 0 for others. */
  countOf(viewId: string): number
  idAt(position: number): string | undefined
  /** -1 when the row is not in this view. */
  positionOf(id: string): number
  /** All of it, in order: for an export, or to select everything. */
  ids(): readonly string[]
  /**
   * Makes ready what the first word in the filter box would wait for, of some rows at a time.
   * @param from where it left off; 0 at first
   * @returns where to go on; undefined when all are ready
   */
  prepareTexts(from: number): number | undefined
  /** A row as this view took it in last, whether it is in the view or not. */
  rowAsShown(id: string): QueueRow | undefined
  /** Without grouping there are as many lines as tickets, each at its position. */
  readonly lineCount: number
  lineAt(line: number): GroupLine | undefined
  /** -1 when the row is not in this view, or folded away. */
  lineOf(id: string): number
  /** -1 when there is no such group. */
  lineOfGroup(key: string): number
  readonly groups: readonly Group[]
  /** Shows something else; one pass over the rows that may be in it. */
  show(settings: ViewSettings, now: Instant): void
  /** Counts other views than the built-in ones alone. */
  countViews(views: readonly CountedView[], now: Instant): void
  /** Takes in changed rows; `undefined` means everything may have changed. */
  patch(changedIds: readonly string[] | undefined, now: Instant): void
  /** The first instant at which a row may change its views by time alone; call `wake` then. */
  readonly wakeAt: Instant | undefined
  /** Takes in what time has changed until `now`; says whether that was anything. */
  wake(now: Instant): boolean
}

/** Made in a millisecond or two. */
const TEXTS_AT_ONCE = 500
const NOTHING: ReadonlySet<string> = new Set()

/**
 * @param me whose tickets are "mine"
 * @param found where words were found in messages; `patch` the tickets for which it says something else
 */
export function createQueueView(source: RowSource, me: Viewer, found?: FoundIn): QueueView {
  let settings: ViewSettings = { query: 'is:open', filter: '', sort: { field: 'nextDue', direction: 'asc' } }
  let typed: Filter = []
  let query = compileFilter(parseFilter(settings.query), me, found)
  let filter: RowFilter = compileFilter(typed, me, found)
  let grouper: ((row: QueueRow) => RowGroup) | undefined
  const slots = createRowSlots()
  const order = createSlotOrder()
  const lines = createGroupLines()
  const counts = createViewCounts(slots, me, found)
  const times = createWakeTimes(slots)
  let isRead = false
  counts.setViews(builtinViews)
  watch()

  function watch(): boolean {
    return times.setWatches([...counts.watches, ...query.watches, ...filter.watches])
  }
  function asks({ matches, readsText }: RowFilter, slot: number, now: Instant): boolean {
    const row = slots.rows[slot]
    return row !== undefined && matches(row, now, readsText ? slots.textIn(slot) : undefined)
  }
  function isShown(slot: number, now: Instant): boolean {
    return asks(query, slot, now) && asks(filter, slot, now)
  }
  function groupIn(slot: number): RowGroup | undefined {
    const row = slots.rows[slot]
    return row && grouper?.(row)
  }

  /** The slots of the rows that are shown, in no order. */
  function shownSlots(now: Instant): Int32Array<ArrayBuffer> {
    // Who is in a view that is counted is known.
    const members = counts.membersOf(settings.query)
    const { end } = slots
    const found = new Int32Array(end)
    let size = 0
    for (let slot = 0; slot < end; slot += 1) {
      if (!(members ? members[slot] === 1 : asks(query, slot, now))) continue
      if (!filter.isEmpty && !asks(filter, slot, now)) continue
      found[size] = slot
      size += 1
    }
    return found.slice(0, size)
  }

  /** Puts these in order, and counts their groups. */
  function arrange(shown: Int32Array<ArrayBuffer>): void {
    const { field, direction } = settings.sort
    const of = <T>(slot: number, ask: (row: QueueRow) => T): T | undefined => {
      const row = slots.rows[slot]
      return row && ask(row)
    }
    order.fill(shown, {
      direction,
      texts: isTextField(field) ? field : undefined,
      key: (slot) => of(slot, (row) => sortKey(row, field)),
      tie: (slot) => of(slot, tieOf) ?? 0,
      id: (slot) => slots.ids[slot] ?? '',
      group: grouper && ((slot) => groupIn(slot)?.key ?? ''),
    })
    lines.clear()
    if (!grouper) return
    for (const slot of shown) {
      const group = groupIn(slot)
      if (group) lines.add(group)
    }
  }

  function readAll(now: Instant): void {
    isRead = true
    slots.fill(source.values())
    order.forget()
    counts.fill(now)
    times.fill(now)
    arrange(shownSlots(now))
  }

  function patch(changedIds: readonly string[], now: Instant): void {
    const puts: number[] = []
    const removed: number[] = []
    for (const id of new Set(changedIds)) {
      const slot = slots.put(id, source.get(id))
      if (slot < 0) continue
      counts.put(slot, now)
      times.put(slot, now)
      const before = order.groupAt(slot)
      if (before !== undefined) lines.remove(before)
      if (!isShown(slot, now)) {
        removed.push(slot)
        continue
      }
      puts.push(slot)
      const group = groupIn(slot)
      if (group) lines.add(group)
    }
    order.forget()
    order.patch(puts, removed)
  }

  function wake(now: Instant): boolean {
    const due = times.dueAt(now)
    if (due.length > 0) patch(due, now)
    return due.length > 0
  }

  function idAt(position: number): string | undefined {
    const slot = order.at(position)
    return slot < 0 ? undefined : slots.ids[slot]
  }
  function positionOf(id: string): number {
    const slot = slots.slotOf(id)
    return slot < 0 ? -1 : order.positionOf(slot)
  }

  return {
    get settings() {
      return settings
    },
    get size() {
      return order.size
    },
    countOf: (viewId) => counts.sizeOf(viewId),
    idAt,
    positionOf,
    ids: () => Array.from(order.slots(), (slot) => slots.ids[slot] ?? ''),
    prepareTexts(from) {
      const end = Math.min(slots.end, from + TEXTS_AT_ONCE)
      for (let slot = from; slot < end; slot += 1) slots.textIn(slot)
      return end < slots.end ? end : undefined
    },
    rowAsShown(id) {
      const slot = slots.slotOf(id)
      return slot < 0 ? undefined : slots.rows[slot]
    },
    get lineCount() {
      return settings.groupBy ? lines.lineCount : order.size
    },
    lineAt(line) {
      if (settings.groupBy) return lines.at(line)
      return line >= 0 && line < order.size ? { kind: 'ticket', position: line } : undefined
    },
    lineOf(id) {
      const position = positionOf(id)
      return position < 0 || !settings.groupBy ? position : lines.lineOf(position)
    },
    lineOfGroup: (key) => (settings.groupBy ? lines.lineOfGroup(key) : -1),
    get groups() {
      return settings.groupBy ? lines.groups : []
    },
    show(next, now) {
      // What time has changed belongs to what was shown.
      wake(now)
      const before = settings
      settings = next
      if (next.groupBy !== before.groupBy) grouper = next.groupBy && createGrouper(next.groupBy)
      lines.fold(next.folded ?? NOTHING)
      const isSameOrder =
        before.sort.field === next.sort.field &&
        before.sort.direction === next.sort.direction &&
        before.groupBy === next.groupBy
      const nextTyped = parseFilter(next.filter)
      const isSameQuery = before.query === next.query
      if (isRead && isSameQuery && isSameOrder && before.filter === next.filter) return
      const isLess = isSameQuery && isNarrower(nextTyped, typed)
      typed = nextTyped
      query = compileFilter(parseFilter(next.query), me, found)
      filter = compileFilter(typed, me, found)
      const isWatchedAnew = watch()
      if (!isRead) return readAll(now)
      if (isWatchedAnew) times.fill(now)
      if (!isLess) arrange(shownSlots(now))
      else {
        // Whatever is shown is in the view: only what is typed may rule it out.
        if (before.filter !== next.filter) order.keep((slot) => asks(filter, slot, now))
        if (!isSameOrder || next.groupBy) arrange(order.ascending())
      }
    },
    countViews(views, now) {
      counts.setViews([...builtinViews, ...views])
      const isWatchedAnew = watch()
      if (!isRead) return
      counts.fill(now)
      if (isWatchedAnew) times.fill(now)
    },
    patch(changedIds, now) {
      if (changedIds) patch(changedIds, now)
      else readAll(now)
    },
    get wakeAt() {
      return times.next
    },
    wake,
  }
}
