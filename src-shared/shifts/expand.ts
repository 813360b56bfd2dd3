import { type Day, formatDay, parseDay, type Weekday, weekdayOf } from '../time/civil-date'
import { instantOf } from '../time/zone'
import type { Rota, RotaRegion } from './rota'
import { windowSpan } from './rota-rules'
import { type Shift, shiftId } from './shift'
import type { FinalStaff } from './staff'

type Window = { readonly starts: string; readonly fromMs: number; readonly toMs: number }

/** A region's entry read once: its dates as days, the windows of each weekday in order. */
type Period = {
  readonly region: RotaRegion
  readonly firstDay: Day
  readonly lastDay: Day
  readonly windows: ReadonlyMap<Weekday, readonly Window[]>
}

/** The entries of each region, by its id; regions in the rota's order. */
export type RotaPlan = ReadonlyMap<string, readonly Period[]>

export function rotaPlan(rota: Rota): RotaPlan {
  const plan = new Map<string, Period[]>()
  for (const region of rota.regions) {
    const periods = plan.get(region.id) ?? []
    plan.set(region.id, periods)
    periods.push({
      region,
      firstDay: parseDay(region.validFrom) ?? Number.NaN,
      lastDay:
        region.validThrough === undefined
          ? Number.POSITIVE_INFINITY
          : (parseDay(region.validThrough) ?? Number.NaN),
      windows: windowsOf(region),
    })
  }
  return plan
}

function windowsOf({ week }: RotaRegion): ReadonlyMap<Weekday, readonly Window[]> {
  const windows = new Map<Weekday, readonly Window[]>()
  for (const [weekday, given] of Object.entries(week)) {
    const read = given.flatMap((window): Window[] => {
      const span = windowSpan(window)
      return span === undefined ? [] : [{ starts: window[0], fromMs: span.from, toMs: span.to }]
    })
    windows.set(
      weekday as Weekday,
      read.sort((a, b) => a.fromMs - b.fromMs),
    )
  }
  return windows
}

/** A shift reaches at most into the second day after the one on which it starts. */
const LOOK_BACK_DAYS = 3

/**
 * The shifts of one region that start on the local dates `[firstDay, lastDay)`, in order, with the wall-time rules of
 * working calendars (sla.md §2): a time in a gap is the gap's end; of a time that occurs twice a start is the first and
 * an end the last. So hours around a repeated hour run through it, and a region's shifts never overlap each other.
 * A shift swallowed by a gap is none.
 */
export function expandRegion(
  periods: readonly Period[],
  staff: FinalStaff,
  firstDay: Day,
  lastDay: Day,
): readonly Shift[] {
  const shifts: Shift[] = []
  let lastEnd = Number.NEGATIVE_INFINITY
  for (let day = firstDay - LOOK_BACK_DAYS; day < lastDay; day += 1) {
    const period = periods.find((one) => day >= one.firstDay && day <= one.lastDay)
    if (period === undefined) continue
    const { region, windows } = period
    for (const { starts, fromMs, toMs } of windows.get(weekdayOf(day)) ?? []) {
      const startsAt = Math.max(instantOf(region.zone, day, fromMs, 'first'), lastEnd)
      const endsAt = instantOf(region.zone, day, toMs, 'last')
      if (endsAt <= startsAt) continue
      lastEnd = endsAt
      if (day < firstDay) continue
      const date = formatDay(day)
      const id = shiftId({ region: region.id, date, starts })
      const { members, leadId, overrides } = staff.changed.get(id) ?? { ...region, overrides: [] }
      const { zone, name: regionName } = region
      shifts.push({
        id,
        region: region.id,
        regionName,
        zone,
        date,
        startsAt,
        endsAt,
        members,
        leadId,
        overrides,
      })
    }
  }
  return shifts
}
