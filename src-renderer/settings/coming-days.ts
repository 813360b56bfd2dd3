import type { Calendar } from '#shared/time/calendar'
import { formatDay } from '#shared/time/civil-date'
import type { Instant } from '#shared/time/instant'
import { dayAt } from '#shared/time/zone'

export type ComingDay = { readonly date: string; readonly what: string; readonly hours: string }

/**
 * The holidays and the days with other hours of the next `days` local dates, today included, in order. Where both name
 * a date the exception wins (sla.md §2).
 */
export function comingDays(calendar: Calendar, now: Instant, days: number): readonly ComingDay[] {
  const today = dayAt(calendar.zone, now)
  const from = formatDay(today)
  const to = formatDay(today + days)
  const isNear = ({ date }: { readonly date: string }) => date >= from && date < to
  const exceptions = calendar.exceptions.filter(isNear)
  const excepted = new Set(exceptions.map(({ date }) => date))
  return [
    ...exceptions.map(({ date, name, hours }) => ({
      date,
      what: name ?? 'Other hours',
      hours: hours.map(([opens, closes]) => `${opens}–${closes}`).join(', ') || 'closed',
    })),
    ...calendar.holidays
      .filter((holiday) => isNear(holiday) && !excepted.has(holiday.date))
      .map(({ date, name }) => ({ date, what: name, hours: 'closed' })),
  ].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
}

const WEEK = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const NAME = { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' } as const

/** The week in short, days with the same hours together: `Mon–Thu 09:00–17:30, Fri 09:00–13:00`. */
export function weekText({ week }: Pick<Calendar, 'week'>): string {
  const runs: { first: string; last: string; hours: string }[] = []
  let isGap = true
  for (const day of WEEK) {
    const hours = (week[day] ?? []).map(([opens, closes]) => `${opens}–${closes}`).join(', ')
    const run = runs.at(-1)
    if (hours === '') isGap = true
    else if (!isGap && run?.hours === hours) run.last = NAME[day]
    else runs.push({ first: NAME[day], last: NAME[day], hours })
    if (hours !== '') isGap = false
  }
  return runs
    .map(({ first, last, hours }) => `${first === last ? first : `${first}–${last}`} ${hours}`)
    .join('; ')
}
