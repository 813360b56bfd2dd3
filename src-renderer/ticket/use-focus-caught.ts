import { type RefObject, useEffect, useRef } from 'react'
import { focusHome } from '../ui/focus-home'

const FOCUSABLE = 'button:not(:disabled), a[href], input, textarea, [tabindex="0"]'

/**
 * What had the focus may be gone once it was pressed: claimed, unlinked, accepted. Then what stood nearest gets it, and
 * the keyboard goes on from where it was.
 */
export function useFocusCaught(root: RefObject<HTMLElement | null>): void {
  const last = useRef<readonly Element[]>([])
  useEffect(() => {
    const element = root.current
    const remember = ({ target }: FocusEvent) => {
      const path: Element[] = []
      for (let at = target as Element | null; at && at !== element; at = at.parentElement) path.push(at)
      last.current = path
    }
    element?.addEventListener('focusin', remember)
    return () => element?.removeEventListener('focusin', remember)
  }, [root])
  useEffect(() => {
    const [had, ...around] = last.current
    if (!had || had.isConnected || document.activeElement !== document.body) return
    last.current = []
    const near = around.find((one) => one.isConnected)?.querySelector<HTMLElement>(FOCUSABLE)
    if (near) near.focus()
    else focusHome()
  })
}
