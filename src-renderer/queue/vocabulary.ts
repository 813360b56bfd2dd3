import { vocabularyOf } from '#shared/queue/filter-vocabulary'
import type { Vocabulary } from '#shared/queue/filter-words'
import type { DeskStore } from '../store/desk-store'

/** Names come and go slowly, and reading them from every row takes longer than a key may. */
const FRESH_MS = 60_000

const known = new WeakMap<DeskStore, { readonly vocabulary: Vocabulary; readonly at: number }>()

/** The names that can be asked for on this desk: of customers, agents, regions, tags, issues. */
export function vocabularyNow(desk: DeskStore): Vocabulary {
  const before = known.get(desk)
  if (before && performance.now() - before.at < FRESH_MS) return before.vocabulary
  const vocabulary = vocabularyOf(desk.rows.values(), desk.shared.get().agents)
  known.set(desk, { vocabulary, at: performance.now() })
  return vocabulary
}
