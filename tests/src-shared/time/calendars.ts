import { type Calendar, calendarSchema } from '#shared/time/calendar'

type Hours = [string, string][]
type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'
export const MON_FRI: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri']
export const EVERY_DAY: readonly Weekday[] = [...MON_FRI, 'sat', 'sun']

/** A calendar for a test: only what the test is about needs saying. */
export function calendarOf(given: {
  zone: string
  hours?: Hours
  days?: readonly Weekday[]
  hoursPerDay?: number
  holidays?: readonly string[]
  exceptions?: Readonly<Record<string, Hours>>
  validThrough?: string
}): Calendar {
  const hours: Hours = given.hours ?? [['09:00', '17:00']]
  return calendarSchema.parse({
    id: 'test',
    zone: given.zone,
    week: Object.fromEntries((given.days ?? MON_FRI).map((weekday) => [weekday, hours])),
    hoursPerDay: given.hoursPerDay ?? 8,
    holidays: (given.holidays ?? []).map((date) => ({ date, name: 'Holiday' })),
    exceptions: Object.entries(given.exceptions ?? {}).map(([date, special]) => ({ date, hours: special })),
    ...(given.validThrough === undefined ? {} : { validThrough: given.validThrough }),
  })
}
