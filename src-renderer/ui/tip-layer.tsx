import { useEffect, useRef } from 'react'
import styles from './tip-layer.module.css'

const DELAY_MS = 350
const GAP = 6

/**
 * One tooltip for the whole window: anything with `data-tip` gets it on hover or keyboard focus. Hundreds of cells
 * carry a text, none carries a component for it. With `data-tip-when="cut"` only while its own text is cut off.
 */
export function TipLayer() {
  const tip = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let target: HTMLElement | undefined
    const hide = () => {
      clearTimeout(timer)
      target = undefined
      if (tip.current) tip.current.hidden = true
    }
    const show = () => {
      const text = target?.dataset.tip
      if (!tip.current || !target?.isConnected || !text) return hide()
      tip.current.textContent = text
      tip.current.hidden = false
      const at = target.getBoundingClientRect()
      const own = tip.current.getBoundingClientRect()
      const below = at.bottom + GAP + own.height <= window.innerHeight
      const left = Math.min(
        Math.max(8, at.left + at.width / 2 - own.width / 2),
        window.innerWidth - own.width - 8,
      )
      tip.current.style.left = `${Math.round(left)}px`
      tip.current.style.top = `${Math.round(below ? at.bottom + GAP : at.top - GAP - own.height)}px`
    }
    const aim = (event: Event) => {
      const found =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[data-tip]') : undefined
      if (found === target) return
      hide()
      if (!found || isWhole(found) || (event.type === 'focusin' && !found.matches(':focus-visible'))) return
      target = found
      timer = setTimeout(show, event.type === 'focusin' ? 0 : DELAY_MS)
    }
    const events = ['pointerover', 'focusin'] as const
    const ends = ['pointerdown', 'keydown', 'wheel', 'blur', 'focusout'] as const
    for (const name of events) document.addEventListener(name, aim)
    for (const name of ends) document.addEventListener(name, hide, { passive: true })
    return () => {
      hide()
      for (const name of events) document.removeEventListener(name, aim)
      for (const name of ends) document.removeEventListener(name, hide)
    }
  }, [])
  // What it says is said by the names of things already, or is their own text, cut off.
  return <div ref={tip} className={styles.tip} aria-hidden="true" hidden />
}

function isWhole(element: HTMLElement): boolean {
  return element.dataset.tipWhen === 'cut' && element.scrollWidth <= element.clientWidth
}
