import type { CountedTarget, Pause } from '#shared/sla/deadline'
import type { Calendar } from '#shared/time/calendar'
import type { Instant } from '#shared/time/instant'

const MINUTE = 60_000
const DAY = 1440
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** What the clocks of a zone show at each minute of a window, asked of Intl minute by minute. */
export type Window = {
  readonly zone: string
  readonly from: Instant
  readonly minutes: number
  /** Minutes from 1970-01-01 00:00 to what the wall shows, as if the wall were UTC. */
  readonly wall: readonly number[]
}

export function openWindow(zone: string, date: string, days: number): Window {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  const from = Date.parse(`${date}T00:00:00Z`)
  const minutes = days * DAY
  const wall = Array.from(
    { length: minutes },
    (_, i) => Date.parse(`${format.format(from + i * MINUTE).replace(' ', 'T')}:00Z`) / MINUTE,
  )
  return { zone, from, minutes, wall }
}

/**
 * The rules of sla.md §2-3 once more, knowing nothing but what the wall shows at each minute: no offsets, no table,
 * no index. An opening is the first minute that shows its time or later, a closing the last that shows it.
 */
export function oracle(window: Window, calendar: Calendar) {
  const { wall } = window
  const first = Math.floor((wall[0] ?? 0) / DAY) - 1
  const last = Math.floor((wall.at(-1) ?? 0) / DAY) + 1
  // No clock was ever changed by more than a day, so two days around the place are enough to look at.
  const near = (shown: number) => shown - (wall[0] ?? 0)
  function firstShowing(shown: number): number {
    for (
      let i = Math.max(0, near(shown) - 2 * DAY);
      i < Math.min(near(shown) + 2 * DAY, wall.length);
      i += 1
    ) {
      if ((wall[i] ?? 0) >= shown) return i
    }
    return -1
  }
  /** The last minute that shows a time; where none does, the one after the last that shows an earlier time. */
  function lastShowing(shown: number): number {
    let before = -1
    for (
      let i = Math.min(near(shown) + 2 * DAY, wall.length) - 1;
      i >= Math.max(0, near(shown) - 2 * DAY);
      i -= 1
    ) {
      if (wall[i] === shown) return i
      if (before < 0 && (wall[i] ?? 0) < shown) before = i
    }
    return before + 1
  }
  const open = new Uint8Array(window.minutes)
  const closings = new Set<number>()
  const lastClosing = new Map<number, number>()
  for (let day = first; day <= last; day += 1) {
    for (const [opens, closes] of hoursOf(calendar, day)) {
      const start = firstShowing(day * DAY + minutesOf(opens))
      const end = lastShowing(day * DAY + minutesOf(closes))
      if (start < 0 || end <= start) continue
      open.fill(1, start, end)
      closings.add(end)
      lastClosing.set(day, Math.max(end, lastClosing.get(day) ?? 0))
    }
  }
  const minuteAt = (at: Instant) => Math.floor((at - window.from) / MINUTE)
  const instantAt = (minute: number) => window.from + minute * MINUTE
  const isOpen = (minute: number) => {
    if (minute < 0 || minute >= window.minutes) throw new RangeError('outside the window of the oracle')
    return open[minute] === 1
  }

  function worked(from: Instant, to: Instant): number {
    let total = 0
    for (let at = from; at < to; ) {
      const next = Math.min(instantAt(minuteAt(at) + 1), to)
      if (isOpen(minuteAt(at))) total += next - at
      at = next
    }
    return total
  }
  function add(start: Instant, durationMs: number): Instant {
    let left = durationMs
    let at = start
    while (left > 0) {
      const next = instantAt(minuteAt(at) + 1)
      if (isOpen(minuteAt(at))) {
        if (next - at >= left) return at + left
        left -= next - at
      }
      at = next
    }
    return at
  }
  function nextOpen(at: Instant): Instant {
    let minute = minuteAt(at)
    if (isOpen(minute)) return at
    while (!isOpen(minute)) minute += 1
    return instantAt(minute)
  }
  const dayAt = (at: Instant) => Math.floor((wall[minuteAt(at)] ?? Number.NaN) / DAY)
  function nthDateAfter(day: number, count: number): number {
    let left = count
    for (let next = day + 1; next < last; next += 1) {
      if (lastClosing.has(next)) left -= 1
      if (left === 0) return next
    }
    throw new RangeError('outside the window of the oracle')
  }
  function base(start: Instant, target: CountedTarget): Instant {
    if (target.kind === 'clock') return start + target.hours * 60 * MINUTE
    if (target.kind === 'businessHours') return add(start, target.hours * 60 * MINUTE)
    if (target.convention === 'working-time')
      return add(start, target.days * calendar.hoursPerDay * 60 * MINUTE)
    if (target.convention === 'end-of-day') {
      return instantAt(lastClosing.get(nthDateAfter(dayAt(nextOpen(start)), target.days)) ?? Number.NaN)
    }
    const day = nthDateAfter(dayAt(start), target.days)
    const intoMinute = start - instantAt(minuteAt(start))
    const shown = day * DAY + ((wall[minuteAt(start)] ?? 0) % DAY)
    const minute = firstShowing(shown)
    // In a gap the result is the gap's end, without the seconds of a minute that was not there.
    const at = instantAt(minute) + (wall[minute] === shown ? intoMinute : 0)
    return closings.has(minute) && at === instantAt(minute) ? at : nextOpen(at)
  }
  function due(start: Instant, target: CountedTarget, pauses: readonly Pause[]): Instant {
    const joined: [number, number][] = []
    for (const [from, to] of pauses.filter((pause) => pause[0] < pause[1])) {
      const before = joined.at(-1)
      if (before?.[1] === from) before[1] = to
      else joined.push([from, to])
    }
    return joined.reduce(
      (at, [from, to]) => {
        if (from > at) return at
        return target.kind === 'clock' ? at + (to - from) : add(at, worked(from, to))
      },
      base(start, target),
    )
  }
  return { worked, add, due, isOpen: (at: Instant) => isOpen(minuteAt(at)) }
}

function hoursOf(calendar: Calendar, day: number): readonly (readonly [string, string])[] {
  const date = new Date(day * DAY * MINUTE)
  const text = date.toISOString().slice(0, 10)
  const exception = calendar.exceptions.find((candidate) => candidate.date === text)
  if (exception) return exception.hours
  if (calendar.holidays.some((holiday) => holiday.date === text)) return []
  return calendar.week[WEEKDAYS[date.getUTCDay()] ?? 'sun'] ?? []
}

function minutesOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}
