import { type RefCallback, useCallback, useLayoutEffect, useRef, useState } from 'react'

/**
 * The width of an element in px, followed as it changes; 0 until it is known.
 * @param cause what is known to change it: then it is measured before anything of that is painted
 */
export function useWidth(cause?: unknown): [RefCallback<HTMLElement>, number] {
  const [width, setWidth] = useState(0)
  const measured = useRef<HTMLElement>(null)
  const ref = useCallback((element: HTMLElement | null) => {
    measured.current = element
    if (!element) return
    setWidth(element.clientWidth)
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cause is why it may be another one.
  useLayoutEffect(() => {
    if (measured.current) setWidth(measured.current.clientWidth)
  }, [cause])
  return [ref, width]
}
