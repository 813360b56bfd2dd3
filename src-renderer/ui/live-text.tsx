import { useLayoutEffect, useRef } from 'react'
import type { Instant } from '#shared/time/instant'
import { useTicker } from './use-desk'

type Props = {
  /** What it says at an instant; the same function as long as it says the same. */
  readonly read: (now: Instant) => string
  readonly tone?: ((now: Instant) => string) | undefined
  readonly className?: string | undefined
}

/** A text that follows the clock without rendering anything: written once a second, and only when it changed. */
export function LiveText({ read, tone, className }: Props) {
  const ticker = useTicker()
  const root = useRef<HTMLSpanElement>(null)
  useLayoutEffect(
    () =>
      ticker.add((now) => {
        const element = root.current
        if (!element) return
        const text = read(now)
        if (element.textContent !== text) element.textContent = text
        const next = tone?.(now)
        if (next !== undefined && element.dataset.tone !== next) element.dataset.tone = next
      }),
    [ticker, read, tone],
  )
  return <span ref={root} className={className ? `${className} digits` : 'digits'} />
}
