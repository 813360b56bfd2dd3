// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are absolutely placed, which a <table> can't do.
// biome-ignore-all lint/a11y/useFocusableInteractive: the buttons inside the headers have the focus.
import { IconArrowDown, IconArrowUp, IconCheck, IconClockExclamation, IconMinus } from '@tabler/icons-react'
import { type KeyboardEvent, memo, type PointerEvent, useRef, useState } from 'react'
import { movedBefore, queueColumnLabel, withColumn, withWidth } from '#shared/queue/chosen-columns'
import type { QueueView } from '#shared/queue/queue-view'
import { firstDirection, type Sort } from '#shared/queue/view'
import { sortBy, useScreen } from '../ui/screen-state'
import { useDataAge } from '../ui/sync-strip'
import { useDesk, useLive } from '../ui/use-desk'
import type { Arrangement } from './arrangement'
import { type ColumnId, chosenOf, sortFieldOf } from './columns-that-fit'
import styles from './grid.module.css'
import { markAll } from './marks'

const CLOCKS: ReadonlySet<string> = new Set<ColumnId>(['nextDue', 'firstResponse', 'resolution'])
/** A header begins so much before its column, as the style sheet has it. */
const HEAD_OVERHANG = 6
/** A key makes a column wider or narrower by so much. */
const WIDTH_STEP = 16
/** A pointer that moved less is a click. */
const DRAG_FROM = 5

type Props = {
  readonly columns: readonly ColumnId[]
  readonly sort: Sort
  readonly ownSort: Sort
  readonly arrangement: Arrangement
  readonly view: QueueView
  /** Tickets in the view. */
  readonly size: number
}

/** Above the columns: what they are, what they are ordered by, and handles to move them and make them wider. */
export const HeaderRow = memo(function HeaderRow(props: Props) {
  const { columns, sort, ownSort, arrangement, view, size } = props
  const [reached, setReached] = useState(0)
  const [drop, setDrop] = useState<ColumnId | 'end'>()
  const row = useRef<HTMLDivElement>(null)
  const go = (from: number, by: number) => {
    const next = Math.max(0, Math.min(columns.length - 1, from + by))
    setReached(next)
    row.current?.querySelectorAll<HTMLElement>('[data-header]')[next]?.focus()
  }
  const moveBy = (id: ColumnId, by: -1 | 1) => {
    const at = columns.indexOf(id)
    const next = by < 0 ? columns[at - 1] : columns[at + 2]
    if (by < 0 ? at === 0 : at === columns.length - 1) return
    arrangement.setColumns(movedBefore(arrangement.columns, chosenOf(id), next && chosenOf(next)))
    setReached(at + by)
  }
  /** The column before which a pointer would drop what it carries. */
  const columnAt = (x: number): ColumnId | 'end' => {
    const cells = [...(row.current?.querySelectorAll<HTMLElement>('[role=columnheader]') ?? [])]
    const at = cells.findIndex((cell) => {
      const { left, width } = cell.getBoundingClientRect()
      return x < left + width / 2
    })
    return columns[at] ?? 'end'
  }
  const dropAt = (id: ColumnId, x: number) => {
    const before = columnAt(x)
    setDrop(undefined)
    arrangement.setColumns(
      movedBefore(arrangement.columns, chosenOf(id), before === 'end' ? undefined : chosenOf(before)),
    )
  }
  return (
    <div ref={row} role="row" aria-rowindex={1} className={styles.headRow}>
      <MarkAll view={view} size={size} />
      {columns.map((id, at) => (
        <HeaderCell
          key={id}
          id={id}
          sort={sort}
          ownSort={ownSort}
          arrangement={arrangement}
          isReached={at === Math.min(reached, columns.length - 1)}
          isDrop={drop === id}
          onGo={(by) => go(at, by)}
          onMove={(by) => moveBy(id, by)}
          onDrag={(x) => setDrop(x === undefined ? undefined : columnAt(x))}
          onDrop={(x) => dropAt(id, x)}
        />
      ))}
    </div>
  )
})

/** Marks all tickets of the view, or none. For the mouse alone: the key for it is A. */
function MarkAll({ view, size }: Pick<Props, 'view' | 'size'>) {
  const marked = useScreen((state) => state.marked)
  const isAll = marked.size > 0 && marked.size >= size
  return (
    <span
      aria-hidden
      className={styles.markAll}
      data-tip={isAll ? 'Mark none' : `Mark all ${size.toLocaleString('en')}`}
      onClick={() => markAll(view)}
    >
      <span className={styles.box} data-on={marked.size > 0 || undefined}>
        {isAll ? <IconCheck size={12} stroke={3} /> : marked.size > 0 && <IconMinus size={12} stroke={3} />}
      </span>
    </span>
  )
}

type CellProps = {
  readonly id: ColumnId
  readonly sort: Sort
  readonly ownSort: Sort
  readonly arrangement: Arrangement
  /** Tab comes here; the arrows go on to the others. */
  readonly isReached: boolean
  /** What is being dragged would land before this one. */
  readonly isDrop: boolean
  readonly onGo: (by: number) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onDrag: (x: number | undefined) => void
  readonly onDrop: (x: number) => void
}

/** Sorts by its column: once, the other way round, and back to the view's own order. */
function HeaderCell(props: CellProps) {
  const { id, sort, ownSort, arrangement, isReached, isDrop, onGo, onMove, onDrag, onDrop } = props
  const cell = useRef<HTMLDivElement>(null)
  const drag = useRef<{ readonly x: number; isMoving: boolean }>(undefined)
  const column = chosenOf(id)
  const field = sortFieldOf(id)
  const label = queueColumnLabel(column)
  const isSorted = field !== undefined && sort.field === field && id !== 'shift'
  const sortByThis = () => {
    if (!field) return
    const start = firstDirection(field)
    if (!isSorted) return sortBy({ field, direction: start })
    const other = start === 'asc' ? 'desc' : 'asc'
    sortBy(sort.direction === start ? { field, direction: other } : ownSort)
  }
  const widthNow = () => (cell.current?.getBoundingClientRect().width ?? 0) - HEAD_OVERHANG
  const widen = (width: number | undefined) =>
    arrangement.setColumns(withWidth(arrangement.columns, column, width))
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key] as -1 | 1 | undefined
    if (by !== undefined && event.altKey) onMove(by)
    else if (by !== undefined && event.shiftKey) widen(widthNow() + by * WIDTH_STEP)
    else if (by !== undefined) onGo(by)
    else if (event.key === 'Delete') arrangement.setColumns(withColumn(arrangement.columns, column, false))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const onPointerMove = (event: PointerEvent) => {
    if (!drag.current || event.buttons === 0) return
    if (!drag.current.isMoving && Math.abs(event.clientX - drag.current.x) < DRAG_FROM) return
    if (!drag.current.isMoving) event.currentTarget.setPointerCapture(event.pointerId)
    drag.current.isMoving = true
    onDrag(event.clientX)
  }
  const onPointerUp = (event: PointerEvent) => {
    if (drag.current?.isMoving) onDrop(event.clientX)
  }
  const ariaSort = !isSorted ? 'none' : sort.direction === 'asc' ? 'ascending' : 'descending'
  return (
    <div
      ref={cell}
      role="columnheader"
      aria-sort={field ? ariaSort : undefined}
      className={styles.headCell}
      data-column={id}
      data-drop={isDrop || undefined}
    >
      <button
        type="button"
        data-header
        tabIndex={isReached ? 0 : -1}
        className={styles.headButton}
        data-sorted={isSorted || undefined}
        aria-description="Alt and an arrow moves the column, Shift and an arrow makes it wider or narrower, Delete hides it"
        data-tip={label}
        data-tip-when="cut"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, isMoving: false }
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          drag.current = undefined
          onDrag(undefined)
        }}
        onClick={() => {
          const hasMoved = drag.current?.isMoving === true
          drag.current = undefined
          if (!hasMoved) sortByThis()
        }}
      >
        <span className={id === 'owner' ? 'spoken' : styles.headName}>{label}</span>
        {isSorted && sort.direction === 'asc' && <IconArrowUp size={12} aria-hidden />}
        {isSorted && sort.direction === 'desc' && <IconArrowDown size={12} aria-hidden />}
      </button>
      {CLOCKS.has(id) && <DataAge />}
      <WidthHandle widthNow={widthNow} onWidth={widen} />
    </div>
  )
}

type HandleProps = {
  readonly widthNow: () => number
  /** `undefined`: as wide as it likes again. */
  readonly onWidth: (width: number | undefined) => void
}

/** For the pointer; the header has the keys. */
function WidthHandle({ widthNow, onWidth }: HandleProps) {
  const start = useRef({ x: 0, width: 0 })
  return (
    <span
      className={styles.handle}
      aria-hidden
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { x: event.clientX, width: widthNow() }
      }}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        const moved = event.clientX - start.current.x
        if (moved !== 0) onWidth(start.current.width + moved)
      }}
      onDoubleClick={() => onWidth(undefined)}
    />
  )
}

/** A countdown on old data may be answered already: the age stands beside it (portal.md §2). */
function DataAge() {
  const age = useDataAge(useLive(useDesk().status).lastSyncAt)
  if (!age) return null
  return (
    <span className={styles.oldData} data-tip={`These clocks run on data that is ${age} old`}>
      <IconClockExclamation size={12} aria-hidden /> <span className={styles.oldAge}>{age}</span>
    </span>
  )
}
