// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are absolutely placed, which a <table> can't do.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row to readers.
import { IconCheck } from '@tabler/icons-react'
import { FlexRender, type Row } from '@tanstack/react-table'
import { type MouseEvent, memo, useEffect, useRef } from 'react'
import type { QueueView } from '#shared/queue/queue-view'
import type { QueueRow } from '#shared/queue/row'
import { openTicket } from '../ui/screen-state'
import type { features } from './columns'
import type { ColumnId } from './columns-that-fit'
import styles from './grid.module.css'
import { markTo, toggleMark } from './marks'
import { NEWS_MS } from './queue-model'

/** The last part of NEWS_MS; as the style sheet's. */
const NEWS_FADE_MS = 600

export function rowElementId(ticketId: string | undefined): string | undefined {
  return ticketId === undefined ? undefined : `row-${ticketId}`
}

type Props = {
  readonly row: Row<typeof features, QueueRow>
  /** Its line in the list. */
  readonly at: number
  /** In px. */
  readonly top: number
  readonly columns: readonly ColumnId[]
  readonly isActive: boolean
  readonly isMarked: boolean
  /** Whether any row is marked: then the marked ones are what the keys are for. */
  readonly isMarking: boolean
  readonly isOpen: boolean
  readonly newsAt: number | undefined
  readonly view: QueueView
}

export const GridRow = memo(
  function GridRow(props: Props) {
    const { row, at, top, columns, isActive, isMarked, isMarking, isOpen, newsAt, view } = props
    const { id } = row
    const onClick = (event: MouseEvent) => {
      if (event.shiftKey) markTo(view, id)
      else if (event.ctrlKey || event.metaKey) toggleMark(id)
      else openTicket(id)
    }
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and the keys.
      <div
        id={rowElementId(id)}
        role="row"
        aria-rowindex={at + 2}
        aria-selected={isMarking ? isMarked : isActive}
        data-active={isActive || undefined}
        data-marked={isMarked || undefined}
        data-open={isOpen || undefined}
        className={styles.row}
        style={{ transform: `translateY(${top}px)` }}
        onClick={onClick}
      >
        {newsAt !== undefined && <News key={newsAt} at={newsAt} />}
        <MarkBox
          isMarked={isMarked}
          onMark={(event) => {
            event.stopPropagation()
            if (event.shiftKey) markTo(view, id)
            else toggleMark(id)
          }}
        />
        <Cells row={row} columns={columns} />
      </div>
    )
  },
  (before, after) =>
    before.row.original === after.row.original &&
    before.at === after.at &&
    before.top === after.top &&
    before.columns === after.columns &&
    before.isActive === after.isActive &&
    before.isMarked === after.isMarked &&
    before.isMarking === after.isMarking &&
    before.isOpen === after.isOpen &&
    before.newsAt === after.newsAt,
)

/** For the mouse alone: `x` is the key, and the row itself says whether it is selected. */
function MarkBox({
  isMarked,
  onMark,
}: {
  readonly isMarked: boolean
  readonly onMark: (event: MouseEvent) => void
}) {
  return (
    <span className={styles.markBox} onClick={onMark} aria-hidden>
      <span className={styles.box} data-on={isMarked || undefined}>
        {isMarked && <IconCheck size={12} stroke={3} />}
      </span>
    </span>
  )
}

/** A row's content, apart from its place: where rows move, the most of them only get another place. */
const Cells = memo(
  function Cells({ row }: Pick<Props, 'row' | 'columns'>) {
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
