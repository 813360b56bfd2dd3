import type { Instant } from '../time/instant'
import { parseFilter } from './filter'
import { compileFilter, type FoundIn, type RowFilter } from './filter-match'
import type { Viewer, Watch } from './filter-words'
import type { QueueRow } from './row'

/** A view that is counted: those in the side bar, shown or not. */
export type CountedView = { readonly id: string; readonly query: string }

type Members = { readonly filter: RowFilter; readonly ids: Set<string> }

/** Which tickets are in which view, kept per change. Views that ask the same share their tickets. */
export type ViewCounts = {
  readonly watches: readonly Watch[]
  /** Counts other views; `fill` then. */
  setViews(views: readonly CountedView[]): void
  fill(rows: Iterable<QueueRow>, now: Instant): void
  /** @param row undefined when it is gone */
  put(id: string, row: QueueRow | undefined, now: Instant): void
  sizeOf(viewId: string): number
  /** The tickets of a query, when some counted view asks it. */
  idsOf(query: string): ReadonlySet<string> | undefined
}

/** @param found where texts that queries look for were found in messages */
export function createViewCounts(me: Viewer, found?: FoundIn): ViewCounts {
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
        if (!members.has(query)) {
          members.set(query, { filter: compileFilter(parseFilter(query), me, found), ids: new Set() })
        }
      }
    },
    fill(rows, now) {
      const all = [...members.values()]
      for (const { ids } of all) ids.clear()
      for (const row of rows) for (const { filter, ids } of all) if (filter.matches(row, now)) ids.add(row.id)
    },
    put(id, row, now) {
      for (const { filter, ids } of members.values()) {
        if (row && filter.matches(row, now)) ids.add(id)
        else ids.delete(id)
      }
    },
    sizeOf(viewId) {
      const query = queryOf.get(viewId)
      return query === undefined ? 0 : (members.get(query)?.ids.size ?? 0)
    },
    idsOf: (query) => members.get(query)?.ids,
  }
}
