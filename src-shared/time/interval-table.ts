import type { Calendar } from './calendar'
import { DAY_MS, type Day, parseDay, weekdayOf } from './civil-date'
import type { Instant } from './instant'
import { parseWallTime } from './wall-time'
import { instantOf, steadyOffset } from './zone'

/** The working intervals of a calendar between two instants, with what makes looking them up cheap. */
export type IntervalTable = {
  /** The table knows everything in `[from, to)`. */
  readonly from: Instant
  readonly to: Instant
  /** Half-open intervals in order, never overlapping; a sentinel at infinity ends both lists. */
  readonly starts: Float64Array
  readonly ends: Float64Array
  /** Working time before each interval; the last entry is the total. */
  readonly before: Float64Array
  readonly count: number
  /** For each 24 hours from `from` on, the first interval that ends after their beginning. */
  readonly firstOfDay: Int32Array
  /** The local dates that have working time, ascending, and the last closing of each. */
  readonly dates: Int32Array
  readonly closings: Float64Array
}

type Piece = { readonly openMs: number; readonly closeMs: number }

/** What a calendar says of each date, read once: exceptions win over holidays, holidays over the week. */
export type DayPlan = {
  readonly zone: string
  readonly week: ReadonlyMap<string, readonly Piece[]>
  readonly special: ReadonlyMap<Day, readonly Piece[]>
}

export function dayPlan(calendar: Calendar): DayPlan {
  const special = new Map<Day, readonly Piece[]>()
  for (const holiday of calendar.holidays) special.set(parseDay(holiday.date) ?? Number.NaN, [])
  for (const { date, hours } of calendar.exceptions) special.set(parseDay(date) ?? Number.NaN, pieces(hours))
  const week = new Map(Object.entries(calendar.week).map(([weekday, hours]) => [weekday, pieces(hours)]))
  return { zone: calendar.zone, week, special }
}

function pieces(hours: readonly (readonly [string, string])[]): readonly Piece[] {
  return hours
    .map(([opens, closes]) => ({ openMs: parseWallTime(opens) ?? 0, closeMs: parseWallTime(closes) ?? 0 }))
    .sort((a, b) => a.openMs - b.openMs)
}

/** The table of the local dates `[firstDay, lastDay)`. */
export function buildTable(plan: DayPlan, firstDay: Day, lastDay: Day): IntervalTable {
  const { zone } = plan
  const starts: number[] = []
  const ends: number[] = []
  const before: number[] = []
  const dates: number[] = []
  const closings: number[] = []
  let total = 0
  let lastEnd = Number.NEGATIVE_INFINITY
  for (let day = firstDay; day < lastDay; day += 1) {
    const offset = steadyOffset(zone, day)
    let worked = false
    for (const { openMs, closeMs } of plan.special.get(day) ?? plan.week.get(weekdayOf(day)) ?? []) {
      const opens =
        offset === undefined ? instantOf(zone, day, openMs, 'first') : day * DAY_MS + openMs - offset
      const end =
        offset === undefined ? instantOf(zone, day, closeMs, 'last') : day * DAY_MS + closeMs - offset
      // Around a repeated hour a closing (its last occurrence) can come after the next opening (its first).
      const start = Math.max(opens, lastEnd)
      // Nothing left: the hours lay in a gap.
      if (end <= start) continue
      starts.push(start)
      ends.push(end)
      before.push(total)
      total += end - start
      lastEnd = end
      worked = true
    }
    if (worked) {
      dates.push(day)
      closings.push(lastEnd)
    }
  }
  before.push(total)
  starts.push(Number.POSITIVE_INFINITY)
  const count = ends.push(Number.POSITIVE_INFINITY) - 1
  // Two days late, so that the closing just before any instant of the table is in it.
  const from = instantOf(zone, firstDay + 2, 0)
  const to = instantOf(zone, lastDay, 0)
  return {
    from,
    to,
    starts: Float64Array.from(starts),
    ends: Float64Array.from(ends),
    before: Float64Array.from(before),
    count,
    firstOfDay: indexByDay(ends, from, to),
    dates: Int32Array.from(dates),
    closings: Float64Array.from(closings),
  }
}

function indexByDay(ends: readonly number[], from: Instant, to: Instant): Int32Array {
  const index = new Int32Array(Math.ceil((to - from) / DAY_MS) + 1)
  let i = 0
  for (let k = 0; k < index.length; k += 1) {
    while ((ends[i] ?? Number.POSITIVE_INFINITY) <= from + k * DAY_MS) i += 1
    index[k] = i
  }
  return index
}
