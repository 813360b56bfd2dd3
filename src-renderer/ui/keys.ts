import { useEffect, useRef } from 'react'

/** A key by its `event.key` (`j`, `Enter`, `?`), two in a row (`g g`), or with Ctrl or Cmd (`Mod+Enter`). */
export type Bindings = { readonly [keys: string]: (() => void) | undefined }

const SEQUENCE_MS = 900
const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]'
const OWN_KEYS = '[role=menu], [role=listbox], dialog'
const PRESSED_BY = 'button, a[href], [role=button], [role=tab], [role=separator]'

/**
 * Keys of the whole window. They rest while somebody types, while a dialog or a menu is open, and Enter and Space
 * stay with the button that has the focus. A handled key is not handled again by anybody else.
 */
export function useKeys(bindings: Bindings, enabled = true): void {
  const latest = useRef(bindings)
  useEffect(() => {
    latest.current = bindings
  })
  useEffect(() => {
    if (!enabled) return
    let first: { key: string; at: number } | undefined
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return
      const target = event.target instanceof Element ? event.target : undefined
      if (document.querySelector('dialog[open]') || target?.closest(OWN_KEYS)) return
      const mod = event.ctrlKey || event.metaKey
      if (!mod && target?.closest(TYPING)) return
      if (!mod && (event.key === 'Enter' || event.key === ' ') && target?.closest(PRESSED_BY)) return
      const key = mod ? `Mod+${event.key}` : event.key
      const sequence = first && event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${key}` : key
      first = { key, at: event.timeStamp }
      const action = latest.current[sequence] ?? latest.current[key]
      if (!action) return
      if (sequence !== key) first = undefined
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [enabled])
}
