// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are absolutely placed, which a <table> can't do.
import { useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, type Ref, useEffect, useMemo, useRef } from 'react'
import type { GroupLine } from '#shared/queue/group-lines'
import type { QueueView } from '#shared/queue/queue-view'
import type { QueueRow } from '#shared/queue/row'
import type { Sort } from '#shared/queue/view'
import { useDensity } from '../ui/density'
import { useScreen } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import type { Arrangement } from './arrangement'
import { columns, features } from './columns'
import { columnsThatFit } from './columns-that-fit'
import styles from './grid.module.css'
import { GroupHead, groupElementId } from './group-head'
import { HeaderRow } from './header-row'
import { markAll } from './marks'
import { GridRow, rowElementId } from './row'
import { useWidth } from './use-width'

/** As the style sheet's. */
export const ROW_HEIGHT = { comfortable: 36, dense: 20 } as const
/** The line of headers stays at the top of what scrolls. */
const HEAD_HEIGHT = 29

type Props = {
  readonly view: QueueView
  readonly version: number
  readonly newsAt: (ticketId: string) => number | undefined
  readonly gridRef: Ref<HTMLDivElement>
  readonly label: string
  readonly arrangement: Arrangement
  /** The view's own order. */
  readonly ownSort: Sort
  /** Moves the cursor by lines; the sign is the direction. `marks`: takes the tickets on the way along. */
  readonly onMove: (lines: number, marks: boolean) => void
  /** Folds or unfolds the group at the cursor; says whether there was one to. */
  readonly onFold: (isFolded: boolean) => boolean
}

type Line = { readonly at: number; readonly line: GroupLine; readonly row: QueueRow | undefined }

/** The list itself: all lines by index, of which only those on screen exist for React, TanStack Table and the DOM. */
export function QueueGrid(props: Props) {
  const { view, version, newsAt, gridRef, label, arrangement, ownSort, onMove, onFold } = props
  const desk = useDesk()
  const selectedId = useScreen((state) => state.selectedId)
  const groupKey = useScreen((state) => state.groupKey)
  const openId = useScreen((state) => state.openId)
  const sort = useScreen((state) => state.sort)
  const marked = useScreen((state) => state.marked)
  const density = useDensity((state) => state.density)
  const rowHeight = ROW_HEIGHT[density]
  const scroller = useRef<HTMLDivElement>(null)
  const [frame, width] = useWidth(openId !== undefined)
  const layout = useSteadyLayout(width, arrangement)
  const virtual = useVirtualizer({
    count: view.lineCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew.
  useEffect(() => virtual.measure(), [virtual, rowHeight])
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? -1

  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` stands for everything inside `view`.
  const lines = useMemo(() => {
    const found: Line[] = []
    for (let at = first; at <= last; at += 1) {
      const line = view.lineAt(at)
      if (!line) break
      const id = line.kind === 'ticket' ? view.idAt(line.position) : undefined
      found.push({ at, line, row: id === undefined ? undefined : desk.rows.get(id) })
    }
    return found
  }, [view, version, desk, first, last])
  const data = useMemo(() => lines.flatMap(({ row }) => row ?? []), [lines])

  const visibility = useMemo(
    () =>
      Object.fromEntries(columns.map(({ id = '' }) => [id, layout.columns.some((shown) => shown === id)])),
    [layout.columns],
  )
  const table = useTable({
    features,
    columns,
    data,
    getRowId: (row) => row.id,
    manualSorting: true,
    state: {
      columnVisibility: visibility,
      columnOrder: layout.order,
      sorting: [{ id: sort.field, desc: sort.direction === 'desc' }],
    },
  })
  const rowsById = table.getRowModel().rowsById

  const cursor =
    groupKey === undefined
      ? selectedId === undefined
        ? -1
        : view.lineOf(selectedId)
      : view.lineOfGroup(groupKey)
  useRevealed(groupKey ?? selectedId, cursor, (line) => {
    // To ask the virtualizer to scroll makes the page lay out at once, though mostly nothing has to move.
    const top = (virtual.scrollOffset ?? 0) + HEAD_HEIGHT
    const bottom = (virtual.scrollOffset ?? 0) + (virtual.scrollRect?.height ?? 0)
    const start = HEAD_HEIGHT + line * rowHeight
    if (start < top || start + rowHeight > bottom) virtual.scrollToIndex(line)
  })
  const onKeyDown = (event: KeyboardEvent) => {
    // As in any list; elsewhere these keys select text.
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      markAll(view)
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      if (onFold(event.key === 'ArrowLeft')) event.preventDefault()
      return
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1)
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }
    const step = steps[event.key] ?? { Home: -Infinity, End: Infinity }[event.key]
    if (step === undefined) return
    event.preventDefault()
    onMove(step, event.shiftKey)
  }
  const isCursorHere = cursor >= first && cursor <= last
  const activeId = groupKey === undefined ? rowElementId(selectedId) : groupElementId(groupKey)

  return (
    <div
      ref={gridRef}
      className={styles.grid}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable
      aria-rowcount={view.lineCount + 1}
      aria-colcount={layout.columns.length}
      aria-activedescendant={isCursorHere ? activeId : undefined}
      data-density={density}
      data-marking={marked.size > 0 || undefined}
      data-has={layout.columns.join(' ')}
      onKeyDown={onKeyDown}
      style={{ '--columns': layout.template } as CSSProperties}
    >
      <div ref={scroller} role="presentation" className={styles.body}>
        <div ref={frame} role="rowgroup" className={styles.head}>
          <HeaderRow
            columns={layout.columns}
            sort={sort}
            ownSort={ownSort}
            arrangement={arrangement}
            view={view}
            size={view.size}
          />
        </div>
        <div role="rowgroup" className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {lines.map(({ at, line, row }) => {
            if (line.kind === 'group') {
              const { group } = line
              return (
                <GroupHead
                  key={`group ${group.key}`}
                  group={group}
                  at={at}
                  top={at * rowHeight}
                  isActive={group.key === groupKey}
                  view={view}
                />
              )
            }
            const tableRow = row && rowsById[row.id]
            if (!tableRow) return null
            return (
              <GridRow
                key={row.id}
                row={tableRow}
                at={at}
                top={at * rowHeight}
                columns={layout.columns}
                isActive={row.id === selectedId}
                isMarked={marked.has(row.id)}
                isMarking={marked.size > 0}
                isOpen={row.id === openId}
                newsAt={newsAt(row.id)}
                view={view}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** The columns are the same object for as long as they are the same columns, however wide: rows are drawn again else. */
function useSteadyLayout(width: number, { columns: chosen }: Arrangement) {
  const layout = useMemo(() => columnsThatFit(width, chosen), [width, chosen])
  const known = layout.columns.join(' ')
  // biome-ignore lint/correctness/useExhaustiveDependencies: their names are what they are.
  const shown = useMemo(() => ({ columns: layout.columns, order: [...layout.columns] }), [known])
  return { ...shown, template: layout.template }
}

/** Brings the cursor into sight when it moves, not when rows move under it. */
function useRevealed(cursorId: string | undefined, line: number, reveal: (line: number) => void): void {
  const latest = useRef({ line, reveal })
  useEffect(() => {
    latest.current = { line, reveal }
  })
  useEffect(() => {
    if (cursorId !== undefined && latest.current.line >= 0) latest.current.reveal(latest.current.line)
  }, [cursorId])
}
