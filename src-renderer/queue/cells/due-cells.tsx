import { useCallback } from 'react'
import { countdownText } from '#shared/queue/countdown'
import type { QueueRow } from '#shared/queue/row'
import type { Instant } from '#shared/time/instant'
import { LiveText } from '../../ui/live-text'
import { exactTime } from '../../ui/show-time'
import { TargetClock } from '../../ui/target-clock'
import styles from './cells.module.css'

/** The time left until something that is no target of the contract. */
export function DueCell({ at, what }: { readonly at: Instant | undefined; readonly what: string }) {
  if (at === undefined) return <span className={styles.quiet}>–</span>
  return (
    <span data-tip={`${what} ${exactTime(at)}`}>
      <Countdown at={at} />
    </span>
  )
}

/** Stands for both clocks where there is room for one: what is due next, or else what the resolution says. */
export function NextDue({ row }: { readonly row: QueueRow }) {
  const { nextTarget, promisedAt, report } = row
  if (nextTarget === 'promise' && promisedAt !== undefined) {
    return (
      <span data-tip={`Update promised for ${exactTime(promisedAt)}`}>
        Update <Countdown at={promisedAt} />
      </span>
    )
  }
  const target = nextTarget === 'firstResponse' ? nextTarget : 'resolution'
  return <TargetClock name={target} report={report} named={nextTarget !== undefined} />
}

function Countdown({ at }: { readonly at: Instant }) {
  const read = useCallback((now: Instant) => countdownText(at, now), [at])
  const tone = useCallback((now: Instant) => (now > at ? 'over' : 'calm'), [at])
  return <LiveText read={read} tone={tone} className={styles.countdown} />
}
