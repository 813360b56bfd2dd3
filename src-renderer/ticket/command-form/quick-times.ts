import type { Instant } from '#shared/time/instant'
import { dayAt, instantOf } from '#shared/time/zone'
import type { QuickTimes } from './fields'

export type QuickTime = { readonly label: string; readonly at: Instant }

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/**
 * Times that are chosen again and again.
 * @param zone the customer's: what is promised for tomorrow is meant on their clock
 * @param city what that clock is called, where it is not also mine
 */
export function quickTimes(
  kind: QuickTimes,
  zone: string,
  city: string | undefined,
  now: Instant,
): readonly QuickTime[] {
  const inMs = (ms: number) => Math.ceil((now + ms) / MINUTE) * MINUTE
  const onDay = (days: number, hours: number) => instantOf(zone, dayAt(zone, now) + days, hours * HOUR)
  const there = city === undefined ? '' : ` in ${city}`
  switch (kind) {
    case 'update':
      return [
        { label: 'in 30 min', at: inMs(30 * MINUTE) },
        { label: 'in 1 h', at: inMs(HOUR) },
        { label: 'in 2 h', at: inMs(2 * HOUR) },
        { label: 'in 4 h', at: inMs(4 * HOUR) },
        { label: `tomorrow 09:00${there}`, at: onDay(1, 9) },
      ]
    case 'plan':
      return [
        { label: `tomorrow 17:00${there}`, at: onDay(1, 17) },
        { label: 'in 3 days', at: onDay(3, 17) },
        { label: 'in a week', at: onDay(7, 17) },
        { label: 'in 2 weeks', at: onDay(14, 17) },
      ]
    case 'check':
      return [
        { label: `tomorrow 09:00${there}`, at: onDay(1, 9) },
        { label: 'in 3 days', at: onDay(3, 9) },
        { label: 'in a week', at: onDay(7, 9) },
      ]
  }
}
