import { useCallback } from 'react'
import type { Calendar } from '#shared/time/calendar'
import type { Instant } from '#shared/time/instant'
import { isWorkingAt, nextWorkingInstant } from '#shared/time/working-time'
import { cityOf, clockIn } from '../../ui/show-time'
import { useClock } from '../../ui/use-clock'
import styles from './customer.module.css'

type Props = { readonly zone: string; readonly calendar: Calendar }

/** What time it is where the customer is, and whether anybody is there. */
export function LocalTime({ zone, calendar }: Props) {
  const time = useClock(useCallback((now: Instant) => clockIn(zone, now), [zone]))
  const isOpen = useClock(useCallback((now: Instant) => isWorkingAt(calendar, now), [calendar]))
  const opensAt = useClock(
    useCallback(
      (now: Instant) => (isWorkingAt(calendar, now) ? undefined : nextWorkingInstant(calendar, now)),
      [calendar],
    ),
  )
  return (
    <span className="digits">
      <b>{time}</b> in {cityOf(zone)}
      <span className={styles.hours} data-open={isOpen || undefined}>
        <i className={styles.dot} aria-hidden />
        {isOpen
          ? 'in working hours'
          : `closed${opensAt === undefined ? '' : ` until ${clockIn(zone, opensAt)}`}`}
      </span>
    </span>
  )
}
