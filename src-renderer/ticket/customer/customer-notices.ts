import type { Instant } from '#shared/time/instant'
import type { Notice } from '#shared/uptime/notice'

const DAY_MS = 86_400_000
/** How long something that is over is still told of, and how early something that is planned. */
const OVER_MS = DAY_MS
const AHEAD_MS = 7 * DAY_MS

export type CustomerNotice = {
  readonly notice: Notice
  readonly phase: 'now' | 'coming' | 'over'
  /** It was going on when the ticket was opened: perhaps it is what the ticket is about. */
  readonly wasOnAtStart: boolean
}

export type NoticesFor = {
  readonly notices: readonly Notice[]
  readonly organizationId: string
  readonly openedAt: Instant
  readonly now: Instant
}

const ORDER = { now: 0, coming: 1, over: 2 } as const

/**
 * What concerns a customer now, soon or until a day ago, and whatever was going on when the ticket was opened; what
 * goes on first, then what comes next.
 */
export function customerNotices({
  notices,
  organizationId,
  openedAt,
  now,
}: NoticesFor): readonly CustomerNotice[] {
  const told = notices.flatMap((notice): CustomerNotice[] => {
    const { organizationIds, state, startsAt } = notice
    if (state === 'cancelled' || (organizationIds && !organizationIds.includes(organizationId))) return []
    const endedAt = endOf(notice, now)
    const phase = endedAt !== undefined ? 'over' : startsAt > now ? 'coming' : 'now'
    const wasOnAtStart = startsAt <= openedAt && (endedAt === undefined || endedAt >= openedAt)
    const isNear =
      phase === 'now' || (phase === 'coming' ? startsAt - now <= AHEAD_MS : now - (endedAt ?? now) <= OVER_MS)
    return isNear || wasOnAtStart ? [{ notice, phase, wasOnAtStart }] : []
  })
  return told.sort((a, b) => {
    const byStart = a.notice.startsAt - b.notice.startsAt
    return ORDER[a.phase] - ORDER[b.phase] || (a.phase === 'coming' ? byStart : -byStart)
  })
}

/** When it was over; one that was resolved and says no end has the last word about it as its end. */
function endOf({ state, startsAt, endsAt, updates }: Notice, now: Instant): Instant | undefined {
  if (endsAt !== undefined && endsAt <= now) return endsAt
  if (state !== 'resolved') return undefined
  return Math.min(now, Math.max(startsAt, ...updates.map(({ at }) => at)))
}
