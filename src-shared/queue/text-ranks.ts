import type { Direction } from './slot-order'
import { sortTexts } from './text-sort'

/** Columns of texts as numbers, so that they are compared once for all. */
export type TextRanks = {
  /**
   * By slot, the place of its text among all different ones of these slots, turned round for `desc`; what has none comes last
   * in either direction. Asked again for the same column and no other slots it gives the same places.
   */
  of(
    column: string,
    slots: Int32Array,
    texts: readonly (string | undefined)[],
    direction: Direction,
  ): Float64Array
  /** Texts have changed. */
  forget(): void
}

export function createTextRanks(): TextRanks {
  /** Ascending; NaN where a slot was not asked about. */
  const known = new Map<string, Float64Array>()
  return {
    of(column, slots, texts, direction) {
      let ranks = known.get(column)
      if (!ranks || !covers(ranks, slots)) {
        ranks = ranksOf(slots, texts)
        known.set(column, ranks)
      }
      if (direction === 'asc') return ranks
      return ranks.map((rank) => (rank === Number.POSITIVE_INFINITY ? rank : -rank))
    },
    forget: () => known.clear(),
  }
}

function covers(ranks: Float64Array, slots: Int32Array): boolean {
  for (const slot of slots) if (!(slot < ranks.length) || Number.isNaN(ranks[slot])) return false
  return true
}

function ranksOf(slots: Int32Array, texts: readonly (string | undefined)[]): Float64Array {
  const different = new Map<string, number>()
  for (const slot of slots) {
    const text = texts[slot]
    if (text !== undefined) different.set(text, 0)
  }
  const sorted = [...different.keys()]
  sortTexts(sorted)
  sorted.forEach((text, rank) => {
    different.set(text, rank)
  })
  const ranks = new Float64Array(texts.length).fill(Number.NaN)
  for (const slot of slots) {
    const text = texts[slot]
    ranks[slot] = text === undefined ? Number.POSITIVE_INFINITY : (different.get(text) ?? 0)
  }
  return ranks
}
