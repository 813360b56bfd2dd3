import { useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { ComposerKind } from '../store/desk-store'
import { joined } from '../store/joined-text'
import { toastProblem } from '../ui/screen-state'
import { useDesk } from '../ui/use-desk'
import { above, withoutSent } from './draft-text'

const SAVE_AFTER_MS = 250

export type DraftText = {
  readonly text: string
  /** All of a text that isn't empty is on disk. */
  readonly isSaved: boolean
  /** Changes the text and saves it soon; at the latest when the composer loses the focus or goes away. */
  readonly change: (text: string) => void
  readonly saveNow: () => void
  /** Puts a text above what is there, and resolves once both are on disk. */
  readonly add: (text: string) => Promise<void>
  /** Whether something was typed beside the text that is being sent. */
  readonly hasNext: () => boolean
  /** Nothing can be typed: a text is to be sent before it is known what was saved here. */
  readonly isStill: boolean
  /**
   * Sends the text: once it is safe in the outbox, where it takes the place of the saved draft, the box is empty, but for
   * what was typed meanwhile, which it gives. Rejects with the reason when it can't be; the text then stays.
   */
  readonly send: () => Promise<string>
}

/** What is being written on a ticket, kept on disk while it is typed. One composer per ticket and kind. */
export function useDraft(ticketId: string, kind: ComposerKind): DraftText {
  const desk = useDesk()
  const [text, setText] = useState('')
  const [isSaved, setIsSaved] = useState(false)
  const [isStill, setIsStill] = useState(false)
  const latest = useRef(text)
  const unsaved = useRef<string>(undefined)
  const loading = useRef<Promise<void>>(undefined)
  const isLoaded = useRef(false)
  const sending = useRef<Promise<string>>(undefined)
  /** The text that is on its way into the outbox. */
  const going = useRef<string>(undefined)
  /** Under way. */
  const saves = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  /** Saving and sending reach the disk in the order in which they were asked for. */
  const queue = useRef<Promise<unknown>>(Promise.resolve())

  const show = useCallback((next: string) => {
    latest.current = next
    setText(next)
  }, [])
  /** Of a text that was not typed: the next key comes to it, not to what the screen showed before, which would undo it. */
  const put = useCallback((next: string) => flushSync(() => show(next)), [show])

  /** Shows what another window wrote besides, above what has been typed here since. */
  const takeIn = useRef((_stored: string, _body: string): void => {})

  const store = useCallback((): Promise<void> => {
    clearTimeout(timer.current)
    const body = unsaved.current
    if (body === undefined) return queue.current.then(() => undefined)
    unsaved.current = undefined
    saves.current += 1
    const saved = queue.current
      .then(() => desk.saveDraft(ticketId, kind, body))
      .then(
        (stored) => {
          if (stored !== body) takeIn.current(stored, body)
          else if (unsaved.current === undefined) setIsSaved(stored !== '')
        },
        (problem: unknown) => {
          unsaved.current ??= body
          throw problem
        },
      )
      .finally(() => {
        saves.current -= 1
      })
    queue.current = saved.catch(() => undefined)
    return saved
  }, [desk, ticketId, kind])

  /** Reads the saved draft once; a read that failed is tried again by the next that needs it. */
  const load = useCallback((): Promise<void> => {
    loading.current ??= desk.readDraft(ticketId, kind).then(
      (saved) => {
        isLoaded.current = true
        const both = joined(saved, latest.current)
        put(both)
        setIsSaved(saved !== '' && both === saved)
        if (both === saved) return
        unsaved.current = both
        desk.keepTyped(ticketId, kind, both)
        // Already being sent: saved after that, it would be a draft again.
        if (!sending.current) store().catch(toastProblem)
      },
      (problem: unknown) => {
        loading.current = undefined
        throw problem
      },
    )
    return loading.current
  }, [desk, ticketId, kind, put, store])

  const saveNow = useCallback(() => {
    load()
      // A text on its way would be a draft again: it is none, or the next to be saved if it is refused.
      .then(() => (sending.current ? undefined : store()))
      .catch(toastProblem)
  }, [load, store])

  useEffect(() => {
    load().catch(toastProblem)
    window.addEventListener('pagehide', saveNow)
    document.addEventListener('visibilitychange', saveNow)
    return () => {
      window.removeEventListener('pagehide', saveNow)
      document.removeEventListener('visibilitychange', saveNow)
      saveNow()
    }
  }, [load, saveNow])

  const change = useCallback(
    (next: string) => {
      show(next)
      setIsSaved(false)
      clearTimeout(timer.current)
      if (going.current !== undefined) {
        desk.keepTyped(ticketId, kind, withoutSent(next, going.current), true)
        return
      }
      desk.keepTyped(ticketId, kind, next)
      if (!isLoaded.current) return
      unsaved.current = next
      timer.current = setTimeout(saveNow, SAVE_AFTER_MS)
    },
    [desk, ticketId, kind, saveNow, show],
  )

  useEffect(() => {
    takeIn.current = (stored, body) => {
      if (unsaved.current === undefined) {
        put(stored)
        setIsSaved(stored !== '')
        return
      }
      const both = stored.endsWith(body)
        ? stored.slice(0, stored.length - body.length) + latest.current
        : above(stored, latest.current)
      put(both)
      change(both)
    }
  }, [put, change])
  useEffect(
    () =>
      desk.watchDraft(ticketId, kind, (saved) => {
        const isBusy = unsaved.current !== undefined || saves.current > 0 || sending.current
        if (!isLoaded.current || isBusy) return false
        put(saved)
        setIsSaved(saved !== '')
        return true
      }),
    [desk, ticketId, kind, put],
  )

  const add = useCallback(
    async (more: string) => {
      await sending.current?.catch(() => undefined)
      await load()
      const both = above(more, latest.current)
      put(both)
      change(both)
      await store()
    },
    [load, put, change, store],
  )

  /** @param earlier what is to be on disk before */
  const deliver = useCallback(
    async (earlier: Promise<unknown>) => {
      const typed = latest.current
      await load()
      // A draft that came to light above what was typed is not for sending unseen.
      if (latest.current !== typed) {
        void store().catch(toastProblem)
        throw new Error('A draft was waiting here: look at both, then send.')
      }
      // A save that is still to come would put the text back as a draft.
      clearTimeout(timer.current)
      unsaved.current = undefined
      going.current = typed
      setIsStill(false)
      const body = typed.trim()
      const files = desk.files(ticketId, kind).get()
      const carried = files.length > 0 ? { attachments: files.map(({ isLost, ...file }) => file) } : {}
      try {
        await earlier
        await desk.run(
          kind === 'reply'
            ? { type: 'reply', target: ticketId, body, public: true, ...carried }
            : { type: 'note', target: ticketId, body, ...carried },
        )
      } catch (refusal) {
        going.current = undefined
        if (latest.current !== typed) change(latest.current)
        else {
          // Its time stays too: all but this window may have been killed, and the text be stored in truth. As one that was
          // typed since it would come back.
          unsaved.current = typed
          timer.current = setTimeout(saveNow, SAVE_AFTER_MS)
        }
        throw refusal
      }
      going.current = undefined
      const next = withoutSent(latest.current, typed)
      put(next)
      if (next !== '') change(next)
      setIsSaved(false)
      return next
    },
    [desk, ticketId, kind, load, store, put, change, saveNow],
  )

  const hasNext = useCallback(
    () => going.current !== undefined && withoutSent(latest.current, going.current) !== '',
    [],
  )

  const send = useCallback(() => {
    // Two key strokes in one breath are one message.
    if (sending.current) return sending.current
    setIsStill(!isLoaded.current)
    const sent = deliver(queue.current).finally(() => {
      sending.current = undefined
      setIsStill(false)
    })
    sending.current = sent
    queue.current = sent.catch(() => undefined)
    return sent
  }, [deliver])

  return { text, isSaved, hasNext, isStill, change, saveNow, add, send }
}
