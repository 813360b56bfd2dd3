/** A date without a zone, as the number of days since 1970-01-01. */
export type Day = number

export const DAY_MS = 86_400_000

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** Reads `2026-07-10`; `undefined` for any other shape and for a date that does not exist. */
export function parseDay(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined
  const ms = Date.parse(`${text}T00:00:00Z`)
  if (Number.isNaN(ms)) return undefined
  const day = ms / DAY_MS
  // Some engines read 30 February as 1 March.
  return formatDay(day) === text ? day : undefined
}

/** `2026-07-10` */
export function formatDay(day: Day): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

export function weekdayOf(day: Day): Weekday {
  // 1970-01-01 was a Thursday.
  return WEEKDAYS[(((day + 4) % 7) + 7) % 7] ?? 'sun'
}
