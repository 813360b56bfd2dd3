import type { Instant } from '../time/instant'
import { parseFilter } from './filter'
import { compileFilter, type FoundIn, type RowFilter } from './filter-match'
import type { Viewer, Watch } from './filter-words'
import type { RowSlots } from './row-slots'

/** A view that is counted: those in the side bar, shown or not. */
export type CountedView = { readonly id: string; readonly query: string }

/** `isIn` is 1 in the slot of each ticket that the query finds. */
type Members = { readonly filter: RowFilter; isIn: Uint8Array; size: number }

/** Which tickets are in which view, kept per change. Views that ask the same share their tickets. */
export type ViewCounts = {
  readonly watches: readonly Watch[]
  /** Counts other views; `fill` then. */
  setViews(views: readonly CountedView[]): void
  fill(now: Instant): void
  /** Asks about one row again. */
  put(slot: number, now: Instant): void
  sizeOf(viewId: string): number
  /** By slot, 1 for each ticket of a query; when some counted view asks it. */
  membersOf(query: string): Uint8Array | undefined
}

/** @param found where texts that queries look for were found in messages */
export function createViewCounts(slots: RowSlots, me: Viewer, found?: FoundIn): ViewCounts {
  const queryOf = new Map<string, string>()
  const members = new Map<string, Members>()

  return {
    get watches() {
      return [...members.values()].flatMap(({ filter }) => filter.watches)
    },
    setViews(views) {
      queryOf.clear()
      members.clear()
      for (const { id, query } of views) {
        queryOf.set(id, query)
        if (members.has(query)) continue
        const filter = compileFilter(parseFilter(query), me, found)
        members.set(query, { filter, isIn: new Uint8Array(0), size: 0 })
      }
    },
    fill(now) {
      const { rows, end } = slots
      for (const one of members.values()) {
        const { matches, readsText } = one.filter
        const isIn = new Uint8Array(end)
        let size = 0
        for (let slot = 0; slot < end; slot += 1) {
          const row = rows[slot]
          if (!row || !matches(row, now, readsText ? slots.textIn(slot) : undefined)) continue
          isIn[slot] = 1
          size += 1
        }
        one.isIn = isIn
        one.size = size
      }
    },
    put(slot, now) {
      const row = slots.rows[slot]
      for (const one of members.values()) {
        if (slot >= one.isIn.length) {
          const isIn = new Uint8Array(Math.ceil(slots.end * 1.25))
          isIn.set(one.isIn)
          one.isIn = isIn
        }
        const { matches, readsText } = one.filter
        const is = row && matches(row, now, readsText ? slots.textIn(slot) : undefined) ? 1 : 0
        one.size += is - (one.isIn[slot] ?? 0)
        one.isIn[slot] = is
      }
    },
    sizeOf(viewId) {
      const query = queryOf.get(viewId)
      return query === undefined ? 0 : (members.get(query)?.size ?? 0)
    },
    membersOf: (query) => members.get(query)?.isIn,
  }
}
