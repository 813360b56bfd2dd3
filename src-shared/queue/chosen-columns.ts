import { type ColumnId, columnIds, columnLabel } from './columns'

/** What a list can show: what a row fills by itself, whose shift its next deadline falls in, and who is at it now. */
export type QueueColumnId = ColumnId | 'shift' | 'presence'

/** All of them, in the order in which they are offered. */
export const queueColumnIds: readonly QueueColumnId[] = [...columnIds, 'shift', 'presence']

/** A column that somebody chose. @see savedViewSchema */
export type ChosenColumn = { readonly id: QueueColumnId; readonly width?: number }

/** As a saved view or this computer keeps it: a column may have gone since. */
type StoredColumn = { readonly id: string; readonly width?: number | undefined }

export const MIN_COLUMN_WIDTH = 32
export const MAX_COLUMN_WIDTH = 1200

const USUAL: readonly QueueColumnId[] = [
  'priority',
  'number',
  'subject',
  'customer',
  'status',
  'assignee',
  'firstResponse',
  'resolution',
  'shift',
  'customerAt',
  'presence',
]
/** Columns of built-in views that are about something else. */
const HISTORY: readonly QueueColumnId[] = [
  ...USUAL.filter((id) => id !== 'shift' && id !== 'presence'),
  'updated',
]
const OF_VIEW: { readonly [viewId: string]: readonly QueueColumnId[] } = {
  'builtin/closed': HISTORY,
  'builtin/all': HISTORY,
  'builtin/promised': [...USUAL.slice(0, 6), 'promisedAt', ...USUAL.slice(6)],
  'builtin/escalated': [...USUAL.slice(0, 6), 'escalation', ...USUAL.slice(6)],
  'builtin/no-course-of-action': [...USUAL.slice(0, 6), 'createdAt', ...USUAL.slice(6)],
}

/** The columns of a view of which nobody chose any. */
export function usualColumns(viewId: string): readonly ChosenColumn[] {
  return (OF_VIEW[viewId] ?? USUAL).map((id) => ({ id }))
}

export function queueColumnLabel(id: QueueColumnId): string {
  switch (id) {
    case 'shift':
      return 'Due in shift'
    case 'presence':
      return 'Here now'
    default:
      return columnLabel(id)
  }
}

/** Stored columns as they can be shown: each known one once, its width within bounds, and never without the subject. */
export function readColumns(stored: readonly StoredColumn[]): readonly ChosenColumn[] {
  const read = new Map<QueueColumnId, ChosenColumn>()
  for (const { id: name, width } of stored) {
    const id = queueColumnIds.find((known) => known === name)
    if (id && !read.has(id)) read.set(id, width === undefined ? { id } : { id, width: bounded(width) })
  }
  if (!read.has('subject')) return [...read.values(), { id: 'subject' }]
  return [...read.values()]
}

/** Shows a column, at its usual place if it has one, or takes it away. The subject stays. */
export function withColumn(
  columns: readonly ChosenColumn[],
  id: QueueColumnId,
  isShown: boolean,
): readonly ChosenColumn[] {
  const isThere = columns.some((column) => column.id === id)
  if (isThere === isShown || id === 'subject') return columns
  if (!isShown) return columns.filter((column) => column.id !== id)
  // After the last of those that usually stand before it.
  const before = USUAL.includes(id) ? USUAL.slice(0, USUAL.indexOf(id)) : USUAL
  const place = columns.findLastIndex((column) => before.includes(column.id)) + 1
  return [...columns.slice(0, place), { id }, ...columns.slice(place)]
}

/** Moves a column so that it comes before another; `undefined`: to the end. */
export function movedBefore(
  columns: readonly ChosenColumn[],
  id: QueueColumnId,
  next: QueueColumnId | undefined,
): readonly ChosenColumn[] {
  const moved = columns.find((column) => column.id === id)
  if (!moved || id === next) return columns
  const rest = columns.filter((column) => column !== moved)
  const found = rest.findIndex((column) => column.id === next)
  const place = found < 0 ? rest.length : found
  return [...rest.slice(0, place), moved, ...rest.slice(place)]
}

/** @param width in CSS pixels; `undefined`: as wide as it likes again */
export function withWidth(
  columns: readonly ChosenColumn[],
  id: QueueColumnId,
  width: number | undefined,
): readonly ChosenColumn[] {
  return columns.map((column) => {
    if (column.id !== id) return column
    return width === undefined ? { id } : { id, width: bounded(width) }
  })
}

export function sameColumns(a: readonly ChosenColumn[], b: readonly ChosenColumn[]): boolean {
  return a.length === b.length && a.every(({ id, width }, at) => b[at]?.id === id && b[at]?.width === width)
}

function bounded(width: number): number {
  return Math.round(Math.min(MAX_COLUMN_WIDTH, Math.max(MIN_COLUMN_WIDTH, width)))
}
