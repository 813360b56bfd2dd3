// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are absolutely placed, which a <table> can't do.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row to readers.
import { IconArrowDown, IconArrowUp, IconClockExclamation } from '@tabler/icons-react'
import { FlexRender, type Header, type Row, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, memo, type Ref, useEffect, useMemo, useRef } from 'react'
import type { QueueView } from '#shared/queue/queue-view'
import type { QueueRow } from '#shared/queue/row'
import { defaultSort, firstDirection, type Sort, type Tab } from '#shared/queue/view'
import { openTicket, sortBy, useScreen } from '../ui/screen-state'
import { useDataAge } from '../ui/sync-strip'
import { useDesk, useLive } from '../ui/use-desk'
import { columns, features } from './columns'
import { type ColumnId, columnsThatFit, sortFieldOf } from './columns-that-fit'
import styles from './queue.module.css'
import { NEWS_MS } from './queue-model'
import { useWidth } from './use-width'

const ROW_HEIGHT = 36
/** The line of headers stays at the top of what scrolls. */
const HEAD_HEIGHT = 29
/** The last part of NEWS_MS; as the style sheet's. */
const NEWS_FADE_MS = 600
const CLOCKS: ReadonlySet<string> = new Set<ColumnId>(['nextDue', 'firstResponse', 'resolution'])

type Props = {
  readonly view: QueueView
  readonly version: number
  readonly newsAt: (ticketId: string) => number | undefined
  readonly gridRef: Ref<HTMLDivElement>
  readonly label: string
  /** Moves the selection by rows; the sign is the direction. */
  readonly onMove: (rows: number) => void
}

/** The list itself: all rows by index, of which only those on screen exist for React, TanStack Table and the DOM. */
export function QueueGrid({ view, version, newsAt, gridRef, label, onMove }: Props) {
  const desk = useDesk()
  const selectedId = useScreen((state) => state.selectedId)
  const openId = useScreen((state) => state.openId)
  const sort = useScreen((state) => state.sort)
  const tab = useScreen((state) => state.tab)
  const scroller = useRef<HTMLDivElement>(null)
  const [frame, width] = useWidth()
  const layout = useMemo(() => columnsThatFit(width), [width])
  const virtual = useVirtualizer({
    count: view.size,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  })
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? -1

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` stands for everything inside `view`.
  const data = useMemo(() => {
    const rows: QueueRow[] = []
    for (let position = first; position <= last; position += 1) {
      const id = view.idAt(position)
      const row = id === undefined ? undefined : desk.rows.get(id)
      if (row) rows.push(row)
    }
    return rows
  }, [view, version, desk, first, last])

  const visibility = useMemo(
    () =>
      Object.fromEntries(columns.map(({ id = '' }) => [id, layout.columns.some((shown) => shown === id)])),
    [layout],
  )
  const table = useTable({
    features,
    columns,
    data,
    getRowId: (row) => row.id,
    manualSorting: true,
    state: { columnVisibility: visibility, sorting: [{ id: sort.field, desc: sort.direction === 'desc' }] },
  })

  const position = selectedId === undefined ? -1 : view.positionOf(selectedId)
  useRevealed(selectedId, position, (row) => virtual.scrollToIndex(row))
  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 1)
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }
    const step = steps[event.key] ?? { Home: -Infinity, End: Infinity }[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    onMove(step)
  }

  return (
    <div
      ref={gridRef}
      className={styles.grid}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={view.size + 1}
      aria-colcount={layout.columns.length}
      aria-activedescendant={position >= first && position <= last ? rowElementId(selectedId) : undefined}
      onKeyDown={onKeyDown}
      style={{ '--columns': layout.template } as CSSProperties}
    >
      <div ref={scroller} role="presentation" className={styles.body}>
        <div ref={frame} role="rowgroup" className={styles.head}>
          {table.getHeaderGroups().map((group) => (
            <div key={group.id} role="row" aria-rowindex={1} className={styles.headRow}>
              {group.headers.map((header) => (
                <HeaderCell key={header.id} header={header} sort={sort} tab={tab} />
              ))}
            </div>
          ))}
        </div>
        <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {table.getRowModel().rows.map((row, offset) => (
            <GridRow
              key={row.id}
              row={row}
              position={first + offset}
              columns={layout.columns}
              isSelected={row.id === selectedId}
              isOpen={row.id === openId}
              newsAt={newsAt(row.id)}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

function rowElementId(ticketId: string | undefined): string | undefined {
  return ticketId === undefined ? undefined : `row-${ticketId}`
}

/**
 * Tints a row whose content the portal just changed, and lets the tint fade; it moves nothing. It stands still until
 * it fades: tints that fade all the while cost more in every frame than the change itself.
 */
function News({ at }: { readonly at: number }) {
  const tint = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const fade = () => tint.current?.setAttribute('data-fading', '')
    const timer = setTimeout(fade, at + NEWS_MS - NEWS_FADE_MS - performance.now())
    return () => clearTimeout(timer)
  }, [at])
  return <span ref={tint} className={styles.news} aria-hidden />
}

/** Brings the selected row into sight when the selection moves, not when rows move under it. */
function useRevealed(
  selectedId: string | undefined,
  position: number,
  reveal: (position: number) => void,
): void {
  const latest = useRef({ position, reveal })
  useEffect(() => {
    latest.current = { position, reveal }
  })
  useEffect(() => {
    if (selectedId !== undefined && latest.current.position >= 0)
      latest.current.reveal(latest.current.position)
  }, [selectedId])
}

type HeaderProps = {
  readonly header: Header<typeof features, QueueRow>
  readonly sort: Sort
  readonly tab: Tab
}

/** Sorts by its column: once, the other way round, and back to the view's own order. */
function HeaderCell({ header, sort, tab }: HeaderProps) {
  const id = header.column.id as ColumnId
  const field = sortFieldOf(id)
  const isSorted = sort.field === field
  const onClick = () => {
    const start = firstDirection(field)
    if (!isSorted) return sortBy({ field, direction: start })
    const other = start === 'asc' ? 'desc' : 'asc'
    const own = defaultSort(tab)
    sortBy(sort.direction === start ? { field, direction: other } : own)
  }
  const ariaSort = !isSorted ? 'none' : sort.direction === 'asc' ? 'ascending' : 'descending'
  return (
    <div role="columnheader" aria-sort={ariaSort} className={styles.headCell} data-column={id}>
      <button
        type="button"
        className={styles.headButton}
        data-sorted={isSorted || undefined}
        onClick={onClick}
      >
        <span className={id === 'owner' ? 'spoken' : undefined}>
          {String(header.column.columnDef.header)}
        </span>
        {isSorted && sort.direction === 'asc' && <IconArrowUp size={12} aria-hidden />}
        {isSorted && sort.direction === 'desc' && <IconArrowDown size={12} aria-hidden />}
      </button>
      {CLOCKS.has(id) && <DataAge />}
    </div>
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

type RowProps = {
  readonly row: Row<typeof features, QueueRow>
  readonly position: number
  readonly columns: readonly ColumnId[]
  readonly isSelected: boolean
  readonly isOpen: boolean
  readonly newsAt: number | undefined
}

const GridRow = memo(
  function GridRow({ row, position, columns, isSelected, isOpen, newsAt }: RowProps) {
    const id = row.id
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and the keys.
      <div
        id={rowElementId(id)}
        role="row"
        aria-rowindex={position + 2}
        aria-selected={isSelected}
        data-open={isOpen || undefined}
        className={styles.row}
        style={{ transform: `translateY(${position * ROW_HEIGHT}px)` }}
        onClick={() => openTicket(id)}
      >
        {newsAt !== undefined && <News key={newsAt} at={newsAt} />}
        <Cells row={row} columns={columns} />
      </div>
    )
  },
  (before, after) =>
    before.row.original === after.row.original &&
    before.position === after.position &&
    before.columns === after.columns &&
    before.isSelected === after.isSelected &&
    before.isOpen === after.isOpen &&
    before.newsAt === after.newsAt,
)

/** A row's content, apart from its place: where rows move, the most of them only get another place. */
const Cells = memo(
  function Cells({ row }: Pick<RowProps, 'row' | 'columns'>) {
    return row.getVisibleCells().map((cell, index) => (
      <div
        key={cell.id}
        role="gridcell"
        aria-colindex={index + 1}
        className={styles.cell}
        data-column={cell.column.id}
      >
        <FlexRender cell={cell} />
      </div>
    ))
  },
  (before, after) => before.row.original === after.row.original && before.columns === after.columns,
)
