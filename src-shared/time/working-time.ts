import type { Calendar } from './calendar'
import { DAY_MS, type Day } from './civil-date'
import { type CompiledCalendar, compile, tableCovering, tableWithMore } from './compiled-calendar'
import type { Instant } from './instant'
import type { IntervalTable } from './interval-table'

/** Milliseconds of working time in `[from, to)` (sla.md §2); negative when `to` comes first. */
export function workingTimeBetween(calendar: Calendar, from: Instant, to: Instant): number {
  const compiled = compile(calendar)
  let table = tableCovering(compiled, to)
  if (from < table.from || from >= table.to) table = tableCovering(compiled, from)
  return workedBefore(table, to) - workedBeforeAgain(compiled, table, from)
}

/** Like `workedBefore`; a queue asks for many deadlines at one now, and for that the answer is remembered. */
function workedBeforeAgain(compiled: CompiledCalendar, table: IntervalTable, at: Instant): number {
  const { latest } = compiled
  if (latest.at === at && latest.table === table) return latest.worked
  const worked = workedBefore(table, at)
  compiled.latest = { at, table, worked }
  return worked
}

/**
 * The earliest instant by which `durationMs` of working time has passed since `start` (sla.md §3). Exactly at a
 * closing it is the closing, not the next opening; after no time at all it is `start` itself.
 * @throws FieldError when that lies beyond the year 2199
 */
export function addWorkingTime(calendar: Calendar, start: Instant, durationMs: number): Instant {
  if (durationMs <= 0) return start
  const compiled = compile(calendar)
  let table = tableCovering(compiled, start)
  let needed = workedBefore(table, start) + durationMs
  while (needed > (table.before[table.count] ?? 0)) {
    table = tableWithMore(compiled)
    needed = workedBefore(table, start) + durationMs
  }
  const i = intervalReaching(table, indexAfter(table, start), needed)
  return (table.starts[i] ?? start) + (needed - (table.before[i] ?? 0))
}

/** Whether the calendar is open at an instant; at an opening it is, at a closing it is not. */
export function isWorkingAt(calendar: Calendar, at: Instant): boolean {
  const table = tableCovering(compile(calendar), at)
  return (table.starts[indexAfter(table, at)] ?? Number.POSITIVE_INFINITY) <= at
}

/** `at` when the calendar is open then, otherwise its next opening. */
export function nextWorkingInstant(calendar: Calendar, at: Instant): Instant {
  const opening = nextOpening(compile(calendar), at)
  return Math.max(opening, at)
}

/** Like `nextWorkingInstant`, but an instant that is exactly a closing stays where it is (sla.md §3). */
export function nextWorkingInstantOrClosing(calendar: Calendar, at: Instant): Instant {
  const compiled = compile(calendar)
  const table = tableCovering(compiled, at)
  return table.ends[indexAfter(table, at) - 1] === at ? at : Math.max(nextOpening(compiled, at), at)
}

/** The `count`th local date after `day` that has working time, and its last closing. `near` is an instant close to `day`. */
export function workingDateAfter(
  calendar: Calendar,
  near: Instant,
  day: Day,
  count: number,
): { readonly day: Day; readonly closesAt: Instant } {
  const compiled = compile(calendar)
  let table = tableCovering(compiled, near)
  for (;;) {
    const i = firstDateAfter(table, day) + count - 1
    const found = table.dates[i]
    const closesAt = table.closings[i]
    if (found !== undefined && closesAt !== undefined) return { day: found, closesAt }
    table = tableWithMore(compiled)
  }
}

/** The opening of the interval that holds `at` or comes next after it. */
function nextOpening(compiled: CompiledCalendar, at: Instant): Instant {
  let table = tableCovering(compiled, at)
  for (;;) {
    const start = table.starts[indexAfter(table, at)] ?? Number.POSITIVE_INFINITY
    if (start < Number.POSITIVE_INFINITY) return start
    table = tableWithMore(compiled)
  }
}

/** The first interval that ends after `at`. */
function indexAfter(table: IntervalTable, at: Instant): number {
  let i = table.firstOfDay[Math.floor((at - table.from) / DAY_MS)] ?? 0
  while ((table.ends[i] ?? Number.POSITIVE_INFINITY) <= at) i += 1
  return i
}

function workedBefore(table: IntervalTable, at: Instant): number {
  const i = indexAfter(table, at)
  return (table.before[i] ?? 0) + Math.max(0, at - (table.starts[i] ?? at))
}

/** The interval, from `from` on, in which the running total reaches `needed`: a few steps, then by halves. */
function intervalReaching(table: IntervalTable, from: number, needed: number): number {
  const { before } = table
  let low = from
  for (const near = from + 12; low < near; low += 1) if ((before[low + 1] ?? needed) >= needed) return low
  let high = table.count - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((before[middle + 1] ?? 0) >= needed) high = middle
    else low = middle + 1
  }
  return low
}

function firstDateAfter(table: IntervalTable, day: Day): number {
  let low = 0
  let high = table.dates.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((table.dates[middle] ?? 0) > day) high = middle
    else low = middle + 1
  }
  return low
}
