import type { QueueRow } from './row'
import { foldedText } from './row-text'

/**
 * The rows that a view knows, each in a numbered slot that it keeps: what is known about rows is kept in arrays by slot,
 * which takes no look-up by id and sorts many times faster than objects.
 */
export type RowSlots = {
  /** Every slot is below it. */
  readonly end: number
  /** By slot, as it was taken in last; undefined for one that is gone. */
  readonly rows: readonly (QueueRow | undefined)[]
  /** By slot. */
  readonly ids: readonly string[]
  /** What words are looked for in; made once for each row. */
  textIn(slot: number): string
  /** -1 when the id was never here. */
  slotOf(id: string): number
  /** Replaces everything: what stays may get another slot. */
  fill(rows: Iterable<QueueRow>): void
  /** Takes in what a row is now; undefined when it is gone. @returns its slot; -1 when it is gone and never was here */
  put(id: string, row: QueueRow | undefined): number
}

export function createRowSlots(): RowSlots {
  let rows: (QueueRow | undefined)[] = []
  let ids: string[] = []
  let texts: (string | undefined)[] = []
  let slots = new Map<string, number>()

  return {
    get end() {
      return rows.length
    },
    get rows() {
      return rows
    },
    get ids() {
      return ids
    },
    textIn(slot) {
      const known = texts[slot]
      if (known !== undefined) return known
      const row = rows[slot]
      const text = row ? foldedText(row) : ''
      texts[slot] = text
      return text
    },
    slotOf: (id) => slots.get(id) ?? -1,
    fill(all) {
      rows = []
      ids = []
      texts = []
      slots = new Map()
      for (const row of all) {
        const { id } = row
        slots.set(id, rows.length)
        rows.push(row)
        ids.push(id)
        texts.push(undefined)
      }
    },
    put(id, row) {
      const known = slots.get(id)
      if (known !== undefined) {
        rows[known] = row
        texts[known] = undefined
        return known
      }
      if (!row) return -1
      const slot = rows.push(row) - 1
      ids.push(id)
      texts.push(undefined)
      slots.set(id, slot)
      return slot
    },
  }
}
