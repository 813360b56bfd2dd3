import { IconClockExclamation, IconCloudUp } from '@tabler/icons-react'
import { assertNever } from '#shared/assert-never'
import { targetLabel } from '#shared/queue/labels'
import type { TargetName } from '#shared/sla/policy'
import type { SatisfiedBy, TargetReport } from '#shared/sla/report'
import type { TicketView } from '../store/desk-store'
import { cityOf, dayAndTime, timeIn } from '../ui/show-time'
import { useDataAge } from '../ui/sync-strip'
import { TargetClock } from '../ui/target-clock'
import { useDesk, useLive, useTicker } from '../ui/use-desk'
import styles from './ticket.module.css'

/** Both targets of the ticket: what is left, and when that is here and at the customer's. */
export function SlaSummary({ view }: { readonly view: TicketView }) {
  const age = useDataAge(useLive(useDesk().status).lastSyncAt)
  return (
    <section className={styles.sla} aria-label="Service level">
      <Target name="firstResponse" view={view} />
      <Target name="resolution" view={view} />
      {age && (
        <p className={styles.oldData}>
          <IconClockExclamation size={14} aria-hidden /> As of {age} ago: it may have been answered meanwhile.
        </p>
      )}
      {view.row.unsent > 0 && (
        <p className={styles.slaHint}>
          <IconCloudUp size={14} aria-hidden /> The clocks follow what the portal has confirmed; what is
          unsent has not reached the customer.
        </p>
      )}
    </section>
  )
}

function Target({ name, view }: { readonly name: TargetName; readonly view: TicketView }) {
  const { report } = view.row
  return (
    <div className={styles.target}>
      <h3 className={styles.targetName}>{targetLabel(name)}</h3>
      <TargetClock name={name} report={report} size="large" />
      <p className={styles.due}>
        <Due target={report[name]} zone={view.organization?.zone} />
      </p>
    </div>
  )
}

const BY = {
  reply: 'replied',
  call: 'answered on the telephone',
  solve: 'solved',
  workaround: 'workaround given',
} as const satisfies Record<SatisfiedBy, string>

function Due({ target, zone }: { readonly target: TargetReport; readonly zone: string | undefined }) {
  const now = useTicker().now()
  switch (target.state) {
    case 'running':
    case 'breached': {
      const there = zone === undefined ? undefined : timeIn(zone, target.due)
      return (
        <>
          <span className="digits">
            {target.state === 'running' ? 'Due' : 'Was due'} {dayAndTime(target.due, now)}
          </span>
          {there && zone && (
            <span className={`${styles.there} digits`}>
              {there} in {cityOf(zone)}
            </span>
          )}
        </>
      )
    }
    case 'paused':
      return 'The clock stands still while waiting'
    case 'awaiting-proposal':
      return 'Due once a course of action is proposed'
    case 'met':
      return (
        <span className="digits">
          {BY[target.by]} {dayAndTime(target.satisfiedAt, now)}
        </span>
      )
    case 'missed':
      return (
        <>
          <span className="digits">
            {BY[target.by]} {dayAndTime(target.satisfiedAt, now)}
          </span>
          <span className={`${styles.there} digits`}>was due {dayAndTime(target.due, now)}</span>
        </>
      )
    case 'cancelled':
      return 'Cancelled with the ticket'
    default:
      return assertNever(target, 'target state')
  }
}
