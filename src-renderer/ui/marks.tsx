import {
  IconCircle,
  IconCircleCheck,
  IconCircleCheckFilled,
  IconClockPause,
  IconMessageQuestion,
} from '@tabler/icons-react'
import { assertNever } from '#shared/assert-never'
import { planLabel, priorityLabel, statusLabel } from '#shared/queue/labels'
import type { Plan, Priority, Status } from '#shared/sla/policy'
import styles from './marks.module.css'

/** Priority as shape and colour: a filled octagon, a filled triangle, a diamond, a ring. */
export function PriorityMark({
  priority,
  worded = false,
}: {
  readonly priority: Priority
  readonly worded?: boolean
}) {
  return (
    <span
      className={styles.priority}
      data-priority={priority}
      data-tip={worded ? undefined : priorityLabel(priority)}
    >
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <PriorityShape priority={priority} />
      </svg>
      <span>{priority}</span>
      {worded && <span className={styles.word}>{priorityLabel(priority)}</span>}
    </span>
  )
}

function PriorityShape({ priority }: { readonly priority: Priority }) {
  switch (priority) {
    case 'P1':
      return <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor" />
    case 'P2':
      return <path d="M8 2l7 12H1z" fill="currentColor" stroke="currentColor" strokeLinejoin="round" />
    case 'P3':
      return (
        <path
          d="M8 2l6 6-6 6-6-6z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.75"
          strokeLinejoin="round"
        />
      )
    case 'P4':
      return <circle cx="8" cy="8" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.75" />
    default:
      return assertNever(priority, 'priority')
  }
}

export function PlanBadge({ plan }: { readonly plan: Plan }) {
  return (
    <span className={styles.plan} data-plan={plan}>
      {planLabel(plan)}
    </span>
  )
}

export function StatusMark({ status }: { readonly status: Status }) {
  return (
    <span className={styles.status} data-status={status}>
      <StatusIcon status={status} />
      {statusLabel(status)}
    </span>
  )
}

export function StatusIcon({ status }: { readonly status: Status }) {
  const props = { size: 14, stroke: 2, 'aria-hidden': true } as const
  switch (status) {
    case 'open':
      return <IconCircle {...props} />
    case 'waiting-on-customer':
      return <IconMessageQuestion {...props} />
    case 'on-hold':
      return <IconClockPause {...props} />
    case 'solved':
      return <IconCircleCheck {...props} />
    case 'closed':
      return <IconCircleCheckFilled {...props} />
    default:
      return assertNever(status, 'status')
  }
}

/** First letters of the first and the last name. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = words[0]?.[0] ?? '?'
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''
  return (first + last).toUpperCase()
}

/** `Jonas L.` of `Jonas Lindqvist`: enough to know a colleague in a narrow column. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/)
  const [first = name] = words
  return words.length > 1 ? `${first} ${words.at(-1)?.[0] ?? ''}.` : first
}

type AvatarProps = {
  readonly name: string
  readonly kind?: 'me' | 'agent' | 'customer' | 'automation'
  readonly size?: 'row' | 'entry' | 'large'
}

/** Initials on a quiet disc; customers have a square one, I have the accent. */
export function Avatar({ name, kind = 'agent', size = 'row' }: AvatarProps) {
  return (
    <span className={styles.avatar} data-kind={kind} data-size={size} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}
