import type { Calendar } from '../time/calendar'
import { type Day, formatDay, parseDay, weekdayOf } from '../time/civil-date'
import type { Instant } from '../time/instant'
import { dayAt } from '../time/zone'
import type { WhyStep } from './why-step'

/** The dates from `start` to `due` that have no hours, or other ones than their weekday: weekends, holidays, exceptions. */
export function skippedDays(calendar: Calendar, start: Instant, due: Instant): readonly WhyStep[] {
  const first = dayAt(calendar.zone, start)
  // A deadline at midnight belongs to the day that it closes.
  const last = Math.max(first, dayAt(calendar.zone, due - 1))
  const isBetween = (date: string) => date >= formatDay(first) && date <= formatDay(last)
  const exceptions = calendar.exceptions.filter(({ date }) => isBetween(date))
  const excepted = new Set(exceptions.map(({ date }) => date))
  // A holiday on a free day skips nothing.
  const holidays = calendar.holidays.filter(
    ({ date }) => isBetween(date) && !excepted.has(date) && hasHours(calendar, parseDay(date)),
  )
  return [
    ...weekends(calendar, first, last, excepted),
    ...holidays.map(({ date, name }): WhyStep => ({ kind: 'holiday', date, name })),
    ...exceptions.map(
      ({ date, name, hours }): WhyStep => ({
        kind: 'exception',
        date,
        hours,
        ...(name === undefined ? {} : { name }),
      }),
    ),
  ]
}

function weekends(calendar: Calendar, first: Day, last: Day, excepted: ReadonlySet<string>): WhyStep[] {
  const found: WhyStep[] = []
  for (let day = first; day <= last; day += 1) {
    const from = day
    while (day <= last && !hasHours(calendar, day) && !excepted.has(formatDay(day))) day += 1
    if (day > from) found.push({ kind: 'weekend', from: formatDay(from), to: formatDay(day - 1) })
  }
  return found
}

function hasHours(calendar: Calendar, day: Day | undefined): boolean {
  return day !== undefined && (calendar.week[weekdayOf(day)] ?? []).length > 0
}
