import { parseDay, type Weekday } from '../time/civil-date'
import { parseWallTime } from '../time/wall-time'
import type { RotaRegion, ShiftWindow } from './rota'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY
const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/**
 * Over midnight a window is at most this long. Longer ones are two times in the wrong order: whoever writes
 * 17:00-09:00 and means less than half a day means 09:00-17:00.
 */
const MAX_OVER_MIDNIGHT = 12 * HOUR

type Path = (string | number)[]
type Refuse = (path: Path, message: string) => void

/** When a window starts and ends, in ms since the midnight before it starts; over midnight the end is past 24 h. */
export function windowSpan([starts, ends]: ShiftWindow):
  | { readonly from: number; readonly to: number }
  | undefined {
  const from = parseWallTime(starts)
  const to = parseWallTime(ends)
  if (from === undefined || to === undefined || from === DAY || to === from) return undefined
  return { from, to: to < from ? to + DAY : to }
}

/** Refuses what no region can mean, each with the path of the value at fault (follow-the-sun.md §1). */
export function refuseBadRegions(regions: readonly RotaRegion[], refuse: Refuse): void {
  for (const [index, region] of regions.entries()) {
    refuseBadWeek(region, (path, message) => refuse([index, ...path], message))
    refuseBadMembers(region, (path, message) => refuse([index, ...path], message))
    const { validFrom, validThrough } = region
    if (validThrough !== undefined && dayOf(validThrough) < dayOf(validFrom)) {
      refuse([index, 'validThrough'], `${validThrough} lies before validFrom, ${validFrom}`)
    }
    const other = regions
      .slice(0, index)
      .findIndex((earlier) => earlier.id === region.id && atOnce(earlier, region))
    if (other !== -1) {
      refuse(
        [index, 'validFrom'],
        `${region.id} has other shifts at that time in regions[${other}]; end those before`,
      )
    }
  }
}

function atOnce(a: RotaRegion, b: RotaRegion): boolean {
  const last = (region: RotaRegion) =>
    region.validThrough === undefined ? Number.POSITIVE_INFINITY : dayOf(region.validThrough)
  return dayOf(a.validFrom) <= last(b) && dayOf(b.validFrom) <= last(a)
}

/** A date that doesn't exist was refused before; it must not be refused again for a wrong reason. */
function dayOf(date: string): number {
  return parseDay(date) ?? Number.NaN
}

function refuseBadMembers({ members, leadId }: RotaRegion, refuse: Refuse): void {
  const seen = new Set<string>()
  for (const [index, { agentId }] of members.entries()) {
    if (seen.has(agentId)) refuse(['members', index, 'agentId'], `'${agentId}' is a member already`)
    seen.add(agentId)
  }
  if (leadId !== undefined && !seen.has(leadId)) {
    refuse(['leadId'], `'${leadId}' is not among the members; make them one, or name another lead`)
  }
}

function refuseBadWeek({ week }: RotaRegion, refuse: Refuse): void {
  const seen: { from: number; to: number; text: string }[] = []
  for (const [dayIndex, weekday] of WEEKDAYS.entries()) {
    for (const [index, window] of (week[weekday] ?? []).entries()) {
      const path = ['week', weekday, index]
      const problem = badWindow(window)
      const span = windowSpan(window)
      if (problem !== undefined) refuse([...path, ...problem.path], problem.message)
      if (problem !== undefined || span === undefined) continue
      const text = `${weekday} ${window[0]}-${window[1]}`
      const from = dayIndex * DAY + span.from
      const to = dayIndex * DAY + span.to
      // Sunday's window over midnight reaches into Monday.
      const other = seen.find((piece) =>
        [-WEEK, 0, WEEK].some((shift) => piece.from + shift < to && from < piece.to + shift),
      )
      if (other) refuse(path, `${text} overlaps ${other.text}`)
      seen.push({ from, to, text })
    }
  }
  if (WEEKDAYS.every((weekday) => (week[weekday] ?? []).length === 0)) {
    refuse(['week'], 'has no shift at all; give at least one weekday one, like [["07:00", "15:00"]]')
  }
}

function badWindow(window: ShiftWindow): { readonly path: Path; readonly message: string } | undefined {
  const [starts, ends] = window
  const text = `${starts}-${ends}`
  if (parseWallTime(starts) === undefined || starts === '24:00') {
    return { path: [0], message: `'${starts}' is not a time at which a shift starts; write it like 07:00` }
  }
  if (parseWallTime(ends) === undefined) {
    const like = 'write it like 15:00, or 24:00 at the end of the day'
    return { path: [1], message: `'${ends}' is not a time at which a shift ends; ${like}` }
  }
  const span = windowSpan(window)
  if (span === undefined)
    return { path: [], message: `${text} is no time at all; a whole day is 00:00-24:00` }
  if (span.to <= DAY || span.to - span.from <= MAX_OVER_MIDNIGHT) return undefined
  return {
    path: [],
    message: `${text} ends before it starts; over midnight a shift is at most 12 hours, so write ${ends}-${starts}, or two shifts`,
  }
}
