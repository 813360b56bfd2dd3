import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { leftoverVariables } from '#shared/tickets/macro-fill'
import type { ComposerKind } from '../../store/desk-store'
import { insertion } from './insertion'

type Input = {
  readonly area: RefObject<HTMLTextAreaElement | null>
  /** What the box is for now, and what stands in it. */
  readonly kind: ComposerKind
  readonly text: string
  /** Takes the whole text where the browser won't type it. */
  readonly onFallback: (text: string) => void
}

export type Insert = {
  /** Puts a text where the cursor was, as if it had been typed: undo takes it out again. */
  readonly text: (kind: ComposerKind, text: string) => void
  /** Selects a part of the text and brings it into sight. */
  readonly select: (from: number, to: number) => void
  /** Remembers where the cursor is: a text box behind a dialog forgets it. */
  readonly remember: () => void
  readonly onFocus: () => void
}

/** Puts texts into the box as if they were typed, once the box is the one they are for. */
export function useInsert({ area, kind, text, onFallback }: Input): Insert {
  const [waiting, setWaiting] = useState<{ readonly kind: ComposerKind; readonly text: string }>()
  /** The kind for which the person has put the cursor somewhere. */
  const focused = useRef<ComposerKind>(undefined)
  const cursor = useRef<{ readonly kind: ComposerKind; readonly at: number }>(undefined)
  const select = useCallback(
    (from: number, to: number) => {
      const box = area.current
      if (!box) return
      box.setSelectionRange(from, to)
      // Only a box that gets the focus scrolls to its cursor.
      box.blur()
      box.focus()
    },
    [area],
  )
  useEffect(() => {
    if (!waiting || waiting.kind !== kind) return
    // Not from within a rendering: there React would put the old text back first, and with it go the steps of undo.
    const timer = setTimeout(() => {
      setWaiting(undefined)
      const box = area.current
      if (!box) return
      const at = cursor.current?.kind === kind ? Math.min(cursor.current.at, text.length) : text.length
      const put = insertion(text, at, waiting.text)
      box.focus()
      box.setSelectionRange(put.at, put.at)
      // Deprecated, and the one way that keeps what undo knows.
      if (!document.execCommand('insertText', false, put.text)) {
        onFallback(text.slice(0, put.at) + put.text + text.slice(put.at))
      }
      const [first] = leftoverVariables(waiting.text)
      if (first) select(put.from + first.from, put.from + first.to)
      else select(put.to, put.to)
    })
    return () => clearTimeout(timer)
  }, [waiting, kind, text, area, onFallback, select])
  return {
    text: useCallback((wanted: ComposerKind, more: string) => setWaiting({ kind: wanted, text: more }), []),
    select,
    remember: () => {
      const box = area.current
      cursor.current = box && focused.current === kind ? { kind, at: box.selectionEnd } : undefined
    },
    onFocus: () => {
      focused.current = kind
    },
  }
}
