// The one file that knows wall time and daylight saving. Everything else speaks of instants and of civil days.
import { DAY_MS, type Day, formatDay } from './civil-date'
import { FieldError } from './field-error'
import { EARLIEST, LATEST } from './horizon'
import type { Instant } from './instant'

/** Stretches of constant offset: stretch `i` runs from `starts[i]` to `starts[i + 1]`. Known between `from` and `to`. */
type Zone = {
  readonly offsetOf: (at: Instant) => number
  starts: number[]
  offsets: number[]
  from: Instant
  to: Instant
}

const zones = new Map<string, Zone>()

/** The closest two changes of any zone are six days apart, so no change hides between two probes. */
const PROBE_MS = 3 * DAY_MS
/** No zone was ever further than this from UTC: where the instant of a wall time can lie. */
const REACH_MS = 16 * 3_600_000
const CHUNK_MS = 200 * DAY_MS

/** Whether `name` is an IANA zone that this machine knows. */
export function isZone(name: string): boolean {
  if (zones.has(name)) return true
  // Newer engines take bare offsets such as +02:00; they are no zone and would lose daylight saving.
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

/** Local time minus UTC at an instant, in milliseconds. */
export function offsetAt(zone: string, at: Instant): number {
  const known = covering(zone, at, at)
  return known.offsets[stretchAt(known, at)] ?? 0
}

/** The date and the wall time (milliseconds since midnight as the clock shows them) at an instant. */
export function wallTimeAt(zone: string, at: Instant): { readonly day: Day; readonly timeMs: number } {
  const local = at + offsetAt(zone, at)
  const day = Math.floor(local / DAY_MS)
  return { day, timeMs: local - day * DAY_MS }
}

/** The local date at an instant. */
export function dayAt(zone: string, at: Instant): Day {
  return Math.floor((at + offsetAt(zone, at)) / DAY_MS)
}

/** The local date at an instant, as `2026-07-10`. */
export function dateAt(zone: string, at: Instant): string {
  return formatDay(dayAt(zone, at))
}

/**
 * The instant at which the clocks of `zone` show `timeMs` on `day` (sla.md §2). A time inside a gap is the gap's end.
 * Of a time that occurs twice an opening, like any single wall time, is the `first` and a closing the `last`.
 */
export function instantOf(
  zone: string,
  day: Day,
  timeMs: number,
  occurrence: 'first' | 'last' = 'first',
): Instant {
  const local = day * DAY_MS + timeMs
  const known = covering(zone, local - REACH_MS, local + REACH_MS)
  let found: Instant | undefined
  let gapEnd: Instant | undefined
  for (let i = stretchAt(known, local - REACH_MS); i < known.starts.length; i += 1) {
    const start = known.starts[i] ?? Number.NEGATIVE_INFINITY
    if (start > local + REACH_MS) break
    const at = local - (known.offsets[i] ?? 0)
    if (at < start) gapEnd ??= start
    else if (at < (known.starts[i + 1] ?? Number.POSITIVE_INFINITY)) {
      if (occurrence === 'first') return at
      found = at
    }
  }
  return found ?? gapEnd ?? local
}

/** The offset that holds through all of `day` and the hours around it, or `undefined` when the clocks change near it. */
export function steadyOffset(zone: string, day: Day): number | undefined {
  const from = day * DAY_MS - REACH_MS
  const to = (day + 1) * DAY_MS + REACH_MS
  const known = covering(zone, from, to)
  const i = stretchAt(known, from)
  return (known.starts[i + 1] ?? Number.POSITIVE_INFINITY) > to ? known.offsets[i] : undefined
}

function stretchAt(zone: Zone, at: Instant): number {
  let low = 0
  let high = zone.starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((zone.starts[middle] ?? 0) <= at) low = middle
    else high = middle - 1
  }
  return low
}

/** The zone with its changes known between `from` and `to`; looks up what is missing, in chunks, once. */
function covering(name: string, from: Instant, to: Instant): Zone {
  let zone = zones.get(name)
  if (zone === undefined) {
    if (!isZone(name)) throw new FieldError('zone', `'${name}' is not an IANA time zone, like Europe/London`)
    zone = openZone(name, Math.min(Math.max(from, EARLIEST), LATEST))
    zones.set(name, zone)
  }
  if (from < zone.from) extendBackward(zone, Math.min(from, zone.from - CHUNK_MS))
  if (to > zone.to) extendForward(zone, Math.max(to, zone.to + CHUNK_MS))
  return zone
}

function openZone(name: string, at: Instant): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const offsetOf = (instant: Instant): number => {
    const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = (
      format.format(instant).match(/\d+/g) ?? []
    ).map(Number)
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
  }
  return { offsetOf, starts: [at], offsets: [offsetOf(at)], from: at, to: at }
}

function extendForward(zone: Zone, to: Instant): void {
  if (to > LATEST + CHUNK_MS * 2) throw new FieldError('instant', 'lies after the year 2199')
  const found = changesBetween(zone.offsetOf, zone.to, to)
  zone.starts.push(...found.map((change) => change.at))
  zone.offsets.push(...found.map((change) => change.offset))
  zone.to = to
}

function extendBackward(zone: Zone, from: Instant): void {
  if (from < EARLIEST - CHUNK_MS * 2) throw new FieldError('instant', 'lies before the year 1900')
  const found = changesBetween(zone.offsetOf, from, zone.from)
  const [, ...rest] = zone.starts
  zone.starts = [from, ...found.map((change) => change.at), ...rest]
  zone.offsets = [zone.offsetOf(from), ...found.map((change) => change.offset), ...zone.offsets.slice(1)]
  zone.from = from
}

/** Every change of offset in `(from, to]`: probe, and where two probes differ, halve down to the millisecond. */
function changesBetween(offsetOf: Zone['offsetOf'], from: Instant, to: Instant) {
  const changes: { at: Instant; offset: number }[] = []
  let before = offsetOf(from)
  for (let probed = from; probed < to; ) {
    const next = Math.min(probed + PROBE_MS, to)
    const after = offsetOf(next)
    if (after !== before) {
      let low = probed
      let high = next
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2)
        if (offsetOf(middle) === before) low = middle
        else high = middle
      }
      changes.push({ at: high, offset: after })
      before = after
    }
    probed = next
  }
  return changes
}
