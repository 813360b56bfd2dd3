import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { TZDate } from '@date-fns/tz'
import { addDays } from 'date-fns'
import { dueAfter } from '#shared/sla/deadline'
import type { SlaEvent } from '#shared/sla/events'
import { policySchema } from '#shared/sla/policy'
import { report } from '#shared/sla/report'
import { type ClockSpan, timeLeft } from '#shared/sla/time-left'
import { type Calendar, calendarSchema } from '#shared/time/calendar'
import { DAY_MS } from '#shared/time/civil-date'
import { compile, tableCovering } from '#shared/time/compiled-calendar'
import type { IntervalTable } from '#shared/time/interval-table'
import { workingTimeBetween } from '#shared/time/working-time'
import { median, ms, print, verdict } from './figures'

const HOUR = 3_600_000
const ROUNDS = 15
const WARM_UPS = 3

const DEADLINES = 20_000
const TICKETS = 50_000
const now = Date.UTC(2026, 6, 10, 12)

/**
 * Measures the SLA arithmetic, a day loop over `@date-fns/tz` and the bare look-ups that are the floor of it, in one
 * process and in turns. A figure that keeps not to its limit says MISSED.
 */
export async function run(): Promise<void> {
  const calendars = ['amer-new-york', 'emea-london', 'apac-singapore', 'apac-sydney'].map(readCalendar)
  const policy = policySchema.parse(readJson('policies/bigpanda.json'))
  const random = sequence(42)
  const starts = Array.from({ length: DEADLINES }, (_, i) => ({
    calendar: pick(calendars, i),
    // June to August: no clocks change, where the day loop would be wrong; that is not what is measured here.
    at: Date.UTC(2026, 5, 1) + Math.floor(random() * 90 * 24) * HOUR + Math.floor(random() * HOUR),
    hours: 1 + Math.floor(random() * 40),
  }))
  const few = starts.slice(0, 400)
  const ours = (list: typeof starts) =>
    list.reduce(
      (sum, { calendar, at, hours }) => sum + dueAfter(at, { kind: 'businessHours', hours }, [], calendar),
      0,
    )
  const theirs = (list: typeof starts) =>
    list.reduce((sum, { calendar, at, hours }) => sum + dayLoop(calendar, at, hours * HOUR), 0)
  if (ours(few) !== theirs(few)) throw new Error('the two ways of reckoning disagree; nothing was measured')

  const bare = starts.map(({ calendar, at, hours }) => ({
    table: tableCovering(compile(calendar), at),
    at,
    durationMs: hours * HOUR,
  }))
  const bareDeadlines = () =>
    bare.reduce((sum, { table, at, durationMs }) => sum + bareDeadline(table, at, durationMs), 0)
  if (bareDeadlines() !== ours(starts)) throw new Error('the bare look-up gives other deadlines')

  const tickets = Array.from({ length: 2_000 }, (_, i) => ({
    calendar: pick(calendars, i),
    events: twelveEvents(i, random),
  }))
  const reports = () =>
    tickets.reduce((sum, { calendar, events }) => {
      const { nextChangeAt } = report({
        events,
        policy,
        calendar,
        plan: 'premium',
        now: Date.UTC(2026, 6, 10),
      })
      return sum + (nextChangeAt ?? 0)
    }, 0)
  const open = Array.from({ length: TICKETS }, (_, i) => openTicket(pick(calendars, i), i, random))
  const bareOpen = open.map(({ calendar, span }) => ({ table: compile(calendar).table, due: span.due }))

  const candidates = {
    deadlines: () => ours(starts),
    bareDeadlines,
    endOfDay: () =>
      starts.reduce(
        (sum, { calendar, at }) =>
          sum + dueAfter(at, { kind: 'businessDays', days: 3, convention: 'end-of-day' }, [], calendar),
        0,
      ),
    dayLoop: () => theirs(few),
    reports,
    timeLeft: () =>
      open.reduce((sum, { calendar, span }) => {
        const { elapsedMs, workingMs, consumed } = timeLeft(span, calendar, now)
        return sum + elapsedMs + workingMs + consumed
      }, 0),
    bareTimeLeft: () => bareOpen.reduce((sum, { table, due }) => sum + workedBefore(table, due), 0),
    tables: () => calendars.reduce((sum, calendar) => sum + tenYears(structuredClone(calendar)), 0),
  }
  const seconds = medians(candidates)
  const perSecond = (count: number, of: keyof typeof candidates) => count / seconds[of]
  const fast = perSecond(DEADLINES, 'deadlines')
  const ratio = fast / perSecond(few.length, 'dayLoop')
  const reported = perSecond(tickets.length, 'reports')
  const leftMs = seconds.timeLeft * 1000
  const tableMs = (seconds.tables * 1000) / calendars.length
  const zonesMs = median(
    UNUSED_ZONES.map((zone) => coldTable({ ...structuredClone(pick(calendars, 0)), zone })),
  )

  print('deadlines, bare table look-up', rate(perSecond(DEADLINES, 'bareDeadlines')))
  print('deadlines, end of day', rate(perSecond(DEADLINES, 'endOfDay')))
  print('deadlines, @date-fns/tz day loop', rate(perSecond(few.length, 'dayLoop')))
  print('remaining time of 50,000, bare table look-up', ms(seconds.bareTimeLeft * 1000))
  print('table of ten years, in a zone never used before', ms(zonesMs))
  verdict('business-hour deadlines', fast >= 3_000_000, `${rate(fast)} (at least 3,000,000)`)
  verdict('against the day loop', ratio >= 300, `${Math.round(ratio)} times as fast (at least 300)`)
  verdict('reports of a ticket with 12 events', reported >= 200_000, `${rate(reported)} (at least 200,000)`)
  verdict('remaining time of 50,000 tickets, both clocks', leftMs < 5, `${ms(leftMs)} (under 5 ms)`)
  verdict('a calendar table of ten years', tableMs < 5, `${ms(tableMs)} (under 5 ms)`)
}

/** Zones that nothing has asked for before: their changes have to be found first. */
const UNUSED_ZONES = ['Europe/Paris', 'America/Denver', 'Europe/Athens', 'America/Toronto', 'Europe/Oslo']

function coldTable(calendar: Calendar): number {
  const startedAt = performance.now()
  if (tenYears(calendar) <= 0) throw new Error('a table without hours')
  return performance.now() - startedAt
}

const rate = (perSecond: number): string => `${Math.round(perSecond).toLocaleString('en-US')} /s`

/** Medians in seconds over several rounds; the candidates take turns, so that a busy moment hits them all. */
function medians<K extends string>(candidates: Readonly<Record<K, () => number>>): Record<K, number> {
  const names = Object.keys(candidates) as K[]
  const seconds = new Map(names.map((name) => [name, [] as number[]]))
  let sink = 0
  for (let round = -WARM_UPS; round < ROUNDS; round += 1) {
    for (const name of names) {
      const startedAt = performance.now()
      sink += candidates[name]()
      if (round >= 0) seconds.get(name)?.push((performance.now() - startedAt) / 1000)
    }
  }
  if (Number.isNaN(sink)) throw new Error('a measured function gave no number')
  return Object.fromEntries(names.map((name) => [name, median(seconds.get(name) ?? [])])) as Record<K, number>
}

/** What a deadline costs at the least: the interval of the start, then the one in which the running total is reached. */
function bareDeadline(table: IntervalTable, at: number, durationMs: number): number {
  const needed = workedBefore(table, at) + durationMs
  let i = indexAfter(table, at)
  while ((table.before[i + 1] ?? needed) < needed) i += 1
  return (table.starts[i] ?? at) + (needed - (table.before[i] ?? 0))
}

function workedBefore(table: IntervalTable, at: number): number {
  const i = indexAfter(table, at)
  return (table.before[i] ?? 0) + Math.max(0, at - (table.starts[i] ?? at))
}

function indexAfter(table: IntervalTable, at: number): number {
  let i = table.firstOfDay[Math.floor((at - table.from) / DAY_MS)] ?? 0
  while ((table.ends[i] ?? Number.POSITIVE_INFINITY) <= at) i += 1
  return i
}

/** A target of an open ticket: some overdue, a third by the clock, every tenth paused. */
function openTicket(calendar: Calendar, i: number, random: () => number): OpenTicket {
  const due = now + Math.floor((random() - 0.3) * 14 * DAY_MS)
  const measure = i % 3 === 0 ? 'elapsed' : 'working'
  return {
    calendar,
    span: {
      measure,
      pausesMeasuredAs: measure,
      totalMs: 40 * HOUR,
      due,
      pausedSince: i % 10 === 0 ? Math.min(now, due) - Math.floor(random() * 5 * DAY_MS) : undefined,
    },
  }
}

type OpenTicket = { readonly calendar: Calendar; readonly span: ClockSpan }

/** Day by day from the start, as one would write it with date-fns: build the day's hours in the zone, use them up. */
function dayLoop(calendar: Calendar, start: number, durationMs: number): number {
  const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const
  let left = durationMs
  for (let day = new TZDate(start, calendar.zone); ; day = addDays(day, 1)) {
    const [year, month, date] = [day.getFullYear(), day.getMonth(), day.getDate()]
    const text = `${year}-${String(month + 1).padStart(2, '0')}-${String(date).padStart(2, '0')}`
    if (calendar.holidays.some((holiday) => holiday.date === text)) continue
    for (const [opens, closes] of calendar.week[weekdays[day.getDay()] ?? 'sun'] ?? []) {
      const [openHour = 0, openMinute = 0] = opens.split(':').map(Number)
      const [closeHour = 0, closeMinute = 0] = closes.split(':').map(Number)
      const from = Math.max(
        start,
        new TZDate(year, month, date, openHour, openMinute, calendar.zone).getTime(),
      )
      const to = new TZDate(year, month, date, closeHour, closeMinute, calendar.zone).getTime()
      if (to <= from) continue
      if (to - from >= left) return from + left
      left -= to - from
    }
  }
}

function tenYears(fresh: Calendar): number {
  return workingTimeBetween(fresh, Date.UTC(2026, 0, 1), Date.UTC(2035, 11, 31))
}

function twelveEvents(i: number, random: () => number): readonly SlaEvent[] {
  let at = Date.UTC(2026, 6, 1) + i * 60_000
  const later = () => {
    at += Math.floor(random() * 8 * HOUR)
    return at
  }
  return [
    { at, type: 'created', priority: i % 2 === 0 ? 'P1' : 'P2', channel: 'email', by: 'customer' },
    { at: later(), type: 'replied', by: 'automation', public: true },
    { at: later(), type: 'replied', by: 'agent', public: true },
    { at: later(), type: 'status', to: 'waiting-on-customer' },
    { at: later(), type: 'status', to: 'open' },
    { at: later(), type: 'prioritised', priority: 'P2' },
    { at: later(), type: 'status', to: 'waiting-on-customer' },
    { at: later(), type: 'replied', by: 'customer', public: true },
    { at, type: 'status', to: 'open' },
    { at: later(), type: 'status', to: 'solved' },
    { at: later(), type: 'status', to: 'open' },
    { at: later(), type: 'replied', by: 'agent', public: true },
  ]
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../resources/${file}`, import.meta.url), 'utf8'))
}

function readCalendar(id: string): Calendar {
  return calendarSchema.parse(readJson(`calendars/${id}.json`))
}

function pick<T>(list: readonly T[], i: number): T {
  const found = list[i % list.length]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

/** Numbers in [0, 1) that are the same in every run. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await run()
