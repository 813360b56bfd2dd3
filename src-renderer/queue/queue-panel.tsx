import { IconBolt } from '@tabler/icons-react'
import { useCallback, useEffect, useRef } from 'react'
import { markStart } from '../store/start-marks'
import { openTicket, select, selectGroup, useScreen } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import { useArrangement } from './arrangement'
import { BulkBar } from './bulk/bulk-bar'
import { BulkDialog } from './bulk/bulk-dialog'
import { forgetUndo } from './bulk/run-bulk'
import { DisplayMenu } from './display-menu'
import { exportCsv } from './export-csv'
import { foldGroup, groupKeyOf } from './group-head'
import { markBetween, markedRows } from './marks'
import { Peek } from './peek/peek'
import styles from './queue.module.css'
import { useQueueActions } from './queue-actions'
import { ask, showMenu, useQueueDialog } from './queue-dialog'
import { QueueGrid } from './queue-grid'
import { QueueNothing } from './queue-nothing'
import { useQueueViews, useShownView, viewName } from './queue-views'
import { takeNext } from './take-next'
import toolbar from './toolbar.module.css'
import { useQueue } from './use-queue'
import { useReadAhead } from './use-read-ahead'
import { useViewChanges } from './use-view-changes'
import { Chips } from './view-bar'
import { ViewDialog } from './view-dialog'
import { ViewTabs } from './view-tabs'
import { ViewsMenu } from './views-menu'

type Props = {
  /** Called once when the rows of a finished first sync are on the screen. */
  readonly onPainted: () => void
}

export function QueuePanel({ onPainted }: Props) {
  const desk = useDesk()
  const views = useQueueViews()
  const shown = useShownView(views)
  const arrangement = useArrangement(shown)
  const changes = useViewChanges(shown, arrangement)
  const { view, newsAt, searched, version } = useQueue(shown, views.all, arrangement)
  const filter = useScreen((state) => state.filter)
  const isMarking = useScreen((state) => state.marked.size > 0)
  const isPeekShown = useScreen((state) => state.isPeekShown)
  const { dialog, menu } = useQueueDialog()
  const grid = useRef<HTMLDivElement>(null)
  const isReady = desk.rows.isReady()
  const hasRows = view.size > 0

  const move = useCallback(
    (lines: number, marks: boolean) => {
      if (view.lineCount === 0) return
      const { selectedId, groupKey, openId } = useScreen.getState()
      const from =
        groupKey !== undefined
          ? view.lineOfGroup(groupKey)
          : selectedId === undefined
            ? -1
            : view.lineOf(selectedId)
      const line = view.lineAt(Math.max(0, Math.min(view.lineCount - 1, from + lines)))
      if (!line) return
      if (line.kind === 'group') return selectGroup(line.group.key)
      const id = view.idAt(line.position)
      if (id === undefined) return
      if (marks) markBetween(view, selectedId ?? id, id)
      else if (openId === undefined) select(id)
      else openTicket(id)
    },
    [view],
  )
  const fold = useCallback(
    (isFolded: boolean) => {
      const { selectedId, groupKey } = useScreen.getState()
      const key = groupKey ?? (selectedId === undefined ? undefined : groupKeyOf(view, selectedId))
      if (key === undefined || view.groups.length === 0) return false
      foldGroup(view, key, isFolded)
      return true
    },
    [view],
  )
  const exportView = useCallback(() => {
    const rows = view.ids().flatMap((id) => desk.rows.get(id) ?? [])
    void exportCsv(desk, viewName(shown), rows, arrangement.columns)
  }, [view, desk, shown, arrangement])
  const exportMarked = () => {
    void exportCsv(desk, viewName(shown), markedRows(view, desk.rows), arrangement.columns)
  }
  useQueueActions({ view, changes, onMove: move, onExport: exportView })
  useReadAhead(view)
  useRowsPainted(hasRows, markPainted)
  useRowsPainted(isReady && hasRows, onPainted)
  useEffect(
    () => () => {
      forgetUndo()
      ask(undefined)
    },
    [],
  )

  // The list has the keyboard from the start, and again when what had it is gone with the ticket beside it.
  const openId = useScreen((state) => state.openId)
  useEffect(() => {
    const isFree = document.activeElement === document.body || document.activeElement === null
    if (openId === undefined && hasRows && isFree) grid.current?.focus({ preventScroll: true })
  }, [openId, hasRows])

  return (
    <section className={styles.panel} aria-label="Queue">
      <div className={toolbar.toolbar}>
        <ViewTabs
          views={views}
          shown={shown}
          countOf={view.countOf}
          isCounted={isReady && desk.rows.size > 0}
        />
        <ViewsMenu
          views={views}
          shown={shown}
          countOf={view.countOf}
          changes={changes}
          isOpen={menu === 'views'}
          onOpen={openViews}
          version={menu === 'views' ? version : 0}
        />
      </div>
      <div className={toolbar.bar}>
        <Chips shown={shown} size={view.size} searched={searched()} />
        <button
          type="button"
          className={toolbar.nextUp}
          data-tip="Claims and opens the most urgent ticket that is yours to take"
          onClick={() => void takeNext(desk)}
        >
          <IconBolt size={14} aria-hidden />
          <span className={toolbar.nextUpName}>Next up</span> <kbd>N</kbd>
        </button>
        <DisplayMenu
          arrangement={arrangement}
          changes={changes}
          isOpen={menu === 'display'}
          onOpen={openDisplay}
          onExport={exportView}
        />
      </div>
      {hasRows ? (
        <div className={styles.list}>
          <QueueGrid
            view={view}
            version={version}
            newsAt={newsAt}
            gridRef={grid}
            label={`${viewName(shown)}, ${view.size} tickets`}
            arrangement={arrangement}
            ownSort={shown.sort}
            onMove={move}
            onFold={fold}
          />
          {isMarking && <BulkBar view={view} onExport={exportMarked} />}
        </div>
      ) : (
        <QueueNothing
          isReady={isReady}
          hasRows={desk.rows.size > 0}
          shown={shown}
          filter={filter}
          searched={searched()}
        />
      )}
      {isPeekShown && hasRows && openId === undefined && <Peek />}
      {dialog?.kind === 'view' && <ViewDialog shown={shown} arrangement={arrangement} as={dialog.as} />}
      {dialog?.kind === 'bulk' && <BulkDialog what={dialog.what} rows={markedRows(view, desk.rows)} />}
    </section>
  )
}

function openViews(isOpen: boolean): void {
  showMenu(isOpen ? 'views' : undefined)
}

function openDisplay(isOpen: boolean): void {
  showMenu(isOpen ? 'display' : undefined)
}

function markPainted(): void {
  markStart('painted')
}

/** Two frames after the rows were committed they are on the screen. */
function useRowsPainted(hasRows: boolean, onPainted: () => void): void {
  useEffect(() => {
    if (!hasRows) return
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(onPainted)
    })
    return () => cancelAnimationFrame(frame)
  }, [hasRows, onPainted])
}
