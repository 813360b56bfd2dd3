import { useCallback, useEffect, useRef, useState } from 'react'
import { useDesk } from '../../ui/use-desk'

/** Whoever has typed nothing for so long isn't replying any more, whatever stands in the box. */
const STILL_WRITING_MS = 120_000

export type Look = {
  /** The person typed something: `hasText` says whether anything is left in the box. */
  readonly typed: (hasText: boolean) => void
}

/** Tells colleagues that this window is at a ticket, and whether somebody writes there. */
export function useLook(ticketId: string): Look {
  const desk = useDesk()
  const [isWriting, setIsWriting] = useState(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(
    () => desk.lookAt({ ticketId, doing: isWriting ? 'replying' : 'viewing' }),
    [desk, ticketId, isWriting],
  )
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      desk.lookAt({ doing: 'viewing' })
    },
    [desk],
  )
  const typed = useCallback((hasText: boolean) => {
    clearTimeout(timer.current)
    setIsWriting(hasText)
    if (hasText) timer.current = setTimeout(() => setIsWriting(false), STILL_WRITING_MS)
  }, [])
  return { typed }
}
