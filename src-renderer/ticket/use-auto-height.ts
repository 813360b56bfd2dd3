import { type RefObject, useLayoutEffect } from 'react'

/** Grows with the text up to the height that the style sheet allows. */
export function useAutoHeight(area: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = area.current
    if (!element) return
    // Nothing to measure, which is what most tickets open with.
    if (text === '') {
      element.style.height = ''
      return
    }
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight + 2}px`
  }, [area, text])
}
