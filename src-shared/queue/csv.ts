import type { Instant } from '../time/instant'
import { type ColumnId, columnIds, isColumn, plainColumns } from './columns'
import type { QueueRow } from './row'

/** What spreadsheets take for a formula, or skip to find one behind it. */
const FORMULA = /^[=+\-@\t\r\n]/
const SPECIAL = /[",\r\n]/

/** A cell of RFC 4180. What a spreadsheet would run as a formula begins with an apostrophe and is text. */
export function csvCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return SPECIAL.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** Rows for one chunk: a few milliseconds. */
const CHUNK_ROWS = 500

export type CsvInput = {
  /** In the order of the view. */
  readonly rows: Iterable<QueueRow>
  /** Ids of columns from left to right; those that a row can't fill are left out. Absent: all. */
  readonly columns?: readonly string[] | undefined
  readonly now: Instant
}

/**
 * A view as CSV (RFC 4180), to be written as UTF-8 without a mark: a line of titles, then a line for each row. Both
 * targets are always there, after the view's own columns if need be. It comes in chunks of text, so that whoever
 * writes them can let others go on in between.
 */
export function* csvOf({ rows, columns = columnIds, now }: CsvInput): Generator<string, void, undefined> {
  const chosen = columns.filter(isColumn)
  const targets: readonly ColumnId[] = ['firstResponse', 'resolution']
  const plain = [...chosen, ...targets.filter((id) => !chosen.includes(id))].flatMap(plainColumns)
  let chunk = csvLine(plain.map(({ title }) => title))
  let count = 0
  for (const row of rows) {
    chunk += csvLine(plain.map(({ text }) => text(row, now)))
    count += 1
    if (count % CHUNK_ROWS === 0) {
      yield chunk
      chunk = ''
    }
  }
  if (chunk !== '') yield chunk
}
