import type { Instant } from '../time/instant'
import type { Watch } from './filter-words'
import type { RowSlots } from './row-slots'

/** When time alone changes what is asked of a row. */
export type WakeTimes = {
  /** The first of them. */
  readonly next: Instant | undefined
  /** Says whether other things are watched than before; `fill` then. */
  setWatches(watches: readonly Watch[]): boolean
  fill(now: Instant): void
  /** Asks about one row again. */
  put(slot: number, now: Instant): void
  /** The ids of the rows whose time has come; they stay until they are put again. */
  dueAt(now: Instant): readonly string[]
}

export function createWakeTimes(slots: RowSlots): WakeTimes {
  /** By slot; infinite when time changes nothing. To look through 50,000 takes less than to keep them in order. */
  let times = new Float64Array(0)
  /** The least of them; undefined when that has to be looked for. */
  let first: number | undefined = Number.POSITIVE_INFINITY
  let watches: readonly Watch[] = []
  let watched = ''
  /** The time of a `fill` that nobody has asked about yet: a start paints first. */
  let filledFor: Instant | undefined

  function timeOf(slot: number, now: Instant): number {
    const row = slots.rows[slot]
    let next = Number.POSITIVE_INFINITY
    if (!row) return next
    for (const watch of watches) {
      const at = watch.nextAt(row, now)
      if (at !== undefined && at < next) next = at
    }
    return next
  }
  function fillNow(): void {
    if (filledFor === undefined) return
    const now = filledFor
    filledFor = undefined
    const { end } = slots
    times = new Float64Array(end)
    for (let slot = 0; slot < end; slot += 1) times[slot] = timeOf(slot, now)
    first = undefined
  }
  function least(): number {
    let found = Number.POSITIVE_INFINITY
    for (let slot = 0; slot < times.length; slot += 1) {
      const at = times[slot] ?? found
      if (at < found) found = at
    }
    return found
  }

  return {
    get next() {
      fillNow()
      first ??= least()
      return first === Number.POSITIVE_INFINITY ? undefined : first
    },
    setWatches(all) {
      const each = new Map(all.map((watch) => [watch.key, watch]))
      const keys = [...each.keys()].sort().join('\n')
      if (keys === watched) return false
      watched = keys
      watches = [...each.values()]
      return true
    },
    fill(now) {
      filledFor = now
    },
    put(slot, now) {
      fillNow()
      if (slot >= times.length) {
        const more = new Float64Array(Math.ceil(slots.end * 1.25)).fill(Number.POSITIVE_INFINITY)
        more.set(times)
        times = more
      }
      const before = times[slot] ?? Number.POSITIVE_INFINITY
      const at = timeOf(slot, now)
      times[slot] = at
      if (first === undefined) return
      if (at <= first) first = at
      else if (before === first) first = undefined
    },
    dueAt(now) {
      fillNow()
      const due: string[] = []
      for (let slot = 0; slot < times.length; slot += 1) {
        if ((times[slot] ?? now) > now) continue
        const id = slots.ids[slot]
        if (id !== undefined) due.push(id)
      }
      return due
    },
  }
}
