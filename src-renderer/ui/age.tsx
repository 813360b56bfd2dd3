import { useLayoutEffect, useRef } from 'react'
import { ageText } from '#shared/queue/countdown'
import type { Instant } from '#shared/time/instant'
import { exactTime } from './show-time'
import { useTicker } from './use-desk'

type Props = { readonly at: Instant; readonly ago?: boolean; readonly what?: string }

/** How long ago something was; the exact time is in its tip. `ago` adds the word. */
export function Age({ at, ago = false, what }: Props) {
  const ticker = useTicker()
  const root = useRef<HTMLTimeElement>(null)
  useLayoutEffect(
    () =>
      ticker.add((now) => {
        const short = ageText(at, now)
        const text = !ago ? short : short === 'now' ? 'just now' : `${short} ago`
        if (root.current && root.current.textContent !== text) root.current.textContent = text
      }),
    [ticker, at, ago],
  )
  const tip = what ? `${what} ${exactTime(at)}` : exactTime(at)
  return <time ref={root} className="digits" dateTime={new Date(at).toISOString()} data-tip={tip} />
}
