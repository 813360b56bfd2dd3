import { IconAlertOctagonFilled, IconArrowRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { assertNever } from '#shared/assert-never'
import { countdownText } from '#shared/queue/countdown'
import { targetLabel } from '#shared/queue/labels'
import type { TargetName } from '#shared/sla/policy'
import type { TargetEffect } from '#shared/tickets/priority-effect'
import type { Instant } from '#shared/time/instant'
import styles from './effect-on-target.module.css'
import { dayAndTime } from './show-time'

/** Effects below one another, read out when they change. */
export function Effects({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.effects} aria-live="polite">
      {children}
    </div>
  )
}

type Props = { readonly name: TargetName; readonly effect: TargetEffect; readonly now: Instant }

/** What a change does to one target, the old due time beside the new. */
export function EffectOnTarget({ name, effect, now }: Props) {
  const isBreach = breachesTarget(effect)
  return (
    <section
      className={styles.effect}
      data-tone={isBreach ? 'danger' : undefined}
      aria-label={targetLabel(name)}
    >
      <h3 className={styles.effectName}>{targetLabel(name)}</h3>
      <div className="digits">{wordsOf(name, effect, now)}</div>
    </section>
  )
}

/** Whether this takes something away that no later change gives back. */
export function breachesTarget({ kind }: TargetEffect): boolean {
  return kind === 'breaches' || kind === 'breaches-at-resume'
}

const SETTLED = {
  met: 'Met already: it stays met',
  missed: 'Missed already: it stays missed',
  breached: 'Breached already: no priority undoes that',
  cancelled: 'Cancelled with the ticket',
} as const

function wordsOf(name: TargetName, effect: TargetEffect, now: Instant): ReactNode {
  switch (effect.kind) {
    case 'settled':
      return <p className={styles.quiet}>{SETTLED[effect.state]}</p>
    case 'unchanged':
      return <p className={styles.quiet}>Stays as it is</p>
    case 'moved':
      return <Move from={effect.from} to={effect.to} now={now} />
    case 'gains-date':
      return <Move from={undefined} to={effect.to} now={now} />
    case 'loses-date':
      return (
        <>
          {effect.from !== undefined && <Was at={effect.from} now={now} />}
          <p>No date until a course of action is proposed</p>
        </>
      )
    case 'breaches':
      return (
        <>
          <p className={styles.verdict}>
            <IconAlertOctagonFilled size={16} aria-hidden />
            Breaches {targetLabel(name).toLowerCase()} at once, for good
          </p>
          <Dates from={effect.from} to={effect.to} now={now} />
          <p className={styles.quiet}>Due {countdownText(now, effect.to)} ago under the new priority</p>
        </>
      )
    case 'breaches-at-resume':
      return (
        <>
          <p className={styles.verdict}>
            <IconAlertOctagonFilled size={16} aria-hidden />
            Breaches {targetLabel(name).toLowerCase()} for good when the wait ends
          </p>
          <p className={styles.quiet}>Its time was used up before the ticket began to wait.</p>
        </>
      )
    case 'paused':
      return (
        <>
          <Dates from={effect.from} to={effect.to} now={now} />
          <p className={styles.quiet}>Paused: later by as long as the ticket goes on waiting</p>
        </>
      )
    default:
      return assertNever(effect, 'effect')
  }
}

type MoveProps = { readonly from: Instant | undefined; readonly to: Instant; readonly now: Instant }

function Move({ from, to, now }: MoveProps) {
  return (
    <>
      <Dates from={from} to={to} now={now} />
      <p className={styles.quiet}>
        {from === undefined
          ? 'It had no date'
          : `${countdownText(Math.max(from, to), Math.min(from, to))} ${to < from ? 'earlier' : 'later'}`}
        , {countdownText(to, now)} left
      </p>
    </>
  )
}

function Dates({ from, to, now }: MoveProps) {
  return (
    <p className={styles.dates}>
      {from !== undefined && (
        <>
          <Was at={from} now={now} />
          <IconArrowRight size={14} aria-label="becomes" />
        </>
      )}
      <strong>{dayAndTime(to, now)}</strong>
    </p>
  )
}

function Was({ at, now }: { readonly at: Instant; readonly now: Instant }) {
  return (
    <s className={styles.was}>
      <span className="spoken">until now </span>
      {dayAndTime(at, now)}
    </s>
  )
}
