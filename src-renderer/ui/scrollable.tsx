import { type ReactNode, useEffect, useRef, useState } from 'react'

type Props = {
  /** What a screen reader calls it when the keyboard stops there. */
  readonly label: string
  /** Limits its height and lets it scroll. */
  readonly className: string | undefined
  readonly children: ReactNode
}

/**
 * Text that may be longer than its room. While it is, the keyboard stops there so that the arrows scroll it;
 * while it is not, there is no stop that does nothing.
 */
export function Scrollable({ label, className, children }: Props) {
  const room = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const [isStop, setIsStop] = useState(false)
  useEffect(() => {
    if (!room.current || !content.current) return
    const { current } = room
    const observer = new ResizeObserver(() => setIsStop(current.scrollHeight > current.clientHeight))
    observer.observe(current)
    observer.observe(content.current)
    return () => observer.disconnect()
  }, [])
  const stop = isStop ? { role: 'group', 'aria-label': label, tabIndex: 0 } : {}
  return (
    <div ref={room} className={className} {...stop}>
      <div ref={content}>{children}</div>
    </div>
  )
}
