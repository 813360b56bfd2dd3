import type { Instant } from '../time/instant'
import { nextFaceChangeAt } from './countdown'
import { type Filter, parseFilter, passes, searchText } from './filter'
import type { QueueRow } from './row'
import { createSortedIndex, type Entry } from './sorted-index'
import { defaultSort, entryOf, type Sort, type Tab, tabBits, tabs } from './view'

/** Where rows come from; the view keeps none of its own. */
export type RowSource = {
  get(id: string): QueueRow | undefined
  values(): Iterable<QueueRow>
}

export type ViewSettings = { readonly tab: Tab; readonly filter: string; readonly sort: Sort }

/** A filtered, sorted view over all rows with the count of every tab; patched per change, never built again. */
export type QueueView = {
  readonly settings: ViewSettings
  readonly size: number
  readonly counts: { readonly [tab in Tab]: number }
  idAt(position: number): string | undefined
  /** -1 when the row is not in this view. */
  positionOf(id: string): number
  /** Shows another tab, filter or order; one pass over all rows. */
  show(settings: ViewSettings, now: Instant): void
  /** Takes in changed rows; `undefined` means everything may have changed. */
  patch(changedIds: readonly string[] | undefined, now: Instant): void
  /** The first instant at which a row changes its tabs by time alone; call `wake` then. */
  readonly wakeAt: Instant | undefined
  /** Takes in what time has changed until `now`; says whether that was anything. */
  wake(now: Instant): boolean
}

/** @param me id of the agent whose tickets are "mine" */
export function createQueueView(source: RowSource, me: string): QueueView {
  let settings: ViewSettings = { tab: 'open', filter: '', sort: defaultSort('open') }
  let filter: Filter = []
  let counts = new Array<number>(tabs.length).fill(0)
  let shown = createSortedIndex()
  const bitsOf = new Map<string, number>()
  const waking = createSortedIndex()
  const wakeTimes = new Map<string, Instant>()
  const texts = new WeakMap<QueueRow, string>()

  function textOf(row: QueueRow): string {
    const known = texts.get(row)
    if (known !== undefined) return known
    const text = searchText(row)
    texts.set(row, text)
    return text
  }

  function isShown(row: QueueRow, bits: number): boolean {
    if ((bits & (1 << tabs.indexOf(settings.tab))) === 0) return false
    return filter.length === 0 || passes(filter, row, textOf(row))
  }

  function addToCounts(bits: number, amount: 1 | -1): void {
    for (let position = 0; position < tabs.length; position += 1) {
      if (bits & (1 << position)) counts[position] = (counts[position] ?? 0) + amount
    }
  }

  function wakeEntry(row: QueueRow, now: Instant): Entry | undefined {
    const at = row.isOpen ? nextFaceChangeAt(row.report, now) : undefined
    if (at === undefined) wakeTimes.delete(row.id)
    else wakeTimes.set(row.id, at)
    return at === undefined ? undefined : { id: row.id, key: at, tie: 0 }
  }

  function fillShown(): void {
    const entries: Entry[] = []
    for (const row of source.values()) {
      if (isShown(row, bitsOf.get(row.id) ?? 0)) entries.push(entryOf(row, settings.sort.field))
    }
    shown = createSortedIndex(settings.sort.direction)
    shown.fill(entries)
  }

  function readAll(now: Instant): void {
    counts = new Array<number>(tabs.length).fill(0)
    bitsOf.clear()
    wakeTimes.clear()
    const wakes: Entry[] = []
    for (const row of source.values()) {
      const bits = tabBits(row, me, now)
      bitsOf.set(row.id, bits)
      addToCounts(bits, 1)
      const wake = wakeEntry(row, now)
      if (wake) wakes.push(wake)
    }
    waking.fill(wakes)
    fillShown()
  }

  function patch(changedIds: readonly string[], now: Instant): void {
    const puts: Entry[] = []
    const removed: string[] = []
    const wakes: Entry[] = []
    const asleep: string[] = []
    for (const id of changedIds) {
      const row = source.get(id)
      const bits = row ? tabBits(row, me, now) : 0
      addToCounts(bitsOf.get(id) ?? 0, -1)
      addToCounts(bits, 1)
      if (row) bitsOf.set(id, bits)
      else bitsOf.delete(id)
      if (row && isShown(row, bits)) puts.push(entryOf(row, settings.sort.field))
      else removed.push(id)
      const wake = row ? wakeEntry(row, now) : undefined
      if (wake) wakes.push(wake)
      else asleep.push(id)
    }
    shown.patch(puts, removed)
    waking.patch(wakes, asleep)
  }

  function firstWake(): Instant | undefined {
    const id = waking.at(0)
    return id === undefined ? undefined : wakeTimes.get(id)
  }

  return {
    get settings() {
      return settings
    },
    get size() {
      return shown.size
    },
    get counts() {
      return Object.fromEntries(tabs.map((tab, position) => [tab, counts[position] ?? 0])) as {
        [tab in Tab]: number
      }
    },
    idAt: (position) => shown.at(position),
    positionOf: (id) => shown.positionOf(id),
    show(next, now) {
      settings = next
      filter = parseFilter(next.filter)
      if (bitsOf.size === 0) readAll(now)
      else fillShown()
    },
    patch(changedIds, now) {
      if (changedIds) patch(changedIds, now)
      else readAll(now)
    },
    get wakeAt() {
      return firstWake()
    },
    wake(now) {
      const due: string[] = []
      for (let position = 0; position < waking.size; position += 1) {
        const id = waking.at(position)
        const at = id === undefined ? undefined : wakeTimes.get(id)
        if (id === undefined || at === undefined || at > now) break
        due.push(id)
      }
      if (due.length > 0) patch(due, now)
      return due.length > 0
    },
  }
}
