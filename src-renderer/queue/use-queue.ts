import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { QueueView } from '#shared/queue/queue-view'
import type { SavedView } from '#shared/queue/saved-view'
import { selectGroup, selectStart, useScreen } from '../ui/screen-state'
import { useDesk, useLive, useTicker } from '../ui/use-desk'
import type { Arrangement } from './arrangement'
import { createQueueModel, type QueueModel } from './queue-model'

/** So long after the word that a first sync is complete its last rows may still come. */
const LAST_ROWS_MS = 2000

/** The queue as it is shown now; `version` grows whenever rows, order or counts changed. */
export function useQueue(
  shown: SavedView,
  saved: readonly SavedView[],
  { groupBy }: Arrangement,
): Pick<QueueModel, 'view' | 'newsAt' | 'searched'> & { readonly version: number } {
  const desk = useDesk()
  const ticker = useTicker()
  const [model] = useState(() => createQueueModel(desk, ticker))
  const version = useSyncExternalStore(model.subscribe, model.version)
  const filter = useScreen((state) => state.filter)
  const sort = useScreen((state) => state.sort)
  const folded = useScreen((state) => state.folded)
  const { query } = shown
  useLayoutEffect(() => model.countViews(saved), [model, saved])
  useEffect(() => model.start(), [model])
  useLayoutEffect(
    () => model.show({ query, filter, sort, groupBy, folded }),
    [model, query, filter, sort, groupBy, folded],
  )
  const { firstSync } = useLive(desk.status)
  useSteadySelection(model.view, version, firstSync !== undefined)
  return { view: model.view, newsAt: model.newsAt, searched: model.searched, version }
}

/**
 * The selection stays with its ticket wherever the row moves. When the ticket leaves the view the row that took its
 * place is selected; a view shown anew starts at its top, and keeps to it while a first sync still fills it. A ticket
 * that is folded away leaves the cursor to the head of its group.
 */
function useSteadySelection(view: QueueView, version: number, isFilling: boolean): void {
  const selectedId = useScreen((state) => state.selectedId)
  const groupKey = useScreen((state) => state.groupKey)
  const isChosen = useScreen((state) => state.isSelectionChosen)
  const filledAt = useRef(Number.NEGATIVE_INFINITY)
  const last = useRef({ line: 0, settings: view.settings })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` stands for everything inside `view`.
  useLayoutEffect(() => {
    const anew = isAnother(last.current.settings, view.settings)
    if (isFilling) filledAt.current = performance.now()
    const isStart = anew || (performance.now() - filledAt.current < LAST_ROWS_MS && !isChosen)
    const line =
      groupKey !== undefined
        ? view.lineOfGroup(groupKey)
        : selectedId === undefined
          ? -1
          : view.lineOf(selectedId)
    if (line >= 0 && (isChosen || !isStart)) {
      last.current = { line, settings: view.settings }
      return
    }
    const next = isStart ? firstTicket(view) : Math.min(last.current.line, view.lineCount - 1)
    last.current = { line: Math.max(0, next), settings: view.settings }
    const at = view.lineAt(last.current.line)
    if (at?.kind === 'group') selectGroup(at.group.key)
    else if (at) selectStart(view.idAt(at.position))
  }, [view, version, selectedId, groupKey, isChosen, isFilling])
}

/** Folding shows the same view. */
function isAnother(before: QueueView['settings'], after: QueueView['settings']): boolean {
  return (
    before.query !== after.query ||
    before.filter !== after.filter ||
    before.sort !== after.sort ||
    before.groupBy !== after.groupBy
  )
}

function firstTicket(view: QueueView): number {
  const at = view.lineAt(0)
  return at?.kind === 'group' && !at.group.isFolded ? 1 : 0
}
