import { IconActivityHeartbeat, IconTool } from '@tabler/icons-react'
import { useCallback, useMemo } from 'react'
import type { Instant } from '#shared/time/instant'
import { dayAndTime } from '../../ui/show-time'
import { useClock } from '../../ui/use-clock'
import { useDesk, useLive } from '../../ui/use-desk'
import styles from './customer.module.css'
import { type CustomerNotice, customerNotices } from './customer-notices'

const IMPACT = { none: 'no impact', degraded: 'degraded', outage: 'outage' } as const
const MINUTE = 60_000

/** Incidents and maintenance that concern this customer: perhaps they are what the ticket is about. */
export function NoticesOfCustomer({
  organizationId,
  openedAt,
}: {
  readonly organizationId: string
  readonly openedAt: Instant
}) {
  const { notices } = useLive(useDesk().shared)
  const now = useClock(useCallback((at: Instant) => at - (at % MINUTE), []))
  const told = useMemo(
    () => customerNotices({ notices, organizationId, openedAt, now }),
    [notices, organizationId, openedAt, now],
  )
  if (told.length === 0) return null
  return (
    <ul className={styles.notices} aria-label="Notices that concern this customer">
      {told.map((one) => (
        <OneNotice key={one.notice.id} told={one} now={now} />
      ))}
    </ul>
  )
}

function OneNotice({ told, now }: { readonly told: CustomerNotice; readonly now: Instant }) {
  const { notice, phase, wasOnAtStart } = told
  const Icon = notice.type === 'incident' ? IconActivityHeartbeat : IconTool
  const last = notice.updates.at(-1)?.body ?? notice.body
  return (
    <li
      className={styles.notice}
      data-tone={phase === 'now' && notice.impact !== 'none' ? notice.impact : 'quiet'}
    >
      <Icon size={14} aria-hidden />
      <div>
        <p className={styles.noticeTitle} data-tip={last}>
          {notice.title}
        </p>
        <p className={styles.noticeWhen}>
          {notice.type === 'incident' ? 'Incident' : 'Maintenance'}, {IMPACT[notice.impact]}, {notice.state}:{' '}
          <span className="digits">{whenText(told, now)}</span>
          {wasOnAtStart && phase !== 'coming' && <b>. It was going on when the ticket was opened.</b>}
        </p>
      </div>
    </li>
  )
}

function whenText({ notice: { startsAt, endsAt }, phase }: CustomerNotice, now: Instant): string {
  const from = dayAndTime(startsAt, now)
  if (endsAt === undefined) return phase === 'over' ? `began ${from}` : `since ${from}`
  return `${from} to ${dayAndTime(endsAt, now)}`
}
