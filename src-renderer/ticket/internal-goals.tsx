import { type ReactNode, useCallback } from 'react'
import { assertNever } from '#shared/assert-never'
import { countdownText } from '#shared/queue/countdown'
import type { InternalGoal, InternalReport } from '#shared/sla/internal'
import type { Instant } from '#shared/time/instant'
import { LiveText } from '../ui/live-text'
import { exactTime } from '../ui/show-time'
import styles from './sla-panel.module.css'

/** Goals the team set itself. Dashed and named, so that nobody takes them for what the customer was promised. */
export function InternalGoals({ internal }: { readonly internal: InternalReport }) {
  const { stretch, nextUpdate } = internal
  const goals = [
    goalLine('First response', stretch.firstResponse),
    goalLine('Resolution', stretch.resolution),
    nextUpdate && (
      <Goal
        key="update"
        name="Next update"
        tip={`The customer should hear from us by ${exactTime(nextUpdate.goalAt)}`}
      >
        <Until at={nextUpdate.goalAt} />
      </Goal>
    ),
  ].filter(Boolean)
  if (goals.length === 0) return null
  return (
    <section className={styles.internal} aria-label="Internal goals, not part of the contract">
      <span className={styles.internalName} data-tip="Our own goals, not part of the contract">
        Internal
      </span>
      <dl className={styles.goals}>{goals}</dl>
    </section>
  )
}

function goalLine(name: string, goal: InternalGoal | undefined): ReactNode {
  if (goal === undefined) return undefined
  switch (goal.goal) {
    case 'ahead':
    case 'behind':
      return (
        <Goal key={name} name={name} tip={`Internal goal: ${exactTime(goal.goalAt)}`}>
          <Until at={goal.goalAt} />
        </Goal>
      )
    case 'reached':
    case 'reached-late':
      return (
        <Goal
          key={name}
          name={name}
          tip={`${exactTime(goal.reachedAt)}, internal goal ${exactTime(goal.goalAt)}`}
        >
          {goal.goal === 'reached' ? 'reached' : 'reached late'}
        </Goal>
      )
    case 'paused':
      return (
        <Goal key={name} name={name} tip="Internal goal, stands still while the ticket waits">
          paused
        </Goal>
      )
    default:
      return assertNever(goal, 'internal goal')
  }
}

function Goal({
  name,
  tip,
  children,
}: {
  readonly name: string
  readonly tip: string
  readonly children: ReactNode
}) {
  return (
    <div className={styles.goal} data-tip={tip}>
      <dt>{name}</dt>
      <dd className="digits">{children}</dd>
    </div>
  )
}

function Until({ at }: { readonly at: Instant }) {
  return (
    <LiveText
      className={styles.until}
      read={useCallback((now: Instant) => countdownText(at, now), [at])}
      tone={useCallback((now: Instant) => (now > at ? 'behind' : 'ahead'), [at])}
    />
  )
}
