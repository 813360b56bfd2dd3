import type { Instant } from '../time/instant'
import type { Watch } from './filter-words'
import type { QueueRow } from './row'
import { createSortedIndex, type Entry } from './sorted-index'

/** When time alone changes what is asked of a row. */
export type WakeTimes = {
  /** The first of them. */
  readonly next: Instant | undefined
  /** Says whether other things are watched than before; `fill` then. */
  setWatches(watches: readonly Watch[]): boolean
  fill(rows: Iterable<QueueRow>, now: Instant): void
  put(rows: readonly QueueRow[], removedIds: readonly string[], now: Instant): void
  /** The rows whose time has come; they stay until they are put again. */
  dueAt(now: Instant): readonly string[]
}

export function createWakeTimes(): WakeTimes {
  const index = createSortedIndex()
  let watches: readonly Watch[] = []
  let watched = ''

  function entryOf(row: QueueRow, now: Instant): Entry | undefined {
    let next: Instant | undefined
    for (const watch of watches) {
      const at = watch.nextAt(row, now)
      if (at !== undefined && (next === undefined || at < next)) next = at
    }
    return next === undefined ? undefined : { id: row.id, key: next, tie: 0 }
  }
  function timeAt(position: number): Instant | undefined {
    const id = index.at(position)
    const key = id === undefined ? undefined : index.get(id)?.key
    return typeof key === 'number' ? key : undefined
  }

  return {
    get next() {
      return timeAt(0)
    },
    setWatches(all) {
      const each = new Map(all.map((watch) => [watch.key, watch]))
      const keys = [...each.keys()].sort().join('\n')
      if (keys === watched) return false
      watched = keys
      watches = [...each.values()]
      return true
    },
    fill(rows, now) {
      const entries: Entry[] = []
      for (const row of rows) {
        const entry = entryOf(row, now)
        if (entry) entries.push(entry)
      }
      index.fill(entries)
    },
    put(rows, removedIds, now) {
      const entries: Entry[] = []
      const asleep = [...removedIds]
      for (const row of rows) {
        const entry = entryOf(row, now)
        if (entry) entries.push(entry)
        else asleep.push(row.id)
      }
      index.patch(entries, asleep)
    },
    dueAt(now) {
      const due: string[] = []
      for (let position = 0; position < index.size; position += 1) {
        const at = timeAt(position)
        const id = index.at(position)
        if (at === undefined || id === undefined || at > now) break
        due.push(id)
      }
      return due
    },
  }
}
