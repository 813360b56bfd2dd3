import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { QueueView } from '#shared/queue/queue-view'
import { select, useScreen } from '../ui/screen-state'
import { useDesk, useTicker } from '../ui/use-desk'
import { createQueueModel } from './queue-model'

/** The queue as it is shown now; `version` grows whenever rows, order or counts changed. */
export function useQueue(): { readonly view: QueueView; readonly version: number } {
  const desk = useDesk()
  const ticker = useTicker()
  const [model] = useState(() => createQueueModel(desk, ticker))
  const version = useSyncExternalStore(model.subscribe, model.version)
  const tab = useScreen((state) => state.tab)
  const filter = useScreen((state) => state.filter)
  const sort = useScreen((state) => state.sort)
  useEffect(() => model.start(), [model])
  useLayoutEffect(() => model.show({ tab, filter, sort }), [model, tab, filter, sort])
  useSteadySelection(model.view, version)
  return { view: model.view, version }
}

/**
 * The selection stays with its ticket wherever the row moves. When the ticket leaves the view the row that took its
 * place is selected; a view shown anew starts at its top.
 */
function useSteadySelection(view: QueueView, version: number): void {
  const selectedId = useScreen((state) => state.selectedId)
  const last = useRef({ position: 0, settings: view.settings })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `version` stands for everything inside `view`.
  useLayoutEffect(() => {
    const anew = last.current.settings !== view.settings
    const position = selectedId === undefined ? -1 : view.positionOf(selectedId)
    if (position >= 0) {
      last.current = { position, settings: view.settings }
      return
    }
    const next = anew ? 0 : Math.min(last.current.position, view.size - 1)
    last.current = { position: Math.max(0, next), settings: view.settings }
    if (view.size > 0) select(view.idAt(next))
  }, [view, version, selectedId])
}
