import { useEffect, useRef } from 'react'

/** A key by its `event.key` (`j`, `Enter`, `?`), two in a row (`g g`), or with Ctrl or Cmd (`Mod+Enter`) or Shift (`Shift+Enter`). */
export type Bindings = { readonly [keys: string]: (() => void) | undefined }

const SEQUENCE_MS = 900
const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]'
const OWN_KEYS = '[role=menu], [role=listbox], dialog'
const PRESSED_BY = 'button, a[href], [role=button], [role=tab], [role=separator]'

/** Bindings of what is on the screen, in the order in which it came. */
const bound: { readonly current: Bindings }[] = []
let first: { readonly key: string; readonly at: number } | undefined

/**
 * Keys of the whole window. They rest while somebody types, while a dialog or a menu is open, and Enter and Space
 * stay with the button that has the focus. Two in a row go before the second of them alone, whoever bound them; else
 * what came last to the screen has its key.
 */
export function useKeys(bindings: Bindings, enabled = true): void {
  const latest = useRef(bindings)
  useEffect(() => {
    latest.current = bindings
  })
  useEffect(() => {
    if (!enabled) return
    if (bound.length === 0) window.addEventListener('keydown', onKey)
    bound.push(latest)
    return () => {
      bound.splice(bound.indexOf(latest), 1)
      if (bound.length === 0) window.removeEventListener('keydown', onKey)
    }
  }, [enabled])
}

function onKey(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.altKey || event.isComposing) return
  const target = event.target instanceof Element ? event.target : undefined
  if (document.querySelector('dialog[open]') || target?.closest(OWN_KEYS)) return
  const mod = event.ctrlKey || event.metaKey
  if (!mod && target?.closest(TYPING)) return
  if (!mod && (event.key === 'Enter' || event.key === ' ') && target?.closest(PRESSED_BY)) return
  const shifted = `Shift+${event.key}`
  // With letters and signs Shift is in the key itself.
  const named = event.shiftKey && event.key.length > 1 && actionOf(shifted) ? shifted : event.key
  const key = mod ? `Mod+${event.key}` : named
  const sequence = first && event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${key}` : undefined
  first = { key, at: event.timeStamp }
  const inRow = sequence === undefined ? undefined : actionOf(sequence)
  const action = inRow ?? actionOf(key)
  if (!action) return
  if (inRow) first = undefined
  event.preventDefault()
  action()
}

function actionOf(keys: string): (() => void) | undefined {
  for (let position = bound.length - 1; position >= 0; position -= 1) {
    const action = bound[position]?.current[keys]
    if (action) return action
  }
  return undefined
}
