/** What a row is ordered by; `undefined` comes last in either direction. */
export type SortKey = number | string | undefined

export type Entry = {
  readonly id: string
  readonly key: SortKey
  /** Orders rows with the same key, ascending in either direction; then the id does, so that order is total. */
  readonly tie: number
  /** Rows of one group stand together; groups ascend in either direction. All entries have one, or none has. */
  readonly group?: string | undefined
}

export type Direction = 'asc' | 'desc'

/** Ids in order, patched instead of sorted again: a change of 50 among 50,000 rows costs about a millisecond. */
export type SortedIndex = {
  readonly size: number
  at(position: number): string | undefined
  /** -1 when the id is not in it. */
  positionOf(id: string): number
  has(id: string): boolean
  get(id: string): Entry | undefined
  /** In order. */
  ids(): readonly string[]
  /** Replaces everything with one sort. Ids must be unique. */
  fill(entries: Iterable<Entry>): void
  /** Takes out what fails the test; the rest stays as it is. */
  keep(test: (id: string) => boolean): void
  /** Puts entries in or moves them, takes ids out. Says whether any position may have changed. */
  patch(puts: readonly Entry[], removed: readonly string[]): boolean
}

/** From this share of the whole on, one pass over everything is cheaper than searching each place. */
const MERGE_SHARE = 1 / 100
const MERGE_MIN = 100
/** Up to so many places the tail is moved for each; from there on everything is moved once. */
const SPLICE_MAX = 4

export function createSortedIndex(direction: Direction = 'asc'): SortedIndex {
  let order: Entry[] = []
  const entries = new Map<string, Entry>()
  const compare = comparator(direction)

  /** First position whose entry is not before `entry`. */
  function lowerBound(entry: Entry): number {
    let low = 0
    let high = order.length
    while (low < high) {
      const middle = (low + high) >>> 1
      const other = order[middle]
      if (other && compare(other, entry) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  function mergeIn(puts: readonly Entry[], gone: ReadonlySet<Entry>): void {
    const kept = gone.size > 0 ? order.filter((entry) => !gone.has(entry)) : order
    const added = [...puts].sort(compare)
    const merged: Entry[] = []
    let next = 0
    for (const entry of kept) {
      for (let candidate = added[next]; candidate && compare(candidate, entry) < 0; candidate = added[next]) {
        merged.push(candidate)
        next += 1
      }
      merged.push(entry)
    }
    for (; next < added.length; next += 1) {
      const entry = added[next]
      if (entry) merged.push(entry)
    }
    order = merged
  }

  // Both work in place: a new array of 50,000 at every change keeps the garbage collector busy.
  function takeOut(gone: ReadonlySet<Entry>): void {
    const places = [...gone].map(lowerBound).sort((a, b) => a - b)
    let to = places[0] ?? order.length
    for (let next = 0; next < places.length; next += 1) {
      const end = places[next + 1] ?? order.length
      for (let from = (places[next] ?? end) + 1; from < end; from += 1) {
        const entry = order[from]
        if (entry) order[to] = entry
        to += 1
      }
    }
    order.length = to
  }

  function putIn(added: Entry[]): void {
    const places = added.sort(compare).map(lowerBound)
    let end = order.length
    for (const entry of added) order.push(entry)
    for (let next = added.length - 1; next >= 0; next -= 1) {
      const place = places[next] ?? end
      for (let from = end - 1; from >= place; from -= 1) {
        const entry = order[from]
        if (entry) order[from + next + 1] = entry
      }
      const entry = added[next]
      if (entry) order[place + next] = entry
      end = place
    }
  }

  return {
    get size() {
      return order.length
    },
    at: (position) => order[position]?.id,
    positionOf(id) {
      const entry = entries.get(id)
      return entry ? lowerBound(entry) : -1
    },
    has: (id) => entries.has(id),
    get: (id) => entries.get(id),
    ids: () => order.map(({ id }) => id),
    fill(all) {
      const list = [...all]
      const groups = list[0]?.group === undefined ? [list] : inGroups(list)
      order = groups.flatMap((entriesOfOne) => entriesOfOne.sort(compare))
      entries.clear()
      for (const entry of order) entries.set(entry.id, entry)
    },
    keep(test) {
      order = order.filter(({ id }) => {
        const isKept = test(id)
        if (!isKept) entries.delete(id)
        return isKept
      })
    },
    patch(puts, removed) {
      const gone = new Set<Entry>()
      const moved = new Map<string, Entry>()
      for (const id of removed) {
        const old = entries.get(id)
        if (old) gone.add(old)
        entries.delete(id)
        moved.delete(id)
      }
      for (const entry of puts) {
        const old = entries.get(entry.id)
        if (old && isSamePlace(old, entry)) continue
        if (old && moved.get(entry.id) !== old) gone.add(old)
        entries.set(entry.id, entry)
        moved.set(entry.id, entry)
      }
      if (gone.size === 0 && moved.size === 0) return false
      if (gone.size + moved.size > Math.max(MERGE_MIN, order.length * MERGE_SHARE)) {
        mergeIn([...moved.values()], gone)
        return true
      }
      if (gone.size > SPLICE_MAX) takeOut(gone)
      else for (const entry of gone) order.splice(lowerBound(entry), 1)
      if (moved.size > SPLICE_MAX) putIn([...moved.values()])
      else for (const entry of moved.values()) order.splice(lowerBound(entry), 0, entry)
      return true
    },
  }
}

/** Sorted one by one, groups need fewer comparisons, and none of their names. */
function inGroups(entries: readonly Entry[]): Entry[][] {
  const groups = new Map<string, Entry[]>()
  for (const entry of entries) {
    const group = groups.get(entry.group ?? '')
    if (group) group.push(entry)
    else groups.set(entry.group ?? '', [entry])
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

function isSamePlace(a: Entry, b: Entry): boolean {
  return a.key === b.key && a.tie === b.tie && a.group === b.group
}

function comparator(direction: Direction): (a: Entry, b: Entry) => number {
  const sign = direction === 'asc' ? 1 : -1
  return (a, b) => {
    if (a.group !== b.group) return (a.group ?? '') < (b.group ?? '') ? -1 : 1
    if (a.key !== b.key) {
      if (a.key === undefined) return 1
      if (b.key === undefined) return -1
      return a.key < b.key ? -sign : sign
    }
    if (a.tie !== b.tie) return a.tie - b.tie
    if (a.id === b.id) return 0
    return a.id < b.id ? -1 : 1
  }
}
