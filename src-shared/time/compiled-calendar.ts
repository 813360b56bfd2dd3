import type { Calendar } from './calendar'
import { DAY_MS, type Day, parseDay } from './civil-date'
import { FieldError } from './field-error'
import { EARLIEST, LATEST, withinHorizon } from './horizon'
import type { Instant } from './instant'
import { buildTable, type DayPlan, dayPlan, type IntervalTable } from './interval-table'
import { dayAt } from './zone'

/** A calendar with the table of its working intervals; the table grows when an instant outside it is asked for. */
export type CompiledCalendar = {
  readonly zone: string
  readonly validThroughDay: Day | undefined
  readonly plan: DayPlan
  table: IntervalTable
  /** The local dates in the table, `[firstDay, lastDay)`; none at first. */
  firstDay: Day
  lastDay: Day
  /** The working time before the instant that was asked for last; true of its table alone. */
  latest: { readonly at: Instant; readonly table: IntervalTable; readonly worked: number }
}

const compiledCalendars = new WeakMap<Calendar, CompiledCalendar>()

const MARGIN_DAYS = 30
const FIRST_SPAN_DAYS = 120

const EMPTY_TABLE: IntervalTable = {
  from: Number.POSITIVE_INFINITY,
  to: Number.NEGATIVE_INFINITY,
  starts: new Float64Array(),
  ends: new Float64Array(),
  before: new Float64Array(),
  count: 0,
  firstOfDay: new Int32Array(),
  dates: new Int32Array(),
  closings: new Float64Array(),
}

/** Compiled once for a calendar object. A calendar is a value: one that changes must be a new object. */
export function compile(calendar: Calendar): CompiledCalendar {
  const known = compiledCalendars.get(calendar)
  if (known !== undefined) return known
  const compiled: CompiledCalendar = {
    zone: calendar.zone,
    validThroughDay: calendar.validThrough === undefined ? undefined : parseDay(calendar.validThrough),
    plan: dayPlan(calendar),
    table: EMPTY_TABLE,
    firstDay: 0,
    lastDay: 0,
    latest: { at: 0, table: EMPTY_TABLE, worked: 0 },
  }
  compiledCalendars.set(calendar, compiled)
  return compiled
}

/**
 * The table of a calendar, grown so that it covers `at`.
 * @throws FieldError when `at` lies outside the years 1900 to 2199
 */
export function tableCovering(calendar: CompiledCalendar, at: Instant): IntervalTable {
  const { table } = calendar
  if (at >= table.from && at < table.to) return table
  const day = dayAt(calendar.zone, withinHorizon(at, 'instant'))
  const span = calendar.lastDay - calendar.firstDay
  if (span === 0) {
    calendar.firstDay = day - MARGIN_DAYS
    calendar.lastDay = day + FIRST_SPAN_DAYS
  }
  // Doubling keeps the work of many small steps into the future proportional to their number.
  else if (at < table.from) calendar.firstDay = Math.min(day - MARGIN_DAYS, calendar.firstDay - span)
  else calendar.lastDay = Math.max(day + MARGIN_DAYS, calendar.lastDay + span)
  return rebuild(calendar)
}

/**
 * The table of a calendar with more of the future in it.
 * @throws FieldError at the horizon, so that a search that never ends does
 */
export function tableWithMore(calendar: CompiledCalendar): IntervalTable {
  if (calendar.table.to >= LATEST) {
    throw new FieldError('target', 'is not reached before the year 2200 in this calendar')
  }
  calendar.lastDay += calendar.lastDay - calendar.firstDay
  return rebuild(calendar)
}

function rebuild(calendar: CompiledCalendar): IntervalTable {
  calendar.firstDay = Math.max(calendar.firstDay, EARLIEST / DAY_MS - 3 * MARGIN_DAYS)
  calendar.lastDay = Math.min(calendar.lastDay, LATEST / DAY_MS + MARGIN_DAYS)
  calendar.table = buildTable(calendar.plan, calendar.firstDay, calendar.lastDay)
  return calendar.table
}
