import type { SortField } from '#shared/queue/view'

/** Columns of the queue; `owner` is the assignee where there is room for a face alone. */
export type ColumnId =
  | 'priority'
  | 'number'
  | 'subject'
  | 'customer'
  | 'status'
  | 'assignee'
  | 'owner'
  | 'nextDue'
  | 'firstResponse'
  | 'resolution'
  | 'customerAt'
  | 'updated'

/** What a click on the column's header sorts by. */
export function sortFieldOf(column: ColumnId): SortField {
  return column === 'owner' ? 'assignee' : column
}

type Column = { readonly min: number; readonly grow: number }

const COLUMNS: { readonly [id in ColumnId]: Column } = {
  priority: { min: 60, grow: 0 },
  number: { min: 88, grow: 0 },
  subject: { min: 164, grow: 30 },
  customer: { min: 184, grow: 14 },
  status: { min: 96, grow: 0 },
  assignee: { min: 112, grow: 6 },
  owner: { min: 36, grow: 0 },
  nextDue: { min: 136, grow: 0 },
  firstResponse: { min: 116, grow: 0 },
  resolution: { min: 116, grow: 0 },
  customerAt: { min: 72, grow: 0 },
  updated: { min: 60, grow: 0 },
}

/** The smallest queue first; each step takes what the one before had and adds what is missed most. */
const STEPS: readonly (readonly ColumnId[])[] = [
  ['priority', 'number', 'subject', 'nextDue'],
  ['priority', 'number', 'subject', 'owner', 'nextDue'],
  ['priority', 'number', 'subject', 'customer', 'owner', 'nextDue'],
  ['priority', 'number', 'subject', 'customer', 'assignee', 'nextDue'],
  ['priority', 'number', 'subject', 'customer', 'assignee', 'firstResponse', 'resolution'],
  ['priority', 'number', 'subject', 'customer', 'status', 'assignee', 'firstResponse', 'resolution'],
  [
    'priority',
    'number',
    'subject',
    'customer',
    'status',
    'assignee',
    'firstResponse',
    'resolution',
    'customerAt',
    'updated',
  ],
]

/** Space beside the columns: its edges. */
export const ROW_EDGES = 32

/**
 * The columns that fit a queue of `width` px. Where both clocks don't fit, the one that is due next stands for them.
 * @returns the columns in order, and the `grid-template-columns` that shares the room between them
 */
export function columnsThatFit(width: number): { columns: readonly ColumnId[]; template: string } {
  const room = width - ROW_EDGES
  const smallest = STEPS[0] ?? []
  const columns = STEPS.findLast((step) => total(step) <= room) ?? smallest
  const template = columns
    .map((id) => {
      const { min, grow } = COLUMNS[id]
      return grow > 0 ? `minmax(${min}px, ${grow}fr)` : `${min}px`
    })
    .join(' ')
  return { columns, template }
}

function total(columns: readonly ColumnId[]): number {
  return columns.reduce((sum, id) => sum + COLUMNS[id].min, 0)
}
