import { useCallback } from 'react'
import type { Calendar } from '#shared/time/calendar'
import type { Instant } from '#shared/time/instant'
import { isWorkingAt } from '#shared/time/working-time'
import { LiveText } from '../ui/live-text'
import { calendarName, clockIn, dateText, dayText } from '../ui/show-time'
import { useDesk, useTicker } from '../ui/use-desk'
import { comingDays, weekText } from './coming-days'
import styles from './settings.module.css'

const AHEAD_DAYS = 90

/** The working calendars of the customers, with what is different from an ordinary week in the next three months. */
export function CalendarsSection() {
  const calendars = useDesk().calendars()
  if (calendars.length === 0)
    return <p className={styles.aside}>No calendar has arrived from the portal yet.</p>
  return (
    <div className={styles.calendars}>
      {calendars.map((calendar) => (
        <OneCalendar key={calendar.id} calendar={calendar} />
      ))}
    </div>
  )
}

function OneCalendar({ calendar }: { readonly calendar: Calendar }) {
  const now = useTicker().now()
  const days = comingDays(calendar, now, AHEAD_DAYS)
  const clock = useCallback((at: Instant) => clockIn(calendar.zone, at), [calendar.zone])
  const isOpen = useCallback((at: Instant) => (isWorkingAt(calendar, at) ? 'open' : 'closed'), [calendar])
  return (
    <section className={styles.calendar} aria-label={calendarName(calendar)}>
      <h3 className={styles.calendarName}>
        {calendarName(calendar)}
        <span className={styles.clock}>
          <LiveText read={clock} />
          <LiveText className={styles.open} read={isOpen} tone={isOpen} />
        </span>
      </h3>
      <p className={styles.facts}>
        <span>{calendar.zone}</span>
        {calendar.version && <span className="digits">version {calendar.version}</span>}
        <span className="digits">
          {calendar.validThrough ? `known through ${dateText(calendar.validThrough)}` : 'no end'}
        </span>
      </p>
      <p className={`${styles.week} digits`}>
        {weekText(calendar)} · {calendar.hoursPerDay} h a day
      </p>
      {days.length === 0 ? (
        <p className={styles.noDays}>No holiday in the next {AHEAD_DAYS} days</p>
      ) : (
        <dl className={styles.days}>
          {days.map(({ date, what, hours }) => (
            <div key={date} className={styles.day}>
              <dt className="digits">{dayText(date)}</dt>
              <dd>
                {what}
                {hours !== 'closed' && <span className={styles.dayHours}> {hours}</span>}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
