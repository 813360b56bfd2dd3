import type { QueueView } from '#shared/queue/queue-view'
import type { QueueRow } from '#shared/queue/row'
import type { LiveRows } from '../store/desk-store'
import { mark, select, useScreen } from '../ui/screen-state'

/** Where the last mark was set: from there Shift marks on. */
let anchor: string | undefined

export function toggleMark(ticketId: string): void {
  const marked = new Set(useScreen.getState().marked)
  if (!marked.delete(ticketId)) marked.add(ticketId)
  anchor = ticketId
  mark(marked)
  select(ticketId)
}

/** Marks everything from the last mark, or from the cursor, to a ticket. */
export function markTo(view: QueueView, ticketId: string): void {
  markBetween(view, anchor ?? useScreen.getState().selectedId ?? ticketId, ticketId)
}

/** Marks two tickets and everything between them; the cursor goes to the second. */
export function markBetween(view: QueueView, fromId: string, toId: string): void {
  const [from, to] = [view.positionOf(fromId), view.positionOf(toId)]
  const [low, high] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)]
  const marked = new Set(useScreen.getState().marked)
  for (let position = low; position <= high; position += 1) {
    const id = view.idAt(position)
    if (id !== undefined) marked.add(id)
  }
  mark(marked)
  select(toId)
}

/** All tickets of the view, or none if all are marked. */
export function markAll(view: QueueView): void {
  const { marked } = useScreen.getState()
  const ids = view.ids()
  mark(ids.every((id) => marked.has(id)) ? new Set() : new Set(ids))
}

/** All tickets of a group, or none of them if all are marked. */
export function markGroup(view: QueueView, groupKey: string): void {
  const ids = idsOfGroup(view, groupKey)
  const marked = new Set(useScreen.getState().marked)
  const isWhole = ids.every((id) => marked.has(id))
  for (const id of ids) isWhole ? marked.delete(id) : marked.add(id)
  mark(marked)
}

export function unmarkAll(): void {
  anchor = undefined
  if (useScreen.getState().marked.size > 0) mark(new Set())
}

/** What is marked and still here: first in the order of the view, then what is not in it. */
export function markedRows(view: QueueView, rows: LiveRows): readonly QueueRow[] {
  const { marked } = useScreen.getState()
  return [...marked]
    .map((id) => ({ row: rows.get(id), position: view.positionOf(id) }))
    .sort((a, b) => compare(a.position, b.position))
    .flatMap(({ row }) => row ?? [])
}

function compare(a: number, b: number): number {
  if (a < 0 || b < 0) return a === b ? 0 : a < 0 ? 1 : -1
  return a - b
}

function idsOfGroup(view: QueueView, groupKey: string): readonly string[] {
  const before = view.groups.findIndex(({ key }) => key === groupKey)
  const group = view.groups[before]
  if (!group) return []
  const start = view.groups.slice(0, before).reduce((sum, { count }) => sum + count, 0)
  return Array.from({ length: group.count }, (_, at) => view.idAt(start + at)).filter(
    (id) => id !== undefined,
  )
}
