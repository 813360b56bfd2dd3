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
  /** While it is being stored the text stands still. */
  readonly isSending: boolean
  /**
   * Sends the text: once it is safe in the outbox, where it takes the place of the saved draft, the box is empty.
   * Rejects with the reason when it can't be; the text then stays.
   */
  readonly send: () => Promise<void>
}

/** What is being written on a ticket, kept on disk while it is typed. One composer per ticket and kind. */
export function useDraft(ticketId: string, kind: ComposerKind): DraftText {
  const desk = useDesk()
  const [text, setText] = useState('')
  const [isSaved, setIsSaved] = useState(false)
  const [isSending, setIsSending] = useState(false)
  const latest = useRef('')
  const unsaved = useRef<string>(undefined)
  const touched = useRef(false)
  const sending = useRef<Promise<void>>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  /** Saving and sending reach the disk in the order in which they were asked for. */
  const queue = useRef<Promise<unknown>>(Promise.resolve())

  const show = useCallback((next: string) => {
    latest.current = next
    setText(next)
  }, [])

  useEffect(() => {
    let isGone = false
    desk
      .readDraft(ticketId, kind)
      // Somebody who has begun to type keeps what they typed.
      .then((saved) => {
        if (isGone || touched.current) return
        show(saved)
        setIsSaved(saved !== '')
      }, toastProblem)
    return () => {
      isGone = true
    }
  }, [desk, ticketId, kind, show])

  const saveNow = useCallback(() => {
    clearTimeout(timer.current)
    const body = unsaved.current
    if (body === undefined) return
    unsaved.current = undefined
    queue.current = queue.current
      .then(() => desk.saveDraft(ticketId, kind, body))
      .then(() => {
        if (unsaved.current === undefined) setIsSaved(latest.current !== '')
      })
      .catch(toastProblem)
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
      desk.keepTyped(ticketId, kind, next)
      show(next)
      setIsSaved(false)
      clearTimeout(timer.current)
      timer.current = setTimeout(saveNow, SAVE_AFTER_MS)
    },
    [desk, ticketId, kind, saveNow, show],
  )

  const send = useCallback(() => {
    // Two key strokes in one breath are one message.
    if (sending.current) return sending.current
    const body = latest.current.trim()
    // A save that is still to come would put the text back as a draft.
    clearTimeout(timer.current)
    unsaved.current = undefined
    touched.current = true
    setIsSending(true)
    const command =
      kind === 'reply'
        ? ({ type: 'reply', target: ticketId, body, public: true } as const)
        : ({ type: 'note', target: ticketId, body } as const)
    const sent = queue.current
      .then(() => desk.run(command))
      .then(
        () => {
          show('')
          setIsSaved(false)
        },
        (refusal: unknown) => {
          change(latest.current)
          throw refusal
        },
      )
      .finally(() => {
        sending.current = undefined
        setIsSending(false)
      })
    sending.current = sent
    queue.current = sent.catch(() => undefined)
    return sent
  }, [desk, ticketId, kind, change, show])

  return { text, isSaved, isSending, change, saveNow, send }
}
