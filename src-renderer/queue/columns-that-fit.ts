import { type ChosenColumn, type QueueColumnId, usualColumns } from '#shared/queue/chosen-columns'
import type { SortField } from '#shared/queue/view'

/** Columns as they are shown; `owner` is the assignee where there is room for a face alone. */
export type ColumnId = QueueColumnId | 'owner'

/** What a click on the column's header sorts by; who is here now changes too often to be an order. */
export function sortFieldOf(column: ColumnId): SortField | undefined {
  switch (column) {
    case 'owner':
      return 'assignee'
    case 'shift':
      // Shifts follow each other as deadlines do.
      return 'nextDue'
    case 'presence':
      return undefined
    default:
      return column
  }
}

/** The column that was chosen, of one that may stand for it. */
export function chosenOf(column: ColumnId): QueueColumnId {
  return column === 'owner' ? 'assignee' : column
}

type Room = { readonly min: number; readonly grow: number }

const ROOM: { readonly [id in ColumnId]: Room } = {
  priority: { min: 60, grow: 0 },
  number: { min: 96, grow: 0 },
  subject: { min: 164, grow: 30 },
  customer: { min: 176, grow: 14 },
  plan: { min: 88, grow: 0 },
  status: { min: 96, grow: 0 },
  assignee: { min: 112, grow: 6 },
  owner: { min: 36, grow: 0 },
  nextDue: { min: 136, grow: 0 },
  firstResponse: { min: 116, grow: 0 },
  resolution: { min: 116, grow: 0 },
  promisedAt: { min: 128, grow: 0 },
  courseOfAction: { min: 128, grow: 0 },
  region: { min: 72, grow: 0 },
  channel: { min: 80, grow: 0 },
  tags: { min: 140, grow: 8 },
  escalation: { min: 128, grow: 0 },
  productIssues: { min: 112, grow: 4 },
  customerAt: { min: 84, grow: 0 },
  createdAt: { min: 60, grow: 0 },
  updated: { min: 76, grow: 0 },
  shift: { min: 104, grow: 0 },
  presence: { min: 84, grow: 0 },
}

/** What is missed least goes first. */
const FIRST_TO_GO: readonly QueueColumnId[] = [
  'presence',
  'updated',
  'shift',
  'channel',
  'region',
  'plan',
  'tags',
  'productIssues',
  'createdAt',
  'customerAt',
  'escalation',
  'courseOfAction',
  'promisedAt',
  'status',
]
/** While one of these is shown the subject has to be readable at length, unless somebody said how wide it is. */
const LUXURY: ReadonlySet<ColumnId> = new Set(FIRST_TO_GO.slice(0, -4))
const LUXURY_ROOM = 84

/** Space beside the columns: its edges, and the box that marks a row. */
export const ROW_EDGES = 36

type Shown = { readonly id: ColumnId; readonly width?: number }
type Narrower = (columns: readonly Shown[]) => readonly Shown[]

const without =
  (gone: ColumnId): Narrower =>
  (columns) =>
    columns.filter(({ id }) => id !== gone)

/** Where both clocks don't fit, the one that is due next stands for them. */
const oneClock: Narrower = (columns) => {
  const first = columns.findIndex(({ id }) => id === 'firstResponse' || id === 'resolution')
  if (first < 0) return columns
  const isThere = columns.some(({ id }) => id === 'nextDue')
  return columns.flatMap((column, at) => {
    if (at === first && !isThere) return [{ id: 'nextDue' as const }]
    return column.id === 'firstResponse' || column.id === 'resolution' ? [] : [column]
  })
}
const faceAlone: Narrower = (columns) =>
  columns.map((column) => (column.id === 'assignee' ? { id: 'owner' } : column))
const withoutWidths: Narrower = (columns) => columns.map(({ id }) => ({ id }))

/** From the widest queue to the smallest. */
const NARROWER: readonly Narrower[] = [
  ...FIRST_TO_GO.map(without),
  oneClock,
  withoutWidths,
  faceAlone,
  without('customer'),
  without('owner'),
]

export type Fit = {
  readonly columns: readonly ColumnId[]
  /** `grid-template-columns` that shares the room between them. */
  readonly template: string
}

/** The columns that fit a queue of `width` px, of those that were chosen, in their order. */
export function columnsThatFit(width: number, chosen: readonly ChosenColumn[] = usualColumns('')): Fit {
  const room = width - ROW_EDGES
  let shown: readonly Shown[] = chosen
  for (const narrower of NARROWER) {
    if (total(shown) <= room) break
    shown = narrower(shown)
  }
  const tracks = shown.map(({ id, width: own }) => {
    const { min, grow } = ROOM[id]
    if (own !== undefined) return `${own}px`
    return grow > 0 ? `minmax(${min}px, ${grow}fr)` : `${min}px`
  })
  const isFilled = shown.some(({ id, width: own }) => own === undefined && ROOM[id].grow > 0)
  return {
    columns: shown.map(({ id }) => id),
    template: (isFilled ? tracks : [...tracks, 'minmax(0, 1fr)']).join(' '),
  }
}

function total(columns: readonly Shown[]): number {
  const isSubjectOwn = columns.some(({ id, width }) => id === 'subject' && width !== undefined)
  const luxury = !isSubjectOwn && columns.some(({ id }) => LUXURY.has(id)) ? LUXURY_ROOM : 0
  return columns.reduce((sum, { id, width }) => sum + (width ?? ROOM[id].min), luxury)
}
