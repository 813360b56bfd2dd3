import { type ReactNode, useCallback } from 'react'
import { assertNever } from '#shared/assert-never'
import { workingTimeText } from '#shared/queue/countdown'
import type { SatisfiedBy, TargetReport } from '#shared/sla/report'
import { type ClockSpan, timeLeft } from '#shared/sla/time-left'
import type { Calendar } from '#shared/time/calendar'
import type { Instant } from '#shared/time/instant'
import { LiveText } from '../ui/live-text'
import { cityOf, dayAndTime, timeIn } from '../ui/show-time'
import { useTicker } from '../ui/use-desk'
import styles from './sla-panel.module.css'
import type { SlaReading } from './sla-reading'

type Props = {
  readonly target: TargetReport
  readonly span: ClockSpan | undefined
  readonly reading: SlaReading | undefined
  /** The customer's. */
  readonly zone: string | undefined
}

const BY = {
  reply: 'Replied',
  call: 'Answered by telephone',
  solve: 'Solved',
  workaround: 'Workaround',
} as const satisfies Record<SatisfiedBy, string>

/** The small print of one target: the other clock, and when it is due here and at the customer's. */
export function TargetFacts({ target, span, reading, zone }: Props) {
  const now = useTicker().now()
  const working = span && reading && (
    <Fact name="Working time">
      <WorkingTime span={span} calendar={reading.calendar} />
    </Fact>
  )
  switch (target.state) {
    case 'running':
    case 'breached':
      return (
        <dl className={styles.facts}>
          {working}
          <Fact name={target.state === 'running' ? 'Due' : 'Was due'}>{dayAndTime(target.due, now)}</Fact>
          <There at={target.due} zone={zone} />
        </dl>
      )
    case 'paused':
      return (
        <dl className={styles.facts}>
          {working}
          <Fact name="Due">stands still while waiting</Fact>
        </dl>
      )
    case 'awaiting-proposal':
      return <p className={styles.aside}>Due once a course of action is proposed</p>
    case 'met':
      return (
        <dl className={styles.facts}>
          <Fact name={BY[target.by]}>{dayAndTime(target.satisfiedAt, now)}</Fact>
          {target.due !== undefined && <Fact name="Was due">{dayAndTime(target.due, now)}</Fact>}
        </dl>
      )
    case 'missed':
      return (
        <dl className={styles.facts}>
          <Fact name={BY[target.by]}>{dayAndTime(target.satisfiedAt, now)}</Fact>
          <Fact name="Was due">{dayAndTime(target.due, now)}</Fact>
        </dl>
      )
    case 'cancelled':
      return <p className={styles.aside}>Cancelled with the ticket</p>
    default:
      return assertNever(target, 'target state')
  }
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className="digits">{children}</dd>
    </div>
  )
}

/** The due time on the customer's wall, where that shows another time. */
function There({ at, zone }: { readonly at: Instant; readonly zone: string | undefined }) {
  const there = zone === undefined ? undefined : timeIn(zone, at)
  if (there === undefined || zone === undefined) return null
  return <Fact name={`in ${cityOf(zone)}`}>{there}</Fact>
}

function WorkingTime({ span, calendar }: { readonly span: ClockSpan; readonly calendar: Calendar }) {
  const read = useCallback(
    (now: Instant) => {
      const { workingMs } = timeLeft(span, calendar, now)
      if (workingMs === 0) return 'none in between'
      return workingMs < 0 ? `${workingTimeText(-workingMs)} over` : `${workingTimeText(workingMs)} left`
    },
    [span, calendar],
  )
  return <LiveText read={read} />
}
