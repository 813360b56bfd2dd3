import { memo, useCallback, useMemo } from 'react'
import { assertNever } from '#shared/assert-never'
import type { TicketView, TimelineEntry } from '../store/desk-store'
import { dayName } from '../ui/show-time'
import { useClock } from '../ui/use-clock'
import { useTicker } from '../ui/use-desk'
import { ChangeLine } from './change-line'
import { EventCard } from './event-card'
import { MessageEntry } from './message-entry'
import { TicketEvent } from './ticket-event'
import styles from './timeline.module.css'
import { timelineDays } from './timeline-days'

type Props = { readonly view: TicketView }

/** The conversation, oldest first, standing at its end; it stays there while new entries arrive. */
export const Timeline = memo(function Timeline({ view }: Props) {
  const ticker = useTicker()
  const { timeline, requester, organization } = view
  const today = useClock(useCallback((now) => new Date(now).toDateString(), []))
  // biome-ignore lint/correctness/useExhaustiveDependencies: `today` is why the names of days change.
  const days = useMemo(
    () => timelineDays(timeline, (at) => dayName(at, ticker.now())),
    [timeline, ticker, today],
  )
  const customer = requester?.name ?? organization?.name
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable with the keyboard.
    <div className={styles.scroller} role="log" aria-label="Conversation" tabIndex={0}>
      <div className={styles.timeline}>
        {days.map((day) => (
          <section key={day.entries[0]?.message.id} aria-label={day.name}>
            <h3 className={styles.day}>
              <span>{day.name}</span>
            </h3>
            {day.entries.map((entry) => (
              <Entry key={entry.message.id} entry={entry} customer={customer} />
            ))}
          </section>
        ))}
        {timeline.length === 0 && <p className={styles.none}>Nothing has been written yet.</p>}
      </div>
    </div>
  )
})

type EntryProps = {
  readonly entry: TimelineEntry
  readonly customer: string | undefined
}

const Entry = memo(function Entry({ entry, customer }: EntryProps) {
  const { message, pending } = entry
  switch (message.type) {
    case 'reply':
    case 'note':
      return <MessageEntry message={message} pending={pending} customer={customer} />
    case 'change':
      return <ChangeLine message={message} pending={pending} />
    case 'call':
    case 'workaround':
    case 'course-of-action':
      return <EventCard message={message} pending={pending} customer={customer} />
    case 'escalation':
      return message.state === 'offered' ? (
        <EventCard message={message} pending={pending} customer={customer} />
      ) : (
        <TicketEvent message={message} pending={pending} />
      )
    case 'product-issue':
    case 'promise':
    case 'tags':
    case 'merge':
    case 'cancelled':
    case 'excused':
      return <TicketEvent message={message} pending={pending} />
    default:
      return assertNever(message, 'message')
  }
})
