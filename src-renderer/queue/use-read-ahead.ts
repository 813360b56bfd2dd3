import { useEffect } from 'react'
import type { QueueView } from '#shared/queue/queue-view'
import { useScreen } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'

/** So long the cursor has to rest: whoever runs down the list reads none of it. */
const PAUSE_MS = 40

/**
 * Reads the ticket that one would open next, so that it is there at once: the one at the cursor, and beside an open one the
 * next in the list.
 */
export function useReadAhead(view: QueueView): void {
  const desk = useDesk()
  const selectedId = useScreen((state) => state.selectedId)
  const isOpen = useScreen((state) => state.openId !== undefined)
  useEffect(() => {
    if (selectedId === undefined) return
    let stop: (() => void) | undefined
    const timer = setTimeout(() => {
      const id = isOpen ? view.idAt(view.positionOf(selectedId) + 1) : selectedId
      stop = id === undefined ? undefined : desk.ticket(id).subscribe(() => {})
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      stop?.()
    }
  }, [desk, view, selectedId, isOpen])
}
