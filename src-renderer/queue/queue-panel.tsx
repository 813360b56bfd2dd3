import { useCallback, useEffect, useRef } from 'react'
import { markStart } from '../store/start-marks'
import { useKeys } from '../ui/keys'
import { openDialog, openTicket, select, showTab, toastProblem, useScreen, write } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import styles from './queue.module.css'
import { QueueGrid } from './queue-grid'
import { QueueNothing } from './queue-nothing'
import { SortMenu } from './sort-menu'
import { useQueue } from './use-queue'
import { tabLabel, ViewTabs } from './view-tabs'

type Props = {
  /** Called once when the rows of a finished first sync are on the screen. */
  readonly onPainted: () => void
}

export function QueuePanel({ onPainted }: Props) {
  const desk = useDesk()
  const { view, newsAt, version } = useQueue()
  const tab = useScreen((state) => state.tab)
  const filter = useScreen((state) => state.filter)
  const grid = useRef<HTMLDivElement>(null)
  const isReady = desk.rows.isReady()

  const move = useCallback(
    (rows: number) => {
      if (view.size === 0) return
      const { selectedId, openId } = useScreen.getState()
      const from = selectedId === undefined ? -1 : view.positionOf(selectedId)
      const id = view.idAt(Math.max(0, Math.min(view.size - 1, from + rows)))
      if (id === undefined) return
      if (openId === undefined) select(id)
      else openTicket(id)
    },
    [view],
  )
  useQueueKeys(move)
  useRowsPainted(view.size > 0, markPainted)
  useRowsPainted(isReady && view.size > 0, onPainted)

  // The list has the keyboard from the start, and again when what had it is gone with the ticket beside it.
  const openId = useScreen((state) => state.openId)
  const hasRows = view.size > 0
  useEffect(() => {
    const isFree = document.activeElement === document.body || document.activeElement === null
    if (openId === undefined && hasRows && isFree) grid.current?.focus({ preventScroll: true })
  }, [openId, hasRows])

  return (
    <section className={styles.panel} aria-label="Queue">
      <div className={styles.toolbar}>
        <ViewTabs countOf={view.countOf} tab={tab} />
        <span className={styles.results} role="status">
          {filter !== '' && (
            <>
              <span className="digits">{view.size.toLocaleString('en')}</span>{' '}
              {view.size === 1 ? 'match' : 'matches'}
            </>
          )}
        </span>
        <SortMenu />
      </div>
      {hasRows ? (
        <QueueGrid
          view={view}
          version={version}
          newsAt={newsAt}
          gridRef={grid}
          label={`${tabLabel(tab)}, ${view.size} tickets`}
          onMove={move}
        />
      ) : (
        <QueueNothing isReady={isReady} hasRows={desk.rows.size > 0} tab={tab} filter={filter} />
      )}
    </section>
  )
}

/** What the keys do to the selected ticket; the sheet of keys (app/keys-sheet.tsx) lists them. */
function useQueueKeys(move: (rows: number) => void): void {
  const desk = useDesk()
  const onSelected = (action: (id: string) => void) => () => {
    const id = useScreen.getState().selectedId
    if (id !== undefined) action(id)
  }
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    'g g': () => move(-Infinity),
    G: () => move(Infinity),
    'g a': () => showTab('open'),
    'g m': () => showTab('mine'),
    'g u': () => showTab('unassigned'),
    'g r': () => showTab('at-risk'),
    'g b': () => showTab('breached'),
    'g w': () => showTab('waiting'),
    'g c': () => showTab('closed'),
    Enter: onSelected(openTicket),
    c: onSelected((target) => void desk.run({ type: 'claim', target }).catch(toastProblem)),
    r: onSelected((id) => write(id, 'reply')),
    n: onSelected((id) => write(id, 'note')),
    s: onSelected((ticketId) => openDialog({ kind: 'status', ticketId })),
    p: onSelected((ticketId) => openDialog({ kind: 'priority', ticketId })),
  })
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
