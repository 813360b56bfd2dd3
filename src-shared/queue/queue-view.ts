import type { Instant } from '../time/instant'
import { builtinViews } from './builtin-views'
import { type Filter, parseFilter } from './filter'
import { compileFilter, type FoundIn, isNarrower, type RowFilter } from './filter-match'
import type { Viewer } from './filter-words'
import { createGroupLines, type Group, type GroupLine } from './group-lines'
import { createGrouper, type Grouping, type RowGroup } from './grouping'
import type { QueueRow } from './row'
import { createSortedIndex, type Entry } from './sorted-index'
import { entryOf, type Sort } from './view'
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
  let shown = createSortedIndex()
  const lines = createGroupLines()
  const counts = createViewCounts(me, found)
  const times = createWakeTimes()
  let isRead = false
  counts.setViews(builtinViews)
  watch()

  function watch(): boolean {
    return times.setWatches([...counts.watches, ...query.watches, ...filter.watches])
  }
  function isShown(row: QueueRow, now: Instant): boolean {
    return query.matches(row, now) && filter.matches(row, now)
  }
  /** Its group is counted in `lines` too. */
  function enter(row: QueueRow): Entry {
    const group = grouper?.(row)
    if (group) lines.add(group)
    return entryOf(row, settings.sort.field, group?.key)
  }
  function leave(id: string): void {
    const group = shown.get(id)?.group
    if (group !== undefined) lines.remove(group)
  }

  /** @param ids those that may be shown; undefined: any */
  function fillShown(ids: Iterable<string> | undefined, now: Instant): void {
    const entries: Entry[] = []
    lines.clear()
    if (ids) {
      for (const id of ids) {
        const row = source.get(id)
        if (row && isShown(row, now)) entries.push(enter(row))
      }
    } else {
      for (const row of source.values()) if (isShown(row, now)) entries.push(enter(row))
    }
    shown = createSortedIndex(settings.sort.direction)
    shown.fill(entries)
  }

  function readAll(now: Instant): void {
    isRead = true
    counts.fill(source.values(), now)
    times.fill(source.values(), now)
    fillShown(counts.idsOf(settings.query), now)
  }

  function patch(changedIds: readonly string[], now: Instant): void {
    const rows: QueueRow[] = []
    const gone: string[] = []
    const puts: Entry[] = []
    const removed: string[] = []
    for (const id of new Set(changedIds)) {
      const row = source.get(id)
      counts.put(id, row, now)
      if (row) rows.push(row)
      else gone.push(id)
      leave(id)
      if (row && isShown(row, now)) puts.push(enter(row))
      else removed.push(id)
    }
    shown.patch(puts, removed)
    times.put(rows, gone, now)
  }

  function wake(now: Instant): boolean {
    const due = times.dueAt(now)
    if (due.length > 0) patch(due, now)
    return due.length > 0
  }

  return {
    get settings() {
      return settings
    },
    get size() {
      return shown.size
    },
    countOf: (viewId) => counts.sizeOf(viewId),
    idAt: (position) => shown.at(position),
    positionOf: (id) => shown.positionOf(id),
    ids: () => shown.ids(),
    get lineCount() {
      return settings.groupBy ? lines.lineCount : shown.size
    },
    lineAt(line) {
      if (settings.groupBy) return lines.at(line)
      return line >= 0 && line < shown.size ? { kind: 'ticket', position: line } : undefined
    },
    lineOf(id) {
      const position = shown.positionOf(id)
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
      if (isWatchedAnew) times.fill(source.values(), now)
      if (!isLess) fillShown(counts.idsOf(next.query), now)
      else if (!isSameOrder || next.groupBy) fillShown(shown.ids(), now)
      else {
        shown.keep((id) => {
          const row = source.get(id)
          return row !== undefined && isShown(row, now)
        })
      }
    },
    countViews(views, now) {
      counts.setViews([...builtinViews, ...views])
      const isWatchedAnew = watch()
      if (!isRead) return
      counts.fill(source.values(), now)
      if (isWatchedAnew) times.fill(source.values(), now)
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
