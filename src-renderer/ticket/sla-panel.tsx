import { IconCalendarExclamation, IconClockExclamation, IconCloudUp, IconLoader2 } from '@tabler/icons-react'
import { targetLabel } from '#shared/queue/labels'
import type { TargetName } from '#shared/sla/policy'
import type { TicketView } from '../store/desk-store'
import { useScreen } from '../ui/screen-state'
import { calendarName, dateText } from '../ui/show-time'
import { useDataAge } from '../ui/sync-strip'
import { TargetClock } from '../ui/target-clock'
import { useDesk, useLive } from '../ui/use-desk'
import { InternalGoals } from './internal-goals'
import { settling } from './settling'
import styles from './sla-panel.module.css'
import { type SlaReading, useSlaReading } from './sla-reading'
import { TargetFacts } from './target-facts'
import { TargetMeter } from './target-meter'
import { WHY_ID, WhyButton } from './why-button'
import { WhyThen } from './why-then'

/** The contract's targets of the ticket: what is left on both clocks, when they are due and, asked for, why then. */
export function SlaPanel({ view }: { readonly view: TicketView }) {
  const age = useDataAge(useLive(useDesk().status).lastSyncAt)
  const reading = useSlaReading(view)
  const isWhyShown = useScreen((state) => state.isWhyShown)
  const { report } = view.row
  return (
    <section className={styles.panel} aria-label="Service level">
      <div className={styles.targets}>
        <Target name="firstResponse" view={view} reading={reading} />
        <Target name="resolution" view={view} reading={reading} />
      </div>
      {report.warnings.includes('beyond-calendar') && reading?.calendar.validThrough && (
        <p className={styles.line} data-tone="caution">
          <IconCalendarExclamation size={14} aria-hidden /> Due after{' '}
          {dateText(reading.calendar.validThrough)}: the holidays of {calendarName(reading.calendar)} are not
          known that far, so it may be due later.
        </p>
      )}
      {age && (
        <p className={styles.line} data-tone="caution">
          <IconClockExclamation size={14} aria-hidden /> As of {age} ago: it may have been answered meanwhile.
        </p>
      )}
      {view.row.unsent > 0 && (
        <p className={styles.line}>
          <IconCloudUp size={14} aria-hidden /> The clocks follow what the portal has confirmed; what is
          unsent has not reached the customer.
        </p>
      )}
      {reading && (
        <div className={styles.foot}>
          <WhyButton className={styles.inPanel} />
          <InternalGoals internal={reading.internal} />
        </div>
      )}
      {reading && isWhyShown && <WhyThen id={WHY_ID} view={view} reading={reading} />}
    </section>
  )
}

type TargetProps = {
  readonly name: TargetName
  readonly view: TicketView
  readonly reading: SlaReading | undefined
}

function Target({ name, view, reading }: TargetProps) {
  const { report } = view.row
  const span = reading?.spans[name]
  const onItsWay = settling(name, view, useLive(useDesk().status).connection.kind)
  return (
    <div className={styles.target}>
      <h3 className={styles.name}>{targetLabel(name)}</h3>
      {onItsWay ? (
        <span className={styles.settling} role="status">
          <IconLoader2 size={16} aria-hidden /> {onItsWay === 'solving' ? 'Solving…' : 'Replying…'}
        </span>
      ) : (
        <TargetClock name={name} report={report} size="large" />
      )}
      {reading && <TargetMeter name={name} report={report} span={span} reading={reading} />}
      <TargetFacts target={report[name]} span={span} reading={reading} zone={view.organization?.zone} />
    </div>
  )
}
