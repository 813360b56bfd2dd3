import type { Instant } from '#shared/time/instant'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

/** `14:05 UTC`. */
export function clockText(at: Instant): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`
}

export function weekday(at: Instant): string {
  return WEEKDAYS[new Date(at).getUTCDay()] ?? 'Monday'
}

/** `Thursday 12 March`. */
export function dayText(at: Instant): string {
  const day = new Date(at)
  return `${weekday(at)} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]}`
}

/** The instant itself, or the same time on the next day that is no weekend. */
export function workday(at: Instant): Instant {
  const day = new Date(at).getUTCDay()
  return day === 6 ? at + 2 * DAY_MS : day === 0 ? at + DAY_MS : at
}

/** `14:05 UTC` on the day of `from`, else with the day: `Thursday 12 March, 14:05 UTC`. */
export function untilText(at: Instant, from: Instant): string {
  const sameDay = Math.floor(at / DAY_MS) === Math.floor(from / DAY_MS)
  return sameDay ? clockText(at) : `${dayText(at)}, ${clockText(at)}`
}

/** The full or half hour before: people name a time of day, not a millisecond. */
export function halfHour(at: Instant): Instant {
  return roundedDown(at, 30)
}

/** The time people name for something that is to happen by then at the latest. */
export function namedTime(at: Instant, from: Instant): Instant {
  const minutes = at - from > DAY_MS / 2 ? 30 : 5
  return roundedDown(at + minutes * MINUTE_MS - 1, minutes)
}

function roundedDown(at: Instant, minutes: number): Instant {
  return at - (at % (minutes * MINUTE_MS))
}
