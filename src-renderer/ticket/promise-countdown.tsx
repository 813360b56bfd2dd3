import { useCallback } from 'react'
import { countdownText, spokenCountdown } from '#shared/queue/countdown'
import type { Instant } from '#shared/time/instant'
import { LiveText } from '../ui/live-text'
import { useTicker } from '../ui/use-desk'
import styles from './carried.module.css'

/** From when a promised update rings (experience.md, Alerts). */
const NEAR_MS = 600_000

/** What is left until a promise. */
export function PromiseCountdown({ at }: { readonly at: Instant }) {
  const ticker = useTicker()
  return (
    <span role="timer" aria-label={`Promised update: ${spokenCountdown(at, ticker.now())}`}>
      <LiveText
        className={styles.countdown}
        read={useCallback((now: Instant) => countdownText(at, now), [at])}
        tone={useCallback((now: Instant) => (now > at ? 'over' : at - now < NEAR_MS ? 'near' : 'calm'), [at])}
      />
    </span>
  )
}
