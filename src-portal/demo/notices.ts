import { z } from 'zod'
import type { Instant } from '#shared/time/instant'
import type { Notice } from '#shared/uptime/notice'
import noticesJson from '../../resources/demo/notices.json' with { type: 'json' }

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const text = z.string().min(1)
const updates = z.array(z.strictObject({ minute: z.number().int().nonnegative(), body: text })).min(1)
const story = z
  .strictObject({
    maintenance: z
      .array(
        z.strictObject({
          cluster: text,
          startsHourUtc: z.number().int().min(0).max(23),
          title: text,
          body: text,
        }),
      )
      .min(1),
    resolved: z.strictObject({ title: text, body: text, minutes: z.number().int().positive(), updates }),
    running: z.strictObject({
      title: text,
      body: text,
      organizationIds: z.array(text),
      startedMinutesAgo: z.number().int().positive(),
      updates,
    }),
  })
  .parse(noticesJson)

/** What the status page tells at `now`: what is over this month, what goes on and what is announced. */
export function serviceNotices(now: Instant): Notice[] {
  return [resolvedIncident(now), runningIncident(now), announcedMaintenance(now)]
}

const LEAST_AHEAD_MS = 2 * HOUR_MS
const ANNOUNCED_AHEAD_MS = 3 * DAY_MS + 40 * MINUTE_MS
const MAINTENANCE_MS = 2 * HOUR_MS

/** At the first of the usual hours that is some hours ahead; announced long enough before not to count as downtime. */
function announcedMaintenance(now: Instant): Notice {
  const [first] = story.maintenance
    .map(({ startsHourUtc, ...words }) => {
      const today = now - (now % DAY_MS) + startsHourUtc * HOUR_MS
      return { ...words, startsAt: today < now + LEAST_AHEAD_MS ? today + DAY_MS : today }
    })
    .sort((a, b) => a.startsAt - b.startsAt)
  if (!first) throw new Error('the demo has no maintenance to announce')
  const { title, body, startsAt } = first
  return {
    id: 'notice-maintenance',
    type: 'maintenance',
    title,
    body,
    impact: 'degraded',
    state: 'scheduled',
    startsAt,
    endsAt: startsAt + MAINTENANCE_MS,
    announcedAt: startsAt - ANNOUNCED_AHEAD_MS,
    exclusion: 'scheduled-maintenance',
    updates: [],
  }
}

/** Somewhere in the part of the month that has passed; shorter than it was while the month is minutes old. */
function resolvedIncident(now: Instant): Notice {
  const { title, body, minutes, updates } = story.resolved
  const today = new Date(now)
  const passed = now - Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 1)
  const startsAt = wholeMinute(now - passed * 0.62)
  const whole = (updates.at(-1)?.minute ?? minutes) * MINUTE_MS
  const share = Math.min(1, (passed * 0.6) / whole)
  const after = (minute: number) => startsAt + Math.floor(minute * share * MINUTE_MS)
  return {
    id: 'notice-login',
    type: 'incident',
    title,
    body,
    impact: 'outage',
    state: 'resolved',
    startsAt,
    endsAt: after(minutes),
    announcedAt: after(updates[0]?.minute ?? 0),
    updates: updates.map((update) => ({ at: after(update.minute), body: update.body })),
  }
}

function runningIncident(now: Instant): Notice {
  const { title, body, organizationIds, startedMinutesAgo, updates } = story.running
  const startsAt = wholeMinute(now - startedMinutesAgo * MINUTE_MS)
  const after = (minute: number) => startsAt + minute * MINUTE_MS
  return {
    id: 'notice-delay',
    type: 'incident',
    title,
    body,
    impact: 'degraded',
    state: 'identified',
    startsAt,
    announcedAt: after(updates[0]?.minute ?? 0),
    organizationIds,
    updates: updates.map((update) => ({ at: after(update.minute), body: update.body })),
  }
}

function wholeMinute(at: number): Instant {
  return Math.floor(at / MINUTE_MS) * MINUTE_MS
}
