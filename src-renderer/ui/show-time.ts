import { tz } from '@date-fns/tz'
import { format, isSameDay, isSameYear } from 'date-fns'
import type { Calendar } from '#shared/time/calendar'
import type { Instant } from '#shared/time/instant'

/** `14:32` in the agent's zone. */
export function timeOfDay(at: Instant): string {
  return format(at, 'HH:mm')
}

/** `Today`, `Yesterday`, `Monday, 6 July`, in the agent's zone. */
export function dayName(at: Instant, now: Instant): string {
  if (isSameDay(at, now)) return 'Today'
  if (isSameDay(at, now - 86_400_000)) return 'Yesterday'
  return format(at, isSameYear(at, now) ? 'EEEE, d MMMM' : 'EEEE, d MMMM yyyy')
}

/** `today 14:32`, `Fri 10 Jul, 14:32`: short, for a due time in the agent's zone. */
export function dayAndTime(at: Instant, now: Instant): string {
  if (isSameDay(at, now)) return `today ${format(at, 'HH:mm')}`
  return format(at, isSameYear(at, now) ? 'EEE d MMM, HH:mm' : 'EEE d MMM yyyy, HH:mm')
}

/** `14:32` on the same day as `from`, else with its date: for a time that is told of in something dated `from`. */
export function timeSeenFrom(at: Instant, from: Instant): string {
  if (isSameDay(at, from)) return timeOfDay(at)
  return format(at, isSameYear(at, from) ? 'EEE d MMM, HH:mm' : 'EEE d MMM yyyy, HH:mm')
}

/** `Fri 10 Jul 2026, 14:32:05`: everything, for a tooltip. */
export function exactTime(at: Instant): string {
  return format(at, 'EEE d MMM yyyy, HH:mm:ss')
}

/** The same moment on a clock elsewhere, where it shows another time: `Fri 16:32`. An unknown zone gives nothing. */
export function timeIn(zone: string, at: Instant): string | undefined {
  try {
    const there = format(at, 'EEE HH:mm', { in: tz(zone) })
    return there === format(at, 'EEE HH:mm') ? undefined : there
  } catch (problem) {
    if (problem instanceof RangeError) return undefined
    throw problem
  }
}

/** `31 Dec 2028` of the date `2028-12-31`. */
export function dateText(date: string): string {
  return format(`${date}T00:00`, 'd MMM yyyy')
}

/** What people call a calendar. */
export function calendarName({ name, id }: Pick<Calendar, 'name' | 'id'>): string {
  return name ?? id
}

/** `Berlin` of `Europe/Berlin`. */
export function cityOf(zone: string): string {
  return zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
}

/** The zone of this computer, `Europe/Berlin`. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** `Mon 13 Jul 2026, 16:30` on the wall of a zone; with seconds where there are some. */
export function dateAndTimeIn(zone: string, at: Instant): string {
  const seconds = at % 60_000 === 0 ? '' : ':ss'
  return format(at, `EEE d MMM yyyy, HH:mm${seconds}`, { in: tz(zone) })
}

/** `Mon 16:30` on the wall of a zone. */
export function clockIn(zone: string, at: Instant): string {
  return format(at, 'EEE HH:mm', { in: tz(zone) })
}

/** `Fri 25 Dec` of the date `2026-12-25`. */
export function dayText(date: string): string {
  return format(`${date}T00:00`, 'EEE d MMM')
}

/** As one types it, `2026-07-10 16:30`, in the agent's zone. */
export function fieldText(at: Instant): string {
  return format(at, 'yyyy-MM-dd HH:mm')
}
