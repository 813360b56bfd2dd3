import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { viewOfTab } from '#shared/queue/builtin-views'
import type { QueueView } from '#shared/queue/queue-view'
import { selectStart, useScreen } from '../ui/screen-state'
import { useDesk, useLive, useTicker } from '../ui/use-desk'
import { createQueueModel, type QueueModel } from './queue-model'

/** The queue as it is shown now; `version` grows whenever rows, order or counts changed. */
export function useQueue(): Pick<QueueModel, 'view' | 'newsAt'> & { readonly version: number } {
  const desk = useDesk()
  const ticker = useTicker()
  const [model] = useState(() => createQueueModel(desk, ticker))
  const version = useSyncExternalStore(model.subscribe, model.version)
  const tab = useScreen((state) => state.tab)
  const filter = useScreen((state) => state.filter)
  const sort = useScreen((state) => state.sort)
  useEffect(() => model.start(), [model])
  useLayoutEffect(() => model.show({ query: viewOfTab(tab).query, filter, sort }), [model, tab, filter, sort])
  const { firstSync } = useLive(desk.status)
  useSteadySelection(model.view, version, firstSync !== undefined)
  return { view: model.view, newsAt: model.newsAt, version }
}

/**
 * The selection stays with its ticket wherever the row moves. When the ticket leaves the view the row that took its
 * place is selected; a view shown anew starts at its top, and keeps to it while a first sync still fills it.
 */
function useSteadySelection(view: QueueView, version: number, isFilling: boolean): void {
  const selectedId = useScreen((state) => state.selectedId)
  const isChosen = useScreen((state) => state.isSelectionChosen)
  const wasFilling = useRef(false)
  const last = useRef({ position: 0, settings: view.settings })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` stands for everything inside `view`.
  useLayoutEffect(() => {
    const anew = last.current.settings !== view.settings || ((isFilling || wasFilling.current) && !isChosen)
    wasFilling.current = isFilling
    const position = selectedId === undefined ? -1 : view.positionOf(selectedId)
    if (position >= 0 && (isChosen || !anew)) {
      last.current = { position, settings: view.settings }
      return
    }
    const next = anew ? 0 : Math.min(last.current.position, view.size - 1)
    last.current = { position: Math.max(0, next), settings: view.settings }
    if (view.size > 0) selectStart(view.idAt(next))
  }, [view, version, selectedId, isChosen, isFilling])
}
