import { useCallback, useEffect, useRef, useState } from 'react'
import type { ComposerKind } from '../store/desk-store'
import { toastProblem } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'

const SAVE_AFTER_MS = 250

export type DraftText = {
  readonly text: string
  /** All of a text that isn't empty is on disk. */
  readonly isSaved: boolean
  /** Changes the text and saves it soon; at the latest when the composer loses the focus or goes away. */
  readonly change: (text: string) => void
  readonly saveNow: () => void
  /** Empties the text and removes the saved draft, once what was in it is safe elsewhere. */
  readonly clear: () => Promise<void>
}

/** What is being written on a ticket, kept on disk while it is typed. One composer per ticket and kind. */
export function useDraft(ticketId: string, kind: ComposerKind): DraftText {
  const desk = useDesk()
  const [text, setText] = useState('')
  const [isSaved, setIsSaved] = useState(false)
  const unsaved = useRef<string>(undefined)
  const touched = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    let isGone = false
    desk
      .readDraft(ticketId, kind)
      // Somebody who has begun to type keeps what they typed.
      .then((saved) => {
        if (isGone || touched.current) return
        setText(saved)
        setIsSaved(saved !== '')
      }, toastProblem)
    return () => {
      isGone = true
    }
  }, [desk, ticketId, kind])

  const saveNow = useCallback(() => {
    clearTimeout(timer.current)
    const body = unsaved.current
    if (body === undefined) return
    unsaved.current = undefined
    desk.saveDraft(ticketId, kind, body).then(() => {
      if (unsaved.current === undefined) setIsSaved(body !== '')
    }, toastProblem)
  }, [desk, ticketId, kind])

  useEffect(() => {
    window.addEventListener('pagehide', saveNow)
    document.addEventListener('visibilitychange', saveNow)
    return () => {
      window.removeEventListener('pagehide', saveNow)
      document.removeEventListener('visibilitychange', saveNow)
      saveNow()
    }
  }, [saveNow])

  const change = useCallback(
    (next: string) => {
      touched.current = true
      unsaved.current = next
      setText(next)
      setIsSaved(false)
      clearTimeout(timer.current)
      timer.current = setTimeout(saveNow, SAVE_AFTER_MS)
    },
    [saveNow],
  )

  const clear = useCallback(() => {
    clearTimeout(timer.current)
    unsaved.current = undefined
    setText('')
    setIsSaved(false)
    return desk.saveDraft(ticketId, kind, '')
  }, [desk, ticketId, kind])

  return { text, isSaved, change, saveNow, clear }
}
