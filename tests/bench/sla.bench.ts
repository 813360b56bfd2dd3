import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { TZDate } from '@date-fns/tz'
import { addDays } from 'date-fns'
import { dueAfter } from '#shared/sla/deadline'
import type { SlaEvent } from '#shared/sla/events'
import { policySchema } from '#shared/sla/policy'
import { report } from '#shared/sla/report'
import { type Calendar, calendarSchema } from '#shared/time/calendar'
import { workingTimeBetween } from '#shared/time/working-time'

const HOUR = 3_600_000
const ROUNDS = 7

type Row = { readonly what: string; readonly perSecond: number; readonly floor?: number }

/** Measures the SLA arithmetic against a day loop over `@date-fns/tz`, in one process and in turns. Throws below a floor. */
export async function run(): Promise<void> {
  const calendars = ['amer-new-york', 'emea-london', 'apac-singapore', 'apac-sydney'].map(readCalendar)
  const policy = policySchema.parse(readJson('policies/bigpanda.json'))
  const random = sequence(42)
  const starts = Array.from({ length: 20_000 }, (_, i) => ({
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
  const open = Array.from({ length: 50_000 }, (_, i) => starts[i % starts.length] ?? starts[0]).filter(
    (s) => s !== undefined,
  )
  const remaining = () =>
    open.reduce(
      (sum, { calendar, at, hours }) => sum + workingTimeBetween(calendar, at, at + hours * HOUR),
      0,
    )
  const endOfDay = () =>
    starts.reduce(
      (sum, { calendar, at }) =>
        sum + dueAfter(at, { kind: 'businessDays', days: 3, convention: 'end-of-day' }, [], calendar),
      0,
    )

  const [fast, slow, reported, remain, dayEnds, built] = medians([
    () => ours(starts),
    () => theirs(few),
    reports,
    remaining,
    endOfDay,
    () => calendars.reduce((sum, calendar) => sum + nineYears(structuredClone(calendar)), 0),
  ])
  const deadlines = starts.length / fast
  const loops = few.length / slow
  print([
    { what: 'business-hour deadlines', perSecond: deadlines, floor: 3_000_000 },
    { what: 'end-of-day deadlines', perSecond: starts.length / dayEnds },
    { what: '@date-fns/tz day loop', perSecond: loops },
    { what: 'reports of a ticket with 12 events', perSecond: tickets.length / reported, floor: 200_000 },
  ])
  const ratio = deadlines / loops
  process.stdout.write(`${Math.round(ratio)} times as fast as the day loop (floor 200)\n`)
  process.stdout.write(`${(remain * 1000).toFixed(1)} ms for the remaining working time of 50,000 tickets\n`)
  process.stdout.write(
    `${((built * 1000) / calendars.length).toFixed(1)} ms to build a calendar's table of nine years\n`,
  )
  if (ratio < 200) throw new Error('deadlines are less than 200 times as fast as the day loop')
}

/** Medians in seconds over several rounds; the candidates take turns, so that a busy moment hits them all. */
function medians(candidates: readonly (() => number)[]): [number, number, number, number, number, number] {
  const seconds = candidates.map((): number[] => [])
  let sink = 0
  for (let round = 0; round < ROUNDS + 1; round += 1) {
    for (const [index, candidate] of candidates.entries()) {
      const startedAt = performance.now()
      sink += candidate()
      // The first round warms up.
      if (round > 0) seconds[index]?.push((performance.now() - startedAt) / 1000)
    }
  }
  if (Number.isNaN(sink)) throw new Error('a measured function gave no number')
  const middle = seconds.map((list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0)
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = middle
  return [a, b, c, d, e, f]
}

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

function nineYears(fresh: Calendar): number {
  return workingTimeBetween(fresh, Date.UTC(2022, 0, 1), Date.UTC(2030, 11, 31))
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

function print(rows: readonly Row[]): void {
  for (const { what, perSecond, floor } of rows) {
    const wanted = floor === undefined ? '' : `  (floor ${floor.toLocaleString('en-US')})`
    process.stdout.write(
      `${Math.round(perSecond).toLocaleString('en-US').padStart(12)} /s  ${what}${wanted}\n`,
    )
  }
  const short = rows.find(({ perSecond, floor }) => floor !== undefined && perSecond < floor)
  if (short) process.stdout.write(`below its floor: ${short.what}\n`)
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
